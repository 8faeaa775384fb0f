"""One reply out of several: offsets of claims, numbers of citations, the status of the whole."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.answer.enquiry_reply import Answered, Left, add_records, heading_of, join_replies
from assistant.domain.answers import Citation, Claim, NextStep, Question, Reply, turn_of
from assistant.domain.language_model import ModelRecord, Usage
from tests.conftest import TODAY

ENQUIRY = Question(text="Eins? Zwei?", conversation_id="c", reply_id="r", today=TODAY)
OPEN = Reply(
    id="x", conversation_id="c", language="de", status="abstained", reason="no_match", text="Dazu steht hier nichts.",
    next_step=NextStep(text="Fragen Sie die IFB.", url="https://ifb.example/"),
)  # fmt: skip
BACK = Reply(
    id="x", conversation_id="c", language="de", status="clarify", reason="gemeintes Angebot", text="Welches meinen Sie?",
    options=("Was zahlt PROFI?", "Was zahlt PROFI Impuls?"),
)  # fmt: skip


def citation(number: int, *, n: int) -> Citation:
    """The quotation with that number out of a corpus of many."""
    return Citation(
        n=n, document_id=f"funding/{number % 3}", title="T", kind="funding", language="de", heading=(), page=None, passage_id="p",
        version_id="v", quote=f"Satz {number}.", start=number * 10, end=number * 10 + 8, url=None, publisher=None, authority=None,
        as_of=None, start_page_only=False, valid_until=None, expired=False,
    )  # fmt: skip


def saying(claims: Sequence[Sequence[int]], *, before: str = "", between: str = " ", after: str = "") -> Reply:
    """A reply whose claims rest on these quotations of the corpus."""
    numbers = {quoted: n for n, quoted in enumerate(dict.fromkeys(q for claim in claims for q in claim), 1)}
    text, made = before, []
    for position, claim in enumerate(claims):
        text += between if position else ""
        start = len(text)
        text += f"Behauptung über {'–'.join(map(str, claim))}."
        cited = tuple(dict.fromkeys(numbers[q] for q in claim))
        made.append(Claim(start=start, end=len(text), citations=cited, check="quoted"))
        text += " " + "".join(f"[{n}]" for n in cited)
    return Reply(
        id="x", conversation_id="c", language="de", status="answered", reason=None, text=text + after, claims=tuple(made),
        citations=tuple(citation(q, n=n) for q, n in numbers.items()), index="g", timings_ms={"total": 1.5},
    )  # fmt: skip


def joined(*replies: Reply, left: Left | None = None, question: str = "Was gilt?") -> Reply:
    return join_replies(ENQUIRY, [Answered(question, reply) for reply in replies], language="de", left=left)


def check(reply: Reply) -> None:
    """What holds for every reply."""
    assert [c.n for c in reply.citations] == list(range(1, len(reply.citations) + 1))
    places = [(c.document_id, c.start, c.end) for c in reply.citations]
    assert len(places) == len(set(places))
    seen: list[int] = []
    for claim in reply.claims:
        assert reply.text[claim.end :].startswith(" " + "".join(f"[{n}]" for n in claim.citations))
        seen += claim.citations
    assert list(dict.fromkeys(seen)) == list(range(1, len(reply.citations) + 1)), "numbered by first use"
    for part in reply.parts:
        assert reply.text[part.start : part.end].startswith("**")


CLAIMS = st.lists(st.lists(st.integers(0, 6), min_size=1, max_size=3), max_size=4)
PLAIN = st.text(alphabet="Wort [7]*\n-ä𝄞", max_size=12)
REPLIES = st.one_of(st.builds(saying, CLAIMS, before=PLAIN, between=PLAIN, after=PLAIN), st.just(OPEN), st.just(BACK))


@given(st.lists(REPLIES, min_size=1, max_size=5), st.text(max_size=30))
def test_each_claim_keeps_its_words_and_its_quotations(replies: list[Reply], question: str) -> None:
    reply = joined(*replies, question=question)
    check(reply)
    before = [
        (one.text[c.start : c.end], [one.citations[n - 1].quote for n in c.citations])
        for one in replies
        for c in one.claims
    ]
    after = [(reply.text[c.start : c.end], [reply.citations[n - 1].quote for n in c.citations]) for c in reply.claims]
    assert after == before


@given(st.lists(REPLIES, min_size=2, max_size=5))
def test_what_is_finished_is_a_beginning_of_the_whole(replies: list[Reply]) -> None:
    whole = joined(*replies)
    for count in range(1, len(replies)):
        beginning = joined(*replies[:count])
        assert whole.text.startswith(beginning.text)
        assert whole.claims[: len(beginning.claims)] == beginning.claims
        assert whole.citations[: len(beginning.citations)] == beginning.citations


def test_the_text_of_an_enquiry() -> None:
    reply = joined(saying([[1], [2, 1]]), OPEN, BACK, saying([[2]]))
    assert reply.text == (
        "**1. Was gilt?**\nBehauptung über 1. [1] Behauptung über 2–1. [2][1]\n\n"
        "**2. Was gilt?**\nDazu steht hier nichts.\nFragen Sie die IFB.\n\n"
        "**3. Was gilt?**\nWelches meinen Sie?\n- Was zahlt PROFI?\n- Was zahlt PROFI Impuls?\n\n"
        "**4. Was gilt?**\nBehauptung über 2. [2]"
    )
    assert (reply.status, reply.reason) == ("partial", "Antwort auf Frage 2 und 3")
    assert (reply.id, reply.next_step, reply.options) == ("r", OPEN.next_step, BACK.options)
    assert [part.status for part in reply.parts] == ["answered", "abstained", "clarify", "answered"]
    assert reply.timings_ms == {"total": 3.0}


def test_a_letter_leads_over_from_question_to_question() -> None:
    letter = replace(ENQUIRY, style="letter")
    reply = join_replies(letter, [Answered("Was gilt?", saying([[1]]))] * 2, language="en")
    assert reply.text.split("\n")[0] == "On your question “Was gilt?”:"
    assert "**" not in reply.text


@pytest.mark.parametrize(
    ("replies", "status", "reason"),
    [
        ((saying([[1]]), saying([[2]])), "answered", None),
        ((saying([[1]]), replace(saying([[2]]), status="partial", reason="Frist")), "partial", "Antwort auf Frage 2"),
        ((OPEN, BACK), "clarify", "gemeintes Angebot"),
        ((OPEN, OPEN), "abstained", "no_match"),
        ((replace(OPEN, reason="out_of_scope"), OPEN, OPEN), "abstained", "no_match"),
    ],
)
def test_the_status_of_the_whole(replies: tuple[Reply, ...], status: str, reason: str | None) -> None:
    reply = joined(*replies)
    assert (reply.status, reply.reason) == (status, reason)


def test_what_was_not_come_to_is_named_and_offered() -> None:
    reply = joined(saying([[1]]), left=Left(questions=("Und [1] *bis wann*?",)))
    assert reply.text.endswith("Bitte stellen Sie danach noch einmal: „Und (1) bis wann?“")
    assert (reply.status, reply.reason) == ("partial", "Antwort auf Frage 2")
    assert reply.suggestions == ("Und [1] *bis wann*?",)
    check(reply)


def test_a_notice_says_which_questions_it_concerns() -> None:
    old = replace(saying([[1]]), notices=("Alt.", "Von einem Sprachmodell."))
    reply = joined(old, replace(saying([[2]]), notices=("Von einem Sprachmodell.",)), OPEN)
    assert reply.notices == ("Zu Frage 1: Alt.", "Von einem Sprachmodell.")


def test_suggestions_come_from_each_reply_in_turn_and_leave_out_what_was_asked() -> None:
    first = replace(saying([[1]]), suggestions=("Bis wann kann man A beantragen?", "Wer kann A beantragen?"))
    second = replace(saying([[2]]), suggestions=("Was zahlt B?", "Wer ist bei B die Anlaufstelle?"))
    reply = joined(first, second, question="Bis wann kann man den Antrag stellen?")
    assert reply.suggestions == ("Was zahlt B?", "Wer kann A beantragen?", "Wer ist bei B die Anlaufstelle?")


@pytest.mark.parametrize(
    ("question", "heading"),
    [
        ("Was gilt", "Was gilt?"),
        ("Was **gilt** [12]?", "Was gilt (12)?"),
        ("Was\n gilt.", "Was gilt?"),
        ("Wort " * 100 + "?", "Wort " * 39 + "…?"),
    ],
)
def test_a_heading_is_one_line_without_marks(question: str, heading: str) -> None:
    assert heading_of(question) == heading


def test_the_work_of_a_model_is_added_up() -> None:
    usage = Usage(calls=1, input_tokens=10, output_tokens=2)
    one = ModelRecord(name="m", prompts=("a",), usage=usage, cost=Decimal("0.1"), seconds=0.5, sentences=2, dropped=1)
    total = add_records((one, None, replace(one, prompts=("b",), fallback="timeout")))
    assert total == ModelRecord(
        name="m", prompts=("a", "b"), usage=usage + usage, cost=Decimal("0.2"), seconds=1.0, sentences=4, dropped=2, fallback="timeout"
    )  # fmt: skip
    assert add_records((None,)) is None


def test_a_conversation_goes_on_from_the_last_question() -> None:
    second = replace(saying([[1], [3]]), rewritten_question="ZIM: Was gilt?")
    turn = turn_of(joined(saying([[2]]), second), "Eins? Zwei?")
    assert turn.question == "ZIM: Was gilt?"
    assert turn.document_ids == ("funding/1", "funding/0", "funding/2")
