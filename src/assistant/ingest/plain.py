"""Plain text: paragraphs, lists and numbered headings."""

from __future__ import annotations

import re

from assistant.ingest.compose import Block
from assistant.ingest.html import Extracted
from assistant.language.normalise import canonical_text

_ITEM = re.compile(r"^\s*(?:[-*•–]|\d{1,2}\)|[a-z]\))\s+(.*)")
_NUMBERED_HEADING = re.compile(r"^(?:§+\s*\d+[a-z]?|\d{1,2}(?:\.\d{1,2}){0,3}\.?)\s+[^\W\d_][^.!?;:]{2,90}$")


def decode(raw: bytes) -> str:
    """Text of unknown encoding: by its mark, as UTF-8, or as Windows' western European, which never fails."""
    for mark, encoding in ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16")):
        if raw.startswith(mark):
            return raw.decode(encoding, errors="replace")
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        return raw.decode("cp1252", errors="replace")


def read_plain(text: str) -> Extracted:
    """Read text into blocks."""
    blocks = blocks_of_lines(canonical_text(text))
    return Extracted(next((block.text for block in blocks if block.text), None), blocks)


def blocks_of_lines(text: str, *, page: int | None = None) -> list[Block]:
    """Lines joined to paragraphs; items and numbered headings stand alone."""
    blocks: list[Block] = []
    paragraph: list[str] = []
    open_item = False

    def close() -> None:
        if paragraph:
            blocks.append(Block(kind="list" if open_item else "prose", text=" ".join(paragraph), page=page))
            paragraph.clear()

    for line in text.split("\n"):
        stripped = line.strip()
        item = _ITEM.match(line)
        if not stripped or item or _NUMBERED_HEADING.match(stripped):
            close()
            open_item = False
        if not stripped:
            continue
        if item:
            open_item = True
            paragraph.append(item[1].strip())
        elif _NUMBERED_HEADING.match(stripped):
            number = re.match(r"[\d.§ ]+", stripped)
            level = 2 + (number[0].strip(" .").count(".") if number else 0)
            blocks.append(Block(kind="heading", text=stripped, level=min(level, 5), page=page))
        else:
            paragraph.append(stripped)
    close()
    return blocks
