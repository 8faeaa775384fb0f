"""Terms of close meaning for words that a vocabulary does not hold."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np

from assistant.learned.embedder import StaticEmbedder

NEAR = 0.6
"""Cosine from which two words count as close in meaning; below it chance neighbours prevail ("Inhalator", "Ventilator")."""
WEIGHT = 0.85
"""A term of close meaning says less than the term itself."""
MOST_NEAR = 2


class NearTerms:
    """Finds the closest terms by the built-in embedder; deterministic."""

    def __init__(self, terms: Iterable[tuple[str, str]], embedder: StaticEmbedder) -> None:
        """Embed the terms, each given as its key and its folded word."""
        keyed = list(terms)
        self._keys = [key for key, _ in keyed]
        self._embedder = embedder
        self._vectors = embedder.embed([word for _, word in keyed])

    def __call__(self, words: Sequence[str]) -> list[list[tuple[str, float]]]:
        """For each folded word the keys of close terms with their closeness in (0, 1), closest first; empty where none is close."""
        cosines = self._embedder.embed(list(words)) @ self._vectors.T
        found: list[list[tuple[str, float]]] = []
        for row in cosines:
            best = np.argsort(-row, kind="stable")[:MOST_NEAR]
            found.append([(self._keys[i], round(WEIGHT * float(row[i]), 4)) for i in best if row[i] >= NEAR])
        return found
