"""DOCX: headings, paragraphs, lists, tables and footnotes in the order of the document."""

from __future__ import annotations

import io
import re
import zipfile
from pathlib import Path
from typing import Any

import docx
from docx.oxml import parse_xml
from docx.oxml.ns import qn
from lxml import etree

from assistant.domain.errors import DocumentUnreadable
from assistant.ingest.compose import Block, Extracted
from assistant.ingest.raised import raised_text
from assistant.ingest.tables import Cell, table_blocks

MAX_UNPACKED_BYTES = 200 * 1024 * 1024
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
"""The container of old Office files, and of new ones that were locked with a password."""
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_HEADING = re.compile(r"(?:heading|überschrift) (\d)", re.IGNORECASE)
_SKIPPED = frozenset(
    map(qn, ("w:del", "w:moveFrom", "w:txbxContent", "w:instrText", "w:pPr", "w:footnoteRef", "w:endnoteRef"))
)
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"


def read_docx(path: Path, raw: bytes) -> Extracted:
    """Read a Word document.

    Raises:
        DocumentUnreadable: If it is no such document, is locked, or would unpack to more than 200 MB.
    """
    if raw.startswith(_OLE):
        if _ENCRYPTED in raw:
            raise DocumentUnreadable(path, "encrypted", "a password is needed")
        raise DocumentUnreadable(path, "unknown_type", "an Office file of the old format; save it as .docx")
    try:
        with zipfile.ZipFile(io.BytesIO(raw)) as archive:
            if sum(entry.file_size for entry in archive.infolist()) > MAX_UNPACKED_BYTES:
                raise DocumentUnreadable(path, "too_large", "unpacks to more than 200 MB")
            if "word/document.xml" not in archive.namelist():
                raise DocumentUnreadable(path, "unknown_type", "a ZIP archive, but no Word document in it")
        document = docx.Document(io.BytesIO(raw))
        reader = _Reader(document)
        reader.read(document.element.body)
        title = (document.core_properties.title or "").strip()
    except DocumentUnreadable:
        raise
    except Exception as exc:  # python-docx raises whatever its XML and ZIP layers raise
        raise DocumentUnreadable(path, "broken", "no readable Word document") from exc
    first = min((b for b in reader.blocks if b.kind == "heading"), key=lambda block: block.level, default=None)
    return Extracted(reader.title or title or (first.text if first else None), reader.blocks)


class _Reader:
    def __init__(self, document: Any) -> None:
        self.blocks: list[Block] = []
        self.title: str | None = None
        self._styles = {style.style_id: style for style in document.styles}
        self._notes = _read_notes(document)
        self._wanted_notes: list[str] = []

    def read(self, parent: Any) -> None:
        """Read what stands in the body, in a content control or in a text box."""
        for element in parent:
            if element.tag == qn("w:p"):
                self._read_paragraph(element)
            elif element.tag == qn("w:tbl"):
                self._read_table(element)
            elif element.tag == qn("w:sdt"):
                for content in element.iterchildren(qn("w:sdtContent")):
                    self.read(content)
            elif element.tag in (qn("w:ins"), qn("w:moveTo"), qn("w:customXml"), qn("w:smartTag")):
                self.read(element)
            self._add_notes()

    def _read_paragraph(self, paragraph: Any) -> None:
        style = self._style_of(paragraph)
        names = [_name(step) for step in _ancestry(style)]
        if names and re.match(r"(?:toc|verzeichnis|table of figures) ?\d?", names[0], re.IGNORECASE):
            return
        level = self._heading_level(paragraph, style)
        text = self._text(paragraph)
        if level and text.strip():
            self.blocks.append(Block(kind="heading", text=text, level=level))
            if "Title" in names and self.title is None:
                self.title = " ".join(text.split())
        else:
            self.blocks.append(Block(kind="list" if self._is_item(paragraph, style) else "prose", text=text))
        for box in paragraph.iter(qn("w:txbxContent")):
            if next(box.iterancestors(_FALLBACK), None) is None:
                self.read(box)

    def _style_of(self, paragraph: Any) -> Any:
        ids = paragraph.xpath("./w:pPr/w:pStyle/@w:val")
        return self._styles.get(ids[0]) if ids else None

    def _heading_level(self, paragraph: Any, style: Any) -> int | None:
        for step in _ancestry(style):
            if found := _HEADING.match(_name(step)):
                return int(found[1])
            if _name(step) == "Title":
                return 1
        for properties in (paragraph, *(step.element for step in _ancestry(style))):
            if levels := properties.xpath("./w:pPr/w:outlineLvl/@w:val"):
                return int(levels[0]) + 1 if int(levels[0]) < 9 else None
        return None

    def _is_item(self, paragraph: Any, style: Any) -> bool:
        for properties in (paragraph, *(step.element for step in _ancestry(style))):
            if numbers := properties.xpath("./w:pPr/w:numPr/w:numId/@w:val"):
                return bool(numbers[0] != "0")
        return any(_name(step).startswith("List") for step in _ancestry(style))

    def _read_table(self, table: Any) -> None:
        rows = [
            row for row in table.iter(qn("w:tr")) if next((a for a in row.iterancestors(qn("w:tbl"))), None) is table
        ]
        cells = [[cell for cell in row.iter(qn("w:tc")) if next(cell.iterancestors(qn("w:tr"))) is row] for row in rows]
        if max(map(len, cells), default=0) < 2 or any(
            cell.find(f".//{qn('w:tbl')}") is not None for row in cells for cell in row
        ):
            for cell in (cell for row in cells for cell in row):  # a frame or a layout
                self.read(cell)
            return
        grid = [[self._cell(cell) for cell in row] for row in cells]
        marked = [bool(row.xpath("./w:trPr/w:tblHeader[not(@w:val='0' or @w:val='false')]")) for row in rows]
        header_rows = next((i for i, is_header in enumerate(marked) if not is_header), len(marked)) or None
        self.blocks.extend(table_blocks(_with_merged(grid, cells), header_rows=header_rows))

    def _cell(self, cell: Any) -> Cell:
        text = " ".join(filter(None, (" ".join(self._text(p).split()) for p in cell.iter(qn("w:p")))))
        runs = [run for run in cell.iter(qn("w:r")) if run.xpath("string(.)").strip()]
        is_bold = bool(runs) and all(
            run.xpath("boolean(./w:rPr/w:b[not(@w:val='0' or @w:val='false')])") for run in runs
        )
        span = cell.xpath("./w:tcPr/w:gridSpan/@w:val")
        return Cell(text, is_bold, columns=int(span[0]) if span else 1)

    def _add_notes(self) -> None:
        for number in self._wanted_notes:
            self.blocks.append(Block(kind="prose", text=" ".join(self._text(p) for p in self._notes[number])))
        self._wanted_notes.clear()

    def _text(self, element: Any) -> str:
        pieces: list[str] = []
        self._gather(element, pieces)
        return "".join(pieces)

    def _gather(self, element: Any, pieces: list[str]) -> None:
        for child in element:
            if child.tag in _SKIPPED or child.tag == _FALLBACK:
                continue
            if child.tag == qn("w:t"):
                text = child.text or ""
                is_raised = child.getparent().xpath("boolean(./w:rPr/w:vertAlign[@w:val='superscript'])")
                pieces.append(raised_text("".join(pieces[-4:]), text) if is_raised else text)
            elif child.tag in (qn("w:br"), qn("w:cr")):
                pieces.append("\n")
            elif child.tag == qn("w:tab"):
                pieces.append(" ")
            elif child.tag == qn("w:noBreakHyphen"):
                pieces.append("-")
            elif child.tag in (qn("w:footnoteReference"), qn("w:endnoteReference")):
                number = f"{etree.QName(child).localname} {child.get(qn('w:id'))}"
                if number in self._notes:
                    self._wanted_notes.append(number)
            elif child.tag == qn("w:r") and child.xpath("boolean(./w:rPr/w:vanish)"):
                continue
            else:
                self._gather(child, pieces)


def _read_notes(document: Any) -> dict[str, list[Any]]:
    """Paragraphs of the footnotes and endnotes, by kind and id."""
    notes: dict[str, list[Any]] = {}
    for relation in document.part.rels.values():
        kind = relation.reltype.rsplit("/", 1)[-1]
        if kind in ("footnotes", "endnotes") and not relation.is_external:
            tree = parse_xml(relation.target_part.blob)
            singular = kind.removesuffix("s")
            for note in tree.iterchildren(qn(f"w:{singular}")):
                notes[f"{singular}Reference {note.get(qn('w:id'))}"] = list(note.iter(qn("w:p")))
    return notes


def _with_merged(grid: list[list[Cell]], cells: list[list[Any]]) -> list[list[Cell]]:
    """Cells merged downwards take the text from above; a merged cell stands in each row, so no row loses its name."""
    above: dict[int, Cell] = {}
    for row, elements in zip(grid, cells, strict=True):
        column = 0
        for number, element in enumerate(elements):
            merged = element.xpath("./w:tcPr/w:vMerge")
            if merged and merged[0].get(qn("w:val")) != "restart" and column in above:
                row[number] = above[column]
            above[column] = row[number]
            column += row[number].columns
    return grid


def _ancestry(style: Any) -> list[Any]:
    """A style and those it is based on."""
    steps: list[Any] = []
    while style is not None and len(steps) < 12:
        steps.append(style)
        style = getattr(style, "base_style", None)
    return steps


def _name(style: Any) -> str:
    return style.name or ""
