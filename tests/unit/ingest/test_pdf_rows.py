"""Table rows among the lines of a page, and text in columns that is no table."""

from __future__ import annotations

from assistant.ingest.pdf_lines import PdfLine, Piece
from assistant.ingest.pdf_rows import Row, blocks_of_rows, find_rows, read_columns, table_runs


def line(top: float, *cells: tuple[float, str], bold: bool = False) -> PdfLine:
    """A line of cells, each given by its left edge; a letter is five points wide."""
    pieces = tuple(Piece(text, left, left + 5 * len(text)) for left, text in cells)
    return PdfLine(pieces, top, 10, bold)


def rows_in(*lines: PdfLine) -> list[str]:
    items = find_rows(lines)
    texts: list[str] = []
    for start, end, rows in table_runs(items):
        assert all(isinstance(item, Row) or end - start > 2 for item in items[start:end])
        texts.extend(block.text for block in blocks_of_rows(rows, 1) or [])
    return [" ".join(text.split()) for text in texts]


def test_cells_on_one_baseline_make_a_row() -> None:
    assert rows_in(
        line(100, (72, "Größe"), (200, "Quote"), (300, "Betrag")),
        line(118, (72, "klein"), (200, "45 %"), (300, "200.000 Euro")),
        line(136, (72, "groß"), (200, "25 %"), (300, "100.000 Euro")),
    ) == ["Größe: klein; Quote: 45 %; Betrag: 200.000 Euro", "Größe: groß; Quote: 25 %; Betrag: 100.000 Euro"]


def test_a_cell_of_several_lines_drawn_before_its_neighbours_is_one_cell() -> None:
    assert rows_in(
        line(100, (72, "Größe"), (200, "Quote")),
        line(118, (72, "kleine Firmen mit")),
        line(130, (72, "unter 50 Personen")),
        line(118, (200, "45 %")),
        line(150, (72, "große Firmen"), (200, "25 %")),
    ) == ["Größe: kleine Firmen mit unter 50 Personen; Quote: 45 %", "Größe: große Firmen; Quote: 25 %"]


def test_a_last_cell_of_several_lines_is_one_cell() -> None:
    assert rows_in(
        line(100, (72, "Art"), (150, "Bedingung"), bold=True),
        line(118, (72, "Kredit"), (150, "nur mit Sitz in")),
        line(130, (150, "der Stadt Hamburg")),
        line(150, (72, "Zuschuss"), (150, "nur vor Beginn")),
    ) == ["Art: Kredit; Bedingung: nur mit Sitz in der Stadt Hamburg", "Art: Zuschuss; Bedingung: nur vor Beginn"]


def test_cells_centred_beside_a_taller_one_belong_to_its_row() -> None:
    assert rows_in(
        line(100, (72, "Art"), (200, "Betrag")),
        line(118, (72, "Zuschuss für")),
        line(130, (72, "Gründungen in")),
        line(142, (72, "Hamburg")),
        line(130, (200, "75.000 Euro")),
        line(165, (72, "Kredit"), (200, "25.000 Euro")),
    ) == ["Art: Zuschuss für Gründungen in Hamburg; Betrag: 75.000 Euro", "Art: Kredit; Betrag: 25.000 Euro"]


def test_a_line_between_two_rows_belongs_to_the_table() -> None:
    assert rows_in(
        line(100, (72, "Programm"), (200, "Betrag")),
        line(118, (72, "Programme des Landes")),
        line(136, (72, "InnoFounder"), (200, "75.000 Euro")),
        line(154, (72, "PROFI"), (200, "500.000 Euro")),
    ) == ["Programme des Landes", "Programm: InnoFounder; Betrag: 75.000 Euro", "Programm: PROFI; Betrag: 500.000 Euro"]


def test_two_columns_of_text_are_no_table() -> None:
    left = [line(100 + 12 * n, (72, f"linke Spalte Zeile {n} mit Text")) for n in range(12)]
    right = [line(100 + 12 * n, (320, f"rechte Spalte Zeile {n} mit Text")) for n in range(12)]
    assert find_rows([*left, *right]) == [*left, *right]


def test_a_stretched_line_of_a_paragraph_is_no_row() -> None:
    lines = [
        line(100, (72, "Die Behörde begleitet die Cluster und")),
        line(112, (72, "veröffentlicht"), (180, "die"), (230, "Ergebnisse")),
        line(124, (72, "im Portal der Stadt.")),
    ]
    assert find_rows(lines) == lines


def test_a_bullet_and_its_text_are_one() -> None:
    lines = [line(100, (72, "•"), (100, "Personal")), line(115, (72, "2.1"), (110, "Gegenstand"))]
    assert [item.text for item in find_rows(lines) if isinstance(item, PdfLine)] == ["• Personal", "2.1 Gegenstand"]


def test_rows_far_apart_are_no_table() -> None:
    rows = [line(30, (72, "25.11.2026"), (300, "Richtlinie")), line(780, (72, "Behörde"), (300, "1/1"))]
    assert rows_in(*rows) == []


def test_two_columns_drawn_line_by_line_are_read_one_after_the_other() -> None:
    lines = [
        line(100 + 12 * n, (72, f"linke Spalte, Zeile {n} mit viel Text darin"), (320, f"rechte Spalte, Zeile {n} mit viel Text darin"))
        for n in range(8)
    ]  # fmt: skip
    ((_, _, rows),) = table_runs(find_rows(lines))
    columns = read_columns(rows)
    assert columns is not None
    assert [part.text.split(",")[0] for part in columns] == ["linke Spalte"] * 8 + ["rechte Spalte"] * 8
