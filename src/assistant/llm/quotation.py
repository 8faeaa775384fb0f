"""Finds the words that a model quotes in the passages it was given."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from rapidfuzz import fuzz

from assistant.domain.values import Sentence, Span
from assistant.language.normalise import fold, fold_with_offsets
from assistant.llm.passages import NumberedPassage

ALIKE = 92.0
"""Of 100; below it, a text is another one and not a quotation with slips."""
MIN_CHARACTERS = 12
"""A shorter quotation proves nothing unless it stands in one place only."""
MIN_WORDS = 2
MAX_SENTENCES = 3
"""That one quotation may touch."""
_ELLIPSIS = re.compile(r"\s*(?:\[\s*)?(?:\.\.\.|…)(?:\s*\])?\s*")
_EDGES = " \"'„“”‚‘’»«.,;:"


def find_quotation(words: str, passage: NumberedPassage) -> tuple[Sentence, ...]:
    """The sentences of a passage in which a quotation stands, in order; empty when it does not.

    An ellipsis cuts the quotation into pieces that must all stand in the passage.
    """
    pieces = [piece for piece in (part.strip(_EDGES) for part in _ELLIPSIS.split(words)) if piece]
    if len(words.split()) < MIN_WORDS:
        return ()
    found: dict[int, Sentence] = {}
    for piece in pieces:
        span = find_span(piece, passage.passage.text)
        if span is None:
            return ()
        start = passage.passage.start
        touched = [s for s in passage.passage.sentences if s.start < start + span.end and start + span.start < s.end]
        if not touched:  # it stands between sentences
            return ()
        found.update((sentence.start, sentence) for sentence in touched)
    sentences = tuple(found[key] for key in sorted(found))
    return sentences if len(sentences) <= MAX_SENTENCES else ()


def find_in_any(words: str, passages: Sequence[NumberedPassage]) -> tuple[NumberedPassage, tuple[Sentence, ...]] | None:
    """The first passage that holds a quotation word for word but for case and punctuation; None when none does."""
    wanted = fold(words).strip(_EDGES)
    for passage in passages:
        if len(wanted) >= MIN_CHARACTERS and wanted in _folded(passage.passage.text)[0]:
            sentences = find_quotation(words, passage)
            if sentences:
                return passage, sentences
    return None


def find_span(words: str, text: str) -> Span | None:
    """Where words stand in a text: exactly, else folded, else with slips of less than a twelfth."""
    is_short = len(words) < MIN_CHARACTERS
    at = text.find(words)
    if at >= 0 and not (is_short and text.count(words) > 1):
        return Span(start=at, end=at + len(words))
    folded, offsets = _folded(text)
    wanted = fold(words).strip(_EDGES)
    if not wanted:
        return None
    at = folded.find(wanted)
    if at >= 0 and not (is_short and folded.count(wanted) > 1):
        return Span(start=offsets[at], end=offsets[at + len(wanted) - 1] + 1)
    if is_short or len(wanted) > 1.1 * len(folded):
        return None
    aligned = fuzz.partial_ratio_alignment(wanted, folded, score_cutoff=ALIKE)
    if aligned is None or aligned.dest_end <= aligned.dest_start:
        return None
    return Span(start=offsets[aligned.dest_start], end=offsets[aligned.dest_end - 1] + 1)


@lru_cache(maxsize=2_000)
def _folded(text: str) -> tuple[str, list[int]]:
    return fold_with_offsets(text)
