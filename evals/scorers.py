"""Judges one reply against its case; every score comes with its reason."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from assistant.domain.answers import Reply
from assistant.language.normalise import fold
from evals.cases import Case


@dataclass(frozen=True, slots=True, kw_only=True)
class Score:
    """A judgement: 1 or 0, or None where it could not be made."""

    name: str
    value: float | None
    reason: str = ""


def score_reply(case: Case, reply: Reply, text_of: Callable[[str], str]) -> list[Score]:
    """All scores of a reply; `text_of` gives a document's canonical text."""
    exact = [text_of(c.document_id)[c.start : c.end] == c.quote for c in reply.citations]
    answered = reply.status in ("answered", "partial")
    scores = [
        Score(
            name="exact",
            value=float(all(exact)) if exact else None,
            reason=f"{sum(exact)} of {len(exact)} quotations exact",
        )
    ]
    if not case.is_answerable:
        reason = reply.text[:160] if answered else f"{reply.status} {reply.reason}"
        return [*scores, Score(name="refused", value=float(not answered), reason=reason)]
    scores.append(Score(name="answered", value=float(answered), reason=f"{reply.status} {reply.reason or ''}"))
    cited = [c.document_id.removesuffix(".en") for c in reply.citations]
    scores.append(Score(name="cited", value=float(bool(set(cited) & set(case.documents))), reason=f"cited {cited}"))
    held = fold(" ".join([reply.text, *(c.quote for c in reply.citations)]))
    missing = [forms for forms in case.facts if not any(fold(form) in held for form in forms)]
    if case.facts:
        scores.append(
            Score(
                name="facts",
                value=float(not missing),
                reason=f"missing {missing}" if missing else "all facts stand in the reply",
            )
        )
    return scores
