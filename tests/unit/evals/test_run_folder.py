"""A run keeps what it has, goes on where it stopped, and is found by its name."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import pytest

from evals.running import ask_all, check_same_system, new_run, unknown_sources
from evals.runs import AnyCase, Run, RunError, StoredText, find_run, list_runs
from evals.systems import Answered, CaseFailed, SystemGone
from tests.unit.evals.make import TEXT, make_case, make_payload

CASES = [make_case(id=f"c{number}") for number in range(8)]


class Speaker:
    """A system that answers everything alike, and fails where it is told to."""

    def __init__(self, *, failing: Mapping[str, Exception] | None = None, index: str = "g-1") -> None:
        self.record: dict[str, Any] = {"reached": "a test", "index": index, "corpus_digest": "d"}
        self.failing = dict(failing or {})
        self.asked: list[str] = []

    def ask(self, case: AnyCase) -> Answered:
        self.asked.append(case.id)
        if case.id in self.failing:
            raise self.failing[case.id]
        return Answered(make_payload(), 1.5)

    def text(self, document_id: str) -> StoredText | None:
        return StoredText("v1", TEXT) if document_id == "funding/innofounder" else None


def begin(folder: Path, system: Speaker, cases: Sequence[AnyCase] = CASES, repeats: int = 1) -> Run:
    return new_run(folder, {"qa": cases}, {"qa": "evals/cases/qa.yaml"}, system, repeats=repeats)


def test_a_whole_run_holds_every_output_and_each_text_once(tmp_path: Path) -> None:
    run = begin(tmp_path, Speaker(), repeats=2)
    ask_all(run, Speaker())
    found = Run.open(run.folder)
    assert found.is_complete and found.manifest.finished_at and found.manifest.stopped is None
    assert len(list(found.outputs())) == 16
    assert found.texts() == {"funding/innofounder": [StoredText("v1", TEXT)]}
    assert {"numpy", "python"} <= set(found.manifest.system["versions"])


def test_a_system_that_dies_half_way_leaves_what_there_is(tmp_path: Path) -> None:
    dying = Speaker(failing={"c5": SystemGone("it does not answer")})
    run = begin(tmp_path, dying)
    ask_all(run, dying)
    found = Run.open(run.folder)
    assert found.manifest.stopped == "it does not answer" and not found.is_complete
    assert [output.case for output in found.outputs()] == ["c0", "c1", "c2", "c3", "c4"]
    back = Speaker()
    ask_all(found, back)
    assert back.asked == ["c5", "c6", "c7"] and found.is_complete and found.manifest.stopped is None


def test_one_failing_case_is_kept_as_failed_and_asked_again(tmp_path: Path) -> None:
    system = Speaker(failing={"c2": CaseFailed("the service answered 500"), "c3": ZeroDivisionError("oh")})
    run = begin(tmp_path, system)
    ask_all(run, system)
    errors = {output.case: output.error for output in run.outputs() if output.error}
    assert errors == {"c2": "the service answered 500", "c3": "ZeroDivisionError: oh"}
    assert not run.is_complete and run.manifest.stopped is None
    back = Speaker()
    ask_all(run, back)
    assert back.asked == ["c2", "c3"] and run.is_complete


def test_failures_one_after_another_end_the_run(tmp_path: Path) -> None:
    system = Speaker(failing={case.id: CaseFailed("500") for case in CASES})
    run = begin(tmp_path, system)
    ask_all(run, system)
    assert len(system.asked) == 5 and "one after another" in (run.manifest.stopped or "")


def test_a_line_that_was_cut_off_is_asked_for_again(tmp_path: Path) -> None:
    run = begin(tmp_path, Speaker())
    ask_all(run, Speaker())
    path = run.folder / "outputs.jsonl"
    path.write_bytes(path.read_bytes()[:-40])
    back = Speaker()
    ask_all(run, back)
    assert back.asked == ["c7"] and run.is_complete


def test_a_run_goes_on_with_the_system_it_began_with_only(tmp_path: Path) -> None:
    run = begin(tmp_path, Speaker())
    check_same_system(run, Speaker())
    with pytest.raises(RunError, match="index was 'g-1' and is 'g-2'"):
        check_same_system(run, Speaker(index="g-2"))


def test_runs_are_found_by_name_folder_and_age(tmp_path: Path) -> None:
    first, second = begin(tmp_path, Speaker()), begin(tmp_path, Speaker())
    assert first.name != second.name and len(list_runs(tmp_path)) == 2
    assert find_run(first.name, tmp_path).folder == first.folder
    assert find_run(str(second.folder), Path("elsewhere")).folder == second.folder
    assert {find_run(name, tmp_path).name for name in ("latest", "previous")} == {first.name, second.name}
    with pytest.raises(RunError, match="there is no run 'none'"):
        find_run("none", tmp_path)
    with pytest.raises(RunError, match="holds 0 runs"):
        find_run("latest", tmp_path / "empty")


def test_a_run_of_another_format_is_refused(tmp_path: Path) -> None:
    run = begin(tmp_path, Speaker())
    run.manifest.format = 99
    run.save_manifest()
    with pytest.raises(RunError, match="format 99"):
        Run.open(run.folder)
    (run.folder / "manifest.json").write_text("{", encoding="utf-8")
    with pytest.raises(RunError, match="holds no run"):
        Run.open(run.folder)


def test_expected_documents_that_the_system_does_not_hold_are_named() -> None:
    cases = [make_case(), make_case(documents=("funding/inofounder",))]
    assert unknown_sources(cases, Speaker()) == ["funding/inofounder"]
