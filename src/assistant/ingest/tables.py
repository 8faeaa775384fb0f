"""Tables of any format as one block a row, so that a row quoted alone says which figure is which."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from assistant.ingest.compose import Block

MAX_COLUMNS = 60
"""A wider span is a mistake or an attack; its cell stands in this many columns."""
MAX_HEADER = 60
"""Characters; a longer cell is no column's name."""


class Cell(NamedTuple):
    """A cell as written, with the columns and rows it spans."""

    text: str
    is_header: bool = False
    columns: int = 1
    rows: int = 1


def spread(rows: Sequence[Sequence[Cell]]) -> list[list[Cell]]:
    """The table as a rectangle; a cell that spans several places stands in each of them."""
    grid: list[list[Cell]] = []
    pending: dict[int, tuple[Cell, int]] = {}
    for row in rows:
        placed: list[Cell] = []
        waiting = list(reversed(row))
        while waiting or any(column >= len(placed) for column in pending):
            column = len(placed)
            if column in pending:
                cell, left = pending.pop(column)
                placed.append(cell)
                if left > 1:
                    pending[column] = (cell, left - 1)
                continue
            if not waiting:
                placed.append(Cell(""))
                continue
            cell = waiting.pop()
            for _ in range(max(1, min(cell.columns, MAX_COLUMNS))):
                if cell.rows > 1 and len(placed) not in pending:
                    pending[len(placed)] = (cell, cell.rows - 1)
                elif len(placed) in pending:
                    break
                placed.append(cell)
        grid.append(placed)
    width = max((len(row) for row in grid), default=0)
    return [row + [Cell("")] * (width - len(row)) for row in grid]


def table_blocks(
    rows: Sequence[Sequence[Cell]], *, header_rows: int | None = None, page: int | None = None
) -> list[Block]:
    """One block a row: "Header: cell; Header: cell"; without a header "cell; cell", in two columns "name: value".

    Args:
        rows: As written; spanning cells stand once.
        header_rows: How many rows name the columns, or None to judge it by the cells.
        page: Where the table stands.
    """
    grid = [row for row in spread(rows) if any(cell.text.strip() for cell in row)]
    if not grid:
        return []
    used = [column for column in range(len(grid[0])) if any(row[column].text.strip() for row in grid)]
    grid = [[row[column] for column in used] for row in grid]
    count = _count_header_rows(grid) if header_rows is None else min(header_rows, len(grid))
    if count == len(grid):
        count = 0
    names = [_join_once([row[column].text for row in grid[:count]]) for column in range(len(grid[0]))]
    texts = (_row_text(row, names if count else []) for row in grid[count:])
    return [Block(kind="table", text=text, page=page) for text in texts]


def _count_header_rows(grid: Sequence[Sequence[Cell]]) -> int:
    """Leading rows of header cells; or the first, where it reads like names above values."""
    marked = 0
    for row in grid:
        if not all(cell.is_header or not cell.text.strip() for cell in row):
            break
        marked += 1
    if marked or len(grid) < 2 or len(grid[0]) < 2:
        return marked
    first, body = [cell.text.strip() for cell in grid[0]], grid[1:]
    if any(len(name) > MAX_HEADER or re.search(r"\d", name) for name in first) or not all(first[1:]):
        return 0
    columns = ([row[column].text for row in body if not _is_across(row)] for column in range(1, len(first)))
    has_figures = any(texts and all(re.search(r"\d", text) for text in texts) for texts in columns)
    return int(has_figures or (len(first) > 2 and len(set(first)) == len(first)))


def _row_text(row: Sequence[Cell], names: Sequence[str]) -> str:
    cells = [cell.text.strip() for cell in row]
    if _is_across(row):
        return cells[0]
    if not names and len(cells) == 2 and all(cells):
        return _named(cells[0], cells[1])
    texts: list[str] = []
    for column, text in enumerate(cells):
        name = names[column] if column < len(names) else ""
        entry = _named(name, text) if name and name != text else text
        is_spread = column > 0 and row[column] is row[column - 1]
        if text and not (is_spread and texts[-1:] == [entry]):
            texts.append(entry)
    return "; ".join(texts)


def _is_across(row: Sequence[Cell]) -> bool:
    """Whether one cell spans the whole table."""
    return all(cell is row[0] for cell in row)


def _named(name: str, value: str) -> str:
    return f"{name} {value}" if name[-1:] in ":?!" else f"{name}: {value}"


def _join_once(texts: Sequence[str]) -> str:
    """Names of a column out of several header rows, each once."""
    return " ".join(dict.fromkeys(text.strip() for text in texts if text.strip()))
