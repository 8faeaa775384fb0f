"""DOCX: headings, paragraphs, lists and tables in the order of the document."""

from __future__ import annotations

import io
import re
import zipfile
from pathlib import Path

import docx
from docx.table import Table
from docx.text.paragraph import Paragraph

from assistant.domain.errors import DocumentUnreadable
from assistant.ingest.compose import Block
from assistant.ingest.html import Extracted, table_blocks

MAX_UNPACKED_BYTES = 200 * 1024 * 1024


def read_docx(path: Path, raw: bytes) -> Extracted:
    """Read a Word document.

    Raises:
        DocumentUnreadable: If it is no such document, or would unpack to more than 200 MB.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(raw)) as archive:
            if sum(entry.file_size for entry in archive.infolist()) > MAX_UNPACKED_BYTES:
                raise DocumentUnreadable(path, "too_large", "unpacks to more than 200 MB")
        document = docx.Document(io.BytesIO(raw))
    except DocumentUnreadable:
        raise
    except Exception as exc:  # python-docx raises whatever its XML and ZIP layers raise
        reason = "encrypted" if raw.startswith(b"\xd0\xcf\x11\xe0") else "broken"
        raise DocumentUnreadable(path, reason, "no readable Word document") from exc  # type: ignore[arg-type]
    blocks: list[Block] = []
    for item in document.iter_inner_content():
        if isinstance(item, Table):
            blocks.extend(table_blocks([[cell.text for cell in row.cells] for row in item.rows], has_header=True))
        elif isinstance(item, Paragraph):
            blocks.append(_read_paragraph(item))
    title = document.core_properties.title or next((block.text for block in blocks if block.kind == "heading"), None)
    return Extracted(title, blocks)


def _read_paragraph(paragraph: Paragraph) -> Block:
    style = (paragraph.style.name or "") if paragraph.style is not None else ""
    heading = re.match(r"(?:Heading|Überschrift) (\d)", style)
    if heading or style == "Title":
        return Block(kind="heading", text=paragraph.text, level=int(heading[1]) if heading else 1)
    is_list = style.startswith("List") or paragraph._p.xpath("./w:pPr/w:numPr")
    return Block(kind="list" if is_list else "prose", text=paragraph.text)
