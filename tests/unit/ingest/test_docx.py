"""Word documents: headings, lists, tables and footnotes in their place."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path
from typing import Any

import docx
import pytest

from assistant.domain.errors import DocumentUnreadable
from assistant.ingest.docx import read_docx
from tests.unit.ingest.make import W, add_footnote, docx_bytes

PATH = Path("merkblatt.docx")


def read(document: Any) -> list[tuple[str, str]]:
    return [
        (f"h{block.level}" if block.kind == "heading" else block.kind, " ".join(block.text.split()))
        for block in read_docx(PATH, docx_bytes(document)).blocks
        if block.text.strip()
    ]


def append(document: Any, xml: str) -> None:
    """Put raw WordprocessingML at the end of the body."""
    document.element.body.insert(-1, docx.oxml.parse_xml(xml))


def test_headings_paragraphs_and_lists_are_told_apart() -> None:
    document = docx.Document()
    document.add_heading("Merkblatt", 0)
    document.add_heading("Wer wird gefördert?", 1)
    document.add_paragraph("Start-ups in Hamburg.")
    document.add_heading("Voraussetzungen", 2)
    document.add_paragraph("jünger als zwei Jahre", style="List Bullet")
    document.add_paragraph("Antrag stellen", style="List Number")
    assert read(document) == [
        ("h1", "Merkblatt"),
        ("h1", "Wer wird gefördert?"),
        ("prose", "Start-ups in Hamburg."),
        ("h2", "Voraussetzungen"),
        ("list", "jünger als zwei Jahre"),
        ("list", "Antrag stellen"),
    ]


def test_a_heading_is_known_by_the_style_its_own_is_based_on_and_by_its_outline_level() -> None:
    document = docx.Document()
    style = document.styles.add_style("Amtsüberschrift", docx.enum.style.WD_STYLE_TYPE.PARAGRAPH)
    style.base_style = document.styles["Heading 2"]
    document.add_paragraph("Zuwendungszweck", style="Amtsüberschrift")
    append(document, f'<w:p {W}><w:pPr><w:outlineLvl w:val="2"/></w:pPr><w:r><w:t>Höhe</w:t></w:r></w:p>')
    assert read(document) == [("h2", "Zuwendungszweck"), ("h3", "Höhe")]


def test_a_paragraph_numbered_by_hand_of_word_is_an_item() -> None:
    document = docx.Document()
    append(
        document, f'<w:p {W}><w:pPr><w:numPr><w:numId w:val="4"/></w:numPr></w:pPr><w:r><w:t>Personal</w:t></w:r></w:p>'
    )
    append(
        document,
        f'<w:p {W}><w:pPr><w:numPr><w:numId w:val="0"/></w:numPr></w:pPr><w:r><w:t>Kein Punkt.</w:t></w:r></w:p>',
    )
    assert read(document) == [("list", "Personal"), ("prose", "Kein Punkt.")]


def test_a_table_gives_its_rows_in_the_place_where_it_stands() -> None:
    document = docx.Document()
    document.add_paragraph("Vor der Tabelle.")
    table = document.add_table(rows=0, cols=3)
    for row in (("Größe", "Quote", "Betrag"), ("klein", "45 %", "200.000 Euro"), ("groß", "25 %", "100.000 Euro")):
        for cell, text in zip(table.add_row().cells, row, strict=True):
            cell.text = text
    document.add_paragraph("Nach der Tabelle.")
    assert read(document) == [
        ("prose", "Vor der Tabelle."),
        ("table", "Größe: klein; Quote: 45 %; Betrag: 200.000 Euro"),
        ("table", "Größe: groß; Quote: 25 %; Betrag: 100.000 Euro"),
        ("prose", "Nach der Tabelle."),
    ]


def test_merged_cells_hold_for_all_places_they_cover() -> None:
    document = docx.Document()
    table = document.add_table(rows=4, cols=3)
    for row, texts in enumerate(
        (
            ("Phase", "Art", "Höhe"),
            ("Gründung", "Zuschuss", "75.000 Euro"),
            ("", "Darlehen", "25.000 Euro"),
            ("Aufbau", "keine", ""),
        )
    ):
        for column, text in enumerate(texts):
            table.cell(row, column).text = text
    table.cell(1, 0).merge(table.cell(2, 0))
    table.cell(3, 1).merge(table.cell(3, 2))
    assert [text for _, text in read(document)] == [
        "Phase: Gründung; Art: Zuschuss; Höhe: 75.000 Euro",
        "Phase: Gründung; Art: Darlehen; Höhe: 25.000 Euro",
        "Phase: Aufbau; Art: keine; Höhe: keine",
    ]  # fmt: skip


def test_a_frame_of_one_cell_is_read_as_its_content() -> None:
    document = docx.Document()
    cell = document.add_table(rows=1, cols=1).cell(0, 0)
    cell.text = "Wichtiger Hinweis."
    cell.add_paragraph("Antrag vor Beginn", style="List Bullet")
    assert read(document) == [("prose", "Wichtiger Hinweis."), ("list", "Antrag vor Beginn")]


def test_a_footnote_stands_behind_its_paragraph_and_leaves_no_figure_in_it() -> None:
    document = docx.Document()
    paragraph = document.add_paragraph("Der Zuschuss beträgt 2.500")
    add_footnote(document, paragraph, "Stand: Januar 2025.")
    paragraph.add_run(" Euro.")
    document.add_paragraph("Danach.")
    assert read(document) == [
        ("prose", "Der Zuschuss beträgt 2.500 Euro."),
        ("prose", "Stand: Januar 2025."),
        ("prose", "Danach."),
    ]


@pytest.mark.parametrize(
    ("inside", "wanted"),
    [
        pytest.param("<w:ins><w:r><w:t>neu</w:t></w:r></w:ins>", "Text neu", id="inserted with tracking"),
        pytest.param("<w:del><w:r><w:delText>alt</w:delText></w:r></w:del>", "Text", id="deleted with tracking"),
        pytest.param("<w:sdt><w:sdtContent><w:r><w:t>Feld</w:t></w:r></w:sdtContent></w:sdt>", "Text Feld", id="form field"),
        pytest.param("<w:r><w:rPr><w:vanish/></w:rPr><w:t>geheim</w:t></w:r>", "Text", id="hidden"),
        pytest.param("<w:r><w:t>Inno</w:t></w:r><w:r><w:t>Founder</w:t></w:r>", "Text InnoFounder", id="word in two runs"),
        pytest.param("<w:r><w:t>a</w:t><w:br/><w:t>b</w:t><w:tab/><w:t>c</w:t></w:r>", "Text a b c", id="break and tab"),
        pytest.param("<w:r><w:t>E</w:t><w:noBreakHyphen/><w:t>Mail</w:t></w:r>", "Text E-Mail", id="hyphen that holds"),
        pytest.param('<w:r><w:t>2.500</w:t></w:r><w:r><w:rPr><w:vertAlign w:val="superscript"/></w:rPr><w:t>1</w:t></w:r>', "Text 2.500", id="raised mark"),
        pytest.param("<w:r><w:instrText>PAGE</w:instrText></w:r>", "Text", id="field code"),
    ],
)  # fmt: skip
def test_what_a_reader_sees_is_read(inside: str, wanted: str) -> None:
    document = docx.Document()
    append(document, f'<w:p {W}><w:r><w:t xml:space="preserve">Text </w:t></w:r>{inside}</w:p>')
    assert read(document) == [("prose", wanted)]


def test_content_controls_and_text_boxes_are_not_lost() -> None:
    document = docx.Document()
    append(
        document, f"<w:sdt {W}><w:sdtContent><w:p><w:r><w:t>Aus einem Feld.</w:t></w:r></w:p></w:sdtContent></w:sdt>"
    )
    box = "<w:txbxContent><w:p><w:r><w:t>Aus einem Kasten.</w:t></w:r></w:p></w:txbxContent>"
    append(document, f"<w:p {W}><w:r><w:t>Davor.</w:t></w:r><w:r><w:pict>{box}</w:pict></w:r></w:p>")
    assert read(document) == [("prose", "Aus einem Feld."), ("prose", "Davor."), ("prose", "Aus einem Kasten.")]


def test_a_table_of_contents_and_page_headers_stay_out() -> None:
    document = docx.Document()
    document.styles.add_style("toc 1", docx.enum.style.WD_STYLE_TYPE.PARAGRAPH)
    document.add_paragraph("1 Zweck 3", style="toc 1")
    document.sections[0].header.paragraphs[0].text = "Beispielbehörde"
    document.add_paragraph("Der Text.")
    assert read(document) == [("prose", "Der Text.")]


def test_the_title_is_that_on_the_page_before_that_in_the_properties() -> None:
    document = docx.Document()
    document.core_properties.title = "Vorlage 2019"
    document.add_paragraph("Text.")
    assert read_docx(PATH, docx_bytes(document)).title == "Vorlage 2019"
    document.add_heading("Merkblatt Cluster", 0)
    assert read_docx(PATH, docx_bytes(document)).title == "Merkblatt Cluster"


def zip_of(**files: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, data in files.items():
            archive.writestr(name.replace("__", "/") + ".xml", data)
    return out.getvalue()


@pytest.mark.parametrize(
    ("raw", "reason"),
    [
        pytest.param(b"PK\x03\x04" + b"x" * 50, "broken", id="no archive"),
        pytest.param(docx_bytes(docx.Document())[:3000], "broken", id="cut off"),
        pytest.param(zip_of(word__document=b"<a/>"), "broken", id="parts missing"),
        pytest.param(zip_of(xl__workbook=b"<a/>"), "unknown_type", id="spreadsheet"),
        pytest.param(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "unknown_type", id="old format"),
        pytest.param(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"), "encrypted", id="password"),
    ],
)  # fmt: skip
def test_an_unreadable_document_says_why(raw: bytes, reason: str) -> None:
    with pytest.raises(DocumentUnreadable) as caught:
        read_docx(PATH, raw)
    assert caught.value.reason == reason
