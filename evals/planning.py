"""What is to be asked, and of whom: own sets, an outside suite, or the rest of a run that was stopped."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

from assistant.config import Settings
from evals.cases import FOLDER
from evals.runs import AnyCase, Run, RunError
from evals.sets import FAST_SETS, load_set, present_sets, source_of
from evals.suites.beir import load_beir
from evals.suites.omos import load_omos
from evals.suites.own_questions import load_own_questions
from evals.suites.squad import load_squad
from evals.suites.suite import Suite
from evals.suites.temporary import Progress
from evals.systems import IN_PROCESS, OverHttp, System, open_in_process

ALL, FAST = "all", "fast"
SUITES: Mapping[str, Callable[[Path], Suite]] = {
    "squad": load_squad,
    "beir": load_beir,
    "omos": load_omos,
    "own": load_own_questions,
}

OpenSystem = Callable[[Progress], AbstractContextManager[System]]


class PlanError(ValueError):
    """What was asked for cannot be planned; the message says why."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """Cases by set, the file each set comes from, and how to reach the system that is asked."""

    cases_by_set: Mapping[str, Sequence[AnyCase]]
    sources: Mapping[str, str]
    open: OpenSystem

    @property
    def cases(self) -> list[AnyCase]:
        """All cases, set by set."""
        return [case for cases in self.cases_by_set.values() for case in cases]


def plan_sets(names: Sequence[str], *, settings: Settings, url: str | None, folder: Path = FOLDER) -> Plan:
    """Ask own sets; `all` and `fast` stand for several, no name for all.

    Raises:
        CaseFileError: If a set is unknown or malformed.
    """
    there = present_sets(folder)
    chosen: list[str] = []
    for name in names or (ALL,):
        chosen += there if name == ALL else [n for n in FAST_SETS if n in there] if name == FAST else [name]
    cases = {name: load_set(name, folder=folder) for name in dict.fromkeys(chosen)}
    return Plan(
        cases_by_set=cases,
        sources={name: source_of(name, folder=folder) for name in cases},
        open=_deployed(settings, url),
    )


def plan_suite(name: str, path: Path, *, settings: Settings, url: str | None) -> Plan:
    """Ask an outside suite.

    Raises:
        PlanError: If it cannot be asked of the service at an address.
        CaseFileError: If the file is malformed.
    """
    suite = SUITES[name](path)
    if suite.open is not None and url is not None:
        raise PlanError(f"{name} needs an index of its own and is asked in this process; leave --url out")
    return Plan(
        cases_by_set={name: suite.cases},
        sources={name: str(path.resolve())},
        open=suite.open or _deployed(settings, url),
    )


def plan_rest(run: Run, *, settings: Settings) -> Plan:
    """Reach the system again that a run was asking; its cases are those that the run holds.

    Raises:
        RunError: If the file of its suite is gone.
        CaseFileError: If that file is malformed by now.
    """
    reached = str(run.manifest.system.get("reached"))
    cases: dict[str, list[AnyCase]] = {name: [] for name in run.manifest.sets}
    for case in run.cases():
        cases[case.set].append(case)
    sources = {name: str(entry["source"]) for name, entry in run.manifest.sets.items()}
    if reached.startswith(("http://", "https://")) or reached == IN_PROCESS:
        open_system = _deployed(settings, None if reached == IN_PROCESS else reached)
    else:
        (name,) = run.manifest.sets
        path = Path(sources[name])
        if not path.exists():
            raise RunError(f"{run.name} cannot be continued: {path} is gone, from which its index was built")
        suite = SUITES[name](path)
        assert suite.open is not None, "only suites with an index of their own are reached this way"
        open_system = suite.open
    return Plan(cases_by_set=cases, sources=sources, open=open_system)


def _deployed(settings: Settings, url: str | None) -> OpenSystem:
    """The pipeline as it is deployed: the service at an address, or the active index in this process."""

    @contextmanager
    def open_system(progress: Progress) -> Iterator[System]:
        progress("open", 0, 1)
        if url is None:
            yield open_in_process(settings)
        else:
            with closing(OverHttp(url)) as service:
                yield service

    return open_system
