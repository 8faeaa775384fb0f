"""The figures of the last evaluation."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from assistant.service.pages.figures import last_figures


def store(folder: Path, run: str, text: str) -> None:
    (folder / run).mkdir()
    (folder / run / "summary.json").write_text(text, encoding="utf-8")


def test_the_newest_run_counts(tmp_path: Path) -> None:
    store(tmp_path, "20261101-120000", '{"qa": {"facts": 0.5}}')
    store(tmp_path, "20261102-080000", '{"qa": {"facts": 0.75}}')
    figures = last_figures(tmp_path)
    assert figures is not None
    assert (figures.day, figures.scores) == (date(2026, 11, 2), {"qa": {"facts": 0.75}})


def test_a_run_that_cannot_be_read_is_passed_over(tmp_path: Path) -> None:
    store(tmp_path, "20261101-120000", '{"qa": {"facts": 0.5}}')
    for run, text in [("20261102-080000", "{"), ("20261103-080000", '["qa"]'), ("latest", "{}")]:
        store(tmp_path, run, text)
    figures = last_figures(tmp_path)
    assert figures is not None and figures.day == date(2026, 11, 1)


def test_without_a_run_there_are_none(tmp_path: Path) -> None:
    assert last_figures(tmp_path / "nothing") is None
