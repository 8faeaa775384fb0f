"""Ninth step: the extractive writer. It says nothing of its own; it chooses, orders and joins sentences."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from rapidfuzz import fuzz

from assistant.answer.draft import Draft, Outcome, Statement
from assistant.answer.editions import in_language
from assistant.answer.question_type import asks_for_list
from assistant.domain.answers import Evidence
from assistant.domain.ports import Library

MAX_SENTENCES = 4
MAX_LIST_SENTENCES = 8
SAME_TEXT = 90.0
"""Of 100; more alike than this, a sentence repeats another."""
LEADING_SHARE = 0.7
"""Sentences that reach this share of the best one's probability are equals: the document's order decides among them, and fact
sheets state the newer before the older."""
_OLDER = re.compile(
    r"\b(überholte?[nrs]?|ältere[nrs]?|frühere[nrs]?|alte[nrs]? (fassung|richtlinie|programm|stand)|damals|ursprünglich|vorgänger\w*"
    r"|outdated|superseded|older|earlier|former|previous|at that time|predecessor)\b",
    re.IGNORECASE,
)


class WriteExtract:
    """Writes the answer from quoted sentences: what answers first, then what belongs to it, older states last."""

    def __init__(self, library: Library, *, floor: float, share_of_best: float) -> None:
        """Choose sentences of at least `floor` probability that reach `share_of_best` of the best one's."""
        self._library = library
        self._floor = floor
        self._share_of_best = share_of_best

    def __call__(self, draft: Draft) -> Draft:
        """Set the outcome."""
        limit = MAX_LIST_SENTENCES if asks_for_list(draft.text) else MAX_SENTENCES
        floor = max(self._floor, self._share_of_best * draft.evidence[0].score) if draft.evidence else 0.0
        chosen = order_sentences(choose_sentences(draft.evidence, limit=limit, floor=floor))
        chosen = [in_language(evidence, draft.language, self._library) for evidence in chosen]
        shape = "item" if len(chosen) > 2 else "text"
        statements = tuple(
            Statement(text=evidence.text, evidence=(evidence,), shape="lead" if i == 0 else shape)  # type: ignore[arg-type]
            for i, evidence in enumerate(chosen)
        )
        return replace(draft, outcome=Outcome(status="answered", statements=statements)).noting(
            "write", sentences=len(statements)
        )


def choose_sentences(evidence: Sequence[Evidence], *, limit: int, floor: float) -> list[Evidence]:
    """The best sentence and further ones of enough weight, best first, none repeating another.

    Args:
        evidence: Best first.
        limit: Most sentences that are returned, at least 1.
        floor: Least probability of a sentence after the first.
    """
    chosen = list(evidence[:1])
    for candidate in evidence[1:]:
        if len(chosen) == limit or candidate.score < floor:
            break
        if not any(fuzz.token_set_ratio(candidate.text, other.text) > SAME_TEXT for other in chosen):
            chosen.append(candidate)
    return chosen


def order_sentences(chosen: Sequence[Evidence]) -> list[Evidence]:
    """What answers best leads; among equals, and for the rest, the document's order decides; older states come last.

    Args:
        chosen: Best first.
    """
    if not chosen:
        return []
    best = chosen[0]

    def place(evidence: Evidence) -> tuple[bool, bool, bool, str, int]:
        document_id = evidence.passage.document_id
        return (
            states_older(evidence.text),
            evidence.score < LEADING_SHARE * best.score,
            document_id != best.passage.document_id,
            document_id,
            evidence.sentence.start,
        )

    return sorted(chosen, key=place)


def states_older(text: str) -> bool:
    """Whether a sentence says of itself that it speaks of an older state."""
    return bool(_OLDER.search(text))
