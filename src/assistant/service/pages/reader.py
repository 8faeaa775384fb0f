"""A canonical text as something to read: headings, paragraphs, lists, with the numbers of its sources and the quoted words marked."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from assistant.domain.values import Section, Sentence, Span, Version

BlockKind = Literal["heading", "paragraph", "item"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """A stretch of text with one look."""

    text: str
    is_marked: bool = False
    sources: tuple[int, ...] = ()
    """Numbers, from 1, that follow it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """A line of the canonical text."""

    kind: BlockKind
    runs: tuple[Run, ...]
    level: int = 0
    """Of a heading, 1 for the highest."""
    anchor: str = ""
    """Of a heading."""

    @property
    def text(self) -> str:
        """Its words."""
        return "".join(run.text for run in self.runs)


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """A heading, a paragraph, or the items of one list."""

    kind: BlockKind
    blocks: tuple[Block, ...]


def read(version: Version, marked: Span | None = None) -> list[Group]:
    """The text in groups, in order; every character but line ends and list marks is in exactly one run."""
    groups: list[Group] = []
    for block in _blocks(version, marked or Span(start=0, end=0)):
        if groups and block.kind == "item" and groups[-1].kind == "item":
            groups[-1] = Group(kind="item", blocks=(*groups[-1].blocks, block))
        else:
            groups.append(Group(kind=block.kind, blocks=(block,)))
    return groups


def outline(groups: Sequence[Group]) -> list[Block]:
    """The headings, in order."""
    return [block for group in groups if group.kind == "heading" for block in group.blocks]


def parse_span(text: str | None, length: int) -> Span | None:
    """Read "start-end"; None where it is no range of a text of that length."""
    start, _, end = (text or "").partition("-")
    if not (start.isascii() and start.isdigit() and end.isascii() and end.isdigit()) or len(start) + len(end) > 20:
        return None
    span = Span(start=int(start), end=int(end))
    return span if span.start < span.end <= length else None


def _blocks(version: Version, marked: Span) -> Iterator[Block]:
    headings = {section.start: section for section in version.outline}
    sentences = {sentence.start: sentence for sentence in version.sentences}
    start = 0
    for line in version.text.split("\n"):
        end = start + len(line)
        if line.strip():
            yield _block(version.text, start, end, headings.get(start), sentences, marked)
        start = end + 1


def _block(
    text: str, start: int, end: int, heading: Section | None, sentences: dict[int, Sentence], marked: Span
) -> Block:
    if heading is not None:
        runs = tuple(_marked(text, start, end, marked))
        return Block(kind="heading", runs=runs, level=heading.level, anchor=f"s{heading.start}")
    is_item = text.startswith("- ", start)
    runs = tuple(_runs(text, start + 2 if is_item else start, end, sentences, marked))
    return Block(kind="item" if is_item else "paragraph", runs=runs)


def _runs(text: str, start: int, end: int, sentences: dict[int, Sentence], marked: Span) -> Iterator[Run]:
    """A line's sentences, each followed by the numbers of its sources, and what stands between them."""
    at = start
    while at < end:
        sentence = sentences.get(at)
        if sentence is not None:
            stop = min(sentence.end, end)
        else:
            stop = next((position for position in range(at + 1, end) if position in sentences), end)
        pieces = list(_marked(text, at, stop, marked))
        if sentence is not None and sentence.sources:
            numbers = tuple(source + 1 for source in sentence.sources)
            pieces[-1] = Run(text=pieces[-1].text, is_marked=pieces[-1].is_marked, sources=numbers)
        yield from pieces
        at = stop


def _marked(text: str, start: int, end: int, marked: Span) -> Iterator[Run]:
    """The slice, cut where the marked words begin and end."""
    first, last = max(start, marked.start), min(end, marked.end)
    if first >= last:
        yield Run(text=text[start:end])
        return
    if start < first:
        yield Run(text=text[start:first])
    yield Run(text=text[first:last], is_marked=True)
    if last < end:
        yield Run(text=text[last:end])
