"""The files of a report in its run's folder."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path

from evals.reporting.html import report_page
from evals.reporting.markdown import report_markdown
from evals.reporting.report import Report, build_report
from evals.runs import Run, write_whole
from evals.sets import OWN_SETS
from evals.summary import HEADLINES

HTML = "report.html"
FIGURES = "figures.json"


def write_report(run: Run) -> Report:
    """Gather a run's report and write it as HTML, JSON and Markdown; scores the run first where that was not done yet."""
    report = build_report(run)
    write_whole(run.folder / HTML, report_page(report))
    write_whole(run.folder / "report.json", json.dumps(asdict(report), ensure_ascii=False, indent=1, default=str))
    write_whole(run.folder / "report.md", report_markdown(report, "de"))
    write_whole(run.folder / "report.en.md", report_markdown(report, "en"))
    figures = json.dumps(_figures(report), indent=1)
    write_whole(run.folder / FIGURES, figures)
    if run.is_complete and set(report.sets) <= set(OWN_SETS):
        write_whole(run.folder / "summary.json", figures)  # what the service's page on how it works shows
    return report


def report_path(run: Run) -> Path:
    """Where the report is opened."""
    return run.folder / HTML


def read_headlines(run: Run) -> dict[str, float]:
    """The figure that stands for each set, as last reported; empty where the run has no report."""
    try:
        figures = json.loads((run.folder / FIGURES).read_text(encoding="utf-8"))
    except FileNotFoundError:
        return {}
    return {
        name: values[metric] for name, values in figures.items() for metric in reversed(HEADLINES) if metric in values
    }


def _figures(report: Report) -> dict[str, dict[str, float]]:
    found: dict[str, dict[str, float]] = {name: {} for name in report.sets}
    for figure in report.figures:
        found[figure.set][figure.metric] = round(figure.interval.value, 6)
    return found
