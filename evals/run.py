"""Runs sets of cases through the real pipeline and prints what came out: `python -m evals.run qa unanswerable followups`."""

from __future__ import annotations

import argparse
import json
import statistics
import sys
import time
from collections.abc import Sequence
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.progress import track
from rich.table import Table

from assistant import bootstrap
from assistant.config import load_settings
from assistant.domain.answers import Question, Reply, Turn
from evals.cases import Case, CaseFileError, load_cases
from evals.scorers import Score, score_reply

SETS = ("qa", "unanswerable", "followups", "conflicts", "attacks", "parity")
console = Console()


def ask_case(reading: bootstrap.Reading, case: Case) -> tuple[Reply, float]:
    """The reply to the last turn, and how long it took in milliseconds."""
    history: list[Turn] = []
    for question in case.questions:
        started = time.perf_counter()
        reply = reading.assistant.answer(
            Question(text=question, conversation_id=case.id, history=tuple(history), today=case.day)
        )
        elapsed = (time.perf_counter() - started) * 1000
        cited = tuple(dict.fromkeys(c.document_id.removesuffix(".en") for c in reply.citations))
        history.append(
            Turn(
                question=reply.rewritten_question or question,
                language=reply.language,
                document_ids=cited,
                options=reply.options,
            )
        )
    return reply, elapsed


def run_sets(names: Sequence[str]) -> list[dict[str, Any]]:
    """Ask and score every case of the sets."""
    settings = load_settings()
    stores = bootstrap.open_stores(settings)
    reading = bootstrap.open_reading(settings, stores.documents, bootstrap.embedder_of(settings))
    rows: list[dict[str, Any]] = []
    for case in track(
        [case for name in names for case in load_cases(name)], description="Asking", console=Console(stderr=True)
    ):
        reply, elapsed = ask_case(reading, case)
        scores = score_reply(case, reply, reading.library.text)
        rows.append(
            {
                "set": case.set, "id": case.id, "group": case.group, "language": case.language, "category": case.category, "style": case.style,
                "question": case.questions[-1], "status": reply.status,
                "reason": reply.reason, "text": reply.text, "answerable": dict(reply.trace).get("gate", {}).get("probability"),
                "quotes": [c.quote for c in reply.citations], "documents": [c.document_id for c in reply.citations],
                "scores": [asdict(score) for score in scores], "ms": round(elapsed, 2),
            }
        )  # fmt: skip
    return rows


def summarise(rows: Sequence[dict[str, Any]]) -> dict[str, dict[str, float]]:
    """Mean of every score per set, could-not-score left out, with the number of cases behind it."""
    found: dict[str, dict[str, list[float]]] = {}
    for row in rows:
        for score in row["scores"]:
            if score["value"] is not None:
                found.setdefault(row["set"], {}).setdefault(score["name"], []).append(score["value"])
    return {
        name: {metric: statistics.fmean(values) for metric, values in metrics.items()}
        for name, metrics in found.items()
    }


def main(arguments: Sequence[str] | None = None) -> int:
    """Run, print, store."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("sets", nargs="*", default=SETS, help=f"of {', '.join(SETS)}")
    parser.add_argument("--failures", action="store_true", help="show every case that missed a score")
    parser.add_argument("--output", type=Path, default=Path("var/evals"), help="folder for the run")
    options = parser.parse_args(arguments)
    try:
        rows = run_sets(options.sets or SETS)
    except CaseFileError as exc:
        console.print(f"[red]{exc}[/red]")
        return 2
    summary = summarise(rows)
    table = Table("set", "cases", "score", "value")
    for name, metrics in summary.items():
        count = sum(row["set"] == name for row in rows)
        for metric, value in metrics.items():
            table.add_row(name, str(count), metric, f"{value:.3f}")
    console.print(table)
    times = sorted(row["ms"] for row in rows)
    console.print(
        f"median {statistics.median(times):.1f} ms, 99th percentile {times[int(0.99 * (len(times) - 1))]:.1f} ms"
    )
    if options.failures:
        for row in rows:
            missed = [Score(**s) for s in row["scores"] if s["value"] == 0.0 and s["name"] != "extra"]
            if missed:
                console.print(f"[bold]{row['set']}/{row['id']}[/bold] {row['question']}", highlight=False)
                for score in missed:
                    console.print(f"   {score.name}: {score.reason}", highlight=False, markup=False)
                console.print(
                    f"   → {row['status']} p={row['answerable']}: {row['text'][:300]}", highlight=False, markup=False
                )
    folder = options.output / f"{datetime.now(UTC):%Y%m%d-%H%M%S}"
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "replies.json").write_text(json.dumps(rows, ensure_ascii=False, indent=1), encoding="utf-8")
    (folder / "summary.json").write_text(json.dumps(summary, indent=1), encoding="utf-8")
    console.print(f"Stored in {folder}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
