"""The lines of a PDF page with their places, by pdfium, which knows where each character stands, and by pypdf."""

from __future__ import annotations

import ctypes
import math
import re
from collections import defaultdict
from collections.abc import Iterator
from typing import Any, NamedTuple

import pypdf
import pypdfium2
import pypdfium2.raw as pdfium

from assistant.ingest.raised import raised_text

WIDE_GAP = 1.0
"""Of a line's height; a wider gap parts table cells, for even stretched lines have narrower blanks."""
NEW_LINE = 0.55
"""Of a line's height; less is a raised or lowered character."""
RAISED_SIZE = 0.8
SLANTED = 0.06
"""Of a quarter turn."""
_BOLD = re.compile(r"bold|black|heavy|demi", re.IGNORECASE)
_FORCE_BOLD = 1 << 18
_HYPHENS = frozenset({0x2, 0xFFFE})
"""What pdfium gives for the hyphen of a word cut at a line end."""
_SOFT_HYPHEN = "\u00ad"
_ACCENTS = {
    "\u00a8": "\u0308",
    "\u00b4": "\u0301",
    "`": "\u0300",
    "^": "\u0302",
    "\u02c7": "\u030c",
    "\u02da": "\u030a",
}
"""Accents that some typesetters draw over a letter as a character of their own, and what joins the letter."""


class Piece(NamedTuple):
    """Text without a wide gap in it, in points from the page's left edge."""

    text: str
    left: float
    right: float
    """Infinite where the reader does not know."""


class PdfLine(NamedTuple):
    """What stands on one baseline, in the order of the file."""

    pieces: tuple[Piece, ...]
    top: float
    """The baseline, in points from the page's upper edge."""
    size: float
    """Of the letters, in points."""
    is_bold: bool

    @property
    def text(self) -> str:
        """The pieces with single blanks between them."""
        return " ".join(piece.text for piece in self.pieces)

    @property
    def left(self) -> float:
        """Where the line begins."""
        return self.pieces[0].left

    @property
    def right(self) -> float:
        """Where the line ends."""
        return self.pieces[-1].right


class _Glyph(NamedTuple):
    number: int
    turn: int
    text: str
    left: float
    right: float
    top: float
    height: float
    after_blank: bool


def lines_with_pdfium(page: pypdfium2.PdfPage) -> list[PdfLine]:
    """Read a page's lines, those of the page's main direction first, each placed as someone who reads them sees them.

    Text at a slant, as a watermark has it, is left out.

    Raises:
        PdfiumError: If pdfium cannot read the page.
    """
    textpage = page.get_textpage()
    try:
        turned: dict[int, list[_Glyph]] = defaultdict(list)
        for glyph in _glyphs(textpage, page):
            turned[glyph.turn].append(glyph)
        lines: list[PdfLine] = []
        for turn, glyphs in sorted(turned.items(), key=lambda item: len(item[1]), reverse=True):
            found = [_line(textpage.raw, line) for line in _glyph_lines(glyphs)]
            # pdfium keeps the order of the file only for text that stands upright
            lines.extend(sorted(found, key=lambda line: line.top) if turn else found)
        return [line for line in lines if line.pieces]
    finally:
        textpage.close()


def _glyph_lines(glyphs: list[_Glyph]) -> Iterator[list[_Glyph]]:
    line: list[_Glyph] = []
    base = line_height = 0.0
    for glyph in glyphs:
        height = max(line_height, glyph.height)
        if line and (abs(glyph.top - base) > NEW_LINE * height or glyph.left < line[-1].left - height):
            yield line
            line = []
        if not line:
            base, line_height = glyph.top, glyph.height
        elif glyph.height > line_height * 1.05 or (glyph.height >= line_height and glyph.top != base):
            base, line_height = glyph.top, max(line_height, glyph.height)  # it began with a raised or small character
        line.append(glyph)
    if line:
        yield line


def _glyphs(textpage: Any, page: pypdfium2.PdfPage) -> Iterator[_Glyph]:
    raw = textpage.raw
    x0, y0, x1, y1 = page.get_cropbox()
    width, height = x1 - x0, y1 - y0
    x, y, box = ctypes.c_double(), ctypes.c_double(), pdfium.FS_RECTF()
    after_blank = False
    for index in range(textpage.count_chars()):
        code = pdfium.FPDFText_GetUnicode(raw, index)
        text = "-" if code in _HYPHENS else _character(code)
        if not text or text.isspace():
            after_blank = True
            continue
        quarters = pdfium.FPDFText_GetCharAngle(raw, index) / (math.pi / 2)
        if abs(quarters - round(quarters)) > SLANTED or not pdfium.FPDFText_GetLooseCharBox(raw, index, box):
            continue
        turn = -round(quarters) % 4  # pdfium counts to the right
        pdfium.FPDFText_GetCharOrigin(raw, index, x, y)
        left, top = x.value - x0, y1 - y.value
        right, size = box.right - x0, box.top - box.bottom
        if turn:
            left, top = _turned(x.value - x0, y.value - y0, width, height, turn)
            one = _turned(box.left - x0, box.bottom - y0, width, height, turn)
            two = _turned(box.right - x0, box.top - y0, width, height, turn)
            right, size = max(one[0], two[0]), abs(one[1] - two[1])
        yield _Glyph(index, turn, text, left, right, top, size or 1.0, after_blank)
        after_blank = False


def _character(code: int) -> str:
    if code == 0:
        return ""
    return "\ufffd" if 0xD800 <= code <= 0xDFFF or code > 0x10FFFF else chr(code)


def _turned(x: float, y: float, width: float, height: float, turn: int) -> tuple[float, float]:
    """A point from the upper left corner, as seen by who reads text that is turned so many quarters to the left."""
    match turn:
        case 1:
            return y, x
        case 2:
            return width - x, y
        case 3:
            return height - y, width - x
        case _:
            return x, height - y


def _line(raw: Any, glyphs: list[_Glyph]) -> PdfLine:
    by_height = sorted(glyphs, key=lambda glyph: glyph.height)
    middle = by_height[len(by_height) // 2]  # neither a bullet of another font nor the mark of a footnote
    pieces: list[Piece] = []
    text, left, right = "", glyphs[0].left, glyphs[0].left
    for glyph in _with_accents(glyphs):
        if text and glyph.left - right > WIDE_GAP * middle.height:
            pieces.append(Piece(text.strip(), left, right))
            text, left = "", glyph.left
        is_raised = glyph.height < RAISED_SIZE * middle.height and glyph.top < middle.top - 0.1 * middle.height
        text += " " if glyph.after_blank and text else ""
        text += raised_text(text, glyph.text) if is_raised else glyph.text
        right = glyph.right
    if text.endswith(_SOFT_HYPHEN):
        text = text[:-1] + "-"  # drawn, for the word goes on in the next line
    pieces.append(Piece(text.strip(), left, right))
    letters = [glyph for glyph in glyphs if glyph.text.isalpha()] or glyphs
    sample = (letters[0], letters[len(letters) // 2], letters[-1])
    return PdfLine(
        pieces=tuple(piece for piece in pieces if piece.text),
        top=middle.top,
        size=_size(raw, middle),
        is_bold=all(_is_bold(raw, glyph.number) for glyph in sample),
    )


def _with_accents(glyphs: list[_Glyph]) -> list[_Glyph]:
    """The glyphs with each accent joined to the letter it is drawn over."""
    if not any(glyph.text in _ACCENTS for glyph in glyphs):
        return glyphs
    joined: list[_Glyph] = []
    waiting: _Glyph | None = None
    for glyph in glyphs:
        if glyph.text in _ACCENTS and joined and _is_over(glyph, joined[-1]):
            joined[-1] = joined[-1]._replace(text=joined[-1].text + _ACCENTS[glyph.text])
        elif waiting is not None and _is_over(waiting, glyph):
            blank = waiting.after_blank or glyph.after_blank
            joined[-1] = glyph._replace(text=glyph.text + _ACCENTS[waiting.text], after_blank=blank)
            waiting = None
            continue
        else:
            joined.append(glyph)
        waiting = glyph if glyph.text in _ACCENTS and joined[-1] is glyph else None
    return joined


def _is_over(accent: _Glyph, letter: _Glyph) -> bool:
    middle = (accent.left + accent.right) / 2
    return letter.text[:1].isalpha() and letter.left <= middle <= letter.right


def _size(raw: Any, glyph: _Glyph) -> float:
    matrix = pdfium.FS_MATRIX()
    size = float(pdfium.FPDFText_GetFontSize(raw, glyph.number))
    if pdfium.FPDFText_GetMatrix(raw, glyph.number, matrix):
        size *= math.hypot(matrix.c, matrix.d)
    return round(size, 1) if size > 0 else glyph.height


def _is_bold(raw: Any, index: int) -> bool:
    name, flags = ctypes.create_string_buffer(128), ctypes.c_int()
    pdfium.FPDFText_GetFontInfo(raw, index, name, 128, flags)
    return bool(_BOLD.search(name.value.decode("utf-8", "replace"))) or bool(flags.value & _FORCE_BOLD)


def lines_with_pypdf(page: pypdf.PageObject) -> list[PdfLine]:
    """Read a page's lines; their right edges stay unknown, so no table is found in them."""
    lines: list[PdfLine] = []
    height = float(page.mediabox.top)
    text, place = "", (0.0, 0.0, 1.0, False)

    def close() -> None:
        nonlocal text
        if text.strip():
            left, top, size, is_bold = place
            lines.append(PdfLine((Piece(" ".join(text.split()), left, math.inf),), top, size, is_bold))
        text = ""

    def visit(chunk: str, cm: list[float], tm: list[float], font: Any, font_size: float) -> None:
        nonlocal text, place
        for number, part in enumerate(chunk.split("\n")):
            if number:
                close()
            if part.strip() and not text.strip():
                scale = math.hypot(tm[2], tm[3]) * math.hypot(cm[2], cm[3])
                x, y = tm[4] * cm[0] + tm[5] * cm[2] + cm[4], tm[4] * cm[1] + tm[5] * cm[3] + cm[5]
                name = str(font.get("/BaseFont", "")) if font else ""
                place = (x, height - y, round(font_size * scale, 1) or 1.0, bool(_BOLD.search(name)))
            text += part

    page.extract_text(visitor_text=visit)
    close()
    return lines
