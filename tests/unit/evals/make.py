"""Cases and replies, built for one test each."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from assistant.service.wire import ReplyOut
from evals.cases import Case
from evals.runs import StoredText
from evals.scorers.score import Score

TEXT = "InnoFounder zahlt 2.500 Euro im Monat. InnoFounder wird höchstens 18 Monate lang gezahlt."
AMOUNT = "InnoFounder zahlt 2.500 Euro im Monat."
DURATION = "InnoFounder wird höchstens 18 Monate lang gezahlt."
TEXTS = {"funding/innofounder": [StoredText("v1", TEXT)]}


def make_case(**fields: Any) -> Case:
    """A case of the set `qa` that InnoFounder's sheet answers."""
    answerable = {"documents": ("funding/innofounder",), "vital": (("2.500", "2,500"),)}
    base: dict[str, Any] = {"id": "amount", "set": "qa", "question": "Wie viel zahlt InnoFounder?", "language": "de"}
    if fields.get("status") != "abstained":
        base |= answerable
    return Case(**{**base, **fields})


def make_citation(n: int, quote: str, *, text: str = TEXT, **fields: Any) -> dict[str, Any]:
    """A citation of InnoFounder's sheet, in the place where the words stand."""
    start = max(0, text.find(quote))
    return {
        "n": n, "document_id": "funding/innofounder", "title": "InnoFounder", "kind": "funding", "language": "de", "heading": ["Höhe"], "page": None,
        "passage_id": f"p{n}", "version_id": "v1", "quote": quote, "start": start, "end": start + len(quote),
        "url": "https://www.ifbhh.de/innofounder", "publisher": "IFB Hamburg", "authority": "official", "as_of": "2026-11-01",
        "start_page_only": False, "valid_until": None, "expired": False, **fields,
    }  # fmt: skip


def make_payload(
    statements: Sequence[tuple[str, Sequence[str]]] = ((AMOUNT, (AMOUNT,)),), **fields: Any
) -> dict[str, Any]:
    """A reply as it travels: statements, each with its quotations; one without any stands outside the claims."""
    text, claims, citations = "", [], []
    for said, quotes in statements:
        numbers = []
        for quote in quotes:
            citations.append(make_citation(len(citations) + 1, quote))
            numbers.append(len(citations))
        if numbers:
            claims.append({"start": len(text), "end": len(text) + len(said), "citations": numbers, "check": "quoted"})
        text += said + "".join(f" [{n}]" for n in numbers) + "\n"
    return {
        "id": "r1", "conversation_id": "c1", "language": "de", "status": "answered", "reason": None, "text": text.strip(), "claims": claims,
        "citations": citations, "next_step": None, "suggestions": [], "options": [], "rewritten_question": None, "notices": [],
        "written_by": "extractive", "index": "g-1", "timings_ms": {"retrieve": 2.0, "total": 5.0}, "trace": None, **fields,
    }  # fmt: skip


def make_reply(statements: Sequence[tuple[str, Sequence[str]]] = ((AMOUNT, (AMOUNT,)),), **fields: Any) -> ReplyOut:
    """The same, read."""
    return ReplyOut.model_validate(make_payload(statements, **fields))


def make_refusal(reason: str = "no_match") -> ReplyOut:
    """A reply that abstains."""
    return make_reply((("Dazu steht hier nichts.", ()),), status="abstained", reason=reason)


def values(scores: Sequence[Score | None]) -> Mapping[str, float | None]:
    """Scores by name."""
    return {score.name: score.value for score in scores if score is not None}
