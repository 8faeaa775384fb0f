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
from assistant.language.quantities import quantities
from assistant.learned.models import OperatingPoints

MAX_SENTENCES = 4
MAX_LIST_SENTENCES = 8
SAME_TEXT = 90.0
"""Of 100; more alike than this, a sentence repeats another."""
OTHER_DOCUMENT_SHARE = 0.5
"""Share of the best sentence's probability that one of another document must reach."""
LEADING_SHARE = 0.7
"""Sentences that reach this share of the best one's probability are equals: the document's order decides among them, and fact
sheets state the newer before the older."""
_OLDER = re.compile(
    r"\b(überholte?[nrs]?|ältere[nrs]?|frühere[nrs]?|alte[nrs]? (fassung|richtlinie|programm|stand)|damals|ursprünglich|vorgänger\w*"
    r"|war(en)? .{0,120}\b(bis|vor)\b|(was|were) .{0,120}\b(until|before)\b|outdated|superseded|older|earlier|former|previous|at that time|predecessor)\b",
    re.IGNORECASE,
)
_PAST = re.compile(
    r"\b(war|waren|wurden?|hieß|hießen|früher\w*|damals|vorher|ehemalig\w*|(?<!^)was|were|did|used to|former\w*|earlier|previous\w*)\b",
    re.IGNORECASE,
)


class WriteExtract:
    """Writes the answer from quoted sentences: what answers first, then what belongs to it, older states last."""

    def __init__(self, library: Library, *, points: OperatingPoints) -> None:
        """Choose sentences by the operating points."""
        self._library = library
        self._points = points

    def __call__(self, draft: Draft) -> Draft:
        """Set the outcome."""
        limit = MAX_LIST_SENTENCES if asks_for_list(draft.text) else MAX_SENTENCES
        chosen = choose_sentences(self._worth_quoting(draft.evidence), limit=limit)
        chosen = order_sentences(chosen, about_the_past=bool(_PAST.search(draft.text)))
        chosen = [in_language(evidence, draft.language, self._library) for evidence in chosen]
        shape = "item" if len(chosen) > 2 else "text"
        statements = tuple(
            Statement(text=evidence.text, evidence=(evidence,), shape="lead" if i == 0 else shape)  # type: ignore[arg-type]
            for i, evidence in enumerate(chosen)
        )
        return replace(draft, outcome=Outcome(status="answered", statements=statements)).noting(
            "write", sentences=len(statements)
        )

    def _worth_quoting(self, evidence: Sequence[Evidence]) -> list[Evidence]:
        """The best sentence and those that come near enough to it; those of other documents have to come nearer."""
        if not evidence:
            return []
        best = evidence[0]
        is_sheet = bool(
            best.sentence.sources
        )  # each sentence of a fact sheet states one thing, and so an answer needs more of them
        near = self._points.share_on_sheets if is_sheet else self._points.share_of_best
        floor = self._points.line_on_sheets if is_sheet else self._points.line
        far = max(near, OTHER_DOCUMENT_SHARE)
        return [best] + [
            e for e in evidence[1:]
            if e.score >= max(floor, best.score * (near if e.passage.document_id == best.passage.document_id else far))
        ]  # fmt: skip


def choose_sentences(evidence: Sequence[Evidence], *, limit: int, floor: float = 0.0) -> list[Evidence]:
    """The first sentences, best first, none repeating another.

    Args:
        evidence: Best first.
        limit: Most sentences that are returned, at least 1.
        floor: Least probability of a sentence after the first.
    """
    chosen = list(evidence[:1])
    for candidate in evidence[1:]:
        if len(chosen) == limit or candidate.score < floor:
            break
        if not any(repeats(candidate.text, other.text) for other in chosen):
            chosen.append(candidate)
    return chosen


def repeats(text: str, other: str) -> bool:
    """Whether a sentence says what another one says: nearly the same words and no figure of its own."""
    return not _figures(text) - _figures(other) and fuzz.token_set_ratio(text, other) > SAME_TEXT


def _figures(text: str) -> set[str]:
    return {quantity.value for quantity in quantities(text)}


def order_sentences(chosen: Sequence[Evidence], *, about_the_past: bool = False) -> list[Evidence]:
    """What answers best leads; among equals, and for the rest, the document's order decides; older states come last.

    Args:
        chosen: Best first.
        about_the_past: The question asks for an older state, which then may lead.
    """
    if not chosen:
        return []
    best = chosen[0]

    def place(evidence: Evidence) -> tuple[bool, bool, bool, str, int]:
        document_id = evidence.passage.document_id
        return (
            not about_the_past and states_older(evidence.text),
            evidence.score < LEADING_SHARE * best.score,
            document_id != best.passage.document_id,
            document_id,
            evidence.sentence.start,
        )

    return sorted(chosen, key=place)


def states_older(text: str) -> bool:
    """Whether a sentence says of itself that it speaks of an older state."""
    return bool(_OLDER.search(text))
