"""What the bot remembers and forgets."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest

from bots.telegram.store import DIALOGUE_KEPT_S, FILE, UPDATES_KEPT_S, Person, Store, Talk

DAY_S = 24 * 3600.0
PERSON, OTHER, CHAT = "p" * 32, "q" * 32, "c" * 32


class Clock:
    """A time that tests set."""

    def __init__(self) -> None:
        self.now = 1_000_000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def store(tmp_path: Path, clock: Clock) -> Iterator[Store]:
    store = Store(tmp_path, now=clock)
    yield store
    store.close()


def test_an_unknown_person_begins_at_the_beginning(store: Store) -> None:
    assert store.person(PERSON) == Person()
    assert store.talk(PERSON, CHAT) == Talk()


def test_what_was_saved_is_there_again_for_this_person_in_this_chat_only(store: Store) -> None:
    talk = Talk(conversation_id="k", reply_id="r", dialogue={"id": "x"})
    store.save_talk(PERSON, CHAT, talk)
    store.save_person(PERSON, Person(language="en", greeted=True))
    assert store.talk(PERSON, CHAT) == talk
    assert store.talk(OTHER, CHAT) == Talk() == store.talk(PERSON, "d" * 32)
    assert store.person(PERSON) == Person(language="en", greeted=True)


def test_all_of_a_person_is_deleted_and_nothing_of_others(store: Store, tmp_path: Path) -> None:
    for person in (PERSON, OTHER):
        store.save_person(person, Person(language="de"))
        store.save_talk(person, CHAT, Talk(conversation_id=f"k-{person}", dialogue={"description": f"Firma {person}"}))
        store.put_on_shelf(f"s-{person}", person, {"quote": f"Zitat {person}"})
    assert store.forget(PERSON) == [f"k-{PERSON}"]
    assert store.person(PERSON) == Person()
    assert store.talk(PERSON, CHAT) == Talk()
    assert store.from_shelf(f"s-{PERSON}") is None
    assert store.holdings(OTHER).conversations == 1
    for path in tmp_path.iterdir():
        assert f"Firma {PERSON}".encode() not in path.read_bytes(), "deleted words must not lie about in the file"


def test_a_conversation_waits_for_the_service_to_delete_it(store: Store) -> None:
    store.save_talk(PERSON, CHAT, Talk(conversation_id="k"))
    store.forget(PERSON)
    assert store.to_erase() == ["k"]
    assert store.holdings(PERSON).conversations == 0
    store.erased("k")
    assert store.to_erase() == []


def test_what_nobody_used_goes_when_its_time_is_over(store: Store, clock: Clock) -> None:
    store.save_person(PERSON, Person(greeted=True))
    store.save_talk(PERSON, CHAT, Talk(conversation_id="k"))
    clock.now += 20 * DAY_S
    store.save_talk(PERSON, CHAT, Talk(conversation_id="k"))  # used again: kept
    clock.now += 20 * DAY_S
    store.delete_older_than(30 * DAY_S)
    assert store.talk(PERSON, CHAT).conversation_id == "k"
    clock.now += 11 * DAY_S
    store.delete_older_than(30 * DAY_S)
    assert store.talk(PERSON, CHAT) == Talk()
    assert store.person(PERSON) == Person()


def test_a_description_is_forgotten_after_a_day_although_the_conversation_stays(
    store: Store, clock: Clock, tmp_path: Path
) -> None:
    store.save_talk(PERSON, CHAT, Talk(conversation_id="k", dialogue={"description": "Wir bauen Sensoren"}))
    clock.now += DIALOGUE_KEPT_S + 1
    assert store.talk(PERSON, CHAT) == Talk(conversation_id="k")
    store.delete_older_than(30 * DAY_S)
    with sqlite3.connect(tmp_path / FILE) as db:
        assert "Sensoren" not in str(db.execute("SELECT state FROM talk").fetchall())
    db.close()


def test_counters_that_say_nothing_any_more_are_deleted(store: Store, clock: Clock, tmp_path: Path) -> None:
    store.try_slot(f"asks {PERSON}", interval_s=3, burst=1)
    clock.now += 4
    store.delete_older_than(30 * DAY_S)
    with sqlite3.connect(tmp_path / FILE) as db:
        assert db.execute("SELECT count(*) FROM slot").fetchone() == (0,)
    db.close()


# --- once, in order, not too fast ------------------------------------------------------------------------------------


def test_an_update_is_claimed_once_even_by_another_process(store: Store, tmp_path: Path, clock: Clock) -> None:
    other = Store(tmp_path, now=clock)
    assert [store.claim(7), other.claim(7), other.claim(8), store.claim(8)] == [True, False, True, False]
    other.close()
    clock.now += UPDATES_KEPT_S + 1
    store.delete_older_than(30 * DAY_S)
    assert store.claim(7)


def test_updates_of_a_chat_take_turns_in_the_order_of_their_numbers_across_processes(
    store: Store, tmp_path: Path, clock: Clock
) -> None:
    other = Store(tmp_path, now=clock)
    store.line_up(2, CHAT, "a", 30)
    other.line_up(1, CHAT, "b", 30)
    assert not store.take_turn(2, CHAT)
    assert other.take_turn(1, CHAT)
    other.line_up(0, CHAT, "b", 30)  # came late: waits for the one that is being handled
    assert not other.take_turn(0, CHAT)
    other.end_turn(1)
    assert not store.take_turn(2, CHAT)
    assert other.take_turn(0, CHAT)
    other.end_turn(0)
    assert store.take_turn(2, CHAT)
    other.close()


def test_a_process_that_died_holds_nobody_up_for_long(store: Store, clock: Clock) -> None:
    store.line_up(1, CHAT, "dead", 30)
    assert store.take_turn(1, CHAT)
    store.line_up(2, CHAT, "alive", 30)
    clock.now += 20
    store.keep_turns("alive", 30)
    assert not store.take_turn(2, CHAT)
    clock.now += 11
    assert store.take_turn(2, CHAT)


def test_chats_do_not_wait_for_one_another(store: Store) -> None:
    store.line_up(1, CHAT, "a", 30)
    store.line_up(2, "d" * 32, "a", 30)
    assert store.take_turn(2, "d" * 32)


def test_slots_lie_apart(store: Store, clock: Clock) -> None:
    assert [store.take_slot("s", interval_s=2) for _ in range(3)] == [0, 2, 4]
    clock.now += 100
    assert store.take_slot("s", interval_s=2) == 0


def test_after_a_pause_a_burst_goes_at_once_and_no_window_holds_more_than_allowed(store: Store, clock: Clock) -> None:
    begins = []
    for _ in range(40):
        begins.append(clock.now + store.take_slot("s", interval_s=6.5, burst=10))
    assert begins[:10] == [clock.now] * 10
    for begin in begins:
        assert sum(1 for other in begins if begin <= other < begin + 60) <= 20


def test_a_slot_that_is_not_free_is_not_taken(store: Store, clock: Clock) -> None:
    assert store.try_slot("s", interval_s=3, burst=2) == 0
    assert store.try_slot("s", interval_s=3, burst=2) == 0
    assert store.try_slot("s", interval_s=3, burst=2) == 3
    assert store.try_slot("s", interval_s=3, burst=2) == 3
    clock.now += 3
    assert store.try_slot("s", interval_s=3, burst=2) == 0


def test_a_hold_keeps_all_slots_back(store: Store) -> None:
    store.hold("s", 60)
    store.hold("s", 5)  # does not shorten it
    assert store.take_slot("s", interval_s=1) == 60
