"""Learned judgements on the answering features: does a sentence belong to the answer, and is the question answered at all."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

GATE_THRESHOLD = 0.5

# coverage, context, synonyms, similarity, passage, rank, named, field, type, first, outdated
_EVIDENCE = np.array([2.0, 1.5, 2.0, 2.0, 1.0, 0.8, 0.6, 1.6, 0.8, 0.1, -1.5], dtype=np.float32)
_EVIDENCE_BIAS = -4.6
# best, second, coverage, union, similarity, named, field, type, agreement, known, share
_GATE = np.array([5.0, 0.0, 2.0, 2.0, 1.0, 0.4, 0.8, 0.8, 0.3, 2.0, 0.3], dtype=np.float32)
_GATE_BIAS = -6.6


def judge_evidence(features: NDArray[np.float32]) -> NDArray[np.float32]:
    """Probability that each sentence belongs to the answer, float32 (n,), from features float32 (n, 11)."""
    return np.asarray(1.0 / (1.0 + np.exp(-(features @ _EVIDENCE + _EVIDENCE_BIAS))), dtype=np.float32)


def judge_answerable(features: NDArray[np.float32]) -> float:
    """Probability that the question is answered, from features float32 (11,)."""
    return float(1.0 / (1.0 + np.exp(-(features @ _GATE + _GATE_BIAS))))
