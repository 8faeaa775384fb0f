"""Conversations, replies and feedback: kept in order, deleted on request and when their time is over."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import Engine, func, select, update

from assistant.domain.answers import Turn
from assistant.store.conversations import MAX_TURNS, ConversationStore
from assistant.store.schema import conversations, feedback, replies


@pytest.fixture
def store(engine: Engine) -> ConversationStore:
    return ConversationStore(engine)


def turn(question: str, **values: object) -> Turn:
    return Turn(question=question, language="de", document_ids=("funding/innofounder",), **values)  # type: ignore[arg-type]


def add(store: ConversationStore, reply_id: str, *, conversation_id: str = "c", question: str = "Wie lange?") -> None:
    store.add(
        conversation_id=conversation_id,
        reply_id=reply_id,
        question=question,
        turn=turn(f"InnoFounder: {question}"),
        reply={"id": reply_id, "text": "Höchstens 18 Monate. [1]"},
    )


def rows(engine: Engine) -> tuple[int, int, int]:
    """How many conversations, replies and judgements are stored."""
    with engine.connect() as connection:
        counts = [
            connection.execute(select(func.count()).select_from(table)).scalar_one()
            for table in (conversations, replies, feedback)
        ]
    return (counts[0], counts[1], counts[2])


def age(engine: Engine, conversation_id: str, by: timedelta) -> None:
    """Let a conversation have been used that much earlier."""
    with engine.begin() as connection:
        connection.execute(
            update(conversations)
            .where(conversations.c.id == conversation_id)
            .values(used_at=datetime.now(UTC) - by)
        )  # fmt: skip


def test_a_turn_comes_back_as_it_went_in(store: ConversationStore) -> None:
    asked = turn("Wie hoch ist die Quote bei PROFI?", options=("PROFI Impuls", "PROFI Transfer Plus"))
    store.add(conversation_id="c", reply_id="r", question="quote profi", turn=asked, reply={"text": "Welches?"})
    assert store.history("c") == (asked,)
    assert store.reply("r") == {"question": "quote profi", "reply": {"text": "Welches?"}}


def test_the_history_is_the_last_turns_earliest_first(store: ConversationStore) -> None:
    for number in range(MAX_TURNS + 3):
        add(store, f"r{number}", question=f"Frage {number}")
    asked = [turn.question for turn in store.history("c")]
    assert asked == [f"InnoFounder: Frage {number}" for number in range(3, MAX_TURNS + 3)]


def test_a_conversation_is_shown_from_its_beginning_as_the_person_wrote_it(store: ConversationStore) -> None:
    for number in range(MAX_TURNS + 3):
        add(store, f"r{number}", question=f"Frage {number}")
    shown = store.conversation("c")
    assert [row["question"] for row in shown] == [f"Frage {number}" for number in range(MAX_TURNS + 3)]
    assert shown[0]["reply"]["text"] == "Höchstens 18 Monate. [1]"


def test_conversations_do_not_see_one_another(store: ConversationStore) -> None:
    add(store, "r1", conversation_id="a", question="Von A")
    add(store, "r2", conversation_id="b", question="Von B")
    assert [turn.question for turn in store.history("a")] == ["InnoFounder: Von A"]
    assert [row["question"] for row in store.conversation("b")] == ["Von B"]


def test_questions_asked_at_once_are_all_kept(store: ConversationStore) -> None:
    with ThreadPoolExecutor(4) as pool:
        list(pool.map(lambda number: add(store, f"r{number}", question=f"Frage {number}"), range(8)))
    assert {row["question"] for row in store.conversation("c")} == {f"Frage {number}" for number in range(8)}


def test_an_unknown_conversation_is_empty(store: ConversationStore) -> None:
    assert store.history("nirgends") == ()
    assert store.conversation("nirgends") == []
    assert not store.exists("nirgends")
    assert store.reply("nirgends") is None
    assert not store.delete("nirgends")


def test_deleting_takes_replies_and_feedback_along_and_nothing_else(store: ConversationStore, engine: Engine) -> None:
    for conversation_id in ("a", "b"):
        add(store, f"{conversation_id}1", conversation_id=conversation_id)
        add(store, f"{conversation_id}2", conversation_id=conversation_id)
        store.add_feedback(reply_id=f"{conversation_id}1", helpful=True, comment="gut")
    assert store.delete("a")
    assert rows(engine) == (1, 2, 1)
    assert not store.exists("a")
    assert store.exists("b")
    assert store.reply("a1") is None


def test_what_was_unused_for_too_long_is_deleted(store: ConversationStore, engine: Engine) -> None:
    for conversation_id, days in (("alt", 31), ("neu", 29)):
        add(store, conversation_id, conversation_id=conversation_id)
        store.add_feedback(reply_id=conversation_id, helpful=False, comment=None)
        age(engine, conversation_id, timedelta(days=days))
    assert store.delete_older_than(timedelta(days=30)) == 1
    assert rows(engine) == (1, 1, 1)
    assert store.exists("neu")
    assert store.delete_older_than(timedelta(days=30)) == 0


def test_a_new_question_keeps_a_conversation_alive(store: ConversationStore, engine: Engine) -> None:
    add(store, "r1")
    age(engine, "c", timedelta(days=31))
    add(store, "r2")
    assert store.delete_older_than(timedelta(days=30)) == 0
    assert len(store.history("c")) == 2


def test_the_last_judgement_of_a_reply_counts(store: ConversationStore, engine: Engine) -> None:
    add(store, "r")
    assert store.add_feedback(reply_id="r", helpful=True, comment=None)
    assert store.add_feedback(reply_id="r", helpful=False, comment="Die Frist fehlt.")
    with engine.connect() as connection:
        stored = connection.execute(select(feedback.c.helpful, feedback.c.comment)).all()
    assert [tuple(row) for row in stored] == [(False, "Die Frist fehlt.")]


def test_an_unknown_reply_cannot_be_judged(store: ConversationStore, engine: Engine) -> None:
    assert not store.add_feedback(reply_id="nirgends", helpful=True, comment=None)
    assert rows(engine) == (0, 0, 0)
