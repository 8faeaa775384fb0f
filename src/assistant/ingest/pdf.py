"""PDF: read by pdfium, which knows where everything stands; by pypdf as second reader where a page came out badly."""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

import pypdf
import pypdfium2
from pypdf.errors import PyPdfError

from assistant.domain.errors import DocumentUnreadable
from assistant.ingest.compose import Extracted
from assistant.ingest.pdf_layout import blocks_of_pages, without_running_lines
from assistant.ingest.pdf_lines import PdfLine, lines_with_pdfium, lines_with_pypdf
from assistant.ingest.quiet import quiet

MAX_PAGES = 2000
GOOD_PAGE = 0.9
"""Below this quality the second reader is asked, and the better page kept."""
UNREADABLE = 0.5
"""Below this quality over all pages, the fonts do not say which letters they draw."""
KEPT_TEXT = 0.8
"""A second reading with a smaller share of the letters lost text and is no better."""
MIN_LETTERS = 10
"""A document with fewer letters a page, running lines apart, holds images of text."""
_BAD_GLYPHS = re.compile("[\ufffd\ue000-\uf8ff]|\\(cid:\\d+\\)")
_SPLIT_WORD = re.compile(
    r"\b[A-Za-zäöü]{2,} (?!(?:über|öffentl|ähnlich|öster|übrig|üblich|öfter|äuß|ältere|öko|ärzt|ämter|übung|öffn|ändern|änderung|ärger|übt))[äöüß][a-zäöüß]+"
)
_GLUED = re.compile(r"[a-zäöüß]{2}[A-ZÄÖÜ][a-zäöüß]{3}|\w{40,}")
_BAD_TITLE = re.compile(
    r"^(?:\(?anonymous\)?|untitled|unbenannt|ohne titel|dokument ?\d*|document ?\d*|microsoft (?:word|powerpoint)\b.*|.*\.(?:docx?|pdf|indd|odt|pptx?|rtf|tmp|html?|qxd))$",
    re.I,
)
_FAILURES = (PyPdfError, ValueError, KeyError, TypeError, AttributeError, IndexError, RecursionError, OSError, NotImplementedError, ArithmeticError)  # fmt: skip
"""What pypdf raises for broken files, besides its own errors."""


def read_pdf(path: Path, raw: bytes) -> Extracted:
    """Read a PDF page by page.

    Raises:
        DocumentUnreadable: If it is broken, encrypted, has too many pages or holds images only.
    """
    if b"startxref" not in raw:
        raise DocumentUnreadable(path, "broken", "its end is missing")
    try:
        document = pypdfium2.PdfDocument(raw)
    except pypdfium2.PdfiumError as exc:
        if "password" in str(exc).lower() or _is_locked(raw):
            raise DocumentUnreadable(path, "encrypted", "a password is needed") from exc
        raise DocumentUnreadable(path, "broken", "no readable PDF") from exc
    try:
        if len(document) > MAX_PAGES:
            raise DocumentUnreadable(path, "too_large", f"{len(document)} pages, at most {MAX_PAGES}")
        pages = _read_pages(path, document, raw)
        title = _usable_title(document.get_metadata_value("Title"))
    finally:
        document.close()
    _check_text(path, pages)
    blocks = blocks_of_pages(pages)
    headings = [block for block in blocks if block.kind == "heading" and block.page == 1]
    first = min(headings, key=lambda block: block.level) if headings else next(iter(blocks), None)
    return Extracted(title or (" ".join(first.text.split()) if first else None), blocks)


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


def better_page(first: list[PdfLine], read_again: Callable[[], list[PdfLine]]) -> list[PdfLine]:
    """The first reading, unless its quality is low and another one is better and no shorter."""
    text = _text_of(first)
    quality = page_quality(text)
    if quality >= GOOD_PAGE:
        return first
    second = read_again()
    other = _text_of(second)
    is_whole = _letters(other) >= KEPT_TEXT * _letters(text)
    return second if is_whole and page_quality(other) > quality else first


def _read_pages(path: Path, document: pypdfium2.PdfDocument, raw: bytes) -> list[list[PdfLine]]:
    second = _SecondReader(raw)
    pages: list[list[PdfLine]] = []
    failed = 0
    for number in range(len(document)):
        try:
            page = document[number]
            try:
                lines = lines_with_pdfium(page)
            finally:
                page.close()
        except pypdfium2.PdfiumError:
            lines, failed = [], failed + 1
        pages.append(better_page(lines, partial(second.lines, number)))
    if failed and not any(pages):
        raise DocumentUnreadable(path, "broken", "no page of it can be read")
    return pages


class _SecondReader:
    """pypdf, opened when it is first needed."""

    def __init__(self, raw: bytes) -> None:
        self._raw = raw
        self._pages: list[pypdf.PageObject] | None = None

    def lines(self, number: int) -> list[PdfLine]:
        try:
            with quiet("pypdf"):
                if self._pages is None:
                    self._pages = []
                    self._pages.extend(_open(self._raw).pages)
                return lines_with_pypdf(self._pages[number]) if number < len(self._pages) else []
        except _FAILURES:
            return []


def _open(raw: bytes) -> pypdf.PdfReader:
    reader = pypdf.PdfReader(io.BytesIO(raw))
    if reader.is_encrypted:
        reader.decrypt("")
    return reader


def _is_locked(raw: bytes) -> bool:
    try:
        with quiet("pypdf"):
            reader = pypdf.PdfReader(io.BytesIO(raw))
            return reader.is_encrypted and not reader.decrypt("")
    except _FAILURES:
        return False


def _check_text(path: Path, pages: Sequence[Sequence[PdfLine]]) -> None:
    texts = [_text_of(lines) for lines in without_running_lines(pages)]
    if sum(map(_letters, texts)) < MIN_LETTERS * max(1, len(pages)):
        raise DocumentUnreadable(path, "scanned_only", "its pages hold images but no text; run text recognition first")
    qualities = [page_quality(text) for text in texts if text]
    if sum(qualities) < UNREADABLE * len(qualities):
        raise DocumentUnreadable(path, "broken", "its fonts do not say which letters they draw; run text recognition")


def _text_of(lines: Sequence[PdfLine]) -> str:
    return "\n".join(line.text for line in lines)


def _letters(text: str) -> int:
    return sum(char.isalpha() for char in text)


def _usable_title(title: str | None) -> str | None:
    title = " ".join((title or "").split())
    return title if len(title) > 3 and not _BAD_TITLE.match(title) else None
