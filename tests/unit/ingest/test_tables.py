"""Tables as rows that can be quoted alone."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.ingest.tables import Cell, spread, table_blocks


def rows_of(*rows: tuple[str | Cell, ...], header_rows: int | None = None) -> list[str]:
    cells = [[cell if isinstance(cell, Cell) else Cell(cell) for cell in row] for row in rows]
    return [block.text for block in table_blocks(cells, header_rows=header_rows)]


def heads(*texts: str) -> tuple[Cell, ...]:
    return tuple(Cell(text, is_header=True) for text in texts)


def test_each_figure_stands_beside_the_name_of_its_column() -> None:
    assert rows_of(heads("Größe", "Quote"), ("klein", "45 %"), ("mittel", "35 %")) == [
        "Größe: klein; Quote: 45 %",
        "Größe: mittel; Quote: 35 %",
    ]


def test_a_cell_over_several_rows_stands_in_each_of_them() -> None:
    rows = rows_of(
        heads("Phase", "Zuschuss"), (Cell("Gründung", rows=2), "2.500 Euro"), ("75.000 Euro",), ("Aufbau", "–")
    )
    assert rows == [
        "Phase: Gründung; Zuschuss: 2.500 Euro",
        "Phase: Gründung; Zuschuss: 75.000 Euro",
        "Phase: Aufbau; Zuschuss: –",
    ]


def test_a_cell_over_several_columns_holds_for_each_of_them() -> None:
    rows = rows_of(heads("Größe", "Quote", "Betrag"), ("groß", Cell("keine Förderung", columns=2)))
    assert rows == ["Größe: groß; Quote: keine Förderung; Betrag: keine Förderung"]


def test_two_header_rows_are_read_together() -> None:
    rows = rows_of(
        (Cell("Größe", True, rows=2), Cell("Quote", True, columns=2)),
        heads("allein", "im Verbund"),
        ("klein", "45 %", "60 %"),
    )
    assert rows == ["Größe: klein; Quote allein: 45 %; Quote im Verbund: 60 %"]


def test_a_row_across_the_whole_table_stands_alone() -> None:
    rows = rows_of(heads("Programm", "Betrag"), (Cell("Programme des Bundes", columns=2),), ("ZIM", "690.000 Euro"))
    assert rows == ["Programme des Bundes", "Programm: ZIM; Betrag: 690.000 Euro"]


@pytest.mark.parametrize(
    ("rows", "wanted"),
    [
        pytest.param(
            [("Größe", "Quote"), ("klein", "45 %"), ("mittel", "35 %")],
            ["Größe: klein; Quote: 45 %", "Größe: mittel; Quote: 35 %"],
            id="names above figures",
        ),
        pytest.param(
            [("Höchstbetrag", "150.000 Euro"), ("Laufzeit", "24 Monate")],
            ["Höchstbetrag: 150.000 Euro", "Laufzeit: 24 Monate"],
            id="names beside figures",
        ),
        pytest.param(
            [("Telefon", "040 1234"), ("Wer ist zuständig?", "IFB Hamburg")],
            ["Telefon: 040 1234", "Wer ist zuständig? IFB Hamburg"],
            id="contact",
        ),
        pytest.param(
            [("Cluster", "Träger", "Ort"), ("Hamburg Aviation", "Verein", "Hamburg")],
            ["Cluster: Hamburg Aviation; Träger: Verein; Ort: Hamburg"],
            id="three columns of words",
        ),
        pytest.param(
            [("Gründung", "ja", "ja"), ("Aufbau 2", "nein", "nein")],
            ["Gründung; ja; ja", "Aufbau 2; nein; nein"],
            id="equal cells",
        ),
        pytest.param(
            [("2023", "100", "5"), ("2024", "120", "6")], ["2023; 100; 5", "2024; 120; 6"], id="figures without names"
        ),
    ],
)
def test_a_table_without_marked_header_is_judged_by_its_cells(rows: list[tuple[str, ...]], wanted: list[str]) -> None:
    assert rows_of(*rows) == wanted


def test_a_cell_without_name_and_an_empty_cell_leave_no_marks() -> None:
    assert rows_of(heads("", "Quote"), ("klein", "45 %"), ("mittel", "")) == ["klein; Quote: 45 %", "mittel"]


@pytest.mark.parametrize("rows", [[], [()], [("", " ")]], ids=["no row", "no cell", "blanks"])
def test_an_empty_table_gives_nothing(rows: list[tuple[str, ...]]) -> None:
    assert rows_of(*rows) == []


def test_a_table_of_header_cells_only_is_not_lost() -> None:
    assert rows_of(heads("Größe", "Quote")) == ["Größe: Quote"]


CELLS = st.builds(
    Cell, text=st.text(max_size=5), is_header=st.booleans(), columns=st.integers(0, 5), rows=st.integers(0, 5)
)


@given(st.lists(st.lists(CELLS, max_size=4), max_size=5))
def test_spread_gives_a_rectangle_and_no_row_loses_a_cell(rows: list[list[Cell]]) -> None:
    grid = spread(rows)
    assert len(grid) == len(rows) and len({len(row) for row in grid}) <= 1
    for row, placed in zip(rows, grid, strict=True):
        assert all(any(cell is other for other in placed) for cell in row)


@given(st.lists(st.lists(CELLS, max_size=4), max_size=5), st.none() | st.integers(0, 3))
def test_any_table_can_be_read(rows: list[list[Cell]], header_rows: int | None) -> None:
    for block in table_blocks(rows, header_rows=header_rows):
        assert block.kind == "table"
