"""Asks a system the cases of a run, one after another, and keeps everything that comes back."""

from __future__ import annotations

import os
import platform
import subprocess
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import asdict
from datetime import UTC, datetime
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

from evals.cases import Case
from evals.runs import AnyCase, Appender, Manifest, Output, Run, RunError, run_name
from evals.sets import digest_of
from evals.systems import CaseFailed, System, SystemGone

ROOT = Path(__file__).parents[1]
FAILURES_IN_A_ROW = 5
"""So many cases that fail one after another end the run: the system is down, not the case difficult."""
LIBRARIES = (
    "clusterlotse",
    "numpy",
    "bm25s",
    "chromadb",
    "llama-index-core",
    "PyStemmer",
    "sentencex",
    "rapidfuzz",
    "ranx",
)
SAME_SYSTEM = ("reached", "index", "corpus_digest", "version")
"""What must not have changed when a run is continued."""

Advance = Callable[[], None]


def new_run(
    output: Path,
    cases_by_set: Mapping[str, Sequence[AnyCase]],
    sources: Mapping[str, str],
    system: System,
    *,
    repeats: int,
) -> Run:
    """Make the folder of a run that is about to be asked."""
    now = datetime.now(UTC)
    manifest = Manifest(
        name=run_name(list(cases_by_set), now=now),
        started_at=now.isoformat(timespec="seconds"),
        sets={
            name: {"cases": len(cases), "source": sources[name], "digest": digest_of(cases)}
            for name, cases in cases_by_set.items()
        },
        repeats=repeats,
        system={**system.record, "versions": versions()},
        machine=machine(),
    )
    return Run.create(output, [case for cases in cases_by_set.values() for case in cases], manifest)


def check_same_system(run: Run, system: System) -> None:
    """Make sure that a run is continued with the system with which it began.

    Raises:
        RunError: Naming what has changed; one run must speak of one system.
    """
    before = run.manifest.system
    changed = [name for name in SAME_SYSTEM if before.get(name) != system.record.get(name)]
    if changed:
        named = ", ".join(f"{name} was {before.get(name)!r} and is {system.record.get(name)!r}" for name in changed)
        raise RunError(f"{run.name} cannot be continued, the system is another: {named}")


def ask_all(run: Run, system: System, *, advance: Advance = lambda: None) -> None:
    """Ask what the run still lacks; returns when everything was asked, or the system is gone (`run.manifest.stopped`)."""
    run.drop_failed_outputs()
    done = {output.key for output in run.outputs()}
    for _ in done:
        advance()
    run.manifest.stopped = None
    failures = 0
    texts = _Texts(run, system)
    with run.appending("outputs.jsonl") as outputs, run.appending("texts.jsonl") as stored:
        for repeat in range(run.manifest.repeats):
            for case in run.cases():
                if (case.set, case.id, repeat) in done:
                    continue
                try:
                    output = _ask(case, repeat, system)
                    texts.keep(output, stored)
                except SystemGone as exc:
                    _stop(run, str(exc))
                    return
                outputs.add(asdict(output))
                advance()
                failures = failures + 1 if output.error else 0
                if failures >= FAILURES_IN_A_ROW:
                    _stop(run, f"{failures} cases failed one after another; the last one: {output.error}")
                    return
    run.manifest.finished_at = datetime.now(UTC).isoformat(timespec="seconds")
    run.save_manifest()


def _ask(case: AnyCase, repeat: int, system: System) -> Output:
    asked_at = datetime.now(UTC).isoformat(timespec="milliseconds")
    try:
        answered = system.ask(case)
    except SystemGone:
        raise
    except Exception as exc:  # whatever the pipeline raises is its failure at this case; the next one is asked
        why = str(exc) if isinstance(exc, CaseFailed) else f"{type(exc).__name__}: {exc}"
        return Output(
            set=case.set, case=case.id, repeat=repeat, asked_at=asked_at, elapsed_ms=0.0, payload=None, error=why
        )  # fmt: skip
    return Output(
        set=case.set, case=case.id, repeat=repeat, asked_at=asked_at, elapsed_ms=answered.elapsed_ms, payload=answered.payload
    )  # fmt: skip


def _stop(run: Run, why: str) -> None:
    run.manifest.stopped = why
    run.save_manifest()


class _Texts:
    """Keeps the text of every cited document version once."""

    def __init__(self, run: Run, system: System) -> None:
        self._system = system
        self._known = {(i, text.version_id) for i, texts in run.texts().items() for text in texts}
        self._asked: set[tuple[str, str]] = set()

    def keep(self, output: Output, stored: Appender) -> None:
        """Store the texts that this output's citations point into."""
        for citation in (output.payload or {}).get("citations") or ():
            key = (str(citation.get("document_id")), str(citation.get("version_id")))
            if key in self._known or key in self._asked:
                continue
            self._asked.add(key)  # asked once, whatever comes back: a version that is gone does not come again
            text = self._system.text(key[0])
            if text is not None and (key[0], text.version_id) not in self._known:
                self._known.add((key[0], text.version_id))
                stored.add({"document_id": key[0], "version_id": text.version_id, "text": text.text})


# --- what a run records of its surroundings --------------------------------------------------------------------------


def versions() -> dict[str, str]:
    """Versions of what answers, and the state of the checkout where there is one."""
    found = {"python": platform.python_version()}
    for name in LIBRARIES:
        try:
            found[name] = version(name)
        except PackageNotFoundError:
            continue
    try:
        described = subprocess.run(
            ["git", "--no-optional-locks", "-C", str(ROOT), "describe", "--always", "--dirty"],
            capture_output=True, text=True, timeout=10, check=True,
        )  # fmt: skip
        found["checkout"] = described.stdout.strip()
    except (OSError, subprocess.SubprocessError):
        pass  # installed without a checkout
    return found


def machine() -> dict[str, Any]:
    """What times depend on."""
    return {"system": platform.system(), "processor": platform.machine(), "cores": os.cpu_count()}


def unknown_sources(cases: Iterable[AnyCase], system: System) -> list[str]:
    """Documents that cases expect to be cited and that the system does not hold."""
    wanted = dict.fromkeys(i for case in cases if isinstance(case, Case) for i in case.documents)
    return [i for i in wanted if system.text(i) is None and system.text(f"{i}.en") is None]
