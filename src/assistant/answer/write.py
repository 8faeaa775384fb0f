"""Seventh step: the extractive writer. It says nothing of its own; it chooses, orders and joins sentences."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from rapidfuzz import fuzz

from assistant.answer.draft import Draft, Outcome, Statement
from assistant.answer.question_type import asks_for_list
from assistant.domain.answers import Evidence

MAX_SENTENCES = 4
MAX_LIST_SENTENCES = 8
MIN_SCORE = 0.30
SHARE_OF_BEST = 0.55
"""A further sentence needs this share of the best one's probability."""
SAME_TEXT = 90.0
"""Of 100; more alike than this, a sentence repeats another."""


class WriteExtract:
    """Writes the answer from quoted sentences: the best first, then what belongs to it in the order of the document."""

    def __call__(self, draft: Draft) -> Draft:
        """Set the outcome."""
        wants_list = asks_for_list(draft.text)
        chosen = choose_sentences(draft.evidence, limit=MAX_LIST_SENTENCES if wants_list else MAX_SENTENCES)
        shape = "item" if len(chosen) > 2 else "text"
        statements = tuple(
            Statement(text=evidence.text, evidence=(evidence,), shape="lead" if i == 0 else shape)  # type: ignore[arg-type]
            for i, evidence in enumerate(chosen)
        )
        return replace(draft, outcome=Outcome(status="answered", statements=statements)).noting(
            "write", sentences=len(statements)
        )


def choose_sentences(evidence: Sequence[Evidence], *, limit: int) -> list[Evidence]:
    """The best sentence, then further ones of enough weight: those of its document in reading order, then others.

    Args:
        evidence: Best first.
        limit: Most sentences that are returned, at least 1.
    """
    if not evidence:
        return []
    best = evidence[0]
    floor = max(MIN_SCORE, SHARE_OF_BEST * best.score)
    chosen = [best]
    for candidate in evidence[1:]:
        if len(chosen) == limit or candidate.score < floor:
            break
        if not any(fuzz.token_set_ratio(candidate.text, other.text) > SAME_TEXT for other in chosen):
            chosen.append(candidate)
    rest = sorted(
        chosen[1:],
        key=lambda e: (e.passage.document_id != best.passage.document_id, e.passage.document_id, e.sentence.start),
    )
    return [best, *rest]
