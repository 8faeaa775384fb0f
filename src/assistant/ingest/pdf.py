"""PDF: pypdf first, pypdfium2 as second reader where a page came out badly; running headers and footers removed."""

from __future__ import annotations

import io
import re
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

import pypdf
import pypdfium2
from pypdf.errors import PyPdfError

from assistant.domain.errors import DocumentUnreadable
from assistant.ingest.compose import Block
from assistant.ingest.html import Extracted
from assistant.ingest.plain import blocks_of_lines
from assistant.language.normalise import canonical_text

MAX_PAGES = 2000
GOOD_PAGE = 0.9
"""Below this quality the second reader is asked, and the better page kept."""
MIN_CHARACTERS = 20
"""A page with fewer letters counts as an image."""
EDGE_LINES = 2
REPEATED_SHARE = 0.5
_BAD_GLYPHS = re.compile("[\ufffd\ue000-\uf8ff]")
_SPLIT_WORD = re.compile(r"\b[A-Za-zäöü]{2,} [äöüß][a-zäöüß]+")
_GLUED = re.compile(r"[a-zäöüß]{2}[A-ZÄÖÜ][a-zäöüß]{3}|\w{40,}")


def read_pdf(path: Path, raw: bytes) -> Extracted:
    """Read a PDF page by page.

    Raises:
        DocumentUnreadable: If it is broken, encrypted, has too many pages or holds images only.
    """
    first = _read_with_pypdf(path, raw)
    pages = [_better_page(number, text, raw) for number, text in enumerate(first)]
    if sum(char.isalpha() for page in pages for char in page) < MIN_CHARACTERS * max(1, len(pages)) // 2:
        raise DocumentUnreadable(path, "scanned_only", "its pages hold images but no text; run text recognition first")
    blocks: list[Block] = []
    for number, text in enumerate(without_running_lines(pages), start=1):
        blocks.extend(blocks_of_lines(canonical_text(text), page=number))
    return Extracted(
        _title_of(raw) or next((block.text for block in blocks if block.text), None), join_across_pages(blocks)
    )


def page_quality(text: str) -> float:
    """How well a page was read, 0 to 1: the share of words that are not broken, less foreign glyphs.

    A word counts as broken when an umlaut was cut off it ("Erg änzungen"), when words are glued together or when it
    holds a private-use or replacement glyph.
    """
    words = text.split()
    if not words:
        return 0.0
    broken = len(_SPLIT_WORD.findall(text)) + len(_GLUED.findall(text)) + 2 * len(_BAD_GLYPHS.findall(text))
    single = sum(len(word) == 1 and word.isalpha() for word in words)
    return max(0.0, 1.0 - (broken + max(0, single - len(words) // 20)) / len(words))


def _read_with_pypdf(path: Path, raw: bytes) -> list[str]:
    try:
        reader = pypdf.PdfReader(io.BytesIO(raw))
        if reader.is_encrypted and not reader.decrypt(""):
            raise DocumentUnreadable(path, "encrypted", "a password is needed")
        if len(reader.pages) > MAX_PAGES:
            raise DocumentUnreadable(path, "too_large", f"{len(reader.pages)} pages, at most {MAX_PAGES}")
        return [page.extract_text() or "" for page in reader.pages]
    except DocumentUnreadable:
        raise
    except (PyPdfError, ValueError, KeyError, TypeError, AttributeError, RecursionError, OSError) as exc:
        raise DocumentUnreadable(path, "broken", "no readable PDF") from exc


def _better_page(number: int, text: str, raw: bytes) -> str:
    quality = page_quality(text)
    if quality >= GOOD_PAGE:
        return text
    try:
        document = pypdfium2.PdfDocument(raw)
        try:
            second = document[number].get_textpage().get_text_bounded().replace("\r\n", "\n").replace("\x02", "-\n")
        finally:
            document.close()
    except (pypdfium2.PdfiumError, IndexError):
        return text
    return str(second) if page_quality(second) > quality else text


def without_running_lines(pages: Sequence[str]) -> list[str]:
    """Pages without the lines that repeat at their top or bottom, page numbers counted as alike."""
    split = [[line for line in page.split("\n") if line.strip()] for page in pages]
    if len(split) < 3:
        return list(pages)
    edges: Counter[str] = Counter()
    for lines in split:
        edges.update({_shape(line) for line in [*lines[:EDGE_LINES], *lines[-EDGE_LINES:]]})
    running = {shape for shape, count in edges.items() if count >= max(3, REPEATED_SHARE * len(split))}
    cleaned: list[str] = []
    for page in pages:
        lines = page.split("\n")
        filled = [i for i, line in enumerate(lines) if line.strip()]
        edge = {*filled[:EDGE_LINES], *filled[-EDGE_LINES:]}
        cleaned.append("\n".join(line for i, line in enumerate(lines) if i not in edge or _shape(line) not in running))
    return cleaned


def join_across_pages(blocks: Sequence[Block]) -> list[Block]:
    """Join a paragraph that goes on over a page break."""
    joined: list[Block] = []
    for block in blocks:
        before = joined[-1] if joined else None
        goes_on = (
            before is not None
            and block.page != before.page
            and block.kind == before.kind == "prose"
            and before.text[-1:] not in ".!?:"
            and block.text[:1].islower()
        )
        if goes_on and before is not None:
            text = canonical_text(f"{before.text}\n{block.text}")
            joined[-1] = Block(kind="prose", text=text, page=before.page)
        else:
            joined.append(block)
    return joined


def _shape(line: str) -> str:
    return re.sub(r"\d+", "#", " ".join(line.split()))


def _title_of(raw: bytes) -> str | None:
    try:
        metadata = pypdf.PdfReader(io.BytesIO(raw)).metadata
        title = metadata.title if metadata else None
    except (PyPdfError, ValueError, KeyError, TypeError, AttributeError):
        return None
    return (
        title.strip()
        if title
        and len(title.strip()) > 3
        and title.lower() not in ("untitled", "unbenannt")
        and not title.lower().endswith((".doc", ".docx", ".pdf", ".indd"))
        else None
    )
