"""Reports as one self-contained HTML file: style and script inside, nothing fetched, German and English in one."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from evals.comparison import Comparison
from evals.metrics import METRICS
from evals.reporting import plots
from evals.reporting.report import Report
from evals.reporting.texts import FAMILIES, ReportLanguage, number, percent, set_name, text
from evals.summary import headline_of

FOLDER = Path(__file__).parent


def report_page(report: Report) -> str:
    """A run's report."""
    by_set = {name: [f for f in report.figures if f.set == name] for name in report.sets}
    return _page(
        "report.html.j2",
        report=report,
        by_set=by_set,
        headlines={name: headline for name, figures in by_set.items() if (headline := headline_of(figures))},
        families=list(FAMILIES),
        reliability_svg=plots.reliability_plot(report.reliability) if report.reliability else None,
        latency_svg=plots.latency_plot(report.totals_ms) if report.totals_ms else None,
        choices=_choices(report),
    )


def comparison_page(comparison: Comparison, *, back: str | None = None) -> str:
    """Two runs side by side; `back` is the address of the list of runs, where there is one."""
    return _page("comparison.html.j2", comparison=comparison, back=back)


def runs_page(runs: list[Mapping[str, Any]]) -> str:
    """The list of runs; each a `name`, `started_at`, `sets`, `all_right` by set, `is_complete`, `has_report`."""
    return _page("runs.html.j2", runs=runs)


def _choices(report: Report) -> dict[str, list[str]]:
    """What the cases can be filtered by."""
    cases = report.cases
    return {
        "set": list(dict.fromkeys(case.set for case in cases)),
        "language": sorted({case.language for case in cases}),
        "category": sorted({case.category for case in cases if case.category}),
        "style": sorted({case.style for case in cases if case.style}),
        "status": sorted({case.status for case in cases}),
        "missed": [name for name in METRICS if any(name in case.missed for case in cases)],
    }


def _page(template: str, **values: Any) -> str:
    style, script = _asset("report.css"), _asset("report.js")
    # Nothing but this very style and this very script runs, wherever the file is opened.
    policy = f"default-src 'none'; style-src '{_digest(style)}'; script-src '{_digest(script)}'; base-uri 'none'; form-action 'self'"
    rendered = _environment().get_template(template)
    return rendered.render(style=Markup(style), script=Markup(script), policy=policy, **values)


def _asset(name: str) -> str:
    return (FOLDER / name).read_text(encoding="utf-8")


def _digest(content: str) -> str:
    return f"sha256-{base64.b64encode(hashlib.sha256(content.encode()).digest()).decode()}"


def _both(key: str, **values: Any) -> Markup:
    """A text in both languages, its gaps filled; fractions are written as each language does."""

    def filled(language: ReportLanguage) -> str:
        written = {n: number(v, language) if isinstance(v, float) else v for n, v in values.items()}
        return text(key, language, **written)

    return plots.both(filled("de"), filled("en"))


@lru_cache(maxsize=1)
def _environment() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(FOLDER),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.globals.update(
        t=_both,
        words=lambda key, language: text(key, language),
        metric=lambda name: plots.both(METRICS[name].de, METRICS[name].en),
        metric_names=lambda name: (METRICS[name].de, METRICS[name].en),
        meaning=lambda name: plots.both(METRICS[name].says_de, METRICS[name].says_en),
        family_of=lambda name: METRICS[name].family,
        family=lambda name: plots.both(*FAMILIES[name]),
        set_name=lambda name: plots.both(set_name(name, "de"), set_name(name, "en")),
        percent=plots.percent_both,
        percents=lambda value: (percent(value, "de"), percent(value, "en")),
        number=lambda value, digits=2: plots.both(
            number(value, "de", digits=digits), number(value, "en", digits=digits)
        ),
        share_bar=plots.share_bar,
        difference_bar=plots.difference_bar,
    )
    return environment
