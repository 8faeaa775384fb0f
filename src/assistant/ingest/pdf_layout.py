"""From the lines of PDF pages to blocks: running lines out, headings, paragraphs, items and table rows told apart."""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from assistant.ingest.compose import Block
from assistant.ingest.pdf_lines import PdfLine
from assistant.ingest.pdf_rows import Row, blocks_of_rows, find_rows, read_columns, table_runs
from assistant.ingest.plain import (
    bullet_text,
    ends_sentence,
    heading_level,
    is_contents_line,
    is_next_item,
    is_numbered_heading,
    item_kind,
    starts_item,
)

EDGE_LINES = 3
"""So many baselines at the top and bottom of a page may be running lines."""
SAME_PLACE = 3.0
"""Points; lines at the same place of several pages differ by less."""
BIG = 1.12
"""Of the body's size: letters of a heading are at least so much larger."""
GAP = 1.2
"""Of the usual distance of two baselines: a larger one parts paragraphs."""
LONGEST_HEADING = 160
MAX_HEADING_LINES = 4
_PAGE_NUMBER = re.compile(
    r"^(?:(?:Seite|Page|S\.)\s*)?[-–—|]?\s*(?P<number>\d{1,4})\s*[-–—|]?(?:\s*(?:von|of|/)\s*\d{1,4})?$|^[ivxlc]{1,6}$",
    re.I,
)
_COUNTS_PARTS = re.compile(r"^(?:§|Art|Kapitel|Abschnitt|Teil|Anlage|Modul|Ziffer|Chapter|Section|Part|Annex)", re.I)


class _Found(NamedTuple):
    """A block with the letters it was set in."""

    block: Block
    size: float
    is_bold: bool


class _Style(NamedTuple):
    """What is usual in a document."""

    size: float
    leading: float


def blocks_of_pages(pages: Sequence[Sequence[PdfLine]]) -> list[Block]:
    """Blocks of all pages in order, each with the number of the page it begins on."""
    cleaned = without_running_lines(pages)
    style = _usual_style(cleaned)
    found: list[_Found] = []
    for number, lines in enumerate(cleaned, start=1):
        found.extend(_blocks_of_page(lines, style, page=number))
    return _with_levels(_join_across_pages(found, style))


# --- running lines ---------------------------------------------------------------------------------------------------


def without_running_lines(pages: Sequence[Sequence[PdfLine]]) -> list[list[PdfLine]]:
    """Pages without headers, footers and page numbers.

    A line at a page's edge is a running line if the same words stand at the same place of three pages (or of both), or if
    a figure in it counts the pages.
    """
    edges = [_edge_lines(lines) for lines in pages]
    seen: Counter[tuple[str, int, int]] = Counter()
    for number, edge in enumerate(edges, start=1):
        seen.update({sign for line in edge for sign in _signs(line, number)})
    wanted = min(3, max(2, len(pages)))
    cleaned: list[list[PdfLine]] = []
    for number, (lines, edge) in enumerate(zip(pages, edges, strict=True), start=1):
        running = {
            id(line)
            for line in edge
            if _is_page_number(line.text, number) or any(seen[sign] >= wanted for sign in _signs(line, number))
        }
        cleaned.append([line for line in lines if id(line) not in running])
    return cleaned


def _edge_lines(lines: Sequence[PdfLine]) -> list[PdfLine]:
    tops = sorted({round(line.top) for line in lines})
    edge = {*tops[:EDGE_LINES], *tops[-EDGE_LINES:]}
    return [line for line in lines if round(line.top) in edge]


def _signs(line: PdfLine, number: int) -> Iterator[tuple[str, int, int]]:
    """By what a line on page `number` is known again on another page: words, how far its figure is ahead, and place."""
    grid = line.top / SAME_PLACE
    counted = None if _COUNTS_PARTS.match(line.text) else _counted(line.text)
    for place in (math.floor(grid), math.ceil(grid)):  # two grids, so that lines at almost one height share a place
        yield (line.text, 0, place)
        if counted:
            yield (counted[0], counted[1] - number, place)
    for piece in line.pieces:
        if re.fullmatch(r"\d{1,4}", piece.text):
            yield ("#", int(piece.text) - number, -1)


def _counted(text: str) -> tuple[str, int] | None:
    """The text without the one figure that may count pages, and that figure; "of 12" is left aside."""
    text = re.sub(r"(?<=von )\d+|(?<=of )\d+|(?<=/)\s*\d+$", "", text)
    figures = re.findall(r"\d+", text)
    return (text.replace(figures[0], "#"), int(figures[0])) if len(figures) == 1 and len(figures[0]) <= 4 else None


def _is_page_number(text: str, number: int) -> bool:
    match = _PAGE_NUMBER.match(text)
    return bool(match and (text[0].isalpha() or int(match["number"]) == number))


# --- paragraphs, items, headings -------------------------------------------------------------------------------------


def _usual_style(pages: Sequence[Sequence[PdfLine]]) -> _Style:
    sizes: Counter[float] = Counter()
    for lines in pages:
        for line in lines:
            sizes[round(line.size * 2) / 2] += len(line.text)
    size = sizes.most_common(1)[0][0] if sizes else 10.0
    steps: Counter[float] = Counter()
    for lines in pages:
        for before, line in pairwise(lines):
            step = line.top - before.top
            if 0.9 * size <= step <= 2.2 * size and abs(line.size - size) < 0.5 and abs(before.size - size) < 0.5:
                steps[round(step * 2) / 2] += 1
    common = [step for step, count in steps.items() if count >= 0.15 * sum(steps.values())]
    return _Style(size, min(common, default=1.2 * size))


def _blocks_of_page(lines: Sequence[PdfLine], style: _Style, *, page: int) -> list[_Found]:
    items = find_rows([line for line in lines if not is_contents_line(line.text)])
    found: list[_Found] = []
    position = 0
    for start, end, rows in [*table_runs(items), (len(items), len(items), [])]:
        flowing = [line for item in items[position:start] for line in (item.lines if isinstance(item, Row) else [item])]
        columns = read_columns(rows) if rows else None
        table = blocks_of_rows(rows, page) if rows and columns is None else None
        if table is None:  # no table after all: text, read on with what stands before it
            own = columns or [
                line for item in items[start:end] for line in (item.lines if isinstance(item, Row) else [item])
            ]
            found.extend(_read_flow([*flowing, *own], style, page=page))
        else:
            found.extend(_read_flow(flowing, style, page=page))
            found.extend(_Found(block, style.size, False) for block in table)
        position = end
    return found


def _read_flow(lines: Sequence[PdfLine], style: _Style, *, page: int) -> list[_Found]:
    found: list[_Found] = []
    paragraph: list[PdfLine] = []
    edges = _right_edges(lines)

    def close() -> None:
        if paragraph:
            texts = [line.text for line in paragraph]
            bullet = bullet_text(texts[0])
            enumerated = starts_item(texts[0])
            kind = "list" if bullet is not None else item_kind(texts[0]) if enumerated else "prose"
            block = Block(
                kind=kind, text="\n".join([bullet if bullet is not None else texts[0], *texts[1:]]), page=page
            )
            found.append(_Found(block, paragraph[-1].size, all(line.is_bold for line in paragraph)))
            paragraph.clear()

    position = 0
    while position < len(lines):
        line = lines[position]
        before = lines[position - 1] if position else None
        heading = _heading_at(lines, position, style)
        if heading:
            close()
            text = "\n".join(part.text for part in heading)
            found.append(_Found(Block(kind="heading", text=text, page=page), line.size, line.is_bold))
            position += len(heading)
            continue
        if paragraph and before is not None and not _goes_on(paragraph, line, style, edges):
            close()
        paragraph.append(line)
        position += 1
    close()
    return found


def _heading_at(lines: Sequence[PdfLine], position: int, style: _Style) -> Sequence[PdfLine]:
    """The lines of the heading that begins here; none if it is no heading."""
    line = lines[position]
    before = lines[position - 1] if position else None
    if before and _same_letters(before, line) and _is_close(before, line, 1.6) and not is_numbered_heading(line.text):
        return ()  # in the middle of what is no heading
    end = position + 1
    while end < len(lines) and _same_letters(lines[end], line) and _is_close(lines[end - 1], lines[end], 1.6):
        if is_numbered_heading(lines[end].text):
            break
        end += 1
    group = lines[position:end]
    text = " ".join(part.text for part in group)
    if not re.search(r"[^\W\d_]{2}", text) or bullet_text(text) is not None:
        return ()
    is_short = len(group) <= MAX_HEADING_LINES and len(text) <= LONGEST_HEADING and text[-1] not in ".,;:"
    starts_well = not text[0].islower()
    stands_apart = (
        before is None or not _is_close(before, line, GAP * style.leading / line.size) or ends_sentence(before.text)
    )
    if line.size >= BIG * style.size:
        return group if is_short and starts_well else ()
    if line.is_bold and line.size >= 0.95 * style.size:
        return group if is_short and starts_well and len(group) <= 2 and stands_apart else ()
    if not is_numbered_heading(line.text) or not stands_apart:
        return ()
    next_text = lines[position + 1].text if position + 1 < len(lines) else ""
    is_apart_below = position + 1 >= len(lines) or not _is_close(
        line, lines[position + 1], GAP * style.leading / line.size
    )
    if starts_item(line.text) and not is_apart_below:
        return ()
    return lines[position : position + 1] if is_apart_below or not next_text[:1].islower() else ()


def _goes_on(paragraph: Sequence[PdfLine], line: PdfLine, style: _Style, edges: dict[int, float]) -> bool:
    """Whether a line belongs to the open paragraph or item."""
    before, text = paragraph[-1], line.text
    is_open = not ends_sentence(before.text)
    if bullet_text(text) is not None:
        return False
    if starts_item(text):
        first = paragraph[0]
        is_hanging = (bullet_text(first.text) is not None or starts_item(first.text)) and line.left <= first.left + 2
        if not is_open or is_hanging or is_next_item(first.text, text):
            return False
    step = line.top - before.top
    if step < 0:  # another column
        return is_open and (text[:1].islower() or before.text.endswith("-"))
    if step > GAP * max(style.leading, line.size):
        return step <= 2 * style.leading and is_open and text[:1].islower()
    if abs(line.size - before.size) > (0.25 if is_open else 0.08) * before.size:
        return len(paragraph) == 1 and bullet_text(before.text) is not None
    if abs(step) <= 1:  # on the same baseline, in another place
        return True
    if not is_open and abs(line.left - before.left) > 0.7 * line.size:
        return len(paragraph) == 1 and (bullet_text(before.text) is not None or starts_item(before.text))
    return not _was_broken_off(before, line, edges, is_open=is_open)


def _was_broken_off(before: PdfLine, line: PdfLine, edges: dict[int, float], *, is_open: bool) -> bool:
    """Whether the line before ends although the next word would have had room: there a paragraph or entry ends."""
    room = edges.get(_column(before), before.right) - before.right
    first = line.text.split(" ", 1)[0]
    width = (line.right - line.left) / max(1, len(line.text)) * (len(first) + 1)
    if not is_open:
        return room > width + 0.5 * line.size
    if before.text.endswith(("-", ",", "und", "oder", "and", "or")) or not line.text[:1].isupper():
        return False
    return room > width + 6 * line.size


def _right_edges(lines: Sequence[PdfLine]) -> dict[int, float]:
    """How far the text reaches in each column of the page."""
    edges: dict[int, float] = defaultdict(float)
    for line in lines:
        for column in (_column(line) - 1, _column(line), _column(line) + 1):
            edges[column] = max(edges[column], line.right)
    return edges


def _column(line: PdfLine) -> int:
    return round(line.left / 20)


def _same_letters(one: PdfLine, other: PdfLine) -> bool:
    return one.is_bold == other.is_bold and abs(one.size - other.size) <= 0.03 * other.size


def _is_close(before: PdfLine, line: PdfLine, factor: float) -> bool:
    return 0 <= line.top - before.top <= factor * line.size


# --- over pages ------------------------------------------------------------------------------------------------------


def _join_across_pages(found: Sequence[_Found], style: _Style) -> list[_Found]:
    """Join a paragraph that goes on over a page break, past the footnotes at the foot of the page."""
    joined: list[_Found] = []
    for item in found:
        place = len(joined) - 1
        page = item.block.page
        is_first = bool(joined) and joined[-1].block.page != page
        while is_first and place > 0 and joined[place].size < 0.92 * style.size and item.size >= 0.92 * style.size:
            place -= 1
        before = joined[place] if place >= 0 else None
        if (
            is_first
            and before is not None
            and item.block.kind == "prose"
            and before.block.kind in ("prose", "list")
            and not ends_sentence(before.block.text)
            and (item.block.text[:1].islower() or before.block.text.endswith("-"))
        ):
            text = f"{before.block.text}\n{item.block.text}"
            joined[place] = before._replace(block=Block(kind=before.block.kind, text=text, page=before.block.page))
        else:
            joined.append(item)
    return joined


def _with_levels(found: Sequence[_Found]) -> list[Block]:
    """Give headings their levels: by the size of their letters, numbered ones by the depth of their number."""
    headings = [item for item in found if item.block.kind == "heading"]
    ranks = sorted({_rank(item) for item in headings}, reverse=True)
    level_of = {rank: min(number, 5) for number, rank in enumerate(ranks, start=1)}
    tops = [level_of[_rank(item)] for item in headings if _is_top_number(item.block.text)]
    base = min(tops, default=2)
    blocks: list[Block] = []
    for item in found:
        block = item.block
        if block.kind == "heading":
            numbered = is_numbered_heading(" ".join(block.text.split()))
            level = base + heading_level(block.text) - 2 if numbered else level_of[_rank(item)]
            block = Block(kind="heading", text=block.text, level=min(level, 6), page=block.page)
        blocks.append(block)
    return blocks


def _rank(item: _Found) -> tuple[float, bool]:
    return round(item.size * 2) / 2, item.is_bold


def _is_top_number(text: str) -> bool:
    return is_numbered_heading(" ".join(text.split())) and heading_level(text) == 2
