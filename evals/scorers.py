"""Judges one reply against its case; every score comes with its reason."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from assistant.domain.answers import Reply
from assistant.language.normalise import fold
from evals.cases import Case, stands_in


@dataclass(frozen=True, slots=True, kw_only=True)
class Score:
    """A judgement from 0 to 1, or None where it could not be made."""

    name: str
    value: float | None
    reason: str = ""


def score_reply(case: Case, reply: Reply, text_of: Callable[[str], str]) -> list[Score]:
    """All scores of a reply; `text_of` gives a document's canonical text."""
    exact = [text_of(c.document_id)[c.start : c.end] == c.quote for c in reply.citations]
    answered = reply.status in ("answered", "partial")
    held = fold(" ".join([reply.text, *(c.quote for c in reply.citations)]))
    got = f"{reply.status} {reply.reason or ''}".strip()
    scores = [
        Score(
            name="exact",
            value=float(all(exact)) if exact else None,
            reason=f"{sum(exact)} of {len(exact)} quotations exact",
        )
    ]
    if case.forbidden:
        said = [text for text in case.forbidden if stands_in([text], held)]
        scores.append(
            Score(name="unsaid", value=float(not said), reason=f"said {said}" if said else "nothing forbidden")
        )
    name = "answered" if case.may_answer else "refused" if case.status == ("abstained",) else "clarified"
    right = reply.status in case.status
    scores.append(Score(name=name, value=float(right), reason=got if right or not answered else reply.text[:160]))
    if case.reasons and reply.status == "abstained":
        scores.append(Score(name="reason", value=float(reply.reason in case.reasons), reason=got))
    if not case.may_answer or (right and not answered):
        return scores
    cited = [c.document_id.removesuffix(".en") for c in reply.citations]
    scores.append(Score(name="cited", value=float(bool(set(cited) & set(case.documents))), reason=f"cited {cited}"))
    if case.vital:
        missing = [forms for forms in case.vital if not stands_in(forms, held)]
        scores.append(
            Score(
                name="facts",
                value=float(not missing),
                reason=f"missing {missing}" if missing else "all facts stand in the reply",
            )
        )
    if case.okay:
        extra = [forms for forms in case.okay if stands_in(forms, held)]
        scores.append(
            Score(
                name="extra",
                value=len(extra) / len(case.okay),
                reason=f"{len(extra)} of {len(case.okay)} further facts",
            )
        )
    return scores
