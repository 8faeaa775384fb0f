"""The built-in embedder: hashed words and character 4-grams; pure NumPy."""

from __future__ import annotations

import zlib
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from assistant.language.analysis import Analyser
from assistant.language.compounds import CompoundLexicon

DIMENSION = 256


class StaticEmbedder:
    """Bags of hashed features; two texts are close when they share words or parts of words."""

    fingerprint = "hashed-1"

    def __init__(self) -> None:
        self._analyser = Analyser(CompoundLexicon.from_words({}))

    @classmethod
    def load(cls) -> StaticEmbedder:
        """The embedder that ships with the package."""
        return cls()

    def embed(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Embed texts as float32 (n_texts, 256), rows of length 1 (a text without words: all zero)."""
        vectors = np.zeros((len(texts), DIMENSION), dtype=np.float32)
        for row, text in enumerate(texts):
            terms = self._analyser.terms(text, "de")
            for feature in (*terms.stems, *terms.parts, *terms.grams):
                code = zlib.crc32(feature.encode())
                vectors[row, code % DIMENSION] += 1.0 if code & 0x10000 else -1.0
        lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
        return np.asarray(vectors / np.maximum(lengths, 1e-9), dtype=np.float32)
