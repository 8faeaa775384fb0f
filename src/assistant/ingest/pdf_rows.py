"""Table rows among the lines of a PDF page: cells beside one another, each of one line or more."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from assistant.ingest.compose import Block
from assistant.ingest.pdf_lines import PdfLine, Piece
from assistant.ingest.plain import ends_sentence
from assistant.ingest.tables import Cell, table_blocks

MAX_CELL_LINES = 8
"""A longer stack of lines beside another one is a column of text."""
CLOSE = 1.45
"""Of the letters' size: the distance of two baselines within one cell or paragraph."""
MAX_ROW_GAP = 5.0
"""Of the letters' size, between the rows of one table."""
COLUMN_ROWS, COLUMN_CHARACTERS = 6, 35
"""So many rows of two such long cells are text in two columns, drawn line by line."""
_MARK = re.compile(
    r"^(?:[-*•–▪■●○◦‣➢✓]|\(?(?:\d{1,2}|[a-z]{1,2}|[ivx]{1,4})[.)]|§+ ?\d+[a-z]?|\d{1,2}(?:\.\d{1,2})*\.?)$"
)


class RowCell(NamedTuple):
    """The lines of one cell."""

    texts: tuple[str, ...]
    left: float
    right: float
    is_bold: bool

    @property
    def text(self) -> str:
        """Its lines, a line break between them."""
        return "\n".join(self.texts)


class Row(NamedTuple):
    """Cells beside one another, and the lines they were made of, in the order of the file."""

    cells: tuple[RowCell, ...]
    lines: tuple[PdfLine, ...]

    @property
    def top(self) -> float:
        """The highest baseline in the row."""
        return min(line.top for line in self.lines)

    @property
    def bottom(self) -> float:
        """The lowest baseline in the row."""
        return max(line.top for line in self.lines)


def find_rows(lines: Sequence[PdfLine]) -> list[PdfLine | Row]:
    """The page's lines, those that stand beside one another joined to rows."""
    found: list[PdfLine | Row] = []
    cells: list[list[PdfLine]] = []

    def close() -> None:
        if len(cells) > 1:
            own = tuple(line for cell in cells for line in cell)
            found.append(Row(tuple(_cell(cell) for cell in cells), own))
        cells.clear()

    for line in map(_join_mark, lines):
        if cells and _continues(cells[-1], line):
            cells[-1].append(line)
            continue
        if cells and _is_beside(cells, line):
            cells.extend([_only(line, piece)] for piece in line.pieces)
            continue
        close()
        before = _stack_beside(found, line)
        if before:
            del found[-len(before) :]
            cells.append(before)
            cells.extend([_only(line, piece)] for piece in line.pieces)
        elif len(line.pieces) > 1 and not _runs_on(found[-1] if found else None, line):
            cells.extend([_only(line, piece)] for piece in line.pieces)
        else:
            found.append(line)
    close()
    return found


def blocks_of_rows(rows: Sequence[Row], page: int | None) -> list[Block] | None:
    """Table rows as blocks, or None if these rows stand beside one another by chance."""
    columns = _columns(rows)
    if len(rows) < 2 or len(columns) < 2:
        return None
    grid: list[list[Cell]] = []
    for row in rows:
        if len(row.cells) == 1:
            grid.append([Cell(row.cells[0].text, row.cells[0].is_bold, columns=len(columns))])
            continue
        texts, bold = [""] * len(columns), [False] * len(columns)
        for cell in row.cells:
            place = max(range(len(columns)), key=lambda i: _overlap(columns[i], cell))
            texts[place] = f"{texts[place]}\n{cell.text}".strip()
            bold[place] = cell.is_bold
        grid.append([Cell(text, is_header) for text, is_header in zip(texts, bold, strict=True)])
    return table_blocks(grid, page=page)


def read_columns(rows: Sequence[Row]) -> list[PdfLine] | None:
    """The lines of text in two columns that was drawn line by line, left column first; None if it is a table."""
    pairs = [row for row in rows if len(row.cells) == 2 and all(len(cell.texts) == 1 for cell in row.cells)]
    if len(pairs) < COLUMN_ROWS or len(pairs) < len(rows):
        return None
    for side in (0, 1):
        if sum(len(row.cells[side].text) for row in pairs) < COLUMN_CHARACTERS * len(pairs):
            return None
    return [
        PdfLine((Piece(cell.text, cell.left, cell.right),), row.lines[0].top, row.lines[0].size, cell.is_bold)
        for side in (0, 1)
        for row in pairs
        for cell in (row.cells[side],)
    ]


def _join_mark(line: PdfLine) -> PdfLine:
    """A bullet or number and the text behind it are no two cells."""
    if len(line.pieces) != 2 or not _MARK.match(line.pieces[0].text):
        return line
    mark, text = line.pieces
    return line._replace(pieces=(Piece(f"{mark.text} {text.text}", mark.left, text.right),))


def _only(line: PdfLine, piece: Piece) -> PdfLine:
    return line._replace(pieces=(piece,))


def _cell(lines: Sequence[PdfLine]) -> RowCell:
    return RowCell(
        texts=tuple(line.text for line in lines),
        left=min(line.left for line in lines),
        right=max(line.right for line in lines),
        is_bold=all(line.is_bold for line in lines),
    )


def _continues(cell: Sequence[PdfLine], line: PdfLine) -> bool:
    """Whether a line stands close below the last line of the open cell."""
    last = cell[-1]
    below = 0 < line.top - last.top <= CLOSE * last.size
    left, right = min(part.left for part in cell), max(part.right for part in cell)
    within = left - 3 <= line.left and line.right <= right + 3
    return below and (within or (abs(line.left - left) <= 3 and len(line.pieces) == 1))


def _is_beside(cells: Sequence[Sequence[PdfLine]], line: PdfLine) -> bool:
    """Whether a line begins another cell of the open row: to the right, and no lower than what stands there."""
    right = max(part.right for part in cells[-1])
    top, bottom = min(cell[0].top for cell in cells), max(cell[-1].top for cell in cells)
    reach = 3.5 * line.size
    return line.left > right and top - reach <= line.top <= bottom + 2 and line.top <= cells[-1][-1].top + 2


def _stack_beside(found: Sequence[PdfLine | Row], line: PdfLine) -> list[PdfLine]:
    """The lines left of a line that jumped up again: the first cell of a row; none if it began another column."""
    stack: list[PdfLine] = []
    for item in reversed(found):
        if isinstance(item, Row) or item.right >= line.left or len(stack) > MAX_CELL_LINES:
            break
        if stack and not 0 < stack[-1].top - item.top <= CLOSE * item.size:
            break
        stack.append(item)
    stack.reverse()
    if not stack or len(stack) > MAX_CELL_LINES or line.top > stack[-1].top + 2:
        return []
    if line.top == stack[-1].top and len(stack) > 1 and stack[-1].top - stack[0].top > line.size:
        stack = stack[-1:]  # dense rows: the line belongs to the last one alone
    return stack if line.top >= stack[0].top - 3.5 * line.size else []


def _runs_on(before: PdfLine | Row | None, line: PdfLine) -> bool:
    """Whether a line with wide gaps is stretched text that a sentence runs into."""
    return (
        isinstance(before, PdfLine)
        and 0 < line.top - before.top <= CLOSE * line.size
        and abs(line.left - before.left) <= 3
        and line.text[:1].islower()
        and not ends_sentence(before.text)
    )


def _columns(rows: Sequence[Row]) -> list[tuple[float, float]]:
    """Left and right edges of the columns: the places of the cells in the rows with most cells, merged where they overlap."""
    most = max(len(row.cells) for row in rows)
    places = sorted((cell.left, cell.right) for row in rows if len(row.cells) == most for cell in row.cells)
    merged: list[tuple[float, float]] = []
    for left, right in places:
        if merged and left < merged[-1][1]:
            merged[-1] = (merged[-1][0], max(merged[-1][1], right))
        else:
            merged.append((left, right))
    return merged


def _overlap(column: tuple[float, float], cell: RowCell) -> tuple[float, float]:
    """How far a cell lies in a column; of columns it does not touch, the nearest is best."""
    shared = min(column[1], cell.right) - max(column[0], cell.left)
    return (max(shared, 0.0), min(shared, 0.0))


def table_runs(items: Sequence[PdfLine | Row]) -> Iterator[tuple[int, int, list[Row]]]:
    """Start and end of each run of rows among the items, and its rows; a short line between two rows belongs to them."""
    start = 0
    while start < len(items):
        first = items[start]
        if not isinstance(first, Row):
            start += 1
            continue
        rows, end = [first], start + 1
        while end < len(items):
            item = items[end]
            if isinstance(item, Row) and 0 < item.top - rows[-1].bottom <= MAX_ROW_GAP * item.lines[0].size:
                rows.append(item)
            elif isinstance(item, PdfLine) and isinstance(_at(items, end + 1), Row) and _is_inside(rows, item):
                _add_line(rows, item)
            else:
                break
            end += 1
        yield start, end, rows
        start = end


def _at(items: Sequence[PdfLine | Row], place: int) -> PdfLine | Row | None:
    return items[place] if place < len(items) else None


def _is_inside(rows: Sequence[Row], line: PdfLine) -> bool:
    left = min(cell.left for row in rows for cell in row.cells)
    is_short = len(line.text) <= 80 and not line.text.endswith((".", ":"))
    return is_short and left - 3 <= line.left and 0 < line.top - rows[-1].bottom <= 4 * line.size


def _add_line(rows: list[Row], line: PdfLine) -> None:
    """Add a row of one cell; or, where a sentence runs on, a line to the cell above."""
    last = rows[-1]
    cell = _cell([line])
    if line.text[:1].islower():
        place = max(range(len(last.cells)), key=lambda i: _overlap((last.cells[i].left, last.cells[i].right), cell))
        grown = last.cells[place]._replace(texts=(*last.cells[place].texts, line.text))
        rows[-1] = Row((*last.cells[:place], grown, *last.cells[place + 1 :]), (*last.lines, line))
    else:
        rows.append(Row((cell,), (line,)))
