"""The project's own judged questions on its fact sheets, written for training; the evaluation cases are others."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import yaml

from assistant.domain.values import Language

FOLDER = Path(__file__).parent / "questions"


@dataclass(frozen=True, slots=True, kw_only=True)
class JudgedQuestion:
    """A question and what answers it."""

    text: str
    language: Language
    document: str
    """Id without language suffix of the sheet that it was written for."""
    evidence: tuple[str, ...]
    """A piece of each sentence that belongs to the answer, best first; empty where no sheet answers."""
    style: str = "plain"
    named: bool = True


def load_judged_questions(folder: Path = FOLDER) -> list[JudgedQuestion]:
    """All judged questions, ordered by file."""
    found: list[JudgedQuestion] = []
    for path in sorted(folder.glob("*.yaml")):
        data = yaml.safe_load(path.read_text(encoding="utf-8"))
        for row in data["questions"]:
            found.append(
                JudgedQuestion(
                    text=row["q"],
                    language=row["lang"],
                    document=data["document"],
                    evidence=tuple(row["evidence"]),
                    style=row["style"],
                    named=row.get("named", True),
                )
            )
        for row in data["unanswerable"]:
            found.append(JudgedQuestion(text=row["q"], language=row["lang"], document=data["document"], evidence=()))
    return found
