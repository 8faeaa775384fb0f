"""What the service shows at `/evals`; it knows the runs below one folder and nothing else."""

from __future__ import annotations

import html
import re
from pathlib import Path
from typing import Any

from assistant.service.evaluations import EvaluationPage
from evals.comparison import compare_runs
from evals.reporting.files import read_headlines, report_path
from evals.reporting.html import comparison_page, runs_page
from evals.runs import Run, list_runs

ADDRESS = "/evals"
_POLICY = re.compile(r'<meta http-equiv="Content-Security-Policy" content="([^"]*)">')


class RunPages:
    """Pages over the runs of one folder."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def runs(self) -> EvaluationPage:
        """The list of runs, newest first."""
        return _page(runs_page([_listed(run) for run in list_runs(self._folder)]))

    def report(self, name: str) -> EvaluationPage | None:
        """The report as it was written."""
        run = self._find(name)
        if run is None or not report_path(run).exists():
            return None
        return _page(report_path(run).read_text(encoding="utf-8"))

    def comparison(self, first: str, second: str) -> EvaluationPage | None:
        """Two runs side by side."""
        one, other = self._find(first), self._find(second)
        if one is None or other is None:
            return None
        return _page(comparison_page(compare_runs(one, other), back=ADDRESS))

    def _find(self, name: str) -> Run | None:
        """The run of that very name; a name is compared, never made a path."""
        return next((run for run in list_runs(self._folder) if run.name == name), None)


def _page(text: str) -> EvaluationPage:
    found = _POLICY.search(text)
    assert found is not None, "every page is made from base.html.j2, which states its policy"
    return EvaluationPage(html=text, policy=html.unescape(found[1]))


def _listed(run: Run) -> dict[str, Any]:
    answered = sum(output.error is None for output in run.outputs())
    return {
        "name": run.name,
        "started_at": run.manifest.started_at,
        "all_right": read_headlines(run),
        "answered": answered,
        "planned": run.manifest.planned,
        "is_complete": answered == run.manifest.planned,
        "has_report": report_path(run).exists(),
    }
