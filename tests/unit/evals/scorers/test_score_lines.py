"""Lines of OMoS-QA, against the figures by which the engine is trained."""

from __future__ import annotations

import random

import pytest

from assistant.learned.training.figures import score_refusals, score_selection
from evals.scorers.lines import score_lines
from evals.scoring import Scored
from evals.suites.suite_cases import LineCase
from evals.summary import figures_of_run
from tests.unit.evals.make import values


def line_case(name: str, right: set[int]) -> LineCase:
    lines = tuple(f"Zeile {number}" for number in range(10))
    return LineCase(id=name, set="omos", question="Was?", document="d", lines=lines, answer_lines=tuple(sorted(right)))


def payload(chosen: set[int]) -> dict[str, object]:
    return {"selected": sorted(chosen), "written": sorted(chosen)[:1], "probability": 0.7, "threshold": 0.5}


def test_precision_and_recall_by_hand() -> None:
    found = values(score_lines(line_case("a", {1, 2, 3}), payload({2, 3, 4, 5})))
    assert found["line_precision"] == 2 / 4 and found["line_recall"] == 2 / 3
    assert found["written_precision"] == 1.0 and found["written_recall"] == 1 / 3


def test_choosing_nothing_is_precise_and_finds_nothing() -> None:
    found = values(score_lines(line_case("a", {1}), payload(set())))
    assert (found["line_precision"], found["line_recall"], found["answers"]) == (1.0, 0.0, 0.0)
    assert values(score_lines(line_case("b", set()), payload(set()))) == {"refuses": 1.0}


def test_figures_of_a_set_agree_with_those_of_the_training() -> None:
    chance = random.Random(3)
    right = [set(chance.sample(range(10), chance.choice((0, 0, 1, 3)))) for _ in range(80)]
    chosen = [set(chance.sample(range(10), chance.choice((0, 1, 2, 4)))) for _ in range(80)]
    cases = {("omos", str(n)): line_case(str(n), lines) for n, lines in enumerate(right)}
    scored = [
        Scored(set="omos", case=case.id, repeat=0, scores=tuple(score_lines(case, payload(lines))))
        for case, lines in zip(cases.values(), chosen, strict=True)
    ]
    figures = {figure.metric: figure.interval.value for figure in figures_of_run(cases, scored)}
    selection, refusals = score_selection(chosen, right), score_refusals(chosen, right)
    assert figures["line_precision"] == pytest.approx(selection.precision)
    assert figures["line_recall"] == pytest.approx(selection.recall)
    assert figures["line_f"] == pytest.approx(selection.f)
    assert figures["no_answer_precision"] == pytest.approx(refusals.precision)
    assert figures["no_answer_recall"] == pytest.approx(refusals.recall)
    assert figures["no_answer_f"] == pytest.approx(refusals.f)
