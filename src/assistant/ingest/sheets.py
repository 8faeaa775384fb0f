"""The fact sheets of a corpus folder as the checks see them, and what the checks find."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any, Literal

import yaml
from pydantic import ValidationError

from assistant.ingest import fact_sheet
from assistant.ingest.fact_sheet import FrontMatter, Line

FOLDERS = {"policy": "policy", "clusters": "cluster", "networks": "network", "funding": "funding"}
"""Folders of the corpus and the kind of document in each."""


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
    text: str
    """The whole file."""

    @property
    def sentences(self) -> list[Line]:
        """The lines that state something, in order."""
        return [line for line in self.lines if line.kind in ("item", "sentence")]

    def line_of(self, *keys: str | int) -> int:
        """The line on which a part of the front matter stands, such as `("sources", 2, "url")`."""
        return line_in_yaml(self.text, keys)


def error(path: Path, message: str, line: int = 1) -> Finding:
    """Something that must be mended."""
    return Finding(path=path, line=line, level="error", message=message)


def warning(path: Path, message: str, line: int = 1) -> Finding:
    """Something to look at."""
    return Finding(path=path, line=line, level="warning", message=message)


def sheet_paths(corpus: Path) -> list[Path]:
    """All fact sheets below a corpus folder, sorted."""
    return sorted(path for folder in FOLDERS for path in (corpus / folder).glob("*.md"))


def read_sheet(path: Path) -> Sheet:
    """Read one sheet.

    Raises:
        FactSheetError: If the format is broken.
        pydantic.ValidationError: If the front matter does not fit.
        UnicodeDecodeError: If it is not written in UTF-8.
    """
    text = path.read_text(encoding="utf-8-sig")
    data, body, first_line = fact_sheet.split_front_matter(text)
    front = FrontMatter.model_validate(data)
    return Sheet(path=path, front=front, lines=tuple(fact_sheet.read_lines(body, first_line=first_line)), text=text)


def problems(path: Path, text: str, invalid: ValidationError) -> list[Finding]:
    """What does not fit in the YAML at the start of a text, each with its line."""
    found: list[Finding] = []
    for problem in invalid.errors():
        where = ".".join(str(part) for part in problem["loc"])
        message = f"front matter {where}: {problem['msg']} ({problem.get('input')!r:.60})"
        found.append(error(path, message, line_in_yaml(text, problem["loc"])))
    return found


def line_in_yaml(text: str, keys: Sequence[str | int]) -> int:
    """The line, counted from 1, of a part of the first YAML document in a text; of the nearest part that exists."""
    node, line = _first_node(text), 0
    for key in keys:
        if isinstance(node, yaml.MappingNode):
            found = next(((name, value) for name, value in node.value if name.value == str(key)), None)
            if found is None:
                break
            line, node = found[0].start_mark.line, found[1]
        elif isinstance(node, yaml.SequenceNode) and isinstance(key, int) and key < len(node.value):
            node = node.value[key]
            line = node.start_mark.line
        else:
            break
    return int(line) + 1


@lru_cache(maxsize=8)
def _first_node(text: str) -> Any:
    try:
        return next(iter(yaml.compose_all(text, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))), None)
    except yaml.YAMLError:
        return None
