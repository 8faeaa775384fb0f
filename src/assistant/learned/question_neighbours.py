"""How questions of like meaning were judged: the nearest ones among all judged questions, whatever their subject.

What `wording` tells by single words, this tells by meaning and in both languages at once: "How many bids failed?" lies near "Wie viele Anträge wurden
abgelehnt?". The names of the subject are left out on both sides.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

NEIGHBOURS = 60
"""So many of the nearest questions have a say."""
SHARPNESS = 12.0
"""How much more the nearer ones of them count: exp(SHARPNESS · cosine)."""
_STEPS = 127


class Neighbourhood(NamedTuple):
    """What the judged questions near one say."""

    answered: float = 0.5
    """Weighted share of them that sheets answer."""
    nearest: float = 0.0
    """Cosine to the nearest of all, of the answered and of the unanswered among them."""
    nearest_answered: float = 0.0
    nearest_unanswered: float = 0.0


@dataclass(frozen=True, slots=True)
class QuestionNeighbours:
    """Judged questions by their meaning."""

    vectors: NDArray[np.float32]
    """(n_questions, dim), rows of length 1, of the embedder `fingerprint`."""
    answered: NDArray[np.bool_]
    """(n_questions,)."""
    fingerprint: str

    def around(self, vector: NDArray[np.float32]) -> Neighbourhood:
        """The neighbourhood of a question's vector, float32 (dim,) of length 1 or zero."""
        cosines = self.vectors @ vector
        near = np.argpartition(-cosines, min(NEIGHBOURS, len(cosines)) - 1)[:NEIGHBOURS]
        cosines, answered = cosines[near], self.answered[near]
        weights = np.exp(SHARPNESS * cosines)
        return Neighbourhood(
            answered=float(weights[answered].sum() / weights.sum()),
            nearest=float(cosines.max()),
            nearest_answered=float(cosines[answered].max(initial=0.0)),
            nearest_unanswered=float(cosines[~answered].max(initial=0.0)),
        )

    @classmethod
    def of(cls, vectors: NDArray[np.float32], answered: Sequence[bool], *, fingerprint: str) -> QuestionNeighbours:
        """From vectors of length 1, brought to the 256 steps in which they are saved."""
        steps = np.round(vectors * _STEPS).astype(np.int8)
        return cls((steps / _STEPS).astype(np.float32), np.array(answered, dtype=bool), fingerprint)

    def save(self, path: Path) -> None:
        """Write to an .npz file."""
        steps = np.round(self.vectors * _STEPS).astype(np.int8)
        np.savez_compressed(path, vectors=steps, answered=self.answered, fingerprint=self.fingerprint)

    @classmethod
    def load(cls, path: Path) -> QuestionNeighbours:
        """Read what `save` wrote."""
        with np.load(path, allow_pickle=False) as data:
            return cls((data["vectors"] / _STEPS).astype(np.float32), data["answered"], str(data["fingerprint"]))
