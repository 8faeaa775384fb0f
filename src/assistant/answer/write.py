"""Ninth step: the extractive writer. It says nothing of its own; it chooses, orders and joins sentences."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from rapidfuzz import fuzz

from assistant.answer.draft import Draft, Outcome, Statement
from assistant.answer.question_type import asks_for_list
from assistant.domain.answers import Evidence

MAX_SENTENCES = 4
MAX_LIST_SENTENCES = 8
SAME_TEXT = 90.0
"""Of 100; more alike than this, a sentence repeats another."""


class WriteExtract:
    """Writes the answer from quoted sentences: the best first, then what belongs to it in the order of the document."""

    def __init__(self, *, floor: float, share_of_best: float) -> None:
        """Choose sentences of at least `floor` probability that reach `share_of_best` of the best one's."""
        self._floor = floor
        self._share_of_best = share_of_best

    def __call__(self, draft: Draft) -> Draft:
        """Set the outcome."""
        limit = MAX_LIST_SENTENCES if asks_for_list(draft.text) else MAX_SENTENCES
        floor = max(self._floor, self._share_of_best * draft.evidence[0].score) if draft.evidence else 0.0
        chosen = choose_sentences(draft.evidence, limit=limit, floor=floor)
        shape = "item" if len(chosen) > 2 else "text"
        statements = tuple(
            Statement(text=evidence.text, evidence=(evidence,), shape="lead" if i == 0 else shape)  # type: ignore[arg-type]
            for i, evidence in enumerate(chosen)
        )
        return replace(draft, outcome=Outcome(status="answered", statements=statements)).noting(
            "write", sentences=len(statements)
        )


def choose_sentences(evidence: Sequence[Evidence], *, limit: int, floor: float) -> list[Evidence]:
    """The best sentence, then further ones of enough weight: those of its document in reading order, then others.

    Args:
        evidence: Best first.
        limit: Most sentences that are returned, at least 1.
        floor: Least probability of a sentence after the first.
    """
    if not evidence:
        return []
    best = evidence[0]
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
