"""The text of a reply as blocks of pieces, for pages without JavaScript; `bots/web/scripts/answer.js` does the same in the browser."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass

_HEADING = re.compile(r"\*\*([^*]+)\*\*")
_MARKERS = re.compile(r"((?:\s?\[\d{1,3}\])+)")
_LAST_WORD = re.compile(r"\S{0,20}$")


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """Words and the numbers of the citations behind them, or the address behind a next step."""

    words: str
    last_word: str = ""
    """Stays on one line with the numbers; not part of `words`."""
    numbers: tuple[int, ...] = ()
    url: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerBlock:
    """A heading, a paragraph, or the items of one list."""

    is_list: bool
    lines: tuple[tuple[Piece, ...], ...]
    """One for a heading or a paragraph."""
    is_heading: bool = False


_NO_STEPS: Mapping[str, str | None] = {}


def answer_blocks(text: str, known: Collection[int], steps: Mapping[str, str | None] = _NO_STEPS) -> list[AnswerBlock]:
    """Cut a reply's text into headings, paragraphs and lists.

    Args:
        text: Of the reply.
        known: Numbers of its citations; any other number is part of the words.
        steps: Addresses of next steps by the line that they belong to.
    """
    blocks: list[AnswerBlock] = []
    for line in text.split("\n"):
        if not line.strip():
            continue
        heading = _HEADING.fullmatch(line)
        if heading:
            blocks.append(AnswerBlock(is_list=False, is_heading=True, lines=((Piece(words=heading[1]),),)))
            continue
        is_item = line.startswith("- ")
        pieces = _pieces(line[2:] if is_item else line, known)
        if url := steps.get(line):
            pieces = (*pieces, Piece(words=" ", url=url))
        if is_item and blocks and blocks[-1].is_list:
            blocks[-1] = AnswerBlock(is_list=True, lines=(*blocks[-1].lines, pieces))
        else:
            blocks.append(AnswerBlock(is_list=is_item, lines=(pieces,)))
    return blocks


def _pieces(line: str, known: Collection[int]) -> tuple[Piece, ...]:
    pieces: list[Piece] = []
    words = ""
    for position, part in enumerate(_MARKERS.split(line)):
        numbers = tuple(int(number) for number in re.findall(r"\d+", part)) if position % 2 else ()
        if not numbers or not all(number in known for number in numbers):
            words += part
            continue
        match = _LAST_WORD.search(words)
        last_word = match[0] if match else ""
        pieces.append(Piece(words=words[: len(words) - len(last_word)], last_word=last_word, numbers=numbers))
        words = ""
    if words:
        pieces.append(Piece(words=words))
    return tuple(pieces)
