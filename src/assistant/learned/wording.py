"""What the wording of a question tells by itself, whatever it is about: linear judgements over its words and their 4-grams.

People ask for some things that fact sheets state and for others that no sheet states ("How many applications were rejected?"), and
they do so in much the same words whichever programme they mean. The names of the subject are left out, so that a judgement learned on
some subjects holds for others.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from assistant.language.words import plain_words
from assistant.learned.embedder import StaticEmbedder
from assistant.learned.question_neighbours import Neighbourhood, QuestionNeighbours

BUCKETS = 1 << 15
GRAM = 4


class Wording(NamedTuple):
    """What a question tells by itself."""

    log_odds: float = 0.0
    """That fact sheets answer questions of such words."""
    neighbourhood: Neighbourhood = Neighbourhood()
    """How questions of such meaning were judged."""


@dataclass(frozen=True, slots=True, kw_only=True)
class WordingJudge:
    """Both judgements of a question, whose names of its subject are left out."""

    classifier: WordingClassifier
    neighbours: QuestionNeighbours
    embedder: StaticEmbedder

    def __call__(self, text: str) -> Wording:
        """Judge a question."""
        vector = self.embedder.embed([text])[0]
        return Wording(float(self.classifier.judge(text)[0]), self.neighbours.around(vector))


@dataclass(frozen=True, slots=True)
class WordingClassifier:
    """Several yes/no judgements of a text, each a weighted sum over hashed terms."""

    labels: tuple[str, ...]
    weights: NDArray[np.float16]
    """(n_labels, BUCKETS)."""
    rarity: NDArray[np.float16]
    """(BUCKETS,): inverse document frequency of each bucket's terms in the training questions."""
    bias: NDArray[np.float32]
    """(n_labels,)."""

    def judge(self, text: str) -> NDArray[np.float32]:
        """Log-odds of each label, float32 (n_labels,)."""
        buckets = wording_buckets(text)
        values = self.rarity[buckets].astype(np.float32)
        length = float(np.linalg.norm(values))
        if length == 0:
            return self.bias.copy()
        return np.asarray(self.weights[:, buckets].astype(np.float32) @ (values / length) + self.bias, dtype=np.float32)

    def save(self, path: Path) -> None:
        """Write to an .npz file."""
        np.savez_compressed(
            path, labels=np.array(self.labels), weights=self.weights, rarity=self.rarity, bias=self.bias
        )

    @classmethod
    def load(cls, path: Path) -> WordingClassifier:
        """Read what `save` wrote."""
        with np.load(path, allow_pickle=False) as data:
            return cls(tuple(data["labels"].tolist()), data["weights"], data["rarity"], data["bias"])


def wording_buckets(text: str) -> NDArray[np.int64]:
    """Buckets of the words, pairs of words and 4-grams of a text, each once, ascending; int64 (n,)."""
    return np.array(sorted({zlib.crc32(term.encode()) % BUCKETS for term in _terms(plain_words(text))}), dtype=np.int64)


def _terms(words: list[str]) -> Iterator[str]:
    yield from words
    yield from (f"{word} {following}" for word, following in pairwise(words))
    for word in words:
        edged = f"<{word}>"
        yield from (f"#{edged[i : i + GRAM]}" for i in range(max(1, len(edged) - GRAM + 1)))
