"""Reports and comparisons as Markdown, for mails and pull requests."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from evals.comparison import Comparison, Turned
from evals.reporting.report import Report, ShownCase
from evals.reporting.texts import ReportLanguage, metric_name, number, percent, set_name, text
from evals.summary import Figure

LISTED = 50
"""Cases of one kind that are listed; the HTML report shows more."""


def report_markdown(report: Report, language: ReportLanguage) -> str:
    """A run's report in one language."""
    return (
        "\n".join(
            [
                *_head(report, language),
                *_figures(report, language),
                *_times(report, language),
                *_wrong(report, language),
            ]
        )
        + "\n"
    )


def _head(report: Report, language: ReportLanguage) -> Iterator[str]:
    yield f"# {text('title', language)} {report.name}"
    yield ""
    if report.missing or report.failed or report.stopped:
        yield f"**{text('incomplete', language, planned=report.planned, missing=report.missing, failed=report.failed)}**"
        if report.stopped:
            yield f"{text('stopped', language, why=report.stopped)}"
    else:
        yield text("complete", language, answered=report.answered, planned=report.planned)
    yield ""
    for key, value in (
        ("asked", report.started_at),
        ("reached", report.system.get("reached")),
        ("index", report.system.get("index")),
        ("corpus", report.system.get("corpus_digest")),
        ("versions", ", ".join(f"{name} {v}" for name, v in (report.system.get("versions") or {}).items())),
    ):
        if value:
            yield f"- {text(key, language)}: {value}"


def _figures(report: Report, language: ReportLanguage) -> Iterator[str]:
    for name in report.sets:
        figures = [figure for figure in report.figures if figure.set == name]
        if figures:
            yield from ("", f"## {set_name(name, language)} (`{name}`)", "")
            yield from _table(
                [text(key, language) for key in ("figure", "value", "interval", "cases", "could_not", "failed")],
                [_row(figure, language) for figure in figures],
            )


def _row(figure: Figure, language: ReportLanguage) -> list[str]:
    interval = figure.interval
    return [
        metric_name(figure.metric, language),
        percent(interval.value, language),
        f"{percent(interval.low, language)} – {percent(interval.high, language)}",
        str(figure.cases),
        str(figure.could_not or ""),
        str(figure.failed or ""),
    ]


def _times(report: Report, language: ReportLanguage) -> Iterator[str]:
    if report.latencies:
        yield from ("", f"## {text('latency', language)}", "")
        yield from _table(
            [
                f"{text('part', language)} ({text('ms', language)})",
                *(text(key, language) for key in ("median", "p90", "p99")),
            ],
            [[item.part, *(number(value, language, digits=1) for value in item[1:4])] for item in report.latencies],
        )


def _wrong(report: Report, language: ReportLanguage) -> Iterator[str]:
    wrong = [case for case in report.cases if case.verdict == "wrong" or case.error]
    if wrong:
        yield from ("", f"## {text('wrong', language).capitalize()} ({len(wrong)})", "")
        yield from (_case(case, language) for case in wrong[:LISTED])
        if len(wrong) > LISTED:
            yield f"- … ({len(wrong) - LISTED})"


def _case(case: ShownCase, language: ReportLanguage) -> str:
    why = case.error or ", ".join(metric_name(name, language) for name in case.missed if name != "all_right")
    return f"- `{case.set}/{case.id}` {_plain(case.questions[-1])} → {case.status}: {_plain(why)}"


def comparison_markdown(comparison: Comparison, language: ReportLanguage) -> str:
    """Two runs side by side in one language."""
    lines = [f"# {text('comparison', language)}", ""]
    lines += [
        f"- {text('first_run', language)}: {comparison.first}",
        f"- {text('second_run', language)}: {comparison.second}",
    ]
    lines += [f"- {text('notes', language)}: {note}" for note in comparison.notes]
    for name in dict.fromkeys(change.set for change in comparison.changes):
        lines += ["", f"## {set_name(name, language)} (`{name}`)", ""]
        rows = []
        for change in comparison.changes:
            if change.set == name:
                interval = change.difference.interval
                result = "not_sure" if not change.is_significant else "better" if interval.value > 0 else "worse"
                rows.append(
                    [
                        metric_name(change.metric, language), percent(change.first, language), percent(change.second, language),
                        percent(interval.value, language, signed=True), number(change.adjusted_p, language, digits=3), text(result, language),
                        str(change.cases), f"{change.difference.won} / {change.difference.lost}",
                    ]
                )  # fmt: skip
        keys = ("figure", "first_run", "second_run", "difference", "p_value", "result", "cases")
        lines += _table(
            [*(text(key, language) for key in keys), f"{text('better', language)} / {text('worse', language)}"], rows
        )
    for key, turned in (("lost", comparison.lost), ("won", comparison.won)):
        lines += ["", f"## {text(key, language)} ({len(turned)})", "", *map(_turned, turned[:LISTED])]
    return "\n".join(lines) + "\n"


def _turned(item: Turned) -> str:
    return f"- `{item.set}/{item.case}` {_plain(item.question)}: {item.first:.2f} → {item.second:.2f}; {_plain(item.reason)}"


def _table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> Iterator[str]:
    yield f"| {' | '.join(head)} |"
    yield f"|{'---|' * len(head)}"
    for row in rows:
        yield f"| {' | '.join(map(_plain, row))} |"


def _plain(words: str) -> str:
    """A text that breaks neither a table nor a list."""
    return " ".join(words.split()).replace("|", "\\|")
