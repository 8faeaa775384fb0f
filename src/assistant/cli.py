"""The `assistant` command."""

from __future__ import annotations

import json
import logging
import re
import sys
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Annotated, Any

import structlog
import typer
from rich.console import Console
from rich.markup import escape
from rich.panel import Panel
from rich.progress import BarColumn, MofNCompleteColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn
from rich.table import Table

from assistant.domain.answers import Style
from assistant.domain.errors import AssistantError
from assistant.domain.values import Language

app = typer.Typer(
    no_args_is_help=True,
    help="Answers on Hamburg's cluster policy, word for word from official texts.",
    pretty_exceptions_enable=False,
)
index_app = typer.Typer(no_args_is_help=True, help="Build, list, activate and roll back index generations.")
corpus_app = typer.Typer(no_args_is_help=True, help="Look after the fact sheets.")
config_app = typer.Typer(no_args_is_help=True, help="Look at the settings.")
app.add_typer(index_app, name="index")
app.add_typer(corpus_app, name="corpus")
app.add_typer(config_app, name="config")
console = Console()
complaints = Console(stderr=True)
_CHANGES = ("added", "changed", "unchanged", "removed", "failed")


@contextmanager
def _plain_errors() -> Iterator[None]:
    """Say what is wrong in one line instead of a stack of calls."""
    try:
        yield
    except AssistantError as exc:
        complaints.print(f"[red]{escape(str(exc))}[/red]")
        raise typer.Exit(1) from exc


def _progress() -> Progress:
    return Progress(
        SpinnerColumn(),
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
        console=complaints,
        transient=True,
    )


# --- documents -------------------------------------------------------------------------------------------------------


@app.command()
def ingest(
    paths: Annotated[
        list[Path], typer.Argument(help="Files and folders: Markdown, HTML, PDF, DOCX, text.", exists=True)
    ],
    index: Annotated[bool, typer.Option(help="Build and activate the index afterwards.")] = True,
) -> None:
    """Read files into the store, and build the index. Running it again touches only what changed."""
    from assistant import bootstrap, building
    from assistant.config import load_settings

    with _plain_errors():
        settings = load_settings()
        started = time.perf_counter()
        stores = bootstrap.open_stores(settings)
        with _progress() as progress:
            task = progress.add_task("Reading files", total=len(building.files_below(paths)))
            results = building.ingest_files(
                paths,
                stores.documents,
                max_bytes=settings.max_upload_bytes,
                report=lambda result: progress.advance(task),
            )
        _print_ingested(results, time.perf_counter() - started)
        if index:
            _build(settings, stores.documents, force=False)
    if any(result.change == "failed" for result in results):
        raise typer.Exit(1)


def _print_ingested(results: list[Any], seconds: float) -> None:
    counts = Counter(result.change for result in results)
    table = Table(title=f"{len(results)} files in {seconds:.1f} s")
    for change in _CHANGES:
        table.add_column(change, justify="right")
    table.add_row(*(str(counts[change]) for change in _CHANGES))
    console.print(table)
    for result in results:
        if result.change == "failed":
            console.print(f"[red]failed[/red] {escape(str(result.path))}: {escape(result.reason)}")
        if result.orders:
            console.print(
                f"[yellow]gives orders to a machine[/yellow] {escape(str(result.path))}: {escape(result.orders[0][:160])}"
                f"{f' and {len(result.orders) - 1} more' if len(result.orders) > 1 else ''}; what stands beside it is never used in answers"
            )


def _build(settings: Any, documents: Any, *, force: bool) -> None:
    from assistant import bootstrap

    started = time.perf_counter()
    with _progress() as progress:
        tasks: dict[str, Any] = {}

        def report(step: str, done: int, total: int) -> None:
            if step not in tasks:
                tasks[step] = progress.add_task(step.capitalize(), total=total)
            progress.update(tasks[step], completed=done)

        name, is_new = bootstrap.build_index(settings, documents, force=force, progress=report)
    if is_new:
        console.print(f"Index [bold]{name}[/bold] built and active after {time.perf_counter() - started:.1f} s.")
    else:
        console.print(f"Index [bold]{name}[/bold] is up to date.")


@index_app.command("build")
def index_build(force: Annotated[bool, typer.Option(help="Build even when nothing changed.")] = False) -> None:
    """Build a generation of all stored documents beside the active one, check and activate it."""
    from assistant import bootstrap
    from assistant.config import load_settings

    with _plain_errors():
        settings = load_settings()
        _build(settings, bootstrap.open_stores(settings).documents, force=force)


@index_app.command("list")
def index_list() -> None:
    """List the generations."""
    from assistant import bootstrap
    from assistant.config import load_settings

    with _plain_errors():
        generations = bootstrap.open_generations(load_settings())
        pointer = generations.pointer()
        table = Table("generation", "state", "documents", "passages", "embedder", "built")
        for name in reversed(generations.names()):
            manifest = generations.manifest(name)
            state = next((state for state, pointed in pointer.items() if pointed == name), "kept")
            table.add_row(
                name,
                state,
                str(len(manifest.snapshot)),
                str(manifest.passages),
                manifest.embedder,
                manifest.created_at[:19],
            )
        console.print(table)


@index_app.command("activate")
def index_activate(name: str) -> None:
    """Make a generation the active one."""
    from assistant import bootstrap
    from assistant.config import load_settings

    with _plain_errors():
        bootstrap.open_generations(load_settings()).activate(name)
        console.print(f"Index [bold]{name}[/bold] is active.")


@index_app.command("rollback")
def index_rollback() -> None:
    """Go back to the generation that was active before."""
    from assistant import bootstrap
    from assistant.config import load_settings

    with _plain_errors():
        name = bootstrap.open_generations(load_settings()).rollback()
        console.print(f"Index [bold]{name}[/bold] is active again.")


@corpus_app.command("check")
def corpus_check(folder: Annotated[Path | None, typer.Argument(help="The corpus folder.")] = None) -> None:
    """Check the fact sheets: format, sources, dates, references, translations that drifted apart, glossary."""
    from assistant.config import load_settings
    from assistant.ingest.corpus_check import check_corpus, sheet_paths

    with _plain_errors():
        folder = folder or load_settings().corpus_dir
        findings = check_corpus(folder, today=date.today())
    for finding in findings:
        colour = "red" if finding.level == "error" else "yellow"
        console.print(
            f"[{colour}]{finding.level}[/{colour}] {escape(str(finding.path))}:{finding.line}: {escape(finding.message)}"
        )
    errors = sum(finding.level == "error" for finding in findings)
    console.print(f"{len(sheet_paths(folder))} fact sheets, {errors} errors, {len(findings) - errors} warnings.")
    if errors:
        raise typer.Exit(1)


@config_app.command("check")
def config_check() -> None:
    """Print the settings in force; secrets are masked."""
    from assistant.config import describe_settings, load_settings

    with _plain_errors():
        table = Table("setting", "value", "")
        for name, value, changed in describe_settings(load_settings()):
            table.add_row(name, escape(value), "set" if changed else "default", style="bold" if changed else "")
        console.print(table)


# --- answers ---------------------------------------------------------------------------------------------------------


@app.command()
def ask(
    question: Annotated[str, typer.Argument(help="Your question, in German or English.")],
    language: Annotated[Language | None, typer.Option(help="de or en; otherwise the question's language.")] = None,
    style: Annotated[Style, typer.Option(help="How a language model is to word the answer.")] = "standard",
    as_json: Annotated[bool, typer.Option("--json", help="Print the reply as JSON.")] = False,
    explain: Annotated[bool, typer.Option(help="Show rankings, gate features and checks.")] = False,
) -> None:
    """Answer a question with its quotations and sources."""
    from assistant import bootstrap
    from assistant.config import load_settings
    from assistant.domain.answers import Question
    from assistant.service.wire import reply_out

    with _plain_errors():
        settings = load_settings()
        stores = bootstrap.open_stores(settings)
        model = bootstrap.open_model(settings, stores.engine)
        reading = bootstrap.open_reading(settings, stores.documents, bootstrap.embedder_of(settings), model=model)
        reply = reading.assistant.answer(
            Question(
                text=question,
                conversation_id="command-line",
                language=language,
                style=style,
                today=bootstrap.SystemClock(settings.today).today(),
            )
        )
    if as_json:
        print(json.dumps(reply_out(reply, explain=explain).model_dump(mode="json"), ensure_ascii=False, indent=1))
        return
    _print_reply(reply)
    if explain:
        console.print_json(
            json.dumps({"timings_ms": dict(reply.timings_ms), **reply.trace}, ensure_ascii=False, default=str)
        )


def _print_reply(reply: Any) -> None:
    colour = {"answered": "green", "partial": "yellow", "clarify": "cyan", "abstained": "magenta"}[reply.status]
    title = reply.status + (f" · {reply.reason}" if reply.reason else "")
    text = re.sub(r"(?m)^\*\*(.+)\*\*$", r"[bold]\1[/bold]", escape(reply.text))
    console.print(Panel(text, title=title, title_align="left", border_style=colour))
    if reply.model is not None:
        why = f", {reply.model.fallback.replace('_', ' ')}" if reply.model.fallback else ""
        console.print(f"written by {escape(reply.written_by)} in {reply.model.seconds:.1f} s{why}", style="dim")
    for notice in reply.notices:
        if notice:
            console.print(f"[yellow]{escape(notice)}[/yellow]")
    for citation in reply.citations:
        where = " › ".join([citation.title, *citation.heading])
        console.print(f"[bold]\\[{citation.n}][/bold] {escape(where)}")
        console.print(f"    „{escape(citation.quote)}“")
        as_of = f", {citation.as_of}" if citation.as_of else ""
        console.print(
            f"    {escape(citation.publisher or '')}{escape(as_of)} · {escape(citation.url or '')}",
            style="dim",
            soft_wrap=True,
        )
    for step in dict.fromkeys([part.next_step for part in reply.parts] or [reply.next_step]):
        if step:
            console.print(f"→ {escape(step.text)} {escape(step.url or '')}", soft_wrap=True)
    for option in reply.options or reply.suggestions:
        console.print(f"  ? {escape(option)}")


# --- advice ----------------------------------------------------------------------------------------------------------


@app.command()
def match(
    description: Annotated[str, typer.Argument(help="Your company in your own words, in German or English.")],
    employees: Annotated[int | None, typer.Option(help="How many people work there.", min=0)] = None,
    founded: Annotated[str | None, typer.Option(help="2025, 2025-03 or 2025-03-15.")] = None,
    location: Annotated[str | None, typer.Option(help="Town, district, state or region.")] = None,
    sector: Annotated[list[str] | None, typer.Option(help="A branch; may be given several times.")] = None,
    goal: Annotated[list[str] | None, typer.Option(help="What you look for; may be given several times.")] = None,
    language: Annotated[Language | None, typer.Option(help="de or en; otherwise that of the description.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print the reply as JSON.")] = False,
) -> None:
    """Say which cluster or network fits a company, and why, or that none fits."""
    from assistant.service.advice_wire import MatchBody
    from assistant.service.advising import match_reply
    from assistant.service.summary import match_summary

    fields = {"employees": employees, "founded": founded, "location": location, "sectors": sector, "goals": goal, "language": language}  # fmt: skip
    _advise(MatchBody, match_reply, match_summary, description, fields, as_json=as_json)


@app.command()
def funding(
    description: Annotated[str, typer.Argument(help="Who you are and what you need money for, in German or English.")],
    stage: Annotated[str | None, typer.Option(help="idea, founding, young or established.")] = None,
    employees: Annotated[int | None, typer.Option(help="How many people work there.", min=0)] = None,
    founded: Annotated[str | None, typer.Option(help="2025, 2025-03 or 2025-03-15.")] = None,
    turnover: Annotated[int | None, typer.Option(help="In euros a year.", min=0)] = None,
    in_hamburg: Annotated[bool | None, typer.Option(help="Seat or site in Hamburg.")] = None,
    purpose: Annotated[str | None, typer.Option(help="What the money is for.")] = None,
    amount: Annotated[int | None, typer.Option(help="The sum that is wanted, in euros.", min=1)] = None,
    on: Annotated[str | None, typer.Option(help="The day, YYYY-MM-DD; otherwise today.")] = None,
    language: Annotated[Language | None, typer.Option(help="de or en; otherwise that of the description.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print the reply as JSON.")] = False,
) -> None:
    """Judge every funding programme for a company: likely, to be checked, not eligible, and why."""
    from assistant.service.advice_wire import FundingBody
    from assistant.service.advising import funding_reply
    from assistant.service.summary import funding_summary

    fields = {
        "stage": stage, "employees": employees, "founded": founded, "turnover_eur": turnover, "in_hamburg": in_hamburg,
        "purpose": purpose, "amount_eur": amount, "on": on, "language": language,
    }  # fmt: skip
    _advise(FundingBody, funding_reply, funding_summary, description, fields, as_json=as_json)


def _advise(
    body_of: Any, reply_of: Any, summarise: Any, description: str, fields: dict[str, Any], *, as_json: bool
) -> None:
    """Ask one of the two finders and print what it says."""
    from pydantic import ValidationError
    from rich.markdown import Markdown

    from assistant import bootstrap
    from assistant.config import load_settings
    from assistant.service.summary_markdown import as_markdown

    try:
        body = body_of.model_validate_json(json.dumps({"description": description, **fields}))
    except ValidationError as exc:
        problem = exc.errors()[0]
        complaints.print(f"[red]{escape('.'.join(map(str, problem['loc'])))}: {escape(problem['msg'])}[/red]")
        raise typer.Exit(1) from exc
    with _plain_errors():
        settings = load_settings()
        stores = bootstrap.open_stores(settings)
        opened = bootstrap.open_searchable(settings, stores.documents, bootstrap.embedder_of(settings))
        today = bootstrap.SystemClock(settings.today).today()
        reply = reply_of(body, opened.library, bootstrap.build_advisers(opened.library), today)
    if as_json:
        print(json.dumps(reply.model_dump(mode="json"), ensure_ascii=False, indent=1))
        return
    console.print(Markdown(as_markdown(summarise(reply))))


@app.command()
def serve(
    host: Annotated[str | None, typer.Option(help="Overrides ASSISTANT_HOST.")] = None,
    port: Annotated[int | None, typer.Option(help="Overrides ASSISTANT_PORT.")] = None,
) -> None:
    """Run the service and its page."""
    import uvicorn

    from assistant.bootstrap import build_app
    from assistant.config import load_settings

    with _plain_errors():
        overrides = {name: value for name, value in (("host", host), ("port", port)) if value is not None}
        settings = load_settings(**overrides)
        configure_logging(settings.log_level, settings.log_format)
        application = build_app(settings)
    console.print(f"Clusterlotse: http://{settings.host}:{settings.port}")
    uvicorn.run(
        application, host=settings.host, port=settings.port, log_level="warning", access_log=False, server_header=False,
        proxy_headers=False,  # X-Forwarded-For is believed as far as ASSISTANT_TRUSTED_PROXIES says, not by default
    )  # fmt: skip


@app.command()
def telegram() -> None:
    """Run the Telegram bot; it asks a running service."""
    import asyncio
    from datetime import timedelta

    from assistant.config import load_settings
    from assistant.domain.errors import ConfigError
    from bots.telegram.running import TokenRefused, run
    from bots.telegram.settings import BotSettings, Webhook

    def secret(value: Any) -> str | None:
        return value.get_secret_value() if value is not None else None

    with _plain_errors():
        settings = load_settings()
        if settings.telegram_token is None:
            raise ConfigError("ASSISTANT_TELEGRAM_TOKEN is not set; BotFather gives the token of a bot")
        configure_logging(settings.log_level, settings.log_format)
        webhook = None
        if settings.telegram_webhook_url is not None:
            webhook = Webhook(
                url=settings.telegram_webhook_url,
                secret=secret(settings.telegram_webhook_secret) or "",
                host=settings.telegram_host,
                port=settings.telegram_port,
            )
        bot = BotSettings(
            token=settings.telegram_token.get_secret_value(),
            service_url=settings.telegram_service_url or f"http://{settings.host}:{settings.port}",
            data_dir=settings.data_dir,
            retention=timedelta(days=settings.retention_days),
            hash_key=secret(settings.telegram_hash_key),
            questions_per_minute=settings.telegram_questions_per_minute,
            webhook=webhook,
            api_url=settings.telegram_api_url,
            today=settings.today,
        )
        try:
            asyncio.run(run(bot))
        except TokenRefused as exc:
            raise ConfigError(f"ASSISTANT_TELEGRAM_TOKEN: {exc}") from None


@app.command("eval", add_help_option=False, context_settings={"allow_extra_args": True, "ignore_unknown_options": True})
def evaluate(context: typer.Context) -> None:
    """Ask sets of cases, score the replies, report and compare runs; `assistant eval --help` explains."""
    try:
        from evals.commands import app as evaluation  # loaded only here: nothing else needs what it imports
    except ModuleNotFoundError as exc:
        complaints.print(
            f"[red]{escape(str(exc.name))} is missing; evaluations run from a checkout, after `make install-dev`[/red]"
        )
        raise typer.Exit(1) from exc
    evaluation(args=context.args, prog_name="assistant eval")


def configure_logging(level: str, form: str) -> None:
    """Log to standard error, as text or one JSON object a line."""
    renderer: Any = (
        structlog.processors.JSONRenderer()
        if form == "json"
        else structlog.dev.ConsoleRenderer(colors=sys.stderr.isatty())
    )
    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso"),
            structlog.processors.format_exc_info,
            renderer,
        ],
        wrapper_class=structlog.make_filtering_bound_logger(getattr(logging, level.upper())),
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
    )


if __name__ == "__main__":
    app()
