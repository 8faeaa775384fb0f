"""PDFs as authorities publish them, from the file to the blocks."""

from __future__ import annotations

import io
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pypdf
import pytest
from PIL import Image
from reportlab.lib.pagesizes import A4
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import ListFlowable, Paragraph, Spacer

from assistant.domain.errors import DocumentUnreadable
from assistant.ingest.compose import compose
from assistant.ingest.pdf import MAX_PAGES, better_page, page_quality, read_pdf
from assistant.ingest.pdf_lines import PdfLine, Piece
from tests.unit.ingest.make import BODY, FILLER, HEADING, TITLE, draw_lines, drawn_pdf, paragraphs, pdf_of, ruled_table

PATH = Path("richtlinie.pdf")


def running_lines(canvas: Canvas, document: Any) -> None:
    canvas.setFont("Helvetica", 8)
    canvas.drawString(60, A4[1] - 30, "Beispielbehörde – Förderrichtlinie Cluster")
    canvas.drawRightString(A4[0] - 60, 25, f"Seite {document.page} von 3")


def directive() -> bytes:
    """A directive of three pages as a word processor makes it."""
    return pdf_of(
        [
            Paragraph("Förderrichtlinie für Clusterprojekte", TITLE),
            Paragraph("1 Zuwendungszweck", HEADING),
            *paragraphs(*[f"({n}) {FILLER}" for n in range(1, 6)]),
            Paragraph("1.1 Gegenstand der Förderung", HEADING),
            ListFlowable(paragraphs("Personal, das am Vorhaben mitarbeitet", "Reisen"), bulletType="bullet"),
            Paragraph("2 Höhe der Zuwendung", HEADING),
            ruled_table([["Größe", "Quote", "Betrag"], ["Kleine Unternehmen", "45 Prozent", "200.000 Euro"], ["Große Unternehmen", "25 Prozent", "100.000 Euro"]]),
            *paragraphs("Danach folgt ein Absatz, der nicht zur Tabelle gehört."),
            Paragraph("§ 3 Verfahren", HEADING),
            *paragraphs(*[f"({n}) {FILLER}" for n in range(1, 22)]),
        ],
        on_page=running_lines, title="Förderrichtlinie",
    )  # fmt: skip


def read(raw: bytes) -> list[tuple[str, str]]:
    return [
        (f"h{block.level}" if block.kind == "heading" else block.kind, " ".join(block.text.split()))
        for block in read_pdf(PATH, raw).blocks
    ]


def test_a_directive_is_read_as_its_reader_sees_it() -> None:
    blocks = read(directive())
    assert [block for block in blocks if block[0] != "prose"] == [
        ("h1", "Förderrichtlinie für Clusterprojekte"),
        ("h2", "1 Zuwendungszweck"),
        ("h3", "1.1 Gegenstand der Förderung"),
        ("list", "Personal, das am Vorhaben mitarbeitet"),
        ("list", "Reisen"),
        ("h2", "2 Höhe der Zuwendung"),
        ("table", "Größe: Kleine Unternehmen; Quote: 45 Prozent; Betrag: 200.000 Euro"),
        ("table", "Größe: Große Unternehmen; Quote: 25 Prozent; Betrag: 100.000 Euro"),
        ("h2", "§ 3 Verfahren"),
    ]
    prose = [text for kind, text in blocks if kind == "prose"]
    assert prose == [
        *[f"({n}) {FILLER}" for n in range(1, 6)],
        "Danach folgt ein Absatz, der nicht zur Tabelle gehört.",
        *[f"({n}) {FILLER}" for n in range(1, 22)],
    ]


def test_a_sentence_leads_to_its_page() -> None:
    composed = compose(read_pdf(PATH, directive()).blocks, "de")
    assert [page.number for page in composed.pages] == [1, 2, 3]
    assert "Zuwendungszweck" in composed.text[composed.pages[0].start : composed.pages[0].end]
    assert "(21)" in composed.text[composed.pages[2].start : composed.pages[2].end]


def test_two_columns_are_read_one_after_the_other() -> None:
    texts = [f"Absatz {n} der Spalten. {FILLER}" for n in range(1, 25)]
    assert [text for _, text in read(pdf_of(paragraphs(*texts), columns=2, on_page=running_lines))] == texts


def test_a_cell_of_several_lines_stays_with_its_row() -> None:
    cell = Paragraph("Kleine Unternehmen mit weniger als 50 Beschäftigten und höchstens 10 Mio. Euro Umsatz", BODY)
    rows = [["Wer", "Wie viel"], [cell, "45 Prozent"], [Paragraph("Alle anderen", BODY), "25 Prozent"]]
    assert read(pdf_of([*paragraphs(FILLER), Spacer(1, 12), ruled_table(rows, colWidths=[150, 100])]))[1:] == [
        ("table", f"Wer: {cell.text}; Wie viel: 45 Prozent"),
        ("table", "Wer: Alle anderen; Wie viel: 25 Prozent"),
    ]


@pytest.mark.parametrize(
    ("title", "wanted"),
    [
        pytest.param("Richtlinie 2025", "Richtlinie 2025", id="in the properties"),
        pytest.param("", "Förderung in Hamburg", id="none"),
        pytest.param("Microsoft Word - Entwurf_3.docx", "Förderung in Hamburg", id="left by the word processor"),
        pytest.param("richtlinie_final.pdf", "Förderung in Hamburg", id="name of a file"),
    ],
)
def test_the_title_is_one_that_a_person_gave(title: str, wanted: str) -> None:
    raw = pdf_of([Paragraph("Förderung in Hamburg", TITLE), *paragraphs(FILLER)], title=title)
    assert read_pdf(PATH, raw).title == wanted


def image_page(canvas: Canvas) -> None:
    canvas.drawImage(ImageReader(Image.new("RGB", (80, 80), "grey")), 50, 200, 400, 500)


def numbered_scan(number: int) -> Callable[[Canvas], None]:
    def draw(canvas: Canvas) -> None:
        image_page(canvas)
        canvas.drawString(60, 800, "Drucksache 22/1234 der Bürgerschaft der Freien und Hansestadt Hamburg")
        canvas.drawString(500, 30, f"{number}")

    return draw


def too_many_pages() -> bytes:
    writer, out = pypdf.PdfWriter(), io.BytesIO()
    for _ in range(MAX_PAGES + 1):
        writer.add_blank_page(100, 100)
    writer.write(out)
    return out.getvalue()


@pytest.mark.parametrize(
    ("raw", "reason"),
    [
        pytest.param(pdf_of(paragraphs(FILLER), password="geheim"), "encrypted", id="password"),
        pytest.param(drawn_pdf(image_page, image_page), "scanned_only", id="images"),
        pytest.param(drawn_pdf(*map(numbered_scan, range(1, 5))), "scanned_only", id="images with a stamped header"),
        pytest.param(drawn_pdf(lambda canvas: None), "scanned_only", id="blank"),
        pytest.param(directive()[:4000], "broken", id="cut off"),
        pytest.param(b"%PDF-1.7\nstartxref\n0\n%%EOF", "broken", id="shell"),
        pytest.param(b"%PDF-1.4 " + bytes(range(256)) * 20 + b"startxref", "broken", id="noise"),
        pytest.param(too_many_pages(), "too_large", id="pages without end"),
    ],
)
def test_an_unreadable_file_says_why(raw: bytes, reason: str) -> None:
    with pytest.raises(DocumentUnreadable) as caught:
        read_pdf(PATH, raw)
    assert caught.value.reason == reason and caught.value.path == PATH


def test_a_file_that_only_forbids_printing_can_be_read() -> None:
    reader = pypdf.PdfReader(io.BytesIO(pdf_of(paragraphs(FILLER))))
    writer, out = pypdf.PdfWriter(reader), io.BytesIO()
    writer.encrypt(user_password="", owner_password="amt")
    writer.write(out)
    assert read(out.getvalue()) == [("prose", FILLER)]


def test_a_damaged_index_of_the_file_is_repaired() -> None:
    raw = pdf_of(paragraphs(FILLER))
    assert read(raw.replace(b"startxref\n", b"startxref\n9")) == [("prose", FILLER)]


def test_a_few_scanned_pages_do_not_keep_the_others_out() -> None:
    raw = drawn_pdf(lambda canvas: draw_lines(canvas, *[FILLER[:70]] * 20), image_page)
    assert len(read(raw)) == 1


@pytest.mark.parametrize(
    ("text", "is_good"),
    [
        pytest.param(
            "Die Förderung für Öffentlichkeitsarbeit über die Öffnung hinaus ist möglich.", True, id="umlauts"
        ),
        pytest.param("InnoFounder und PROFI fördern in Hamburg die Gründung neuer Unternehmen sehr.", True, id="names"),
        pytest.param("Die Erg änzungen der F örderung sind m öglich und n ötig.", False, id="umlauts cut off"),
        pytest.param("D i e F ö r d e r u n g i s t h o c h", False, id="spaced letters"),
        pytest.param("DieFörderungIstHoch undDerZuschussEbenso", False, id="glued words"),
        pytest.param("Die O\ue000ce-P\ue001icht der \ufffd\ufffd gilt", False, id="foreign glyphs"),
        pytest.param("", False, id="nothing"),
    ],
)
def test_the_quality_of_a_page_tells_good_from_bad(text: str, is_good: bool) -> None:
    assert (page_quality(text) >= 0.9) is is_good


def line(text: str) -> list[PdfLine]:
    return [PdfLine((Piece(text, 72, 300),), 100, 10, False)]


@pytest.mark.parametrize(
    ("first", "second", "kept"),
    [
        pytest.param("Die Ergänzungen sind möglich.", "Anderes.", "first", id="first is good"),
        pytest.param(
            "Die Erg änzungen sind m öglich.", "Die Ergänzungen sind möglich.", "second", id="second is better"
        ),
        pytest.param("Die Erg änzungen sind m öglich.", "Ja.", "first", id="second lost text"),
        pytest.param(
            "Die Erg änzungen sind m öglich.", "D i e Erg änzungen s i n d m öglich.", "first", id="second is worse"
        ),
        pytest.param("", "Die Ergänzungen sind möglich.", "second", id="first found nothing"),
    ],
)
def test_the_better_reading_of_a_page_is_kept(first: str, second: str, kept: str) -> None:
    assert better_page(line(first), lambda: line(second)) == line({"first": first, "second": second}[kept])


def test_three_hundred_pages_are_read_in_seconds() -> None:
    def draw(canvas: Canvas) -> None:
        draw_lines(canvas, *[FILLER[:90]] * 50)

    raw = drawn_pdf(*[draw] * 300)
    begun = time.perf_counter()
    assert len(read_pdf(PATH, raw).blocks) >= 300
    assert time.perf_counter() - begun < 30  # some ten on a laptop
