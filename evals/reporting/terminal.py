"""Figures as tables for a terminal."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from rich.markup import escape
from rich.table import Table

from evals.comparison import Comparison
from evals.gate import Verdict
from evals.metrics import REQUIRED
from evals.reporting.report import Report
from evals.reporting.texts import percent
from evals.runs import Run
from evals.summary import headline_of


def summary_table(report: Report) -> Table:
    """One row per set: the figure that stands for it, and which required ones keep it from being perfect."""
    table = Table("set", "cases", "figure", "value", "95 %", "required, and below 100 %")
    for name in report.sets:
        figures = [figure for figure in report.figures if figure.set == name]
        headline = headline_of(figures)
        short = [
            f"{figure.metric} {percent(figure.interval.value, 'en')}"
            for figure in figures
            if figure.metric in REQUIRED and figure.interval.value < 1
        ]
        if headline is None:
            table.add_row(name, str(report.sets[name]["cases"]), "–", "–", "–", "")
            continue
        low, high = (percent(bound, "en") for bound in headline.interval[1:])
        value = f"[bold]{percent(headline.interval.value, 'en')}[/bold]"
        table.add_row(name, str(headline.cases), headline.metric, value, f"{low} – {high}", ", ".join(short))
    return table


def times_line(report: Report) -> str:
    """The time of a reply, as the one who asks measures it."""
    asked = next((item for item in report.latencies if item.part == "asked"), None)
    return f"median {asked.median:.1f} ms, 99 % below {asked.p99:.1f} ms" if asked else "no times"


def changes_table(comparison: Comparison) -> Table:
    """Every figure that moved; the others are left out."""
    table = Table("set", "figure", "first", "second", "difference", "p (Holm)", "cases", "won", "lost")
    for change in comparison.changes:
        difference = change.difference
        if not difference.won and not difference.lost:
            continue
        style = "" if not change.is_significant else "green" if difference.interval.value > 0 else "red"
        table.add_row(
            change.set, change.metric, percent(change.first, "en"), percent(change.second, "en"),
            percent(difference.interval.value, "en", signed=True), f"{change.adjusted_p:.3f}", str(change.cases),
            str(difference.won), str(difference.lost), style=style,
        )  # fmt: skip
    return table


def gate_table(verdicts: Iterable[Verdict]) -> Table:
    """What the gate says of every figure that falls short, with what it must reach."""
    table = Table("set", "figure", "baseline", "must reach", "is")
    for verdict in verdicts:
        value = "missing" if verdict.value is None else percent(verdict.value, "en")
        floor, baseline = percent(verdict.floor, "en"), percent(verdict.baseline, "en")
        table.add_row(verdict.set, verdict.metric, baseline, floor, value, style="red")
    return table


def runs_table(runs: Sequence[Run]) -> Table:
    """The runs, newest first."""
    table = Table("run", "asked", "of", "sets", "outputs")
    for run in runs:
        manifest = run.manifest
        count = sum(output.error is None for output in run.outputs())
        sets = ", ".join(f"{name} {entry['cases']}" for name, entry in manifest.sets.items())
        style = "" if count == manifest.planned else "yellow"
        reached = escape(str(manifest.system.get("reached")))
        table.add_row(run.name, manifest.started_at[:16], reached, sets, f"{count}/{manifest.planned}", style=style)
    return table
