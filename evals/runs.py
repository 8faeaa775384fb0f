"""Runs: what was asked of which system, and what came back, in a dated folder.

Layout of a run::

    manifest.json     sets, system, versions, repeats; written at the start and at the end
    cases.jsonl       the cases as they were asked
    outputs.jsonl     one line per case and repetition, appended as it comes in, so that a stopped run keeps what it has
    texts.jsonl       canonical text of every cited document, so that quotations can be checked again later
    scores.jsonl      one line per output; written by scoring, which can be repeated without asking again
    judgements.jsonl  of a model, where one was asked
    report.html, report.json, report.md, report.en.md, figures.json
    summary.json      the same figures, of a complete run of own sets only
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated, Any, NamedTuple

from pydantic import Field, TypeAdapter, ValidationError

from evals.cases import Case
from evals.company_cases import FundingCase, MatchingCase
from evals.suites.suite_cases import LineCase, RankingCase, SpanCase

FORMAT = 1
AnyCase = Case | MatchingCase | FundingCase | SpanCase | RankingCase | LineCase
_CASE: TypeAdapter[AnyCase] = TypeAdapter(Annotated[AnyCase, Field(discriminator="kind")])


class RunError(ValueError):
    """A run cannot be found, read or continued; the message says why."""


class StoredText(NamedTuple):
    """A document's canonical text in one version."""

    version_id: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Output:
    """What came back for one case in one repetition."""

    set: str
    case: str
    """Id within the set."""
    repeat: int
    """From 0."""
    asked_at: str
    elapsed_ms: float
    """Until the last reply was there, as the one who asked measures it."""
    payload: Mapping[str, Any] | None
    """A reply as it travels over HTTP; for the outside suites their own form. None where the system failed."""
    error: str | None = None

    @property
    def key(self) -> tuple[str, str, int]:
        """Identity within a run."""
        return self.set, self.case, self.repeat


@dataclass(slots=True, kw_only=True)
class Manifest:
    """What a run is; see the fields of `asdict` in `manifest.json`."""

    name: str
    started_at: str
    finished_at: str | None = None
    sets: dict[str, dict[str, Any]]
    """By name: how many cases, from which file, and the digest of the cases."""
    repeats: int
    system: dict[str, Any]
    """How it was reached, its settings, corpus digest, index generation and versions."""
    machine: dict[str, Any] = field(default_factory=dict)
    stopped: str | None = None
    """Why the run ended before its time."""
    format: int = FORMAT

    @property
    def planned(self) -> int:
        """How many outputs a whole run holds."""
        return self.repeats * sum(int(entry["cases"]) for entry in self.sets.values())


class Run:
    """One run's folder."""

    def __init__(self, folder: Path, manifest: Manifest) -> None:
        self.folder = folder
        self.manifest = manifest

    # --- making ---

    @classmethod
    def create(cls, output: Path, cases: Sequence[AnyCase], manifest: Manifest) -> Run:
        """Make the folder `output/NAME` with the cases; a number is added where the name is taken."""
        output.mkdir(parents=True, exist_ok=True)
        wanted, number = manifest.name, 1
        while True:
            try:
                (output / manifest.name).mkdir()
                break
            except FileExistsError:
                number += 1
                manifest.name = f"{wanted}-{number}"
        run = cls(output / manifest.name, manifest)
        run.save_cases(cases)
        run.save_manifest()
        return run

    @classmethod
    def open(cls, folder: Path) -> Run:
        """Open a run.

        Raises:
            RunError: If there is none, or it is of another format.
        """
        try:
            data = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
            manifest = Manifest(**data)
        except (OSError, ValueError, TypeError) as exc:
            raise RunError(f"{folder} holds no run: {exc}") from exc
        if manifest.format != FORMAT:
            raise RunError(f"{folder} is a run of format {manifest.format}; this version reads format {FORMAT}")
        return cls(folder, manifest)

    def save_manifest(self) -> None:
        """Write the manifest in one step."""
        write_whole(self.folder / "manifest.json", json.dumps(asdict(self.manifest), ensure_ascii=False, indent=1))

    def save_cases(self, cases: Sequence[AnyCase]) -> None:
        """Write the cases in one step."""
        write_whole(self.folder / "cases.jsonl", "".join(f"{case.model_dump_json()}\n" for case in cases))

    # --- reading ---

    @property
    def name(self) -> str:
        """The folder's name."""
        return self.folder.name

    def cases(self) -> list[AnyCase]:
        """The cases as they were asked.

        Raises:
            RunError: If they cannot be read any more.
        """
        try:
            with (self.folder / "cases.jsonl").open(encoding="utf-8") as file:
                return [_CASE.validate_json(line) for line in file]
        except (OSError, ValidationError) as exc:
            raise RunError(f"the cases of {self.folder} cannot be read: {exc}") from exc

    def outputs(self) -> Iterator[Output]:
        """What came back, in the order it was asked; a line that was cut off is left out."""
        for row in self._rows("outputs.jsonl"):
            yield Output(**row)

    def texts(self) -> dict[str, list[StoredText]]:
        """Texts of cited documents by id; several where a document changed while the run went on."""
        found: dict[str, list[StoredText]] = {}
        for row in self._rows("texts.jsonl"):
            found.setdefault(row["document_id"], []).append(StoredText(row["version_id"], row["text"]))
        return found

    def scores(self) -> Iterator[dict[str, Any]]:
        """What scoring wrote: `set`, `case`, `repeat`, `scores`."""
        yield from self._rows("scores.jsonl")

    def judgements(self) -> Iterator[dict[str, Any]]:
        """What a model judged."""
        yield from self._rows("judgements.jsonl")

    @property
    def is_complete(self) -> bool:
        """Whether every case was answered in every repetition."""
        return sum(output.error is None for output in self.outputs()) == self.manifest.planned

    def _rows(self, name: str) -> Iterator[dict[str, Any]]:
        try:
            with (self.folder / name).open(encoding="utf-8") as file:
                for line in file:
                    if line.endswith("\n"):
                        yield json.loads(line)
        except FileNotFoundError:
            return

    # --- appending ---

    def appending(self, name: str) -> Appender:
        """A file of JSON lines to append to."""
        return Appender(self.folder / name)

    def drop_failed_outputs(self) -> None:
        """Forget outputs without a payload, so that continuing the run asks for them again."""
        kept = [output for output in self.outputs() if output.error is None]
        write_lines(self.folder / "outputs.jsonl", (asdict(output) for output in kept))


class Appender:
    """Appends JSON lines, each there for good when `add` returns; use as a context manager."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def __enter__(self) -> Appender:
        _cut_half_line(self._path)
        self._file = self._path.open("a", encoding="utf-8")
        return self

    def __exit__(self, *exc: object) -> None:
        self._file.close()

    def add(self, row: Mapping[str, Any]) -> None:
        """Append one line."""
        self._file.write(json.dumps(row, ensure_ascii=False, default=str) + "\n")
        self._file.flush()


def _cut_half_line(path: Path) -> None:
    """Remove what a killed process left of its last line."""
    if not path.exists():
        return
    with path.open("rb+") as file:
        size = file.seek(0, os.SEEK_END)
        position = size
        while position > 0:
            start = max(0, position - 65536)
            file.seek(start)
            end = file.read(position - start).rfind(b"\n")
            if end >= 0:
                file.truncate(start + end + 1)
                return
            position = start
        file.truncate(0)


def write_whole(path: Path, text: str) -> None:
    """Replace a file in one step: whoever reads sees the old content or the new."""
    temporary = path.with_name(f".{path.name}.{os.getpid()}.tmp")
    temporary.write_text(text, encoding="utf-8")
    temporary.replace(path)


def write_lines(path: Path, rows: Iterable[Mapping[str, Any]]) -> None:
    """Replace a file of JSON lines in one step."""
    temporary = path.with_name(f".{path.name}.{os.getpid()}.tmp")
    with temporary.open("w", encoding="utf-8") as file:
        for row in rows:
            file.write(json.dumps(row, ensure_ascii=False, default=str) + "\n")
    temporary.replace(path)


def run_name(sets: Sequence[str], *, now: datetime) -> str:
    """Such as `20261123-101500-qa`; only the time where more than two sets are asked."""
    stamp = f"{now.astimezone(UTC):%Y%m%d-%H%M%S}"
    return "-".join([stamp, *sets]) if len(sets) <= 2 else stamp


def list_runs(output: Path) -> list[Run]:
    """All runs below a folder, newest first; what is none is left out."""
    found: list[Run] = []
    for path in output.glob("*/manifest.json"):
        try:
            found.append(Run.open(path.parent))
        except RunError:
            continue
    return sorted(found, key=lambda run: (run.manifest.started_at, run.name), reverse=True)


def find_run(named: str, output: Path) -> Run:
    """A run by its folder, by its name below `output`, or as `latest` or `previous`.

    Raises:
        RunError: If there is none.
    """
    if named in ("latest", "previous"):
        runs = list_runs(output)
        position = 0 if named == "latest" else 1
        if len(runs) <= position:
            raise RunError(f"{output} holds {len(runs)} runs; there is no {named} one")
        return runs[position]
    for folder in (output / named, Path(named)):
        if (folder / "manifest.json").exists():
            return Run.open(folder)
    raise RunError(
        f"there is no run {named!r}, neither below {output} nor as a folder; `assistant eval runs` lists them"
    )
