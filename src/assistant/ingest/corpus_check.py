"""Checks of the fact sheets: format, sources, dates, cross-references, and translations that have drifted apart."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ValidationError

from assistant.ingest import fact_sheet
from assistant.ingest.fact_sheet import FactSheetError, FrontMatter, Line
from assistant.language.quantities import quantities

FOLDERS = {"policy": "policy", "clusters": "cluster", "networks": "network", "funding": "funding"}
MAX_WORDS = 45
_ENDED_WORDS = re.compile(
    r"beendet|eingestellt|ausgelaufen|abgelaufen|geschlossen|vorbei|endete|ended|closed|expired|discontinued|ceased|over\b",
    re.I,
)
_GAPS = re.compile(r"nicht ermittelt|nicht auffindbar|not determined|could not be determined", re.I)
_DANGLING = re.compile(
    r"^(Er|Sie|Es|Dies|Dieser|Diese|Dieses|Das|Dazu|Damit|Davon|Dabei|Dort|It|They|This|These|That|There)\s(?!ist\b.*,|is\b.*\bwho)"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One thing to mend; an `error` fails the check, a `warning` asks for a look."""

    path: Path
    line: int
    level: Literal["error", "warning"]
    message: str

    def __str__(self) -> str:
        return f"{self.path}:{self.line}: {self.level}: {self.message}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """A fact sheet as read: front matter and lines."""

    path: Path
    front: FrontMatter
    lines: tuple[Line, ...]

    @property
    def sentences(self) -> list[Line]:
        """The lines that state something, in order."""
        return [line for line in self.lines if line.kind in ("item", "sentence")]


def sheet_paths(corpus: Path) -> list[Path]:
    """All fact sheets below a corpus folder, sorted."""
    return sorted(path for folder in FOLDERS for path in (corpus / folder).glob("*.md"))


def read_sheet(path: Path) -> Sheet:
    """Read one sheet.

    Raises:
        FactSheetError: If the format is broken.
        pydantic.ValidationError: If the front matter does not fit.
    """
    data, body, first_line = fact_sheet.split_front_matter(path.read_text(encoding="utf-8"))
    front = FrontMatter.model_validate(data)
    return Sheet(path=path, front=front, lines=tuple(fact_sheet.read_lines(body, first_line=first_line)))


def check_corpus(corpus: Path, *, today: date) -> list[Finding]:
    """Check every sheet below `corpus` and what they say of one another."""
    sheets: dict[str, Sheet] = {}
    findings: list[Finding] = []
    for path in sheet_paths(corpus):
        try:
            sheet = read_sheet(path)
        except FactSheetError as exc:
            findings.append(_error(path, str(exc)))
            continue
        except ValidationError as exc:
            for problem in exc.errors():
                where = ".".join(str(part) for part in problem["loc"])
                findings.append(_error(path, f"front matter {where}: {problem['msg']} ({problem.get('input')!r:.60})"))
            continue
        if sheet.front.id in sheets:
            findings.append(_error(path, f"id {sheet.front.id!r} is also used by {sheets[sheet.front.id].path}"))
        sheets[sheet.front.id] = sheet
        findings.extend(_check_sheet(sheet, today=today))
    if not sheets and not findings:
        findings.append(_error(corpus, "no fact sheet found"))
    for sheet in sheets.values():
        findings.extend(_check_references(sheet, sheets))
    return findings


def _error(path: Path, message: str, line: int = 1) -> Finding:
    return Finding(path=path, line=line, level="error", message=message)


def _warning(path: Path, message: str, line: int = 1) -> Finding:
    return Finding(path=path, line=line, level="warning", message=message)


def _check_sheet(sheet: Sheet, *, today: date) -> Iterator[Finding]:
    yield from _check_place(sheet, today=today)
    yield from _check_sources(sheet)
    yield from _check_sentences(sheet)
    yield from _check_labels(sheet)


def _check_place(sheet: Sheet, *, today: date) -> Iterator[Finding]:
    front, path = sheet.front, sheet.path
    expected = f"{path.parent.name}/{path.stem.removesuffix('.' + front.lang)}" + (".en" if front.lang == "en" else "")
    if path.suffixes[-2:] != [f".{front.lang}", ".md"] or front.id != expected:
        yield _error(
            path, f"id {front.id!r} and language {front.lang!r} do not fit the file's name (expected {expected!r})"
        )
    if FOLDERS[path.parent.name] != front.kind:
        yield _error(path, f"kind {front.kind!r} lies in folder {path.parent.name!r}")
    if front.checked > today:
        yield _error(path, f"checked on {front.checked}, which is in the future")
    if front.valid_from and front.valid_until and front.valid_from > front.valid_until + "-99":
        yield _error(path, f"valid_from {front.valid_from} lies after valid_until {front.valid_until}")
    if front.lang == "de" and front.kind in ("cluster", "network") and front.profile is None:
        yield _error(path, "a cluster or network needs a profile")
    if front.lang == "de" and front.kind == "funding" and front.terms is None:
        yield _error(path, "a programme needs terms")
    if front.lang == "en" and (front.profile or front.terms):
        yield _error(path, "profile and terms stand in the German sheet only")
    if front.status == "ended" and not any(_ENDED_WORDS.search(line.text) for line in sheet.sentences):
        yield _error(path, "status is ended, but no sentence says so")


def _check_sources(sheet: Sheet) -> Iterator[Finding]:
    count = len(sheet.front.sources)
    used: set[int] = set()
    for line in sheet.sentences:
        used.update(line.sources)
        for number in line.sources:
            if not 0 <= number < count:
                yield _error(sheet.path, f"mark [{number + 1}] has no source", line.number)
    for index, source in enumerate(sheet.front.sources):
        if index not in used:
            yield _warning(sheet.path, f"source [{index + 1}] {source.publisher} is never used")
    ranks = [["official", "organisation", "press", "private"].index(s.authority) for s in sheet.front.sources]
    if any(rank == 0 for rank in ranks) and ranks[0] != 0:
        yield _error(sheet.path, "official sources come first")


def _check_sentences(sheet: Sheet) -> Iterator[Finding]:
    if not sheet.sentences:
        yield _error(sheet.path, "the sheet states nothing")
    for line in sheet.sentences:
        if len(line.text.split()) > MAX_WORDS:
            yield _warning(sheet.path, f"sentence of {len(line.text.split())} words, at most {MAX_WORDS}", line.number)
        if line.text[-1:] not in '.!?:…“”"':
            yield _error(sheet.path, f"sentence does not end with a full stop: …{line.text[-30:]!r}", line.number)
        if _GAPS.search(line.text):
            yield _error(sheet.path, "what was not found stays out", line.number)
        if _DANGLING.match(line.text):
            yield _warning(sheet.path, f"cannot be quoted alone, name the subject: {line.text[:40]!r}", line.number)
    seen: dict[str, int] = {}
    for line in sheet.sentences:
        if line.text in seen:
            yield _error(sheet.path, f"same sentence as line {seen[line.text]}", line.number)
        seen[line.text] = line.number


def _check_labels(sheet: Sheet) -> Iterator[Finding]:
    lines: dict[str, Line] = {}
    for line in sheet.sentences:
        if line.label is None:
            continue
        if line.label in lines:
            yield _error(sheet.path, f"label {line.label!r} stands twice", line.number)
        lines[line.label] = line
    facts = sheet.front.profile or sheet.front.terms
    for stated in _stated_values(facts):
        if stated.sentence not in lines:
            yield _error(sheet.path, f"typed value points at the missing label {stated.sentence!r}")
            continue
        line = lines[stated.sentence]
        for number in _numbers_of(stated):
            if not _states_number(line.text, number):
                yield _error(
                    sheet.path,
                    f"{type(stated).__name__}: {number:g} does not stand in the sentence {stated.sentence!r}",
                    line.number,
                )


def _stated_values(facts: object) -> Iterator[fact_sheet.Stated]:
    if isinstance(facts, fact_sheet.Stated):
        yield facts
    if isinstance(facts, BaseModel):
        for name in type(facts).model_fields:
            yield from _stated_values(getattr(facts, name))
    elif isinstance(facts, tuple):
        for item in facts:
            yield from _stated_values(item)


def _numbers_of(stated: fact_sheet.Stated) -> list[float]:
    """The figures of a typed value that must stand in its sentence."""
    match stated:
        case fact_sheet.Year():
            return [stated.year]
        case fact_sheet.Members():
            return [stated.count]
        case fact_sheet.Limit():
            return [stated.max_eur]
        case fact_sheet.Rate():
            return [p for p in (stated.min_percent, stated.max_percent) if p is not None]
        case fact_sheet.Amount():
            return [stated.eur]
        case fact_sheet.OwnShare():
            return [stated.min_percent]
        case _:
            return []  # staff and age limits are often worded ("weniger als fünf"), so their figure may differ by one


def _states_number(text: str, number: float) -> bool:
    for quantity in quantities(text):
        for token in re.findall(r"\d+(?:\.\d+)?", quantity.value.replace("-", " ")):
            if float(token) == float(number):
                return True
    return bool(re.search(rf"\b{int(number)}\b", text)) if float(number).is_integer() else False


def _check_references(sheet: Sheet, sheets: dict[str, Sheet]) -> Iterator[Finding]:
    front = sheet.front
    for target in _referenced_ids(front):
        if target not in sheets:
            yield _error(sheet.path, f"points at {target!r}, which does not exist")
    if front.lang == "en":
        original = sheets.get(front.translation_of or "")
        if original is None or original.front.lang != "de":
            yield _error(sheet.path, f"translation_of {front.translation_of!r} is no German sheet")
        else:
            yield from _check_translation(sheet, original)


def _referenced_ids(front: FrontMatter) -> Iterable[str]:
    if front.profile:
        yield from (o.instead for o in front.profile.outside if o.instead)
        yield from (s.id for s in (*front.profile.successor, *front.profile.part_of))
    if front.terms:
        yield from front.terms.clusters
        yield from front.terms.look_alikes
        yield from (s.id for s in front.terms.successor)
        yield from (c.with_ for c in front.terms.combination if "/" in c.with_)


def _check_translation(sheet: Sheet, original: Sheet) -> Iterator[Finding]:
    ours, theirs = sheet.sentences, original.sentences
    for name in ("kind", "status", "valid_from", "valid_until"):
        if getattr(sheet.front, name) != getattr(original.front, name):
            yield _error(sheet.path, f"{name} differs from the German sheet")
    if [s.url for s in sheet.front.sources] != [s.url for s in original.front.sources]:
        yield _error(sheet.path, "the list of sources differs from the German sheet")
    if len(ours) != len(theirs):
        yield _error(sheet.path, f"{len(ours)} sentences, the German sheet has {len(theirs)}")
        return
    if _heading_levels(sheet) != _heading_levels(original):
        yield _error(sheet.path, "headings do not follow the German sheet")
    for line, german in zip(ours, theirs, strict=True):
        if (line.sources, line.label) != (german.sources, german.label):
            yield _error(
                sheet.path, f"marks or label differ from line {german.number} of the German sheet", line.number
            )
        here, there = _figures(line.text, "en"), _figures(german.text, "de")
        if here != there:
            missing, extra = sorted(there - here), sorted(here - there)
            yield _error(
                sheet.path,
                f"figures differ from German line {german.number}: missing {missing}, extra {extra}",
                line.number,
            )


def _heading_levels(sheet: Sheet) -> list[int]:
    return [line.level for line in sheet.lines if line.kind == "heading"]


def _figures(text: str, language: Literal["de", "en"]) -> set[str]:
    """Quantities that must survive a translation; small plain numbers may be words in one language."""
    return {
        f"{q.kind} {q.value}" for q in quantities(text, language) if q.kind not in ("number", "url", "phone", "email")
    }


def main(arguments: Sequence[str]) -> int:
    """Print the findings for a corpus folder; return 1 when there is an error."""
    findings = check_corpus(Path(arguments[0] if arguments else "corpus"), today=date.today())
    for finding in findings:
        print(finding)
    return int(any(finding.level == "error" for finding in findings))


if __name__ == "__main__":
    import sys

    raise SystemExit(main(sys.argv[1:]))
