"""From blocks to one canonical text with exact offsets: outline, sentences and pages are slices of it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from assistant.domain.values import BlockKind, Language, Page, Section, Sentence
from assistant.language.normalise import canonical_text
from assistant.language.sentences import sentence_spans


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """A sentence that a loader already knows, with its sources and label."""

    text: str
    sources: tuple[int, ...] = ()
    label: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """A heading, a paragraph, a list item or a table row, as a loader found it."""

    kind: BlockKind
    text: str = ""
    level: int = 0
    """Of a heading, 1 for the highest."""
    page: int | None = None
    parts: tuple[Part, ...] = ()
    """The block's sentences where the loader knows them; otherwise they are found in `text`."""


class Composed(NamedTuple):
    """A document's text and what lies where in it."""

    text: str
    outline: tuple[Section, ...]
    sentences: tuple[Sentence, ...]
    pages: tuple[Page, ...]


def compose(blocks: Iterable[Block], language: Language) -> Composed:
    """Join blocks into the canonical text. List items keep "- " before them, outside their sentences.

    A table row reads "Header: cell; Header: cell" as its loader wrote it: quoted alone it still says which figure is which.
    """
    writer = _Writer(language)
    for block in blocks:
        writer.add(block)
    return writer.finish()


class _Writer:
    def __init__(self, language: Language) -> None:
        self._language = language
        self._text = ""
        self._last: BlockKind | None = None
        self._headings: list[tuple[int, str, int]] = []
        self._sentences: list[Sentence] = []
        self._page_starts: list[tuple[int, int]] = []

    def add(self, block: Block) -> None:
        parts = [Part(text=_one_line(p.text), sources=p.sources, label=p.label) for p in block.parts] or [
            Part(text=_one_line(block.text))
        ]
        parts = [part for part in parts if part.text]
        if not parts:
            return
        if self._text:
            close = block.kind == self._last and block.kind in ("list", "table")
            self._text += "\n" if close else "\n\n"
        if block.page is not None and (not self._page_starts or self._page_starts[-1][0] != block.page):
            self._page_starts.append((block.page, len(self._text)))
        if block.kind == "heading":
            self._headings.append((block.level, parts[0].text, len(self._text)))
            self._text += parts[0].text
        else:
            if block.kind == "list":
                self._text += "- "
            for number, part in enumerate(parts):
                self._add_part(part, block, known=bool(block.parts), first=number == 0)
        self._last = block.kind

    def _add_part(self, part: Part, block: Block, *, known: bool, first: bool) -> None:
        if not first:
            self._text += " "
        start = len(self._text)
        self._text += part.text
        if known or block.kind == "table":
            self._sentences.append(
                Sentence(start=start, end=len(self._text), block=block.kind, sources=part.sources, label=part.label)
            )
            return
        for span in sentence_spans(part.text, self._language):
            self._sentences.append(Sentence(start=start + span.start, end=start + span.end, block=block.kind))

    def finish(self) -> Composed:
        return Composed(self._text, tuple(self._outline()), tuple(self._sentences), tuple(self._pages()))

    def _outline(self) -> Iterable[Section]:
        path: list[tuple[int, str]] = []
        for number, (level, title, start) in enumerate(self._headings):
            path = [*(p for p in path if p[0] < level), (level, title)]
            end = next((s for lv, _, s in self._headings[number + 1 :] if lv <= level), len(self._text))
            yield Section(
                level=level,
                title=title,
                path=tuple(t for _, t in path),
                start=start,
                end=len(self._text[:end].rstrip()),
            )

    def _pages(self) -> Iterable[Page]:
        for number, (page, start) in enumerate(self._page_starts):
            end = self._page_starts[number + 1][1] if number + 1 < len(self._page_starts) else len(self._text)
            yield Page(number=page, start=start, end=len(self._text[:end].rstrip()))


def _one_line(text: str) -> str:
    return " ".join(canonical_text(text).split())


def page_at(pages: Sequence[Page], offset: int) -> int | None:
    """The page on which an offset lies, or None for a document without pages."""
    return next((page.number for page in reversed(pages) if page.start <= offset), None)
