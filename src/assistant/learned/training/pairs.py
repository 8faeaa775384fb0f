"""Pairs of texts that mean the same or belong together, from which the embedder learns."""

from __future__ import annotations

import json
import random
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise, product
from pathlib import Path
from typing import Any, NamedTuple

import yaml

from assistant.domain.values import LANGUAGES, Language
from assistant.ingest.sheets import read_sheet, sheet_paths

WINDOW = 6
"""Lines of a page that make one text."""
_NO_HEADING_END = re.compile(r"[.!:,;]$")


class Pair(NamedTuple):
    """Two texts that belong together; texts of one group are never taken as counter-examples of each other."""

    one: str
    other: str
    group: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """A municipal page in one or both languages; line k of one is line k of the other where the counts agree."""

    page_id: str
    titles: dict[Language, str]
    lines: dict[Language, list[str]]

    @property
    def is_aligned(self) -> bool:
        """Whether both languages are there, line by line."""
        return len(self.lines) == 2 and len(self.lines["de"]) == len(self.lines["en"])


def load_pages(folder: Path, *, without: frozenset[str]) -> dict[str, Page]:
    """All pages of the OMoS-QA files by id, those in `without` left out."""
    pages: dict[str, Page] = {}
    for row in _rows(folder / "pages.de-en.jsonl"):
        texts = {language: row[language] for language in LANGUAGES if row.get(language)}
        pages[str(row["page_id"])] = Page(
            page_id=str(row["page_id"]),
            titles={language: text["title"] for language, text in texts.items()},
            lines={language: text["lines"] for language, text in texts.items()},
        )
    for name in ("train", "silver"):
        for language in LANGUAGES:
            for row in _rows(folder / f"{name}.{language}.jsonl"):
                page = pages.setdefault(str(row["page_id"]), Page(page_id=str(row["page_id"]), titles={}, lines={}))
                if row["lines"]:
                    page.titles.setdefault(language, row["lines"][0])
                    page.lines.setdefault(language, row["lines"])
    return {page_id: page for page_id, page in pages.items() if page_id not in without}


def page_pairs(pages: dict[str, Page]) -> Iterator[Pair]:
    """Titles with what stands below, headings with their section, and lines with their translation."""
    for page in pages.values():
        for language, lines in page.lines.items():
            for text in _windows(lines):
                yield Pair(page.titles[language], text, page.page_id)
            for i, line in enumerate(lines[:-1]):
                if len(line) < 80 and (line.endswith("?") or not _NO_HEADING_END.search(line)):
                    yield Pair(line, " ".join(lines[i + 1 : i + 4]), page.page_id)
        if len(page.lines) == 2:
            yield Pair(page.titles["de"], page.titles["en"], page.page_id)
            for own, other in (("de", "en"), ("en", "de")):
                for text in _windows(page.lines[other]):  # type: ignore[index]
                    yield Pair(page.titles[own], text, page.page_id)  # type: ignore[index]
        for german, english in _aligned_lines(page):
            yield Pair(german, english, page.page_id)


def question_pairs(folder: Path, pages: dict[str, Page]) -> Iterator[Pair]:
    """Questions with the part of the page that answers, in both languages, and with their translation."""
    by_id: dict[Language, dict[str, str]] = {"de": {}, "en": {}}
    for name, repeat in (("silver", 1), ("train", 2)):
        for language in LANGUAGES:
            for row in _rows(folder / f"{name}.{language}.jsonl"):
                page = pages.get(str(row["page_id"]))
                if page is None or language not in page.lines:
                    continue
                if name == "train":
                    by_id[language][f"{row['page_id']} {row['id']}"] = row["question"]
                for text in _answers(row, page, language):
                    yield from [Pair(row["question"], text, page.page_id)] * repeat
    for key, german in by_id["de"].items():
        if key in by_id["en"]:
            yield Pair(german, by_id["en"][key], key.split()[0])


def _answers(row: dict[str, Any], page: Page, language: Language) -> Iterator[str]:
    lines: list[str] = row["lines"]
    right = [i for i in row["answer_lines"] or () if i < len(lines)]
    if not right:
        yield from [f"{page.titles[language]} {text}" for text in _windows(lines)][:1]
        return
    first, last = max(0, min(right) - 2), max(right) + 2
    yield f"{page.titles[language]} {' '.join(lines[first:last][:10])}"
    yield " ".join(lines[i] for i in right[:6])
    if page.is_aligned and len(lines) == len(page.lines[language]):
        other: Language = "en" if language == "de" else "de"
        yield f"{page.titles[other]} {' '.join(page.lines[other][first:last][:10])}"


def lexicon_pairs(path: Path, chance: random.Random) -> Iterator[Pair]:
    """German words with English words of one meaning, with a German synonym, and with the English definition."""
    for concept, german, english, definition in _lexicon(path):
        for word in german[:3]:
            yield Pair(word, chance.choice(english), concept)
        yield Pair(" ".join(german[:3]), " ".join(english[:3]), concept)
        yield Pair(german[0], definition, concept)
        if len(german) > 1:
            yield Pair(german[0], german[1], concept)


def corpus_pairs(corpus: Path) -> Iterator[Pair]:
    """The project's own sheets: headings with what follows, sentences with their translation, glossary terms of one entry."""
    by_id = {sheet.front.id: sheet for sheet in map(read_sheet, sheet_paths(corpus))}
    for sheet_id, sheet in by_id.items():
        heading = ""
        below: list[str] = []
        for line in [*sheet.lines]:
            if line.kind == "heading":
                if heading and below:
                    yield Pair(heading, " ".join(below[:3]), sheet_id)
                heading, below = line.text, []
            elif line.text:
                below.append(line.text)
        english = by_id.get(f"{sheet_id}.en")
        if english is not None:
            for german_line, english_line in zip(sheet.sentences, english.sentences, strict=True):
                yield Pair(german_line.text, english_line.text, sheet_id)
    entries = yaml.safe_load((corpus / "glossary.yaml").read_text(encoding="utf-8"))["entries"]
    for number, entry in enumerate(entries):
        terms = [*entry.get("de", ()), *entry.get("en", ())]
        for one, other in pairwise(terms):
            yield Pair(one, other, f"glossary {number}")


def sample_pairs(corpus: Path) -> Iterator[Pair]:
    """Sample questions with the sentence they belong to, in both languages, and with one another."""
    sentences = {
        (sheet.front.id.removesuffix(".en"), sheet.front.lang): [line.text for line in sheet.sentences]
        for sheet in map(read_sheet, sheet_paths(corpus))
    }
    for path in sorted((corpus / "questions").glob("*.yaml")):
        data = yaml.safe_load(path.read_text(encoding="utf-8"))
        german = sentences[data["document"], "de"]
        for entry in data["questions"]:
            number = next(i for i, text in enumerate(german) if entry["sentence"] in text)
            group = f"{data['document']} {number}"
            texts = [sentences[data["document"], language][number] for language in LANGUAGES]
            for language in LANGUAGES:
                for question, text in product(entry[language], texts):
                    yield Pair(question, text, group)
            questions = [*entry["de"], *entry["en"]]
            for one, next_one in pairwise(questions):
                yield Pair(one, next_one, group)


def english_of(folder: Path, lexicon: Path, corpus: Path, pages: dict[str, Page]) -> dict[str, str]:
    """For texts of either language an English text of the same meaning; what a teacher that knows only English is shown."""
    found: dict[str, str] = {}
    for page in pages.values():
        for text in (page.titles.get("en", ""), *page.lines.get("en", ())):
            found[text] = text
        if len(page.titles) == 2:
            found.setdefault(page.titles["de"], page.titles["en"])
        for german, english in _aligned_lines(page):
            found.setdefault(german, english)
    for name in ("silver", "train"):
        for row in _rows(folder / f"{name}.en.jsonl"):
            if str(row["page_id"]) in pages:
                found[row["question"]] = row["question"]
    for _, german_words, english_words, definition in _lexicon(lexicon):
        for word in english_words:
            found.setdefault(word, word)
        for word in german_words:
            found.setdefault(word, english_words[0])
        found.setdefault(definition, definition)
    by_id = {sheet.front.id: sheet for sheet in map(read_sheet, sheet_paths(corpus))}
    for sheet_id, sheet in by_id.items():
        english_sheet = by_id.get(f"{sheet_id}.en")
        if english_sheet is not None:
            for german_line, english_line in zip(sheet.sentences, english_sheet.sentences, strict=True):
                found.setdefault(german_line.text, english_line.text)
                found.setdefault(english_line.text, english_line.text)
    return {text: english for text, english in found.items() if len(text) > 1 and len(english) > 1}


def _aligned_lines(page: Page) -> Iterator[tuple[str, str]]:
    if page.is_aligned:
        for german, english in zip(page.lines["de"], page.lines["en"], strict=True):
            if len(german) > 8 and german != english:
                yield german, english


def _lexicon(path: Path) -> Iterator[tuple[str, list[str], list[str], str]]:
    for line in path.read_text(encoding="utf-8").splitlines()[1:]:
        concept, _, german, english, definition = line.split("\t")
        yield concept, german.split(" | "), english.split(" | "), definition


def _windows(lines: Sequence[str]) -> Iterator[str]:
    for start in range(0, len(lines), WINDOW):
        text = " ".join(lines[start : start + WINDOW])
        if len(text) > 30:
            yield text


def _rows(path: Path) -> Iterator[dict[str, Any]]:
    for line in path.read_text(encoding="utf-8").splitlines():
        yield json.loads(line)


def page_ids(path: Path) -> frozenset[str]:
    """Ids of the pages that a file of questions is about."""
    return frozenset(str(row["page_id"]) for row in _rows(path))
