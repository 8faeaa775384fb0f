"""The trained judgements that ship with the package, and the points at which they are used."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from assistant.learned.embedder import StaticEmbedder
from assistant.learned.question_neighbours import QuestionNeighbours
from assistant.learned.trees import ObliviousTrees
from assistant.learned.wording import WordingClassifier, WordingJudge

FOLDER = Path(__file__).parent


@dataclass(frozen=True, slots=True, kw_only=True)
class OperatingPoints:
    """Where probabilities turn into decisions; written by `training/`."""

    answer: float
    """Least probability that the question is answered, below which nothing is said."""
    line: float
    """Least probability of a quoted line."""
    share_of_best: float
    """Share of the best line's probability that a further line must reach."""
    line_on_sheets: float
    """Least probability of a further quoted sentence of a fact sheet, whose sentences say one thing each."""
    share_on_sheets: float
    """Share of the best sentence's probability that a further one of a fact sheet must reach."""


@cache
def load_selector() -> ObliviousTrees:
    """Probability that a line belongs to the answer, from `answer.line_features.FEATURES`."""
    return ObliviousTrees.load(FOLDER / "selector.npz")


@cache
def load_document_chooser() -> ObliviousTrees:
    """Probability that a document holds the answer, from `answer.document_features.DOCUMENT_FEATURES`."""
    return ObliviousTrees.load(FOLDER / "documents.npz")


@cache
def load_gate() -> ObliviousTrees:
    """Probability that a question is answered, from `answer.gate_features.GATE_FEATURES`."""
    return ObliviousTrees.load(FOLDER / "gate.npz")


@cache
def load_field() -> ObliviousTrees:
    """Probability that a question belongs to the field at all, from `answer.gate_features.GATE_FEATURES`."""
    return ObliviousTrees.load(FOLDER / "field.npz")


@cache
def load_wording() -> WordingJudge:
    """Whether fact sheets answer questions of such wording.

    Raises:
        ValueError: If the judged questions were embedded by another embedder than the one that ships.
    """
    embedder, neighbours = StaticEmbedder.load(), QuestionNeighbours.load(FOLDER / "question_neighbours.npz")
    if neighbours.fingerprint != embedder.fingerprint:
        raise ValueError("question_neighbours.npz was made with another embedder; train the engine anew")
    classifier = WordingClassifier.load(FOLDER / "wording.npz")
    return WordingJudge(classifier=classifier, neighbours=neighbours, embedder=embedder)


@cache
def load_operating_points() -> OperatingPoints:
    """The operating points."""
    return OperatingPoints(**json.loads((FOLDER / "operating_points.json").read_text(encoding="utf-8")))
