"""Plain text: paragraphs, lists and headings."""

from __future__ import annotations

import re

from assistant.domain.values import BlockKind
from assistant.ingest.compose import Block, Extracted
from assistant.language.normalise import canonical_text

MAX_HEADING = 90
_BULLET = re.compile(r"^[-*•–▪■●○◦‣➢✓]\s+(?P<text>\S.*)$")
_ENUMERATED = re.compile(r"^(?:\(?(?:\d{1,2}|[a-z]{1,2}|[ivx]{1,4})\)|\d{1,2}\.)\s+\S")
_MARK = re.compile(r"^(\(?)(\d{1,2}|[a-z])([.)])\s")
_NUMBER = re.compile(
    r"^(?:§+\s*\d+[a-z]?|(?:Artikel|Article|Art\.)\s+\d+|\d{1,2}(?:\.\d{1,2}){0,3}\.?)\s+(?=[„\"(]?[A-ZÄÖÜ])"
)
_NO_HEADING = re.compile(
    r"^\d{1,2}\.?\s+(?:Januar|Jänner|Februar|März|April|Mai|Juni|Juli|August|September|Oktober|November|Dezember|January|February|March|May|June|July|October|December|Prozent|Euro|EUR|Monate?n?|Jahre?n?|Tage?n?|Wochen|Mio|Mrd|Millionen|Uhr|Personen|Beschäftigte\w*|Unternehmen)\b"
)
_RULE = re.compile(r"^([-=_*~#.·–—])\1{2,}$")
_CONTENTS = re.compile(r"(?:\.\s?){4,}\s*\d{1,4}$|(?:·\s?){4,}\s*\d{1,4}$|…{2,}\s*\d{1,4}$")


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
    blocks = blocks_of_lines(text)
    return Extracted(next((" ".join(block.text.split()) for block in blocks if block.text), None), blocks)


def blocks_of_lines(text: str) -> list[Block]:
    """Lines joined to paragraphs; items and headings stand alone."""
    lines = [line.strip() for line in canonical_text(text).split("\n")]
    blocks: list[Block] = []
    paragraph: list[str] = []
    kind: BlockKind = "prose"

    def close() -> None:
        if paragraph:
            blocks.append(Block(kind=kind, text="\n".join(paragraph)))
            paragraph.clear()

    for number, line in enumerate(lines):
        before = lines[number - 1] if number else ""
        after = lines[number + 1] if number + 1 < len(lines) else ""
        if not line or _RULE.match(line) or is_contents_line(line):
            close()
            kind = "prose"
        elif _is_heading(before, line, after):
            close()
            blocks.append(Block(kind="heading", text=line, level=heading_level(line)))
        elif bullet := _BULLET.match(line):
            close()
            kind = "list"
            paragraph.append(bullet["text"])
        elif starts_item(line) and (not paragraph or ends_sentence(before) or is_next_item(paragraph[0], line)):
            close()
            kind = item_kind(line)
            paragraph.append(line)
        else:
            paragraph.append(line)
    close()
    return blocks


def bullet_text(line: str) -> str | None:
    """What stands behind the bullet of a list item, or None for any other line."""
    found = _BULLET.match(line)
    return found["text"] if found else None


def starts_item(line: str) -> bool:
    """Whether a line begins with an enumerator: "a)", "(2)", "3."; a date does not."""
    return bool(_ENUMERATED.match(line)) and not _NO_HEADING.match(line)


def is_next_item(item: str, line: str) -> bool:
    """Whether a line's enumerator is the one after an item's: "b)" after "a)", "3." after "2."."""
    one, other = _MARK.match(item), _MARK.match(line)
    if one is None or other is None or (one[1], one[3]) != (other[1], other[3]):
        return False
    if one[2].isdigit() and other[2].isdigit():
        return int(other[2]) == int(one[2]) + 1
    return len(one[2]) == len(other[2]) == 1 and ord(other[2]) == ord(one[2]) + 1


def item_kind(line: str) -> BlockKind:
    """A law's paragraph "(2) …" is prose, any other enumerated line an item."""
    return "prose" if re.match(r"\(\d", line) else "list"


def is_numbered_heading(line: str) -> bool:
    """Whether a line reads like "2.1 Gegenstand der Förderung" or "§ 5 Verfahren": short, no sentence, no quantity."""
    return (
        len(line) <= MAX_HEADING
        and bool(_NUMBER.match(line))
        and not _NO_HEADING.match(line)
        and not line.endswith((".", ",", ";", ":", "-"))
    )


def heading_level(line: str) -> int:
    """Level of a numbered heading by the depth of its number: 2 for "1" and "§ 1", 3 for "1.1"."""
    number = re.match(r"[\d.]+", line)
    return min(2 + (number[0].strip(".").count(".") if number else 0), 5)


def is_contents_line(line: str) -> bool:
    """Whether a line stands in a table of contents: dots that lead to a page number."""
    return bool(_CONTENTS.search(line))


def ends_sentence(line: str) -> bool:
    """Whether nothing is left open at the end of a line."""
    return not line or line.rstrip('"”“»)').endswith((".", "!", "?", ":", ";"))


def _is_heading(before: str, line: str, after: str) -> bool:
    """A numbered or underlined line that no sentence runs into or out of."""
    if re.fullmatch(r"=+|-+", after) and len(after) >= 3 and len(line) <= MAX_HEADING and not before:
        return True
    if not is_numbered_heading(line):
        return False
    if starts_item(line):  # "1. Antrag stellen" is a heading only where it stands alone
        return not before and (not after or (after[:1].isupper() and not starts_item(after)))
    return (ends_sentence(before) or is_numbered_heading(before)) and not after[:1].islower()
