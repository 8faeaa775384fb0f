"""The summary as a PDF."""

from __future__ import annotations

import io
from functools import cache
from xml.sax.saxutils import escape

from reportlab.lib.colors import HexColor
from reportlab.lib.enums import TA_LEFT
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import BaseDocTemplate, Flowable, Frame, PageTemplate, Paragraph

from assistant.service.summary import Block, BlockKind, Summary

MARGIN = 22 * mm
_INK, _BLUE, _GREY = HexColor("#1b1b1b"), HexColor("#003063"), HexColor("#5b5b5b")
_PAGE = {"de": "Seite {n}", "en": "Page {n}"}


def as_pdf(summary: Summary) -> bytes:
    """The summary as a PDF file: A4, headings as bookmarks, language and title recorded; the same every time."""
    out = io.BytesIO()
    document = BaseDocTemplate(
        out, pagesize=A4, leftMargin=MARGIN, rightMargin=MARGIN, topMargin=MARGIN, bottomMargin=MARGIN,
        title=summary.title, author="Clusterlotse", lang=summary.language, invariant=1,
    )  # fmt: skip
    frame = Frame(MARGIN, MARGIN, A4[0] - 2 * MARGIN, A4[1] - 2 * MARGIN, id="text", leftPadding=0, rightPadding=0)

    def footer(canvas: Canvas, _: BaseDocTemplate) -> None:
        canvas.setFont("Helvetica", 8)
        canvas.setFillColor(_GREY)
        canvas.drawString(MARGIN, MARGIN / 2, summary.title)
        canvas.drawRightString(A4[0] - MARGIN, MARGIN / 2, _PAGE[summary.language].format(n=canvas.getPageNumber()))

    document.addPageTemplates([PageTemplate(id="page", frames=[frame], onPage=footer)])
    document.build([_flowable(block) for block in summary.blocks])
    return out.getvalue()


class _Heading(Paragraph):
    """A heading that readers find among the bookmarks."""

    def __init__(self, text: str, style: ParagraphStyle, level: int, name: str) -> None:
        super().__init__(text, style)
        self._level = level
        self._name = name

    def draw(self) -> None:
        key = f"{self._level}-{self._name}"
        self.canv.bookmarkPage(key)
        self.canv.addOutlineEntry(self._name, key, self._level, closed=False)
        super().draw()


def _flowable(block: Block) -> Flowable:
    style = _styles()[block.kind]
    text = escape(_printable(block.text))
    if block.url:
        address = escape(block.url, {'"': "&quot;"})
        text += f' <a href="{address}" color="#003063">{escape(block.url)}</a>'
    if block.kind in ("heading", "subheading"):
        return _Heading(text, style, 0 if block.kind == "heading" else 1, block.text)
    return Paragraph(text, style, bulletText="•" if block.kind == "item" else None)


def _printable(text: str) -> str:
    """The text without what the standard fonts cannot show."""
    return text.encode("cp1252", "replace").decode("cp1252")


@cache
def _styles() -> dict[BlockKind, ParagraphStyle]:
    text = ParagraphStyle(
        "text", fontName="Helvetica", fontSize=10, leading=14, textColor=_INK, alignment=TA_LEFT, spaceAfter=4
    )
    bold = ParagraphStyle("bold", parent=text, fontName="Helvetica-Bold")
    return {
        "title": ParagraphStyle("title", parent=bold, fontSize=20, leading=25, textColor=_BLUE),
        "heading": ParagraphStyle(
            "heading", parent=bold, fontSize=14, leading=18, textColor=_BLUE, spaceBefore=14, keepWithNext=1
        ),
        "subheading": ParagraphStyle("subheading", parent=bold, fontSize=11, leading=15, spaceBefore=8, keepWithNext=1),
        "text": text,
        "item": ParagraphStyle("item", parent=text, leftIndent=12, bulletIndent=2, spaceAfter=2),
        "source": ParagraphStyle("source", parent=text, fontSize=8, leading=11, spaceAfter=3),
        "small": ParagraphStyle("small", parent=text, fontSize=8.5, leading=12, textColor=_GREY),
    }
