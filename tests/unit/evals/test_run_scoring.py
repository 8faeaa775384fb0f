"""From outputs to figures: scoring, summary, comparison, gate."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import pytest

from evals.comparison import compare_runs
from evals.gate import BaselineError, judge_figures, problems_of_run, read_baselines, record_baselines
from evals.metrics import METRICS, REQUIRED, STRICT
from evals.running import ask_all, new_run
from evals.runs import AnyCase, Run, StoredText
from evals.scoring import read_scores, score_case, score_run
from evals.summary import Figure, figures_of_run, latencies, parts_of_run, reliability
from evals.systems import Answered, CaseFailed
from tests.unit.evals.make import AMOUNT, TEXT, TEXTS, make_case, make_payload, values

CASES = [make_case(id=f"c{number}", language="de" if number % 2 else "en") for number in range(20)]
WRONG = make_payload(status="abstained", reason="no_match", claims=[], citations=[], text="Dazu steht hier nichts.")


class Speaker:
    """Answers rightly, but for the cases it is told."""

    def __init__(self, wrong: Sequence[str] = (), failing: Sequence[str] = ()) -> None:
        self.record: dict[str, Any] = {"reached": "a test", "index": "g-1", "corpus_digest": "d"}
        self._wrong, self._failing = set(wrong), set(failing)

    def ask(self, case: AnyCase) -> Answered:
        if case.id in self._failing:
            raise CaseFailed("the service answered 500")
        return Answered(WRONG if case.id in self._wrong else make_payload(), 2.0)

    def text(self, document_id: str) -> StoredText | None:
        return StoredText("v1", TEXT)


def make_run(folder: Path, system: Speaker, cases: Sequence[AnyCase] = CASES, repeats: int = 1) -> Run:
    run = new_run(folder, {"qa": cases}, {"qa": "evals/cases/qa.yaml"}, system, repeats=repeats)
    ask_all(run, system)
    score_run(run)
    return run


def figures_of(run: Run) -> Mapping[str, Figure]:
    cases = {(case.set, case.id): case for case in run.cases()}
    return {figure.metric: figure for figure in figures_of_run(cases, read_scores(run))}


def test_a_case_is_all_right_only_if_everything_required_is() -> None:
    assert values(score_case(make_case(), make_payload(), TEXTS))["all_right"] == 1.0
    beside = make_payload((("InnoFounder zahlt 2.600 Euro im Monat.", (AMOUNT,)),))
    found = {score.name: score for score in score_case(make_case(), beside, TEXTS)}
    assert found["all_right"].value == 0.0 and "figures_supported" in found["all_right"].reason


def test_what_could_not_be_judged_is_neither_right_nor_wrong() -> None:
    found = values(score_case(make_case(), make_payload(), {}))
    assert found["exact_quotation"] is None and found["all_right"] is None
    assert values(score_case(make_case(), {"status": "answered"}, TEXTS)) == {"all_right": None}


def test_figures_are_means_over_cases_with_failures_beside_them(tmp_path: Path) -> None:
    found = figures_of(make_run(tmp_path, Speaker(wrong=["c1", "c2"], failing=["c3"])))
    assert found["all_right"].interval.value == pytest.approx(17 / 19)
    assert (found["all_right"].cases, found["all_right"].failed) == (19, 1)
    assert found["answers"].interval.value == pytest.approx(17 / 19)


def test_repetitions_of_a_case_count_once(tmp_path: Path) -> None:
    found = figures_of(make_run(tmp_path, Speaker(), CASES[:3], repeats=3))
    assert found["all_right"].cases == 3 and found["stable"].interval.value == 1.0


def test_scoring_again_needs_no_system(tmp_path: Path) -> None:
    run = make_run(tmp_path, Speaker(wrong=["c1"]))
    before = read_scores(run)
    (run.folder / "scores.jsonl").unlink()
    assert score_run(Run.open(run.folder)) == before


def test_a_set_is_broken_down_by_language(tmp_path: Path) -> None:
    run = make_run(tmp_path, Speaker(wrong=["c1", "c3"]))
    cases = {(case.set, case.id): case for case in run.cases()}
    scored = read_scores(run)
    parts = parts_of_run(cases, scored, figures_of_run(cases, scored))
    assert {(p.by, p.value): p.figure.interval.value for p in parts} == {
        ("language", "de"): 0.8,
        ("language", "en"): 1.0,
    }


def test_reliability_by_hand() -> None:
    found = reliability([(0.15, False), (0.18, True), (0.95, True), (1.0, True)], threshold=0.5)
    assert [(round(b.low, 1), b.answerable, b.questions) for b in found.bins] == [(0.1, 0.5, 2), (0.9, 1.0, 2)]
    assert found.brier == pytest.approx((0.15**2 + 0.82**2 + 0.05**2 + 0) / 4)
    assert reliability([], threshold=None) is None


def test_latencies_by_hand() -> None:
    (found,) = latencies({"total": [float(number) for number in range(101)], "none": []})
    assert (found.median, found.p90, found.p99, found.replies) == (50, 90, 99, 101)


# --- comparison ---


def test_a_better_version_wins_cases(tmp_path: Path) -> None:
    before = make_run(tmp_path, Speaker(wrong=[f"c{number}" for number in range(10)]))
    after = make_run(tmp_path, Speaker(wrong=["c0"]))
    found = compare_runs(before, after)
    change = next(change for change in found.changes if change.metric == "all_right")
    assert change.is_significant and change.difference.interval.value == pytest.approx(9 / 20)
    assert (len(found.won), len(found.lost), found.notes) == (9, 0, ())
    assert "not right" in found.won[0].reason


def test_one_changed_case_is_not_certain(tmp_path: Path) -> None:
    found = compare_runs(make_run(tmp_path, Speaker()), make_run(tmp_path, Speaker(wrong=["c7"])))
    change = next(change for change in found.changes if change.metric == "all_right")
    assert not change.is_significant and [item.case for item in found.lost] == ["c7"]


def test_cases_that_ask_something_else_are_left_out_and_said(tmp_path: Path) -> None:
    others = [make_case(id="c0", question="Etwas anderes?"), *CASES[1:19], make_case(id="new")]
    found = compare_runs(make_run(tmp_path, Speaker()), make_run(tmp_path, Speaker(wrong=["c0"]), others))
    assert next(c for c in found.changes if c.metric == "status").cases == 18
    assert any("ask something else" in note for note in found.notes)
    assert sum("stand only in" in note for note in found.notes) == 2


def test_an_incomplete_run_is_compared_and_said_to_be_incomplete(tmp_path: Path) -> None:
    found = compare_runs(make_run(tmp_path, Speaker()), make_run(tmp_path, Speaker(failing=["c1"])))
    assert any("is not complete" in note for note in found.notes)


# --- the gate ---


def gate(run: Run, baselines: Path) -> list[str]:
    """Figures that fall short."""
    verdicts = judge_figures(read_baselines(baselines), list(figures_of(run).values()), ["qa"])
    return [verdict.metric for verdict in verdicts if not verdict.passes]


def test_the_gate_lets_small_changes_through_and_stops_large_ones(tmp_path: Path) -> None:
    path = tmp_path / "baselines.json"
    good = make_run(tmp_path / "runs", Speaker())
    record_baselines(good, list(figures_of(good).values()), path)
    assert gate(make_run(tmp_path / "runs", Speaker(wrong=["c1"])), path) == []
    assert "all_right" in gate(make_run(tmp_path / "runs", Speaker(wrong=["c1", "c2", "c3", "c4"])), path)


def test_strict_figures_must_not_fall_at_all(tmp_path: Path) -> None:
    path = tmp_path / "baselines.json"
    good = make_run(tmp_path / "runs", Speaker())
    record_baselines(good, list(figures_of(good).values()), path)
    altered = make_payload()
    altered["citations"][0]["quote"] = AMOUNT.replace("2.500", "2.501")

    class Altering(Speaker):
        def ask(self, case: AnyCase) -> Answered:
            return Answered(altered, 1.0) if case.id == "c1" else super().ask(case)

    assert "exact_quotation" in STRICT
    assert set(gate(make_run(tmp_path / "runs", Altering()), path)) == {"exact_quotation", "figures_supported"}


def test_the_gate_stays_shut_for_what_is_missing(tmp_path: Path) -> None:
    path = tmp_path / "baselines.json"
    good = make_run(tmp_path / "runs", Speaker())
    with pytest.raises(BaselineError, match="--record"):
        read_baselines(path)
    record_baselines(good, list(figures_of(good).values()), path)
    with pytest.raises(BaselineError, match="no baseline was recorded of the set 'parity'"):
        judge_figures(read_baselines(path), [], ["parity"])
    assert set(gate(good, path)) == set() and all(
        not verdict.passes for verdict in judge_figures(read_baselines(path), [], ["qa"])
    )
    failed = make_run(tmp_path / "runs", Speaker(failing=["c1"]))
    assert "c1" in problems_of_run(failed, read_scores(failed))[0]
    with pytest.raises(BaselineError, match="not complete"):
        record_baselines(failed, [], path)


def test_recording_one_set_keeps_the_others(tmp_path: Path) -> None:
    path = tmp_path / "baselines.json"
    run = make_run(tmp_path / "runs", Speaker())
    record_baselines(run, list(figures_of(run).values()), path)
    before = read_baselines(path)
    other = before.model_copy(update={"sets": {"parity": before.sets["qa"]}})
    path.write_text(other.model_dump_json(), encoding="utf-8")
    record_baselines(run, list(figures_of(run).values()), path)
    assert set(read_baselines(path).sets) == {"parity", "qa"}


def test_every_figure_has_a_name_in_both_languages_and_stands_in_the_guide() -> None:
    guide = (Path(__file__).parents[3] / "evals" / "README.md").read_text(encoding="utf-8")
    told = guide.replace("hit@k", "hit@1 hit@5").replace("recall@k", "recall@5 recall@10 recall@100")
    for prefix in ("line_", "written_", "no_answer_", "judge_"):
        told = told.replace(f"{prefix}*", " ".join(name for name in METRICS if name.startswith(prefix)))
    for metric in METRICS.values():
        assert metric.de and metric.en and metric.says_de and metric.says_en
        assert metric.name in told, metric.name
    assert all(f"`{name}`" in guide.split("Required for `all_right`")[1].split("**Times**")[0] for name in REQUIRED)
