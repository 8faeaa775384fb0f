"""Checks of `corpus/glossary.yaml`: words that stand for one another when a question is searched."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, Any, Literal

import yaml
from pydantic import Field, ValidationError

from assistant.ingest.fact_sheet import Strict
from assistant.ingest.sheets import Finding, error, line_in_yaml
from assistant.language.normalise import fold

MAX_WORDS = 5
"""Longer terms are never found in a question."""
MAX_ENTRIES = 2
"""A term in more entries would pull in too many other words."""

Term = Annotated[str, Field(min_length=2)]


class Entry(Strict):
    """Terms that stand for one another."""

    kind: Literal["synonym", "abbreviation", "everyday", "pair", "former_name"]
    de: tuple[Term, ...] = ()
    en: tuple[Term, ...] = ()
    weight: float = Field(default=1.0, ge=0.1, le=1.0)
    """How much the other terms count beside the one that was asked for."""


def check_glossary(path: Path) -> list[Finding]:
    """Check the glossary; nothing to find where there is none."""
    if not path.exists():
        return []
    try:
        text = path.read_text(encoding="utf-8")
        data = yaml.load(text, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))
    except Exception as exc:  # PyYAML lets through errors of dates and numbers that do not exist
        return [error(path, f"no valid YAML: {exc}")]
    root: tuple[str | int, ...] = ()
    if isinstance(data, dict) and set(data) == {"entries"}:
        data, root = data["entries"], ("entries",)
    if not isinstance(data, list):
        return [error(path, "expected a list of entries")]
    return list(_check_entries(path, text, data, root))


def _check_entries(path: Path, text: str, data: list[Any], root: tuple[str | int, ...]) -> Iterator[Finding]:
    places: dict[str, list[int]] = defaultdict(list)
    for number, raw in enumerate(data):
        line = line_in_yaml(text, (*root, number))
        try:
            entry = Entry.model_validate(raw)
        except ValidationError as exc:
            for problem in exc.errors():
                where = ".".join(map(str, problem["loc"]))
                yield error(path, f"{_name(number, raw)}: {where}: {problem['msg']}", line)
            continue
        for message in _problems(entry):
            yield error(path, f"{_name(number, raw)}: {message}", line)
        for term in {fold(term) for term in (*entry.de, *entry.en)}:
            places[term].append(number)
    for term, numbers in places.items():
        if len(numbers) > MAX_ENTRIES:
            others = ", ".join(str(number + 1) for number in numbers)
            line = line_in_yaml(text, (*root, numbers[-1]))
            message = f"{term!r} stands in {len(numbers)} entries ({others}), at most {MAX_ENTRIES}"
            yield error(path, f"{_name(numbers[-1], data[numbers[-1]])}: {message}", line)


def _problems(entry: Entry) -> Iterator[str]:
    if len(entry.de) + len(entry.en) < 2:
        yield "a single term stands for nothing else"
    for language, terms in (("de", entry.de), ("en", entry.en)):
        folded = [fold(term) for term in terms]
        for position, term in enumerate(terms):
            if folded.index(folded[position]) < position:
                yield f"{term!r} stands twice in {language}"
            if len(term.split()) > MAX_WORDS:
                yield f"{term!r} has {len(term.split())} words, at most {MAX_WORDS}"


def _name(number: int, raw: Any) -> str:
    """How a person finds the entry: its number and first term."""
    terms = [*(raw.get("de") or ()), *(raw.get("en") or ())] if isinstance(raw, dict) else []
    return f"entry {number + 1}" + (f" ({terms[0]})" if terms else "")
