"""The built-in embedder: every word is a bag of hashed features, every text a weighted sum of its words; NumPy alone.

A word's features are the word itself and its character 4-grams, each hashed into a table of 8-bit rows. German and English
words of one meaning lie close together because the table was trained on pairs; see `training/embedder.py` and `README.md`.
"""

from __future__ import annotations

import zlib
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from threading import Lock

import numpy as np
from numpy.typing import NDArray

from assistant.language.words import plain_words

WEIGHTS = Path(__file__).parent / "embedder.npz"
GRAM = 4
ROOM = 4096
"""How many more words the table of word vectors takes before it grows again."""


def word_features(word: str, buckets: int) -> tuple[list[int], list[float]]:
    """Table rows of a folded word and how much each counts: the word itself, and its 4-grams sharing one more unit of length."""
    rows = [zlib.crc32(f"w:{word}".encode()) % buckets]
    if len(word) > 3 and not word.isdigit():
        marked = f"<{word}>"
        rows += [zlib.crc32(marked[i : i + GRAM].encode()) % buckets for i in range(len(marked) - GRAM + 1)]
    grams = len(rows) - 1
    return rows, [1.0] + [max(1, grams) ** -0.5] * grams


class StaticEmbedder:
    """Embeds words and texts; remembers every word it has met."""

    def __init__(
        self, table: NDArray[np.int8], scales: NDArray[np.float32], weights: NDArray[np.float32], *, fingerprint: str
    ) -> None:
        """Take the trained parts.

        Args:
            table: int8 (n_buckets, dim).
            scales: float32 (n_buckets,), by which each row is to be multiplied.
            weights: float32 (n_buckets,), > 0: how telling a feature is.
            fingerprint: Changes with the training.
        """
        self._table = table
        self._factors = (scales * weights).astype(np.float32)
        self.dimension = int(table.shape[1])
        self.fingerprint = fingerprint
        self._lock = Lock()
        self._rows: dict[str, int] = {}
        self._vectors = np.zeros((ROOM, self.dimension), dtype=np.float32)
        self._lengths = np.ones(ROOM, dtype=np.float32)

    @classmethod
    @cache
    def load(cls, path: Path = WEIGHTS) -> StaticEmbedder:
        """The embedder that ships with the package, loaded once."""
        with np.load(path, allow_pickle=False) as data:
            return cls(data["table"], data["scales"], data["weights"], fingerprint=str(data["fingerprint"]))

    def word_rows(self, words: Sequence[str]) -> NDArray[np.int32]:
        """Rows of `vectors` for folded words, int32 (n_words,); unknown words are added."""
        rows = self._rows
        return np.fromiter((rows[w] if w in rows else self._add(w) for w in words), dtype=np.int32, count=len(words))

    @property
    def vectors(self) -> NDArray[np.float32]:
        """Vectors of all words met so far, float32 (at least n_words, dim); their length says how telling a word is."""
        return self._vectors

    def nearness(self, directions: NDArray[np.float32]) -> NDArray[np.float32]:
        """Cosine of directions, float32 (n, dim) of length 1, to every word met so far: float32 (n, at least n_words)."""
        return np.asarray(directions @ self._vectors.T / self._lengths, dtype=np.float32)

    def _add(self, word: str) -> int:
        buckets, shares = word_features(word, len(self._table))
        factors = self._factors[buckets] * np.array(shares, dtype=np.float32)
        vector = factors @ self._table[buckets].astype(np.float32)
        with self._lock:
            row = self._rows.get(word, len(self._rows))
            if row == len(self._vectors):
                self._vectors = np.vstack([self._vectors, np.zeros_like(self._vectors)])
                self._lengths = np.concatenate([self._lengths, np.ones_like(self._lengths)])
            self._vectors[row] = vector
            self._lengths[row] = max(float(np.linalg.norm(vector)), 1e-9)
            self._rows[word] = row
        return row

    def embed(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Embed texts as float32 (n_texts, dim), rows of length 1; a text without words is all zero."""
        sums = np.zeros((len(texts), self.dimension), dtype=np.float32)
        for number, text in enumerate(texts):
            rows = self.word_rows(plain_words(text))
            if len(rows):
                sums[number] = self._vectors[rows].sum(axis=0)
        return unit_rows(sums)


def unit_rows(vectors: NDArray[np.float32]) -> NDArray[np.float32]:
    """The rows brought to length 1; zero rows stay."""
    lengths = np.linalg.norm(vectors, axis=-1, keepdims=True)
    return np.asarray(vectors / np.maximum(lengths, 1e-9), dtype=np.float32)
