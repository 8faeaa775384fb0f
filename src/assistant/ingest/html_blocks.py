"""The blocks of an HTML element: headings, paragraphs, list items, definitions and table rows, each once."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from lxml import etree

from assistant.ingest.compose import Block
from assistant.ingest.raised import raised_text
from assistant.ingest.tables import Cell, spread, table_blocks

HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_BLOCKS = HEADINGS | frozenset(
    "address article aside blockquote body caption center dd details dialog div dl dt fieldset figcaption figure footer form header hgroup hr legend li main nav ol p pre section summary table tbody td tfoot th thead tr ul".split()
)
_MAX_DEPTH = 150
LONG_DEFINITION = 300
"""Characters; the term of a longer definition becomes its heading."""
LONGEST_BOLD_HEADING = 90
"""Characters; a longer bold paragraph is emphasis."""


def blocks_of(element: Any) -> list[Block]:
    """Read an element's content in order."""
    reader = _Reader()
    reader.read(element, depth=0)
    reader.flush()
    return reader.blocks


def text_of(element: Any) -> str:
    """An element's text on one line: no words glued over line breaks or blocks, list items parted by commas."""
    pieces: list[str] = []
    _gather(element, pieces, depth=0)
    text = " ".join("".join(pieces).split())
    return re.sub(
        r"(?:\s*\0)+", lambda m: " " if m.start() == 0 or text[m.start() - 1] in ",;:" else ", ", text
    ).strip()


def flatten_tables(tree: Any) -> None:
    """Rewrite tables and definition lists in place as simple ones, for a reader that knows no spans."""
    for table in reversed(list(tree.iter("table"))):
        if not _is_data(table):
            continue
        for caption in table.findall("caption"):
            _insert_before(table, "p", text_of(caption))
        rows, tail = spread(_rows_of(table)), table.tail
        table.clear()
        table.tail = tail
        for row in rows:
            line = etree.SubElement(table, "tr")
            for cell in row:
                etree.SubElement(line, "th" if cell.is_header else "td").text = cell.text
    for definitions in list(tree.iter("dl")):
        if not _is_covered(definitions, ("dt", "dd")):
            continue
        entries, tail = _definitions(definitions), definitions.tail
        definitions.clear()
        definitions.tag, definitions.tail = "ul", tail
        for term, details in entries:
            etree.SubElement(definitions, "li").text = _define(term, [text_of(detail) for detail in details])


class _Reader:
    def __init__(self) -> None:
        self.blocks: list[Block] = []
        self._level = 1
        self._inline: list[str] = []

    def read(self, element: Any, depth: int) -> None:
        if depth > _MAX_DEPTH:
            self._inline.append(text_of(element))
            return
        self._inline.append(element.text or "")
        for child in element:
            self._read_child(child, depth)
            self._inline.append(child.tail or "")

    def flush(self) -> None:
        text = " ".join("".join(self._inline).split())
        self._inline.clear()
        if text:
            self.blocks.append(Block(kind="prose", text=text))

    def _read_child(self, child: Any, depth: int) -> None:
        tag = child.tag
        if not isinstance(tag, str):
            return
        if tag == "br":
            if "".join(self._inline).endswith("\n"):
                self.flush()
            self._inline.append("\n")
            return
        if tag not in _BLOCKS:
            if tag in ("sup", "sub"):
                self._inline.append(_raised(child, "".join(self._inline[-4:])))
            else:
                self.read(child, depth + 1)
            return
        self.flush()
        if tag in HEADINGS:
            self._level = int(tag[1])
            self._add_heading(child, self._level)
        elif tag == "summary" or (tag == "p" and _is_bold_heading(child)):
            self._add_heading(child, min(self._level + 1, 6))
        elif tag in ("ul", "ol"):
            self._read_list(child, depth)
        elif tag == "dl" and _is_covered(child, ("dt", "dd")):
            self._read_definitions(child, depth)
        elif tag == "table" and _is_data(child):
            for caption in child.findall("caption"):
                self.blocks.append(Block(kind="prose", text=text_of(caption)))
            self.blocks.extend(table_blocks(_rows_of(child)))
        else:
            self.read(child, depth + 1)
        self.flush()

    def _add_heading(self, element: Any, level: int) -> None:
        if text := text_of(element):
            self.blocks.append(Block(kind="heading", text=text, level=level))

    def _read_list(self, element: Any, depth: int) -> None:
        self._add_item(element.text)
        for child in element:
            self._read_item(child, depth)
            self._add_item(child.tail)

    def _add_item(self, text: str | None) -> None:
        if text and text.strip():
            self.blocks.append(Block(kind="list", text=" ".join(text.split())))

    def _read_item(self, child: Any, depth: int) -> None:
        inner = _Reader()
        inner._level = self._level
        if child.tag in ("ul", "ol"):
            inner._read_list(child, depth + 1)
        elif isinstance(child.tag, str):
            inner.read(child, depth + 1)
            inner.flush()
        if any(block.kind in ("heading", "table") for block in inner.blocks):
            self.blocks.extend(inner.blocks)  # cards and tables laid out as a list
        else:
            self.blocks.extend(_as_items(inner.blocks))

    def _read_definitions(self, element: Any, depth: int) -> None:
        for term, details in _definitions(element):
            texts = [text_of(detail) for detail in details]
            is_long = sum(map(len, texts)) > LONG_DEFINITION
            if term and (is_long or any(d.xpath("boolean(.//ul|.//ol|.//table|.//p[2])") for d in details)):
                self.blocks.append(Block(kind="heading", text=term, level=min(self._level + 1, 6)))
                for detail in details:
                    self.read(detail, depth + 1)
                    self.flush()
            else:
                self.blocks.append(Block(kind="list", text=_define(term, texts)))


def _is_bold_heading(paragraph: Any) -> bool:
    """Whether a paragraph stands for a heading, as editors write them: short, all bold, no full stop."""
    text = text_of(paragraph)
    return 0 < len(text) <= LONGEST_BOLD_HEADING and text[-1] not in ".,;:!" and _is_bold(paragraph, text)


def _is_bold(element: Any, text: str) -> bool:
    bold = "".join(text_of(part) for part in element.iter("b", "strong"))
    return bool(text) and bold.replace(" ", "") == text.replace(" ", "")


def _as_items(blocks: list[Block]) -> list[Block]:
    """An item's own paragraphs as one item, followed by the items of the lists in it."""
    items: list[Block] = []
    for block in blocks:
        if block.kind == "prose" and items and items[-1].kind == "prose":
            items[-1] = Block(kind="prose", text=f"{items[-1].text} {block.text}")
        else:
            items.append(block)
    return [Block(kind="list", text=block.text) for block in items]


def _definitions(element: Any) -> list[tuple[str, list[Any]]]:
    """Terms with what defines them; terms that share a definition are joined."""
    entries: list[tuple[str, list[Any]]] = []
    for part in element.iter("dt", "dd"):
        if next((a for a in part.iterancestors("dl")), element) is not element:
            continue
        if part.tag == "dd":
            if not entries:
                entries.append(("", []))
            entries[-1][1].append(part)
        elif entries and not entries[-1][1]:
            entries[-1] = (f"{entries[-1][0]}, {text_of(part)}", [])
        else:
            entries.append((text_of(part), []))
    return entries


def _define(term: str, texts: list[str]) -> str:
    text = " ".join(text for text in texts if text)
    return f"{term}{'' if term[-1:] in ':?!' else ':'} {text}".strip() if term and text else term or text


def _is_data(table: Any) -> bool:
    """Whether a table holds data; pages are also laid out with tables."""
    if table.get("role") in ("presentation", "none"):
        return False
    if not _is_covered(table, ("td", "th", "caption")):
        return False
    if table.xpath("boolean(.//table | .//h1 | .//h2 | .//h3 | .//h4)"):
        return False
    rows = _rows_of(table)
    if sum(map(len, rows)) < len(list(table.iter("td", "th"))):
        return False  # cells outside rows
    return max((len(row) for row in rows), default=0) > 1 and (len(rows) > 1 or bool(table.xpath("boolean(.//th)")))


def _is_covered(element: Any, tags: tuple[str, ...]) -> bool:
    """Whether all text of an element stands in the parts where it belongs; none may get lost in a wrong place."""
    inside = 0
    for part in element.iter(*tags):
        if part is not element and not any(above.tag in (element.tag, *tags) for above in _between(part, element)):
            inside += len("".join("".join(part.itertext()).split()))
    return inside == len("".join("".join(element.itertext()).split()))


def _between(part: Any, element: Any) -> Iterator[Any]:
    for above in part.iterancestors():
        if above is element:
            return
        yield above


def _rows_of(table: Any) -> list[list[Cell]]:
    return [
        [
            _cell(cell, in_head=row.getparent().tag == "thead")
            for cell in row.iter("td", "th")
            if next(cell.iterancestors("tr")) is row
        ]
        for row in table.iter("tr")
        if next(row.iterancestors("table")) is table
    ]


def _cell(element: Any, *, in_head: bool) -> Cell:
    text = text_of(element)
    is_header = in_head or element.tag == "th" or _is_bold(element, text)
    return Cell(text, is_header, columns=_span(element.get("colspan")), rows=_span(element.get("rowspan")))


def _span(value: str | None) -> int:
    return int(value) if value and re.fullmatch(r"\s*[0-9]{1,4}\s*", value) else 1


def _gather(element: Any, pieces: list[str], depth: int) -> None:
    pieces.append(element.text or "" if depth <= _MAX_DEPTH else " ".join(element.itertext()))
    if depth > _MAX_DEPTH:
        return
    for child in element:
        if isinstance(child.tag, str):
            is_block = child.tag in _BLOCKS or child.tag == "br"
            if is_block:
                pieces.append(" \0" if child.tag == "li" else " ")
            if child.tag in ("sup", "sub"):
                pieces.append(_raised(child, "".join(pieces[-4:])))
            else:
                _gather(child, pieces, depth + 1)
            if is_block:
                pieces.append(" ")
        pieces.append(child.tail or "")


def _raised(element: Any, before: str) -> str:
    text = " ".join("".join(element.itertext()).split())
    return raised_text(before, text) if element.tag == "sup" else text


def _insert_before(element: Any, tag: str, text: str) -> None:
    before = etree.Element(tag)
    before.text = text
    element.addprevious(before)
