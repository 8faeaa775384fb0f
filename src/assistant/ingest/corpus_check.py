"""Checks of the corpus: each fact sheet, what the sheets say of one another, translations that drifted apart, glossary, sample questions."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import Literal

from pydantic import ValidationError

from assistant.ingest.fact_sheet import FactSheetError, FrontMatter
from assistant.ingest.glossary_check import check_glossary
from assistant.ingest.questions_check import check_questions
from assistant.ingest.sheet_check import check_sheet
from assistant.ingest.sheets import Finding, Sheet, error, problems, read_sheet, sheet_paths
from assistant.language.quantities import quantities

__all__ = ["Finding", "Sheet", "check_corpus", "main", "read_sheet", "sheet_paths"]


def check_corpus(corpus: Path, *, today: date) -> list[Finding]:
    """Check every sheet below `corpus`, what they say of one another, the glossary and the sample questions."""
    sheets: dict[str, Sheet] = {}
    findings: list[Finding] = []
    for path in sheet_paths(corpus):
        try:
            sheet = read_sheet(path)
        except FactSheetError as exc:
            line = re.search(r"\bline (\d+)", str(exc))
            findings.append(error(path, str(exc), int(line[1]) if line else 1))
            continue
        except ValidationError as exc:
            findings.extend(problems(path, path.read_text(encoding="utf-8-sig"), exc))
            continue
        except UnicodeDecodeError as exc:
            findings.append(
                error(path, f"not written in UTF-8: {exc.reason}", exc.object.count(b"\n", 0, exc.start) + 1)
            )
            continue
        if sheet.front.id in sheets:
            other = sheets[sheet.front.id].path
            findings.append(error(path, f"id {sheet.front.id!r} is also used by {other}", sheet.line_of("id")))
        sheets[sheet.front.id] = sheet
        findings.extend(check_sheet(sheet, today=today))
    if not sheets and not findings:
        findings.append(error(corpus, "no fact sheet found"))
    for sheet in sheets.values():
        findings.extend(_check_references(sheet, sheets))
    findings.extend(_check_authorities(sheets.values()))
    findings.extend(_check_english(sheets.values()))
    findings.extend(check_glossary(corpus / "glossary.yaml"))
    findings.extend(check_questions(corpus / "questions", sheets))
    return findings


def _check_authorities(sheets: Iterable[Sheet]) -> Iterator[Finding]:
    """One address has one authority, in whatever sheet it stands."""
    first: dict[str, tuple[str, Sheet]] = {}
    for sheet in sheets:
        for index, source in enumerate(sheet.front.sources):
            authority, other = first.setdefault(source.url, (source.authority, sheet))
            if authority != source.authority:
                message = f"{source.url} is {source.authority!r} here, but {authority!r} in {other.path}"
                yield error(sheet.path, message, sheet.line_of("sources", index))


def _check_english(sheets: Iterable[Sheet]) -> Iterator[Finding]:
    """Policy, clusters, networks and Hamburg's own programmes stand in English too."""
    sheets = list(sheets)
    translated = {sheet.front.translation_of for sheet in sheets if sheet.front.lang == "en"}
    for sheet in sheets:
        front = sheet.front
        is_hamburgs = front.kind != "funding" or (front.terms is not None and front.terms.level == "hamburg")
        if front.lang == "de" and is_hamburgs and front.id not in translated:
            yield error(sheet.path, "its English sheet is missing", sheet.line_of("id"))


def _check_references(sheet: Sheet, sheets: dict[str, Sheet]) -> Iterator[Finding]:
    front = sheet.front
    for target in _referenced_ids(front):
        if target not in sheets:
            yield error(sheet.path, f"points at {target!r}, which does not exist", _line_with(sheet, target))
    if front.lang == "en":
        original = sheets.get(front.translation_of or "")
        if original is None or original.front.lang != "de":
            message = f"translation_of {front.translation_of!r} is no German sheet"
            yield error(sheet.path, message, sheet.line_of("translation_of"))
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


def _line_with(sheet: Sheet, text: str) -> int:
    return next((number for number, line in enumerate(sheet.text.splitlines(), start=1) if text in line), 1)


def _check_translation(sheet: Sheet, original: Sheet) -> Iterator[Finding]:
    ours, theirs = sheet.sentences, original.sentences
    for name in ("kind", "status", "valid_from", "valid_until"):
        if getattr(sheet.front, name) != getattr(original.front, name):
            yield error(sheet.path, f"{name} differs from the German sheet", sheet.line_of(name))
    if [s.url for s in sheet.front.sources] != [s.url for s in original.front.sources]:
        yield error(sheet.path, "the list of sources differs from the German sheet", sheet.line_of("sources"))
    if len(ours) != len(theirs):
        yield error(sheet.path, f"{len(ours)} sentences, the German sheet has {len(theirs)}")
        return
    if _heading_levels(sheet) != _heading_levels(original):
        yield error(sheet.path, "headings do not follow the German sheet")
    for line, german in zip(ours, theirs, strict=True):
        if (line.sources, line.label) != (german.sources, german.label):
            message = f"marks or label differ from line {german.number} of the German sheet"
            yield error(sheet.path, message, line.number)
        here, there = _figures(line.text, "en"), _figures(german.text, "de")
        if here != there:
            missing, extra = sorted(there - here), sorted(here - there)
            message = f"figures differ from German line {german.number}: missing {missing}, extra {extra}"
            yield error(sheet.path, message, line.number)


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
