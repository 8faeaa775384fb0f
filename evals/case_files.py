"""Reads case files, YAML or JSON lines, and says of every mistake in which file, line and field it lies."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeVar

import yaml
from pydantic import BaseModel, ValidationError

SUFFIXES = (".yaml", ".jsonl")
_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

Model = TypeVar("Model", bound=BaseModel)


class CaseFileError(ValueError):
    """A case file is malformed; the message names the file, the line and the field."""

    def __init__(self, path: Path, message: str, *, line: int | None = None) -> None:
        super().__init__(f"{path}:{line}: {message}" if line else f"{path}: {message}")
        self.path, self.line = path, line


@dataclass(frozen=True, slots=True, kw_only=True)
class RawCase:
    """One entry of a file as it was read."""

    number: int
    """Of the entry, from 1."""
    line: int
    data: Mapping[str, Any]
    lines: Mapping[str, int] = field(default_factory=dict)
    """Line of each field."""


def case_path(folder: Path, name: str) -> Path:
    """The file of a set.

    Raises:
        CaseFileError: If there is none.
    """
    for suffix in SUFFIXES:
        if (path := folder / f"{name}{suffix}").exists():
            return path
    raise CaseFileError(folder / f"{name}.yaml", "there is no such file")


def read_models(path: Path, model: type[Model], **defaults: Any) -> list[Model]:
    """The validated entries of a file; `defaults` stand in for fields that an entry leaves out.

    Raises:
        CaseFileError: For the first entry that does not fit, and for an id that stands twice.
    """
    found: list[Model] = []
    ids: dict[str, int] = {}
    for raw in read_cases(path):
        model_case = _validate(path, raw, model, defaults)
        identity = str(raw.data["id"])
        if identity in ids:
            message = f"case {raw.number} ({identity}): id: stands already in line {ids[identity]}"
            raise CaseFileError(path, message, line=raw.lines.get("id", raw.line))
        ids[identity] = raw.line
        found.append(model_case)
    return found


def read_cases(path: Path) -> Iterator[RawCase]:
    """The entries of a file, not yet validated.

    Raises:
        CaseFileError: If it cannot be read, or is no list of entries.
    """
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as exc:
        raise CaseFileError(path, f"cannot be read: {exc}") from exc
    yield from _json_lines(path, text) if path.suffix == ".jsonl" else _yaml(path, text)


def read_json(path: Path) -> Any:
    """The content of a JSON file.

    Raises:
        CaseFileError: If it cannot be read.
    """
    try:
        return json.loads(path.read_text(encoding="utf-8"))
    except json.JSONDecodeError as exc:
        raise CaseFileError(path, exc.msg, line=exc.lineno) from exc
    except (OSError, UnicodeDecodeError) as exc:
        raise CaseFileError(path, f"cannot be read: {exc}") from exc


def _yaml(path: Path, text: str) -> Iterator[RawCase]:
    try:
        root = yaml.compose(text, Loader=_LOADER)
    except yaml.MarkedYAMLError as exc:
        line = exc.problem_mark.line + 1 if exc.problem_mark else None
        raise CaseFileError(path, f"no YAML: {exc.problem or exc}", line=line) from exc
    except yaml.YAMLError as exc:
        raise CaseFileError(path, f"no YAML: {exc}") from exc
    top = _fields(root)
    cases = top.get("cases")
    if not isinstance(cases, yaml.SequenceNode):
        raise CaseFileError(path, "a case file holds `day` and a list `cases`", line=1)
    shared = {name: _value(node) for name, node in top.items() if name != "cases"}
    for number, node in enumerate(cases.value, start=1):
        line = node.start_mark.line + 1
        fields = _fields(node)
        if not fields:
            raise CaseFileError(path, f"case {number}: holds no fields: {_value(node)!r:.60}", line=line)
        lines = {key.value: key.start_mark.line + 1 for key, _ in node.value}
        yield RawCase(number=number, line=line, data={**shared, **_value(node)}, lines=lines)


def _fields(node: yaml.Node | None) -> dict[str, yaml.Node]:
    return {key.value: value for key, value in node.value} if isinstance(node, yaml.MappingNode) else {}


def _value(node: yaml.Node) -> Any:
    constructor = _LOADER("")
    try:
        return constructor.construct_document(node)
    finally:
        constructor.dispose()


def _json_lines(path: Path, text: str) -> Iterator[RawCase]:
    """One object a line; empty lines are left out."""
    for line, row in enumerate(text.split("\n"), start=1):
        if not row.strip():
            continue
        try:
            data = json.loads(row)
        except json.JSONDecodeError as exc:
            raise CaseFileError(path, f"no JSON: {exc.msg} at character {exc.colno}", line=line) from exc
        if not isinstance(data, dict):
            raise CaseFileError(path, f"an object is expected, not {row.strip()!r:.60}", line=line)
        yield RawCase(number=line, line=line, data=data)


def _validate(path: Path, raw: RawCase, model: type[Model], defaults: Mapping[str, Any]) -> Model:
    try:
        return model(**{**defaults, **raw.data})
    except ValidationError as exc:
        first = exc.errors()[0]
        where: Sequence[str | int] = first["loc"]
        message = first["msg"].removeprefix("Value error, ")
        line = raw.lines.get(str(where[0]), raw.line) if where else raw.line
        named = raw.data.get("id", "without id")
        place = ".".join(map(str, where)) or "as a whole"
        raise CaseFileError(path, f"case {raw.number} ({named}): {place}: {message}", line=line) from exc
    except TypeError as exc:  # a key that is no text
        raise CaseFileError(path, f"case {raw.number}: {exc}", line=raw.line) from exc
