"""Checks of `corpus/questions/*.yaml`: every group of sample questions belongs to just one sentence of its sheet."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Annotated

import yaml
from pydantic import Field, ValidationError

from assistant.ingest.fact_sheet import Strict
from assistant.ingest.sheets import Finding, Sheet, error, line_in_yaml

Text = Annotated[str, Field(min_length=3)]


class Group(Strict):
    """Ways in which people ask for one sentence."""

    sentence: Text
    """A piece of the German sentence that stands in no other sentence of the sheet."""
    de: Annotated[tuple[Text, ...], Field(min_length=1)]
    en: Annotated[tuple[Text, ...], Field(min_length=1)]


class QuestionFile(Strict):
    """All sample questions of a German sheet and its translation."""

    document: str
    questions: tuple[Group, ...]


def check_questions(folder: Path, sheets: Mapping[str, Sheet]) -> Iterator[Finding]:
    """Check the files of sample questions against the sheets, given by id; nothing to find where there is none."""
    for path in sorted(folder.glob("*.yaml")):
        yield from _check_file(path, sheets)


def _check_file(path: Path, sheets: Mapping[str, Sheet]) -> Iterator[Finding]:
    try:
        text = path.read_text(encoding="utf-8")
        file = QuestionFile.model_validate(yaml.load(text, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader)))
    except ValidationError as exc:
        for problem in exc.errors():
            where = ".".join(map(str, problem["loc"]))
            yield error(path, f"{where}: {problem['msg']}", line_in_yaml(text, problem["loc"]))
        return
    except Exception as exc:  # PyYAML lets through errors of dates and numbers that do not exist
        yield error(path, f"no valid YAML: {exc}")
        return
    sheet = sheets.get(file.document)
    if sheet is None or sheet.front.lang != "de":
        yield error(path, f"document {file.document!r} is no German sheet", line_in_yaml(text, ("document",)))
        return
    for number, group in enumerate(file.questions):
        count = sum(group.sentence in line.text for line in sheet.sentences)
        if count != 1:
            line = line_in_yaml(text, ("questions", number, "sentence"))
            yield error(path, f"{group.sentence!r} stands in {count} sentences of {file.document}, not in one", line)
