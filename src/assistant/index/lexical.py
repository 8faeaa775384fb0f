"""Lexical index: BM25 over three fields of every passage — stems, compound parts, character 4-grams."""

from __future__ import annotations

from collections.abc import Sequence
from math import log
from pathlib import Path
from typing import NamedTuple

import bm25s
import numpy as np
from numpy.typing import NDArray

FIELDS = ("stems", "parts", "grams")
METHOD, K1, B = "lucene", 1.2, 0.6
"""Lucene's variant; `B` below the usual 0.75 because passages are cut to similar lengths."""


class LexicalScores(NamedTuple):
    """BM25 scores of all passages for one query, one array per field, each `float32 (n_passages,)`, >= 0."""

    stems: NDArray[np.float32]
    parts: NDArray[np.float32]
    grams: NDArray[np.float32]


class LexicalIndex:
    """Scores all passages of a generation for analysed words."""

    def __init__(self, fields: dict[str, bm25s.BM25], size: int) -> None:
        self._fields = fields
        self._frequencies: dict[str, dict[str, int]] = {}
        self.size = size

    @classmethod
    def build(cls, fields: dict[str, Sequence[list[str]]]) -> LexicalIndex:
        """Index `fields[name][i]`, the terms of passage `i`, for every name in `FIELDS`."""
        built: dict[str, bm25s.BM25] = {}
        for name in FIELDS:
            model = bm25s.BM25(method=METHOD, k1=K1, b=B)
            # An empty passage would be refused; a term no query can hold stands in for it.
            model.index([terms or ["\0"] for terms in fields[name]], show_progress=False)
            built[name] = model
        return cls(built, len(fields[FIELDS[0]]))

    def save(self, folder: Path) -> None:
        """Write the index below `folder`, which must exist."""
        for name, model in self._fields.items():
            model.save(str(folder / name), show_progress=False)

    @classmethod
    def load(cls, folder: Path, size: int) -> LexicalIndex:
        """Read what `save` wrote."""
        return cls({name: bm25s.BM25.load(str(folder / name), show_progress=False) for name in FIELDS}, size)

    def scores(self, *, stems: Sequence[str], parts: Sequence[str], grams: Sequence[str]) -> LexicalScores:
        """Score every passage; a field without a known term scores zero throughout."""
        return LexicalScores(
            stems=self._score("stems", stems), parts=self._score("parts", parts), grams=self._score("grams", grams)
        )

    def _score(self, field: str, terms: Sequence[str]) -> NDArray[np.float32]:
        model = self._fields[field]
        known = [term for term in dict.fromkeys(terms) if term in model.vocab_dict]
        if not known:
            return np.zeros(self.size, dtype=np.float32)
        return np.asarray(model.get_scores(known), dtype=np.float32)

    def rarity(self, field: str, term: str) -> float:
        """How rare a term is in a field, as `ln(1 + (N - n + 0.5) / (n + 0.5))`; the highest value for an unknown one."""
        count = self._document_frequency(field).get(term, 0)
        return log(1 + (self.size - count + 0.5) / (count + 0.5))

    def _document_frequency(self, field: str) -> dict[str, int]:
        known = self._frequencies.get(field)
        if known is None:
            model = self._fields[field]
            lengths = np.diff(model.scores["indptr"])
            known = {term: int(lengths[i]) for term, i in model.vocab_dict.items() if i < len(lengths)}
            self._frequencies[field] = known
        return known
