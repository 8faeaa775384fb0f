"""Lines of a PDF page: what stands where, by both readers."""

from __future__ import annotations

import io
from collections.abc import Callable

import pypdf
import pypdfium2
import pytest
from reportlab.pdfbase.pdfmetrics import stringWidth
from reportlab.pdfgen.canvas import Canvas

from assistant.ingest.pdf_lines import PdfLine, lines_with_pdfium, lines_with_pypdf
from assistant.language.normalise import canonical_text
from tests.unit.ingest.make import draw_lines, drawn_pdf, unicode_font


def with_pdfium(raw: bytes, page: int = 0) -> list[PdfLine]:
    document = pypdfium2.PdfDocument(raw)
    try:
        return lines_with_pdfium(document[page])
    finally:
        document.close()


def with_pypdf(raw: bytes, page: int = 0) -> list[PdfLine]:
    return lines_with_pypdf(pypdf.PdfReader(io.BytesIO(raw)).pages[page])


READERS = pytest.mark.parametrize("read", [with_pdfium, with_pypdf])


@READERS
def test_lines_come_with_their_place_and_letters(read: Callable[[bytes], list[PdfLine]]) -> None:
    def draw(canvas: Canvas) -> None:
        canvas.setFont("Helvetica-Bold", 16)
        canvas.drawString(72, 770, "Förderrichtlinie")
        canvas.setFont("Helvetica", 10)
        draw_lines(canvas, "Größe und Höhe der Zuwendung", "für Unternehmen in Hamburg.")

    heading, first, second = read(drawn_pdf(draw))
    assert (heading.text, heading.is_bold, heading.size) == ("Förderrichtlinie", True, pytest.approx(16, abs=0.5))
    assert (first.text, first.is_bold, first.size) == (
        "Größe und Höhe der Zuwendung",
        False,
        pytest.approx(10, abs=0.5),
    )
    assert second.top - first.top == pytest.approx(13, abs=0.5) and heading.top < first.top
    assert first.left == pytest.approx(72, abs=1)


def test_wide_gaps_part_cells_and_a_bullet_stays_with_its_text() -> None:
    def draw(canvas: Canvas) -> None:
        canvas.drawString(72, 700, "klein")
        canvas.drawString(200, 700, "45 %")
        canvas.drawString(300, 700, "200.000 Euro")

    (line,) = with_pdfium(drawn_pdf(draw))
    assert [piece.text for piece in line.pieces] == ["klein", "45 %", "200.000 Euro"]
    assert line.pieces[1].left == pytest.approx(200, abs=1)


def test_the_raised_mark_of_a_footnote_does_not_change_an_amount() -> None:
    def draw(canvas: Canvas) -> None:
        canvas.drawString(72, 700, "Sie zahlt 2.500")
        end = 72 + stringWidth("Sie zahlt 2.500", "Helvetica", 10)
        canvas.setFont("Helvetica", 6)
        canvas.drawString(end, 704, "1")
        canvas.setFont("Helvetica", 10)
        canvas.drawString(end + 6, 700, "Euro.")

    assert [line.text for line in with_pdfium(drawn_pdf(draw))] == ["Sie zahlt 2.500 Euro."]


def test_a_mark_alone_is_no_line() -> None:
    def draw(canvas: Canvas) -> None:
        canvas.drawString(72, 700, "Ein Satz.")
        canvas.setFont("Helvetica", 6)
        canvas.drawString(72 + stringWidth("Ein Satz.", "Helvetica", 10) + 40, 704, "2")

    assert [line.text for line in with_pdfium(drawn_pdf(draw))] == ["Ein Satz."]


@pytest.mark.parametrize("accent_first", [True, False], ids=["accent first", "letter first"])
def test_an_umlaut_drawn_as_letter_and_accent_becomes_one_character(accent_first: bool) -> None:
    def draw(canvas: Canvas) -> None:
        font, left = unicode_font(), 72.0
        canvas.setFont(font, 10)
        for char in "Förderung möglich":
            letter = {"ö": "o"}.get(char, char)
            width = stringWidth(letter, font, 10)
            accents = [(left + (width - stringWidth("¨", font, 10)) / 2, "¨")] if char == "ö" else []
            drawn = [*accents, (left, letter)] if accent_first else [(left, letter), *accents]
            for x, text in drawn:
                canvas.drawString(x, 700, text)
            left += width

    assert [canonical_text(line.text) for line in with_pdfium(drawn_pdf(draw))] == ["Förderung möglich"]


def test_ligatures_and_soft_hyphens_are_repaired_in_the_canonical_text() -> None:
    def draw(canvas: Canvas) -> None:
        canvas.setFont(unicode_font(), 10)
        draw_lines(canvas, "Die Of\ufb01ce-P\ufb02icht der Inno\u00ad", "vation und der För\u00adderung.")

    text = "\n".join(line.text for line in with_pdfium(drawn_pdf(draw)))
    assert canonical_text(text) == "Die Office-Pflicht der Innovation und der Förderung."


@pytest.mark.parametrize("turn", [90, 180, 270])
def test_a_page_drawn_sideways_is_read_like_any_other(turn: int) -> None:
    def draw(canvas: Canvas) -> None:
        canvas.translate(300, 400)
        canvas.rotate(turn)
        draw_lines(canvas, "Die erste Zeile.", "Die zweite Zeile.", top=0, left=0)

    first, second = with_pdfium(drawn_pdf(draw))
    assert (first.text, second.text) == ("Die erste Zeile.", "Die zweite Zeile.")
    assert second.top - first.top == pytest.approx(13, abs=0.5) and first.left == pytest.approx(second.left, abs=1)


def test_a_watermark_at_a_slant_is_left_out() -> None:
    def draw(canvas: Canvas) -> None:
        draw_lines(canvas, "Der Text der Richtlinie.")
        canvas.translate(150, 300)
        canvas.rotate(45)
        canvas.setFont("Helvetica", 60)
        canvas.drawString(0, 0, "ENTWURF")

    assert [line.text for line in with_pdfium(drawn_pdf(draw))] == ["Der Text der Richtlinie."]


@READERS
def test_an_empty_page_has_no_lines(read: Callable[[bytes], list[PdfLine]]) -> None:
    assert read(drawn_pdf(lambda canvas: None)) == []
