"""HTML: the main text with its headings, lists and tables; scripts and navigation stay out."""

from __future__ import annotations

from typing import Any, NamedTuple

from trafilatura import bare_extraction

from assistant.ingest.compose import Block

_HEADING_LEVELS = {f"h{level}": level for level in range(1, 7)}


class Extracted(NamedTuple):
    """What a loader found in a file."""

    title: str | None
    blocks: list[Block]


def read_html(raw: bytes) -> Extracted:
    """Extract the main content of a page; no blocks when there is none."""
    found: Any = bare_extraction(
        raw, include_tables=True, include_links=False, include_comments=False, favor_recall=True, with_metadata=True
    )
    if found is None or found.body is None:
        return Extracted(None, [])
    blocks: list[Block] = []
    for element in found.body:
        _read_element(element, blocks)
    return Extracted(found.title, blocks)


def _read_element(element: Any, blocks: list[Block]) -> None:
    text = " ".join("".join(element.itertext()).split())
    match element.tag:
        case "head":
            blocks.append(Block(kind="heading", text=text, level=_HEADING_LEVELS.get(element.get("rend", "h2"), 2)))
        case "list":
            for item in element.iter("item"):
                own = " ".join("".join(item.itertext()).split())
                blocks.append(Block(kind="list", text=own))
        case "table":
            rows = [
                [" ".join("".join(cell.itertext()).split()) for cell in row.iter("cell")] for row in element.iter("row")
            ]
            has_header = any(cell.get("role") == "head" for cell in element.iter("cell"))
            blocks.extend(table_blocks(rows, has_header=has_header))
        case _:
            blocks.append(Block(kind="prose", text=text))


def table_blocks(rows: list[list[str]], *, has_header: bool, page: int | None = None) -> list[Block]:
    """One block a row, as "Header: cell; Header: cell", so that a row quoted alone says which figure is which."""
    rows = [row for row in rows if any(cell.strip() for cell in row)]
    if not rows:
        return []
    header, body = (rows[0], rows[1:]) if has_header and len(rows) > 1 else ([], rows)
    blocks: list[Block] = []
    for row in body:
        cells = [
            f"{header[i]}: {cell}" if i < len(header) and header[i].strip() else cell
            for i, cell in enumerate(row)
            if cell.strip()
        ]
        blocks.append(Block(kind="table", text="; ".join(cells), page=page))
    return blocks
