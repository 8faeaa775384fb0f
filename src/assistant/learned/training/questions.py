"""The project's own judged questions on its fact sheets, written for training; the evaluation cases are others."""

from __future__ import annotations

import random
from dataclasses import dataclass
from pathlib import Path

import yaml

from assistant.domain.values import LANGUAGES, Language
from assistant.ingest.sheets import read_sheet, sheet_paths

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


def sampled_questions(corpus: Path, chance: random.Random, *, count: int) -> list[JudgedQuestion]:
    """Some of the corpus's sample questions as judged ones; each is answered by the sentence it belongs to."""
    found: list[JudgedQuestion] = []
    sentences = {
        (sheet.front.id.removesuffix(".en"), sheet.front.lang): [line.text for line in sheet.sentences]
        for sheet in map(read_sheet, sheet_paths(corpus))
    }
    for path in sorted((corpus / "questions").glob("*.yaml")):
        data = yaml.safe_load(path.read_text(encoding="utf-8"))
        german = sentences[data["document"], "de"]
        for entry in data["questions"]:
            number = next(i for i, text in enumerate(german) if entry["sentence"] in text)
            for language in LANGUAGES:
                evidence = (sentences[data["document"], language][number],)
                found += [
                    JudgedQuestion(
                        text=text, language=language, document=data["document"], evidence=evidence, style="sample"
                    )
                    for text in entry[language]
                ]
    return chance.sample(found, min(count, len(found)))


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
