"""What scorers read of a reply."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from assistant.language.normalise import fold
from assistant.service.wire import CitationOut, ReplyOut

_MARKERS = re.compile(r"(?:\[\d+\])+")
_QUESTION_LINE = re.compile(r"\*\*.+\*\*")
_BULLET = re.compile(r"^\s*[-*•]\s+", re.MULTILINE)


class Statement(NamedTuple):
    """A piece of a reply that says something, with the quotations on which it rests; none where it stands uncited."""

    text: str
    quotes: tuple[str, ...]


def read_reply(payload: Mapping[str, Any]) -> ReplyOut:
    """A stored reply; fields that a later version added are passed over."""
    return ReplyOut.model_validate(payload)


def is_answered(reply: ReplyOut) -> bool:
    """Whether it answers, wholly or in part."""
    return reply.status in ("answered", "partial")


def outcome(reply: ReplyOut) -> str:
    """Status and reason in words."""
    return f"{reply.status} {reply.reason or ''}".strip()


def said(reply: ReplyOut) -> str:
    """Text and quotations, folded for comparison."""
    return fold("\n".join([_MARKERS.sub(" ", reply.text), *(c.quote for c in reply.citations)]))


def cited_documents(citations: Sequence[CitationOut]) -> tuple[str, ...]:
    """Ids of the cited documents without language suffix, each once, in order."""
    return tuple(dict.fromkeys(citation.document_id.removesuffix(".en") for citation in citations))


def statements(reply: ReplyOut) -> list[Statement]:
    """All statements of a reply, claims and what stands outside of them; headings and markers are none."""
    quote_of = {citation.n: citation.quote for citation in reply.citations}
    found: list[Statement] = []
    position = 0
    for claim in sorted(reply.claims, key=lambda claim: claim.start):
        found.extend(_uncited(reply.text[position : claim.start]))
        quotes = tuple(quote_of[n] for n in claim.citations if n in quote_of)
        found.append(Statement(reply.text[claim.start : claim.end], quotes))
        position = claim.end
    found.extend(_uncited(reply.text[position:]))
    offered = {part.next_step.text for part in reply.parts if part.next_step}
    return [statement for statement in found if statement.text not in offered]


def _uncited(text: str) -> Iterator[Statement]:
    """Lines outside claims that say something; one that ends in a colon, or repeats a question of an enquiry, is a heading."""
    for line in _BULLET.sub("", _MARKERS.sub(" ", text)).split("\n"):
        plain = line.strip()
        is_heading = plain.endswith(":") or _QUESTION_LINE.fullmatch(plain)
        if any(char.isalnum() for char in plain) and not is_heading:
            yield Statement(plain, ())
