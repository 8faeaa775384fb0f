"""Figures by which the engine is judged while it is trained."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from assistant.learned.training.examples import Example


class Selection(NamedTuple):
    """Precision, recall and their F."""

    precision: float
    recall: float
    f: float

    def __str__(self) -> str:
        return f"P {self.precision:.3f} R {self.recall:.3f} F {self.f:.3f}"


def score_selection(chosen: Sequence[set[int]], right: Sequence[set[int]]) -> Selection:
    """Precision and recall per answerable question, averaged, with F of the two means; an empty choice has precision 1.

    Source: Kleinle, Prange, Friedrich, "OMoS-QA", KONVENS 2024.
    """
    pairs = [(c, r) for c, r in zip(chosen, right, strict=True) if r]
    precision = float(np.mean([len(c & r) / len(c) if c else 1.0 for c, r in pairs]))
    recall = float(np.mean([len(c & r) / len(r) for c, r in pairs]))
    return Selection(precision, recall, _f(precision, recall))


def score_refusals(chosen: Sequence[set[int]], right: Sequence[set[int]]) -> Selection:
    """The decision to choose nothing, over questions without an answer; same source."""
    refused = [not c for c in chosen]
    unanswerable = [not r for r in right]
    both = sum(a and b for a, b in zip(refused, unanswerable, strict=True))
    precision, recall = both / max(1, sum(refused)), both / max(1, sum(unanswerable))
    return Selection(precision, recall, _f(precision, recall))


def _f(precision: float, recall: float) -> float:
    return 2 * precision * recall / (precision + recall) if precision + recall else 0.0


def choose_lines(example: Example, *, floor: float, share: float) -> set[int]:
    """Numbers of the lines of the first reading that reach `floor` and `share` of the best one's probability."""
    values = example.readings[0].probabilities
    least = max(floor, share * float(values.max()))
    return {int(i) for i in np.flatnonzero((values >= least) & (values > 0))}


def right_lines(example: Example) -> set[int]:
    """Numbers of the right lines of the first reading."""
    return {int(i) for i in np.flatnonzero(example.labels[0] == 1.0)}


def best_points(examples: Sequence[Example]) -> tuple[float, float]:
    """Floor and share that give the highest F on these answerable examples, points beside them included: single ones differ by chance."""
    right = [right_lines(example) for example in examples]
    floors, shares = np.arange(0.0, 0.35, 0.05), np.arange(0.25, 0.9, 0.05)
    figures = np.array(
        [
            [
                score_selection([choose_lines(e, floor=floor, share=share) for e in examples], right).f
                for share in shares
            ]
            for floor in floors
        ]
    )
    around = np.lib.stride_tricks.sliding_window_view(np.pad(figures, 1, mode="edge"), (3, 3)).mean(axis=(2, 3))
    best = np.unravel_index(int(around.argmax()), around.shape)
    return float(floors[best[0]]), float(shares[best[1]])


def first_line_right(examples: Sequence[Example]) -> float:
    """Share of answerable questions whose likeliest line, over all documents that were read, is right."""
    return float(np.mean([leads_right(example) for example in examples if example.answerable]))


def leads_right(example: Example) -> bool:
    """Whether the likeliest line is right, or not known to be wrong."""
    reading = max(range(len(example.readings)), key=lambda i: float(example.readings[i].probabilities.max()))
    line = int(example.readings[reading].probabilities.argmax())
    return bool(example.labels[reading][line] != 0.0)


def right_document_first(examples: Sequence[Example], column: int) -> float:
    """Share of answerable questions whose likeliest document (by the probability in a column) holds a right line."""
    hits = []
    for example in examples:
        if example.answerable:
            best = max(range(len(example.readings)), key=lambda i: float(example.readings[i].features[0, column]))
            hits.append(bool((example.labels[best] == 1.0).any()))
    return float(np.mean(hits))
