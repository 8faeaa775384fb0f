"""When Telegram refuses, stalls or repeats itself, and when the service is down or slow."""

from __future__ import annotations

import contextlib
import itertools

import pytest
from structlog.testing import capture_logs

from bots.telegram.testing.bot_api import TOKEN, Trouble
from tests.integration.telegram.conftest import Front, OwnStage

AMOUNT = "Wie viel Euro zahlt InnoFounder je Person und Monat?"
LIST = "Welche Cluster und Netzwerke gibt es in Hamburg?"


# --- Telegram --------------------------------------------------------------------------------------------------------


def test_when_telegram_says_wait_the_bot_waits_and_sends_only_what_was_not_sent(own_stage: OwnStage) -> None:
    with own_stage() as stage:
        person = stage.person()
        person.hears("/start")
        stage.api.trouble("sendMessage", Trouble(status=429, retry_after_s=1))
        (answer,) = person.hears(AMOUNT)
        assert "2.500 Euro" in answer.text
        assert len(stage.api.messages_in(person.id)) == 2
        first, again = [asked.at for asked in stage.api.seen.requests if asked.method == "sendMessage"][-2:]
        assert 1.0 <= again - first < 2.0


def test_when_telegram_says_wait_in_several_chats_all_chats_wait(own_stage: OwnStage) -> None:
    with own_stage() as stage:
        people = [stage.person() for _ in range(3)]
        stage.api.trouble("sendMessage", *[Trouble(status=429, retry_after_s=2)] * 2)
        for person in people[:2]:
            person.say("/neu")
        stage.api.wait_for(lambda: stage.api.count("sendMessage") == 2)
        people[2].say("/neu")
        for person in people:
            person.reads(1)
        sent = [asked.at for asked in stage.api.seen.requests if asked.method == "sendMessage"]
        assert len(sent) == 5
        assert min(sent[2:]) - sent[1] >= 1.5


def test_of_a_long_answer_only_the_part_that_failed_is_sent_again(own_stage: OwnStage) -> None:
    with own_stage() as stage:
        person = stage.person()
        stage.api.trouble("sendMessage", Trouble(), Trouble(status=429, retry_after_s=1), Trouble(status=502))
        parts = [message.text for message in person.hears_whole(LIST)]
        assert len(parts) > 1
        assert [text.split("\n")[0] for text in parts] == [
            f"Teil {n} von {len(parts)}" for n in range(1, len(parts) + 1)
        ]
        assert person.hears("/neu")[0].text.startswith("Neues Gespräch")


def test_a_failing_server_of_telegram_is_tried_again(own_stage: OwnStage) -> None:
    with own_stage() as stage:
        stage.api.trouble("sendMessage", Trouble(status=500), Trouble(status=502))
        (answer,) = stage.person().hears(AMOUNT)
        assert "2.500 Euro" in answer.text


def test_a_message_whose_fate_is_unknown_is_sent_once_more_and_no_further(own_stage: OwnStage) -> None:
    with own_stage(telegram_patience_s=0.3) as stage:
        person = stage.person()
        stage.api.trouble("sendMessage", Trouble(silent_s=1), Trouble(silent_s=1))
        person.say("/neu")
        person.reads(2)
        assert len(person.hears("/hilfe")) == 1
        assert [message.text[:15] for message in stage.api.messages_in(person.id)].count("Neues Gespräch.") == 2


def test_a_form_that_telegram_refuses_goes_out_as_plain_words(own_stage: OwnStage) -> None:
    with own_stage() as stage:
        stage.api.trouble("sendMessage", Trouble(status=400))
        (answer,) = stage.person().hears(AMOUNT)
        assert "2.500 Euro" in answer.text and answer.entities == ()
        assert "Beleg 1" in answer.buttons


def test_who_blocks_the_bot_in_the_middle_of_an_answer_disturbs_nobody(own_stage: OwnStage, front: Front) -> None:
    with own_stage() as stage:
        person, other = stage.person(), stage.person()
        front.moods.append("slow")
        person.say(AMOUNT)
        stage.api.wait_for(lambda: stage.api.seen.drafts)
        stage.api.blocked.add(person.id)
        assert "2.500 Euro" in other.hears(AMOUNT)[0].text
        assert stage.api.messages_in(person.id) == []


def test_without_drafts_the_bot_shows_that_it_is_typing(own_stage: OwnStage, front: Front) -> None:
    with own_stage(has_drafts=False) as stage:
        person = stage.person()
        front.moods.append("slow")
        person.hears(AMOUNT)
        assert (person.id, "typing") in stage.api.seen.actions


def test_an_update_that_comes_twice_is_answered_once(own_stage: OwnStage) -> None:
    with own_stage() as stage:
        person = stage.person()
        update = {"message": {**person.envelope(1), "text": AMOUNT}}
        for _ in range(3):
            stage.api.deliver(update, update_id=77)
        (answer, fresh) = person.hears("/neu", count=2)
        assert "2.500 Euro" in answer.text and fresh.text.startswith("Neues Gespräch")


def test_what_waits_in_a_chat_is_answered_in_the_order_of_its_numbers(own_stage: OwnStage, front: Front) -> None:
    with own_stage() as stage:
        person = stage.person()
        front.moods.append("slow")  # holds the chat up, so that the others have to wait for their turn
        texts = {10: AMOUNT, 13: "/hilfe", 12: "/neu", 11: "/quellen"}
        for number, text in texts.items():
            stage.api.deliver({"message": {**person.envelope(number), "text": text}}, update_id=number)
        answers = person.reads(4)
        assert [message.text.split()[0] for message in answers[1:]] == ["Alle", "Neues", "Schreiben"]


def test_one_chat_does_not_hold_up_another(own_stage: OwnStage, front: Front) -> None:
    with own_stage() as stage:
        slow, quick = stage.person(), stage.person()
        front.moods.append("slow")
        slow.say(AMOUNT)
        stage.api.wait_for(lambda: stage.api.seen.drafts)
        quick.hears("/neu", within_s=2.0)
        assert not stage.api.messages_in(slow.id)
        slow.reads(1)


def test_who_writes_too_fast_is_told_once_and_answered_again_later(own_stage: OwnStage) -> None:
    with own_stage(questions_per_minute=30) as stage:
        person, other = stage.person(), stage.person()
        for _ in range(25):
            person.say("Moin!")
        person.reads(16)
        assert other.hears("/neu")
        texts = [message.text for message in stage.api.messages_in(person.id)]
        assert sum(text.startswith("Das waren viele Fragen auf einmal. In ") for text in texts) == 1
        for _ in range(20):
            person.say("Moin!")
            with contextlib.suppress(AssertionError):
                person.reads(17, within_s=0.5)
                break
        assert "viele Fragen" not in person.reads(17)[16].text


def test_limits_of_a_group_are_kept_while_many_ask(own_stage: OwnStage) -> None:
    with own_stage() as stage:
        group = stage.group()
        people = [stage.person() for _ in range(30)]
        for person in people:
            person.say(f"@clusterlotse_bot {AMOUNT}", chat_id=group)
        stage.api.wait_for(lambda: len(stage.api.messages_in(group)) >= 30)
        assert not stage.api.seen.refusals


# --- the service -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("mood", "text"),
    [("down", "Der Auskunftsdienst ist gerade nicht erreichbar."), ("mute", "Die Antwort dauert ungewöhnlich lange")],
)
def test_a_service_that_is_down_or_too_slow_is_admitted_with_a_button_to_try_again(
    own_stage: OwnStage, front: Front, mood: str, text: str
) -> None:
    with own_stage(service_patience_s=1.5) as stage:
        person = stage.person()
        front.moods.append(mood)
        number = person.say(AMOUNT)
        (sorry,) = person.reads(1)
        assert sorry.text.startswith(text)
        assert (sorry.buttons, sorry.reply_to) == (["Noch einmal"], number)
        (answer,) = person.taps(sorry, "Noch einmal", asked=(number, AMOUNT))
        assert "2.500 Euro" in answer.text


def test_a_tapped_question_that_failed_can_be_tried_again_too(own_stage: OwnStage, front: Front) -> None:
    with own_stage() as stage:
        person = stage.person()
        (greeting,) = person.hears("/start")
        front.moods.append("down")
        (sorry,) = person.taps(greeting, "Wie viel zahlt InnoFounder?")
        (answer,) = person.taps(sorry, "Noch einmal")
        assert answer.text.startswith("Wie viel zahlt InnoFounder?")


def test_trying_again_without_the_question_asks_to_write_it_once_more(own_stage: OwnStage, front: Front) -> None:
    with own_stage() as stage:
        person = stage.person()
        front.moods.append("down")
        (sorry,) = person.hears(AMOUNT)
        assert person.told(person.tap(sorry, "Noch einmal")).startswith("Diese Frage finde ich nicht mehr.")


def test_a_stream_that_broke_off_is_taken_up_and_nothing_asked_twice(own_stage: OwnStage, front: Front) -> None:
    with own_stage() as stage:
        person = stage.person()
        front.moods.extend(["cut", "cut"])
        before = len(front.seen)
        (answer,) = person.hears(AMOUNT)
        assert "2.500 Euro" in answer.text
        asked = [headers for path, headers in front.seen[before:] if path.endswith("/ask/stream")]
        assert len(asked) == 3 and all("last-event-id" in headers for headers in asked[1:])
        assert person.hears("/daten")[0].text.startswith("Über Sie ist gespeichert: ein Gespräch")


def test_a_busy_service_is_asked_again_when_it_said(own_stage: OwnStage, front: Front) -> None:
    with own_stage() as stage:
        front.moods.append("busy")
        (answer,) = stage.person().hears(AMOUNT)
        assert "2.500 Euro" in answer.text


def test_without_the_service_every_command_still_gets_an_honest_answer(own_stage: OwnStage) -> None:
    with own_stage(service_url="http://127.0.0.1:9") as stage:
        person = stage.person()
        for text in ("/start", "/hilfe", "/sprache", "/cluster", "/quellen", "/neu", "/daten", "/loeschen", "/mensch"):
            assert person.hears(text)[0].text.strip()
        assert person.hears(AMOUNT)[0].buttons == ["Noch einmal"]


# --- the log ---------------------------------------------------------------------------------------------------------


def test_neither_the_token_nor_anybodys_words_reach_the_log(
    own_stage: OwnStage, front: Front, capfd: pytest.CaptureFixture[str]
) -> None:
    with capture_logs() as lines, own_stage(telegram_patience_s=0.3) as stage:
        person = stage.person(first_name="Wilhelmine")
        stage.api.trouble("getUpdates", Trouble(status=502))
        troubles = (Trouble(status=400), Trouble(status=500), Trouble(silent_s=1), Trouble(status=429, retry_after_s=1))
        for trouble, mood in itertools.zip_longest(troubles, ("down", "cut")):
            stage.api.trouble("sendMessage", trouble)
            front.moods.extend([mood] if mood else [])
            person.say("Was macht das Kuckucksei bei InnoFounder?")
        person.reads(4)
    written = str(lines) + "".join(capfd.readouterr())
    assert lines
    for secret in (TOKEN, TOKEN.partition(":")[2], "Kuckucksei", "Wilhelmine", str(person.id)):
        assert secret not in written


def test_a_fault_in_the_bot_is_admitted_and_logged_without_words(
    own_stage: OwnStage, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object, **__: object) -> None:
        raise RuntimeError("Kuckucksei")

    with capture_logs() as lines, own_stage() as stage:
        monkeypatch.setattr("bots.telegram.conversation.answer_parts", broken)
        (message,) = stage.person().hears(AMOUNT)
    assert message.text.startswith("Bei mir ist etwas schiefgegangen.")
    (line,) = [line for line in lines if line["log_level"] == "error"]
    assert line["error"] == "RuntimeError" and line["at"]
    assert "Kuckucksei" not in str(lines)
