"""Times the whole product as an operator would see it: `python -m evals.speed`.

A temporary data folder is ingested and indexed by the command line, the service is started as its own process, and 500
different questions are asked one after another over HTTP.
"""

from __future__ import annotations

import argparse
import json
import os
import signal
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx
from rich.console import Console
from rich.progress import track
from rich.table import Table

from assistant.ingest.corpus_check import read_sheet, sheet_paths
from evals.cases import load_cases

ROOT = Path(__file__).parents[1]
LIMITS = {"ingest_s": 20.0, "ready_s": 5.0, "ask_median_ms": 30.0, "ask_p99_ms": 100.0, "resident_mb": 450.0}
"""What the figures must stay below on two cores."""
TEMPLATES = {
    "funding": {
        "de": ("Wie viel Geld gibt es bei {}?", "Wer kann {} bekommen?", "Bis wann läuft {}?", "Womit ist {} kombinierbar?"),
        "en": ("How much does {} pay?", "Who can apply for {}?", "When does {} end?", "What may {} be combined with?"),
    },
    "other": {
        "de": ("Was ist {}?", "Seit wann gibt es {}?", "Wie erreiche ich {}?", "Wer steckt hinter {}?"),
        "en": ("What is {}?", "Since when has {} existed?", "How do I reach {}?", "Who is behind {}?"),
    },
}  # fmt: skip
console = Console()


def different_questions(count: int) -> list[str]:
    """Questions of the cases, then of templates over every fact sheet; no question twice, always the same ones."""
    found = {case.questions[-1]: None for name in ("qa", "unanswerable") for case in load_cases(name)}
    sheets = [read_sheet(path).front for path in sheet_paths(ROOT / "corpus")]
    for number in range(4):
        for sheet in sheets:
            texts = TEMPLATES["funding" if sheet.kind == "funding" else "other"][sheet.lang]
            found.setdefault(texts[number].format(sheet.title.split(" (")[0]))
    return list(found)[:count]


@contextmanager
def running_service(data: Path) -> Iterator[tuple[str, subprocess.Popen[bytes], float]]:
    """The service over a data folder: its address, its process, and the seconds until it was ready."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    environment = {**os.environ, "ASSISTANT_DATA_DIR": str(data), "ASSISTANT_RATE_LIMIT": "1000000/minute"}
    command = [sys.executable, "-m", "assistant.cli", "serve", "--port", str(port)]
    started = time.perf_counter()
    process = subprocess.Popen(command, env=environment, cwd=ROOT, stdout=subprocess.DEVNULL)
    address = f"http://127.0.0.1:{port}"
    try:
        while time.perf_counter() - started < 60:
            if process.poll() is not None:
                raise RuntimeError("the service ended before it was ready")
            try:
                if httpx.get(f"{address}/health/ready", timeout=1).status_code == 200:
                    break
            except httpx.TransportError:
                time.sleep(0.02)
        yield address, process, time.perf_counter() - started
    finally:
        process.send_signal(signal.SIGTERM)
        try:
            process.wait(10)
        except subprocess.TimeoutExpired:
            process.kill()


def resident_mb(pid: int) -> float:
    """Highest resident memory of a process so far, in megabytes."""
    for line in Path(f"/proc/{pid}/status").read_text(encoding="ascii").splitlines():
        if line.startswith("VmHWM"):
            return int(line.split()[1]) / 1024
    return float("nan")


def measure(questions: Sequence[str]) -> dict[str, float]:
    """Ingest, start, ask; returns the figures named in `LIMITS` and the median of the service's own time."""
    with tempfile.TemporaryDirectory() as folder:
        data = Path(folder)
        environment = {**os.environ, "ASSISTANT_DATA_DIR": str(data)}
        started = time.perf_counter()
        command = [sys.executable, "-m", "assistant.cli", "ingest", str(ROOT / "corpus")]
        subprocess.run(
            command, env=environment, cwd=ROOT, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        ingest_s = time.perf_counter() - started
        with running_service(data) as (address, process, ready_s), httpx.Client(base_url=address) as client:
            times: list[float] = []
            inner: list[float] = []
            for question in track(questions, description="Asking", console=Console(stderr=True)):
                before = time.perf_counter()
                reply: dict[str, Any] = (
                    client.post("/api/v1/ask", json={"question": question}).raise_for_status().json()
                )
                times.append((time.perf_counter() - before) * 1000)
                inner.append(reply["timings_ms"]["total"])
            memory = resident_mb(process.pid)
    times.sort()
    return {
        "ingest_s": ingest_s, "ready_s": ready_s, "ask_median_ms": statistics.median(times),
        "ask_p99_ms": times[min(len(times) - 1, int(0.99 * len(times)))], "resident_mb": memory, "answer_median_ms": statistics.median(inner),
    }  # fmt: skip


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure several times, print medians, fail when a limit is missed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--questions", type=int, default=500)
    parser.add_argument("--runs", type=int, default=3, help="the median of so many runs is reported")
    parser.add_argument("--json", type=Path, help="also write the figures to this file")
    options = parser.parse_args(arguments)
    questions = different_questions(options.questions)
    runs = [measure(questions) for _ in range(options.runs)]
    figures = {name: statistics.median(run[name] for run in runs) for name in runs[0]}
    table = Table("figure", "median", "limit", title=f"{len(questions)} questions, {options.runs} runs")
    for name, value in figures.items():
        limit = LIMITS.get(name)
        style = "red" if limit is not None and value > limit else ""
        table.add_row(name, f"{value:.1f}", "" if limit is None else f"{limit:g}", style=style)
    console.print(table)
    if options.json:
        options.json.write_text(json.dumps(figures, indent=1), encoding="utf-8")
    return int(any(figures[name] > limit for name, limit in LIMITS.items()))


if __name__ == "__main__":
    sys.exit(main())
