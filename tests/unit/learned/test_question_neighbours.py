"""Judged questions near a question: told by meaning, in both languages, the same after saving."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from assistant.learned.embedder import StaticEmbedder
from assistant.learned.models import load_wording
from assistant.learned.question_neighbours import QuestionNeighbours

ASKED = ["wie hoch ist der zuschuss", "wer darf einen antrag stellen", "wie lange wird gezahlt"]
NEVER = ["wie viele antraege wurden abgelehnt", "wie heisst die leiterin", "wo kann man parken"]


@pytest.fixture(scope="module")
def neighbours() -> QuestionNeighbours:
    embedder = StaticEmbedder.load()
    answered = [True] * len(ASKED) + [False] * len(NEVER)
    return QuestionNeighbours.of(embedder.embed([*ASKED, *NEVER]), answered, fingerprint=embedder.fingerprint)


@pytest.mark.parametrize(
    ("question", "is_answered"),
    [("wie hoch sind die zuschuesse", True), ("how long is it paid", True), ("how many applications were rejected", False), ("wie viele bewerbungen wurden abgelehnt", False)],
)  # fmt: skip
def test_the_nearest_questions_tell_whether_such_a_thing_is_answered(
    neighbours: QuestionNeighbours, question: str, is_answered: bool
) -> None:
    around = neighbours.around(StaticEmbedder.load().embed([question])[0])
    assert (around.answered > 0.5) == is_answered
    assert (around.nearest_answered > around.nearest_unanswered) == is_answered
    assert around.nearest == max(around.nearest_answered, around.nearest_unanswered)


def test_a_question_without_words_has_a_neighbourhood(neighbours: QuestionNeighbours) -> None:
    around = neighbours.around(np.zeros(neighbours.vectors.shape[1], dtype=np.float32))
    assert around.answered == pytest.approx(0.5)
    assert around.nearest == 0.0


def test_what_was_saved_judges_the_same(neighbours: QuestionNeighbours, tmp_path: Path) -> None:
    neighbours.save(tmp_path / "neighbours.npz")
    loaded = QuestionNeighbours.load(tmp_path / "neighbours.npz")
    assert loaded.fingerprint == neighbours.fingerprint
    vector = StaticEmbedder.load().embed(["was kostet das"])[0]
    assert loaded.around(vector) == neighbours.around(vector)


def test_the_shipped_neighbours_know_what_sheets_state_in_both_languages() -> None:
    judge = load_wording()
    for stated, never in (
        ("wie viel geld gibt es hoechstens", "wie viele antraege wurden im letzten jahr abgelehnt"),
        ("who may apply", "how many applications were turned down"),
    ):
        assert judge(stated).neighbourhood.answered > judge(never).neighbourhood.answered
