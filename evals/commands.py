"""The `assistant eval` commands."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path
from typing import Annotated, Any, Literal

import structlog
import typer
from pydantic import SecretStr
from rich.console import Console
from rich.markup import escape
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn, TimeRemainingColumn

from assistant.config import Settings, load_settings
from assistant.domain.errors import AssistantError
from evals.case_files import CaseFileError
from evals.comparison import Comparison, compare_runs
from evals.gate import BASELINES, BaselineError, judge_figures, problems_of_run, read_baselines, record_baselines
from evals.judge import JudgeSettings, JudgeUnavailable, judge_run
from evals.planning import ALL, FAST, SUITES, Plan, PlanError, plan_rest, plan_sets, plan_suite
from evals.reporting.files import report_path, write_report
from evals.reporting.html import comparison_page
from evals.reporting.markdown import comparison_markdown
from evals.reporting.report import Report
from evals.reporting.terminal import changes_table, gate_table, runs_table, summary_table, times_line
from evals.running import ask_all, check_same_system, new_run, unknown_sources
from evals.runs import Run, RunError, find_run, list_runs
from evals.scoring import read_scores, refresh_cases, score_run
from evals.sets import present_sets
from evals.suites.own_questions import write_template
from evals.summary import figures_of_run
from evals.systems import OverHttp, System, SystemGone

app = typer.Typer(
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    help="Ask sets of cases, score the replies, report and compare; evals/README.md explains every figure.",
)
console = Console()
complaints = Console(stderr=True)
INCOMPLETE, MALFORMED = 1, 2
"""Exit codes beside 0: the run is incomplete or the gate stays shut; a file or an argument is malformed."""

RunName = Annotated[str, typer.Argument(help="A run's name or folder, `latest` or `previous`.")]
Output = Annotated[Path | None, typer.Option(help="Folder of the runs; otherwise `evals` in the data folder.")]


@contextmanager
def _plain_errors() -> Iterator[None]:
    """Say what is wrong in one line instead of a stack of calls."""
    try:
        yield
    except (CaseFileError, PlanError, RunError, BaselineError) as exc:
        complaints.print(f"[red]{escape(str(exc))}[/red]", soft_wrap=True)
        raise typer.Exit(MALFORMED) from exc
    except (AssistantError, SystemGone, JudgeUnavailable) as exc:
        complaints.print(f"[red]{escape(str(exc))}[/red]", soft_wrap=True)
        raise typer.Exit(INCOMPLETE) from exc


def _folder(output: Path | None) -> Path:
    return output or load_settings().evals_dir


def _progress() -> Progress:
    return Progress(
        TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn(), TimeRemainingColumn(),
        console=complaints, transient=True,
    )  # fmt: skip


# --- asking ----------------------------------------------------------------------------------------------------------


@app.command("run")
def run_sets(
    sets: Annotated[
        list[str] | None,
        typer.Argument(help=f"Own sets, `{ALL}` (default) or `{FAST}`; or one suite: {', '.join(SUITES)}."),
    ] = None,
    url: Annotated[
        str | None, typer.Option(help="Ask the service at this address instead of the active index.")
    ] = None,
    in_process: Annotated[
        bool, typer.Option("--in-process", help="Ask the active index in this process (default).")
    ] = False,
    repeat: Annotated[int, typer.Option(min=1, help="How often each case is asked.")] = 1,
    path: Annotated[Path | None, typer.Option(help="File or folder of the suite.", exists=True)] = None,
    resume: Annotated[str | None, typer.Option(help="Go on with this run; give nothing else.")] = None,
    output: Output = None,
) -> None:
    """Ask, score and report; what was asked is kept whatever happens."""
    with _plain_errors():
        settings = load_settings()
        folder = output or settings.evals_dir
        if url is not None and in_process:
            raise PlanError("--url and --in-process exclude each other")
        if resume is not None:
            if sets or url or path or repeat > 1:
                raise PlanError("--resume goes on with a run as it was begun; leave sets and other options out")
            begun = find_run(resume, folder)
            run = _ask(plan_rest(begun, settings=settings), begun, folder, repeats=repeat)
        else:
            run = _ask(_plan(sets or [], settings, url=url, path=path), None, folder, repeats=repeat)
        report = _score_and_report(run)
    _print_report(run, report)
    if report.missing or report.failed:
        raise typer.Exit(INCOMPLETE)


def _plan(sets: list[str], settings: Settings, *, url: str | None, path: Path | None) -> Plan:
    suites = [name for name in sets if name in SUITES]
    if not suites:
        if path is not None:
            raise PlanError(f"--path belongs to a suite: {', '.join(SUITES)}")
        return plan_sets(sets, settings=settings, url=url)
    if len(sets) > 1:
        raise PlanError(f"a suite is asked alone; leave out {', '.join(name for name in sets if name != suites[0])}")
    if path is None:
        raise PlanError(f"{suites[0]} needs --path")
    return plan_suite(suites[0], path, settings=settings, url=url)


def _ask(plan: Plan, run: Run | None, folder: Path, *, repeats: int) -> Run:
    """Ask what is still to be asked; a run that is not given is begun."""
    with _quiet(), _progress() as progress:
        tasks: dict[str, Any] = {}

        def report(step: str, done: int, total: int) -> None:
            if step not in tasks:
                tasks[step] = progress.add_task(step.capitalize(), total=total)
            progress.update(tasks[step], completed=done, total=total)

        with plan.open(report) as system:
            if run is None:
                run = new_run(folder, plan.cases_by_set, plan.sources, system, repeats=repeats)
                _warn(plan, system)
            else:
                check_same_system(run, system)
            for step in tasks.values():
                progress.update(step, visible=False)
            asking = progress.add_task("Asking", total=run.manifest.planned)
            try:
                ask_all(run, system, advance=lambda: progress.advance(asking))
            except KeyboardInterrupt:
                run.manifest.stopped = "interrupted"
                run.save_manifest()
    return run


@contextmanager
def _quiet() -> Iterator[None]:
    """The pipeline's log lines would tear the progress bar apart; failures stand in the run."""
    before = structlog.get_config()
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(50))
    try:
        yield
    finally:
        structlog.configure(**before)


def _warn(plan: Plan, system: System) -> None:
    """Say beforehand what would make figures look worse than the system is."""
    unknown = unknown_sources(plan.cases, system)
    if unknown:
        shown = ", ".join(unknown[:5])
        complaints.print(f"[yellow]{len(unknown)} expected documents are unknown to the system: {shown}[/yellow]")
    today = system.record.get("today")
    days = {case.day.isoformat() for case in plan.cases}
    if isinstance(system, OverHttp) and today and days != {today}:
        complaints.print(
            f"[yellow]The service answers for {today}, the cases were written for {', '.join(sorted(days)[:3])}; "
            "ASSISTANT_TODAY sets its date.[/yellow]"
        )


def _score_and_report(run: Run) -> Report:
    with complaints.status("Scoring"):
        score_run(run)
        return write_report(run)


def _print_report(run: Run, report: Report) -> None:
    console.print(summary_table(report))
    console.print(f"{report.answered} of {report.planned} cases asked, {times_line(report)}")
    if report.stopped:
        complaints.print(f"[red]Stopped: {escape(report.stopped)}[/red]", soft_wrap=True)
    if report.missing or report.failed:
        complaints.print(
            f"[red]{report.missing} outputs are missing, the system failed at {report.failed}; "
            f"`assistant eval run --resume {run.name}` asks for them.[/red]",
            soft_wrap=True,
        )
    console.print(f"Report: {report_path(run)}", soft_wrap=True)


# --- scoring and reports ---------------------------------------------------------------------------------------------


@app.command()
def score(
    run: RunName = "latest",
    refresh: Annotated[bool, typer.Option("--refresh-cases", help="Expect what the case files say now.")] = False,
    output: Output = None,
) -> None:
    """Score a run again without asking anything."""
    with _plain_errors():
        found = find_run(run, _folder(output))
        if refresh:
            console.print(f"{refresh_cases(found)} cases expect something else than before.")
        report = _score_and_report(found)
    _print_report(found, report)


@app.command("report")
def write_reports(run: RunName = "latest", output: Output = None) -> None:
    """Write a run's reports again: HTML, JSON, Markdown."""
    with _plain_errors():
        found = find_run(run, _folder(output))
        report = write_report(found)
    _print_report(found, report)


@app.command("runs")
def runs(output: Output = None) -> None:
    """List the runs, newest first."""
    with _plain_errors():
        folder = _folder(output)
        found = list_runs(folder)
    if found:
        console.print(runs_table(found))
    else:
        console.print(f"{folder} holds no run; `assistant eval run` makes one.")


@app.command()
def compare(
    first: Annotated[str, typer.Argument(help="The run before: name, folder, `latest` or `previous`.")] = "previous",
    second: Annotated[str, typer.Argument(help="The run after.")] = "latest",
    form: Annotated[
        Literal["text", "html", "json", "md"], typer.Option("--format", help="html, json and md are printed whole.")
    ] = "text",
    output: Output = None,
) -> None:
    """Compare two runs case by case: differences with significance, cases won and lost."""
    with _plain_errors():
        folder = _folder(output)
        comparison = compare_runs(find_run(first, folder), find_run(second, folder))
    match form:
        case "html":
            print(comparison_page(comparison))
        case "json":
            print(json.dumps(asdict(comparison), ensure_ascii=False, indent=1))
        case "md":
            print(comparison_markdown(comparison, "de"))
        case "text":
            _print_comparison(comparison)


def _print_comparison(comparison: Comparison) -> None:
    console.print(f"{comparison.first} → {comparison.second}")
    for note in comparison.notes:
        console.print(f"[yellow]{escape(note)}[/yellow]")
    table = changes_table(comparison)
    console.print(table if table.row_count else "No figure differs.")
    for name, turned in (("lost", comparison.lost), ("won", comparison.won)):
        console.print(f"{len(turned)} cases {name}")
        for item in turned:
            console.print(f"  {item.set}/{item.case} {item.question}: {item.reason}", highlight=False, markup=False)


# --- gate and judge --------------------------------------------------------------------------------------------------


@app.command()
def gate(
    run: RunName = "latest",
    record: Annotated[bool, typer.Option("--record", help="Record this run's figures as the new baseline.")] = False,
    baselines: Annotated[Path, typer.Option(help="File of the baselines.")] = BASELINES,
    output: Output = None,
) -> None:
    """Fail when a figure of the run falls below its recorded baseline, or the run is incomplete."""
    with _plain_errors():
        found = find_run(run, _folder(output))
        scored = read_scores(found)
        figures = figures_of_run({(case.set, case.id): case for case in found.cases()}, scored)
        if record:
            record_baselines(found, figures, baselines)
            console.print(f"Recorded {', '.join(found.manifest.sets)} of {found.name} in {baselines}.", soft_wrap=True)
            return
        verdicts = judge_figures(read_baselines(baselines), figures, list(found.manifest.sets))
        problems = problems_of_run(found, scored)
    for problem in problems:
        complaints.print(f"[red]{escape(problem)}[/red]", soft_wrap=True)
    short = [verdict for verdict in verdicts if not verdict.passes]
    if short:
        console.print(gate_table(short))
    if short or problems:
        complaints.print(f"[red]{found.name} does not pass: {len(short)} of {len(verdicts)} figures fell.[/red]")
        raise typer.Exit(INCOMPLETE)
    console.print(f"[green]{found.name} passes: {len(verdicts)} figures hold.[/green]")


@app.command()
def judge(
    run: RunName = "latest",
    *,
    url: Annotated[str, typer.Option(help="OpenAI-compatible address up to and with /v1.")],
    model: Annotated[str, typer.Option(help="The judging model's name.")],
    passes: Annotated[int, typer.Option(min=2, help="How often each reply is judged.")] = 2,
    key: Annotated[str | None, typer.Option(envvar="EVALS_JUDGE_KEY", help="Better set as a variable.")] = None,
    output: Output = None,
) -> None:
    """Ask a model for its opinion on a run's answers, beside the scorers; shown in the report with its agreement with itself."""
    with _plain_errors():
        found = find_run(run, _folder(output))
        settings = JudgeSettings(url=url, model=model, key=SecretStr(key) if key else None, runs=passes)
        with _progress() as progress:
            task = progress.add_task("Judging", total=None)
            counts = judge_run(found, settings, advance=lambda: progress.advance(task))
        report = write_report(found)
    for figure in report.judge:
        agreement = "–" if figure.agreement is None else f"{figure.agreement:.2f}"
        console.print(
            f"{figure.set} {figure.metric} {figure.value:.3f} over {figure.cases} cases, agreement {agreement}"
        )
    console.print(
        f"{counts['judged']} judgements, {counts['could_not']} could not be made. Report: {report_path(found)}",
        soft_wrap=True,
    )
    if counts["could_not"]:
        raise typer.Exit(INCOMPLETE)


# --- for those who write cases ---------------------------------------------------------------------------------------


@app.command()
def template(file: Annotated[Path, typer.Argument(help="The new file, ending in .xlsx or .csv.")]) -> None:
    """Write a table for your own questions, with examples and notes."""
    with _plain_errors():
        write_template(file)
    console.print(f"Wrote {file}; `assistant eval run own --path {file}` asks what stands in it.", soft_wrap=True)


@app.command("sets")
def sets() -> None:
    """List the own sets, and check that their files are well formed."""
    with _plain_errors():
        plan = plan_sets(present_sets(), settings=load_settings(), url=None)
    for name, cases in plan.cases_by_set.items():
        console.print(f"{name}: {len(cases)} cases, {plan.sources[name]}")
