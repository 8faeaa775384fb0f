"""One reply out of the replies to the questions of an enquiry: headings, citations numbered through, one status."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import chain, zip_longest
from typing import Literal, NamedTuple

from assistant.answer.question_type import asked_fields
from assistant.domain.answers import Citation, Claim, EnquiryPart, Question, Reply, ReplyStatus
from assistant.domain.language_model import ModelRecord, Usage
from assistant.domain.values import Language

LONGEST_HEADING = 200
"""Characters of a question as a heading; a longer one is cut."""
WhyLeft = Literal["too_many", "cancelled"]
_MARKER = re.compile(r"\[(\d{1,3})\]")
_TEXTS: dict[str, dict[Language, str]] = {
    "heading": {"de": "**{number}. {question}**", "en": "**{number}. {question}**"},
    "heading_letter": {"de": "Zu Ihrer Frage „{question}“:", "en": "On your question “{question}”:"},
    "missing": {"de": "Antwort auf Frage {numbers}", "en": "an answer to question {numbers}"},
    "and": {"de": " und ", "en": " and "},
    "notice": {"de": "Zu Frage {numbers}: {notice}", "en": "On question {numbers}: {notice}"},
    "too_many": {
        "de": "Ich beantworte höchstens {most} Fragen auf einmal. Bitte stellen Sie danach noch einmal: {questions}",
        "en": "I answer at most {most} questions at a time. Please ask again afterwards: {questions}",
    },
    "cancelled": {
        "de": "Hier wurde abgebrochen. Nicht beantwortet: {questions}",
        "en": "Stopped here. Not answered: {questions}",
    },
    "quoted": {"de": "„{question}“", "en": "“{question}”"},
}  # fmt: skip


class Answered(NamedTuple):
    """A question of an enquiry with its own reply."""

    question: str
    reply: Reply


@dataclass(frozen=True, slots=True, kw_only=True)
class Left:
    """Questions that were not come to."""

    questions: tuple[str, ...] = ()
    why: WhyLeft = "too_many"


def join_replies(
    enquiry: Question, answered: Sequence[Answered], *, language: Language, left: Left | None = None
) -> Reply:
    """The replies to the questions of an enquiry as one.

    Args:
        enquiry: The whole of it.
        answered: In the order of the enquiry, at least one. A reply that is still being written may be the last; then the result is
            a beginning of the later one.
        language: Of the reply.
        left: What was not come to.

    Returns:
        The reply without notices on the enquiry as a whole and without timings. Its citations are numbered from 1 in the order of their
        first use, none twice; each claim is again the slice of the text that it points to.
    """
    left = left or Left()
    page = _Page()
    parts = [
        _add_part(page, number, *each, language=language, enquiry=enquiry) for number, each in enumerate(answered, 1)
    ]
    if left.questions:
        quoted = " ".join(_say("quoted", language, question=heading_of(question)) for question in left.questions)
        page.write("\n\n" + _say(left.why, language, most=str(len(answered)), questions=quoted))
    status, reason = _verdict(parts, len(left.questions), language)
    replies = [reply for _, reply in answered]
    model = add_records(reply.model for reply in replies)
    steps = [part.next_step for part in parts if part.next_step is not None]
    return Reply(
        id=enquiry.reply_id or replies[0].id,
        conversation_id=enquiry.conversation_id,
        language=language,
        status=status,
        reason=reason,
        text=page.text,
        claims=tuple(page.claims),
        citations=tuple(page.citations.values()),
        next_step=steps[0] if steps else None,
        suggestions=(left.questions or _suggestions(answered))[:3],
        options=_each_once(chain.from_iterable(reply.options for reply in replies)),
        parts=tuple(parts),
        notices=_notices(replies, language),
        written_by=next((reply.written_by for reply in replies if reply.model and reply.model.sentences), "extractive"),
        model=model,
        index=replies[0].index,
        timings_ms=_added(reply.timings_ms for reply in replies),
        trace={"parts": [dict(reply.trace) for reply in replies]},
    )


def heading_of(question: str) -> str:
    """A question as it stands above its answer: one line that ends with a question mark, without marks of its own or of a citation."""
    plain = _MARKER.sub(r"(\1)", " ".join(question.replace("*", "").split())).rstrip(" .:;")
    if len(plain) > LONGEST_HEADING:
        plain = plain[: LONGEST_HEADING - 2].rsplit(" ", 1)[0] + " …"
    return plain if plain.endswith("?") else plain + "?"


def add_records(records: Iterable[ModelRecord | None]) -> ModelRecord | None:
    """What a model had to do with several replies, added up; None where it had nothing to do with any."""
    known = [record for record in records if record is not None]
    if not known:
        return None
    return ModelRecord(
        name=known[0].name,
        prompts=tuple(chain.from_iterable(record.prompts for record in known)),
        usage=sum((record.usage for record in known), Usage()),
        cost=sum((record.cost for record in known), Decimal(0)),
        seconds=round(sum(record.seconds for record in known), 3),
        sentences=sum(record.sentences for record in known),
        dropped=sum(record.dropped for record in known),
        fallback=next((record.fallback for record in known if record.fallback), None),
    )


class _Page:
    """The text as it grows, with its claims and citations."""

    def __init__(self) -> None:
        self.text = ""
        self.claims: list[Claim] = []
        self.citations: dict[tuple[str, str, int, int], Citation] = {}

    def write(self, text: str) -> None:
        self.text += text

    def write_reply(self, reply: Reply) -> None:
        """A reply's text, with the numbers of this page in place of its own."""
        numbers = {citation.n: self._number(citation) for citation in reply.citations}
        position = 0
        for claim in reply.claims:
            cited = tuple(numbers[n] for n in claim.citations)
            start = len(self.text) + claim.start - position
            self.write(reply.text[position : claim.end])
            self.claims.append(replace(claim, start=start, end=len(self.text), citations=cited))
            markers = " " + "".join(f"[{n}]" for n in claim.citations)
            assert reply.text.startswith(markers, claim.end), "the numbers follow their claim"
            self.write(" " + "".join(f"[{n}]" for n in cited))
            position = claim.end + len(markers)
        self.write(reply.text[position:])

    def _number(self, citation: Citation) -> int:
        key = (citation.document_id, citation.version_id, citation.start, citation.end)
        return self.citations.setdefault(key, replace(citation, n=len(self.citations) + 1)).n


def _add_part(
    page: _Page, number: int, question: str, reply: Reply, *, language: Language, enquiry: Question
) -> EnquiryPart:
    if page.text:
        page.write("\n\n")
    start = len(page.text)
    kind = "heading_letter" if enquiry.style == "letter" else "heading"
    page.write(_say(kind, language, number=str(number), question=heading_of(question)) + "\n")
    page.write_reply(reply)
    for option in reply.options:
        page.write(f"\n- {option}")
    if reply.next_step is not None:
        page.write(f"\n{reply.next_step.text}")
    return EnquiryPart(
        question=question,
        start=start,
        end=len(page.text),
        status=reply.status,
        reason=reply.reason,
        next_step=reply.next_step,
        rewritten_question=reply.rewritten_question,
    )


def _verdict(parts: Sequence[EnquiryPart], left: int, language: Language) -> tuple[ReplyStatus, str | None]:
    """Status and reason of the whole: a question back counts as more than an abstention, since it can be answered."""
    states = {part.status for part in parts}
    if states == {"answered"} and not left:
        return "answered", None
    if states & {"answered", "partial"}:
        numbers = [number for number, part in enumerate(parts, 1) if part.status != "answered"]
        numbers += range(len(parts) + 1, len(parts) + left + 1)
        return "partial", _say("missing", language, numbers=_listed(numbers, language))
    if "clarify" in states:
        return "clarify", next(part.reason for part in parts if part.status == "clarify")
    # Where the reasons differ, the most frequent one stands for the whole, and of equals the first.
    return "abstained", Counter(part.reason for part in parts).most_common(1)[0][0]


def _notices(replies: Sequence[Reply], language: Language) -> tuple[str, ...]:
    """Each notice once, with the numbers of the questions that it concerns unless it concerns whatever was cited."""
    concerned: dict[str, list[int]] = {}
    for number, reply in enumerate(replies, 1):
        for notice in filter(None, reply.notices):
            concerned.setdefault(notice, []).append(number)
    citing = {number for number, reply in enumerate(replies, 1) if reply.citations}
    return tuple(
        notice
        if citing <= set(numbers)
        else _say("notice", language, numbers=_listed(numbers, language), notice=notice)
        for notice, numbers in concerned.items()
    )


def _suggestions(answered: Sequence[Answered]) -> tuple[str, ...]:
    """In turn from each reply, and none for what was asked already."""
    asked = {field for question, _ in answered for field in asked_fields(question)[:1]}
    offered = chain.from_iterable(zip_longest(*(reply.suggestions for _, reply in answered)))
    return _each_once(text for text in offered if text and not asked.intersection(asked_fields(text)[:1]))


def _added(timings: Iterable[Mapping[str, float]]) -> dict[str, float]:
    total: dict[str, float] = {}
    for each in timings:
        for name, milliseconds in each.items():
            total[name] = round(total.get(name, 0.0) + milliseconds, 2)
    return total


def _listed(numbers: Sequence[int], language: Language) -> str:
    written = [str(number) for number in numbers]
    return _say("and", language).join(filter(None, (", ".join(written[:-1]), written[-1])))


def _each_once(texts: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(texts))


def _say(key: str, language: Language, **values: str) -> str:
    return _TEXTS[key][language].format(**values)
