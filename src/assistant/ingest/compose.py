"""From blocks to one canonical text with exact offsets: outline, sentences and pages are slices of it."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from assistant.domain.values import BlockKind, Language, Page, Section, Sentence, Span
from assistant.language.normalise import canonical_text
from assistant.language.sentences import sentence_spans

MAX_SENTENCE = 1000
"""Characters after which a text without full stops is cut at a comma or blank: nobody can check a longer quotation."""
MAX_RUN = 20_000
"""Characters that are searched for sentences at a time; the splitter takes time with the square of the length."""
_COMPOUND = re.compile(r"(?<=\w)[-‐]\n\s*(?=[A-ZÄÖÜ\d])")
_ENUMERATOR = re.compile(r"\(?(?:\d{1,2}|[a-z]{1,2}|[ivx]{1,4})[.)]\s+(?=\S)")
"""At the start of a block; the splitter would take "1." for a sentence, and "(1)" for an open bracket."""
_SURROGATE = re.compile("[\ud800-\udfff]")
_PREFERRED_CUTS = ("; ", ". ", ", ", " ")


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


class Extracted(NamedTuple):
    """What a loader found in a file."""

    title: str | None
    blocks: list[Block]


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
        self._pieces: list[str] = []
        self._length = 0
        self._last: BlockKind | None = None
        self._headings: list[tuple[int, str, int]] = []
        self._sentences: list[Sentence] = []
        self._page_starts: list[tuple[int, int]] = []

    def add(self, block: Block) -> None:
        parts = [Part(text=one_line(p.text), sources=p.sources, label=p.label) for p in block.parts] or [
            Part(text=one_line(block.text))
        ]
        parts = [part for part in parts if part.text]
        if not parts:
            return
        if self._length:
            close = block.kind == self._last and block.kind in ("list", "table")
            self._write("\n" if close else "\n\n")
        if block.page is not None and (not self._page_starts or self._page_starts[-1][0] != block.page):
            self._page_starts.append((block.page, self._length))
        if block.kind == "heading":
            self._headings.append((block.level, parts[0].text, self._length))
            self._write(parts[0].text)
        else:
            if block.kind == "list":
                self._write("- ")
            for number, part in enumerate(parts):
                self._add_part(part, block, known=bool(block.parts), first=number == 0)
        self._last = block.kind

    def _write(self, text: str) -> None:
        self._pieces.append(text)
        self._length += len(text)

    def _add_part(self, part: Part, block: Block, *, known: bool, first: bool) -> None:
        if not first:
            self._write(" ")
        start = self._length
        self._write(part.text)
        if known:
            self._sentences.append(
                Sentence(start=start, end=self._length, block=block.kind, sources=part.sources, label=part.label)
            )
            return
        whole = [Span(start=0, end=len(part.text))]
        for span in whole if block.kind == "table" else _spans(part.text, self._language):
            for piece in _cut_long(part.text, span):
                self._sentences.append(Sentence(start=start + piece.start, end=start + piece.end, block=block.kind))

    def finish(self) -> Composed:
        text = "".join(self._pieces)
        return Composed(text, tuple(self._outline(text)), tuple(self._sentences), tuple(self._pages(text)))

    def _outline(self, text: str) -> Iterable[Section]:
        ends = [len(text)] * len(self._headings)
        still_open: list[int] = []
        for number, (level, _, start) in enumerate(self._headings):
            while still_open and self._headings[still_open[-1]][0] >= level:
                ends[still_open.pop()] = start
            still_open.append(number)
        path: list[tuple[int, str]] = []
        for (level, title, start), end in zip(self._headings, ends, strict=True):
            path = [*(p for p in path if p[0] < level), (level, title)]
            yield Section(
                level=level, title=title, path=tuple(t for _, t in path), start=start, end=_without_blanks(text, end)
            )

    def _pages(self, text: str) -> Iterable[Page]:
        for number, (page, start) in enumerate(self._page_starts):
            end = self._page_starts[number + 1][1] if number + 1 < len(self._page_starts) else len(text)
            yield Page(number=page, start=start, end=_without_blanks(text, end))


def one_line(text: str) -> str:
    """Canonical text on one line; a compound cut behind its own hyphen ("Luftfahrt-", "Cluster") gets no blank."""
    return " ".join(_COMPOUND.sub("-", canonical_text(_SURROGATE.sub("\ufffd", text))).split())


def page_at(pages: Sequence[Page], offset: int) -> int | None:
    """The page on which an offset lies, or None for a document without pages."""
    position = bisect_right(pages, offset, key=lambda page: page.start)
    return pages[position - 1].number if position else None


def _spans(text: str, language: Language) -> Iterable[Span]:
    """The sentences of one block, searched in runs of bounded length; its enumerator belongs to the first."""
    enumerator = _ENUMERATOR.match(text)
    start = enumerator.end() if enumerator else 0
    first: int | None = 0
    while start < len(text):
        end = start + MAX_RUN
        if end < len(text):
            end = next((found + 1 for cut in (". ", " ") if (found := text.rfind(cut, start + 1, end)) > 0), end)
        for span in sentence_spans(text[start:end], language):
            yield Span(start=start + span.start if first is None else first, end=start + span.end)
            first = None
        start = end


def _cut_long(text: str, span: Span) -> Iterable[Span]:
    """The span, or pieces of it of at most `MAX_SENTENCE` characters."""
    start, end = span.start, span.end
    while end - start > MAX_SENTENCE:
        latest = start + MAX_SENTENCE
        found = (text.rfind(cut, start + MAX_SENTENCE // 2, latest) + len(cut) - 1 for cut in _PREFERRED_CUTS)
        cut = next((position for position in found if position > start + MAX_SENTENCE // 2), latest)
        yield Span(start=start, end=cut)
        start = cut + 1 if text[cut] == " " else cut
    yield Span(start=start, end=end)


def _without_blanks(text: str, end: int) -> int:
    """`end`, moved before the blanks that precede it."""
    while end > 0 and text[end - 1].isspace():
        end -= 1
    return end
