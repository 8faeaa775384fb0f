"""Files as people hand them in: PDFs, Word documents and fact sheets, built for one test each."""

from __future__ import annotations

import io
import textwrap
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import docx
import reportlab
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from reportlab.lib import pdfencrypt
from reportlab.lib.colors import black
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import cm
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import BaseDocTemplate, Flowable, Frame, PageTemplate, Paragraph, SimpleDocTemplate, Table

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
BODY = ParagraphStyle("body", fontName="Helvetica", fontSize=10, leading=13, spaceAfter=6)
TITLE = ParagraphStyle("title", fontName="Helvetica-Bold", fontSize=16, leading=20, spaceAfter=8)
HEADING = ParagraphStyle(
    "heading", fontName="Helvetica-Bold", fontSize=12, leading=15, spaceBefore=8, spaceAfter=4, keepWithNext=1
)
FILLER = (
    "Die Behörde begleitet die Clusterorganisationen fachlich und finanziell. Sie wertet die Clusterpolitik regelmäßig aus "
    "und veröffentlicht die Ergebnisse für Unternehmen, Hochschulen und Verbände in der Metropolregion."
)


def unicode_font() -> str:
    """A font with ligatures, which the standard fonts lack; it comes with reportlab."""
    if "Vera" not in pdfmetrics.getRegisteredFontNames():
        pdfmetrics.registerFont(TTFont("Vera", str(Path(reportlab.__file__).parent / "fonts" / "Vera.ttf")))
    return "Vera"


def pdf_of(
    story: Sequence[Flowable],
    *,
    on_page: Callable[[Canvas, Any], None] = lambda canvas, document: None,
    columns: int = 1,
    password: str | None = None,
    title: str = "",
) -> bytes:
    """A PDF laid out as a word processor does it."""
    out = io.BytesIO()
    options: dict[str, Any] = {"pagesize": A4, "title": title or None, "author": ""}
    if password:
        options["encrypt"] = pdfencrypt.StandardEncryption(password, canPrint=0)
    if columns == 1:
        SimpleDocTemplate(out, **options).build(list(story), onFirstPage=on_page, onLaterPages=on_page)
    else:
        width = (A4[0] - 5 * cm) / 2
        frames = [Frame(x, 2 * cm, width, A4[1] - 4 * cm) for x in (2 * cm, 3 * cm + width)]
        document = BaseDocTemplate(out, **options)
        document.addPageTemplates([PageTemplate(frames=frames, onPage=on_page)])
        document.build(list(story))
    return out.getvalue()


def drawn_pdf(*pages: Callable[[Canvas], None]) -> bytes:
    """A PDF whose pages are drawn stroke by stroke."""
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=A4)
    for draw in pages:
        canvas.setFont("Helvetica", 10)
        draw(canvas)
        canvas.showPage()
    canvas.save()
    return out.getvalue()


def draw_lines(canvas: Canvas, *lines: str, top: float = 700, left: float = 72, leading: float = 13) -> None:
    """Lines below one another."""
    for number, line in enumerate(lines):
        canvas.drawString(left, top - number * leading, line)


def ruled_table(rows: list[list[Any]], **options: Any) -> Table:
    """A table with lines around its cells."""
    return Table(rows, style=[("GRID", (0, 0), (-1, -1), 0.5, black), ("VALIGN", (0, 0), (-1, -1), "TOP")], **options)


def paragraphs(*texts: str, style: ParagraphStyle = BODY) -> list[Flowable]:
    """One paragraph for each text."""
    return [Paragraph(text, style) for text in texts]


def docx_bytes(document: Any) -> bytes:
    """The file of a python-docx document."""
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def word_document(*texts: str) -> bytes:
    """A Word document of paragraphs."""
    document = docx.Document()
    for text in texts:
        document.add_paragraph(text)
    return docx_bytes(document)


def add_footnote(document: Any, paragraph: Any, text: str) -> None:
    """Add a footnote, which python-docx cannot."""
    note = f'<w:footnotes {W}><w:footnote w:id="2"><w:p><w:r><w:footnoteRef/></w:r><w:r><w:t>{text}</w:t></w:r></w:p></w:footnote></w:footnotes>'
    kind = "application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml"
    part = Part(PackURI("/word/footnotes.xml"), kind, note.encode(), document.part.package)
    document.part.relate_to(part, RELATIONSHIP_TYPE.FOOTNOTES)
    paragraph._p.append(docx.oxml.parse_xml(f'<w:r {W}><w:footnoteReference w:id="2"/></w:r>'))


SHEET = """\
---
id: funding/probe
title: Probeprogramm
kind: funding
lang: de
status: open
valid_from: 2024-01-01
valid_until: 2027-12-31
checked: 2026-11-01
aliases: [Probe-Programm]
sources:
- {url: "https://example.org/a", publisher: Probebank, as_of: "2024", authority: official}
- {url: "https://example.org/b", publisher: Probezeitung, as_of: "2024", authority: press}
terms:
  short_name: {de: Probeprogramm, en: Trial programme}
  level: hamburg
  form: [grant]
  amounts:
  - {what: max_grant, eur: 150000, per: company, sentence: betrag}
---

## Wie viel Geld es gibt
Das Probeprogramm zahlt höchstens 150.000 Euro je Unternehmen. [1] {#betrag}
- Das Probeprogramm läuft bis zum 31. Dezember 2027. [1][2]
"""
SHEET_EN = """\
---
id: funding/probe.en
title: Trial programme
kind: funding
lang: en
translation_of: funding/probe
status: open
valid_from: 2024-01-01
valid_until: 2027-12-31
checked: 2026-11-01
sources:
- {url: "https://example.org/a", publisher: Probebank, as_of: "2024", authority: official}
- {url: "https://example.org/b", publisher: Probezeitung, as_of: "2024", authority: press}
---

## How much money there is
Probeprogramm pays at most 150,000 euros per company. [1] {#betrag}
- Probeprogramm runs until 31 December 2027. [1][2]
"""


def write_sheets(corpus: Path, **sheets: str) -> None:
    """Write fact sheets below a corpus folder: `funding__probe_de="…"` becomes `funding/probe.de.md`."""
    for name, text in sheets.items():
        path = corpus / (name.replace("__", "/").replace("_", ".") + ".md")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(textwrap.dedent(text), encoding="utf-8")
