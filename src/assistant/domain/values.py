"""The values that travel through the product; standard library only.

A document has immutable versions; a version has one canonical text; passages and sentences are slices of it. All
offsets are Unicode code points into the canonical text, end exclusive.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Literal

Language = Literal["de", "en"]
Kind = Literal["policy", "cluster", "network", "funding", "page", "upload"]
Authority = Literal["official", "organisation", "press", "private"]
DocumentStatus = Literal["open", "calls_only", "ended", "unknown", "in_force", "active", "phase_ended"]
BlockKind = Literal["prose", "list", "table", "heading"]

LANGUAGES: tuple[Language, ...] = ("de", "en")
KINDS: tuple[Kind, ...] = ("policy", "cluster", "network", "funding", "page", "upload")


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """A half-open range of code points, `0 <= start <= end`."""

    start: int
    end: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """The address behind a statement, as shown to a person."""

    url: str
    publisher: str
    as_of: str
    """For which time the source speaks, in words ("2024-11", "undated"); free text as recorded."""
    authority: Authority
    start_page_only: bool = False
    """Only the start address of the site is known, not the page that was read."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """A heading and what stands below it, up to the next heading of the same or a higher level."""

    level: int
    title: str
    path: tuple[str, ...]
    """Titles from the top down to this one; the document's title is not repeated."""
    start: int
    end: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """Where one page of a paged document lies in the canonical text."""

    number: int
    """1 for the first sheet, whatever is printed on it."""
    start: int
    end: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Sentence:
    """The smallest unit that is quoted: a sentence, a list item or a table row."""

    start: int
    end: int
    block: BlockKind
    sources: tuple[int, ...] = ()
    """Positions in the version's `sources`, counted from 0; empty where the whole document is the source."""
    label: str | None = None
    """Name by which typed values of the front matter point at this sentence; the same in both languages."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Passage:
    """The part of a document that is indexed and retrieved."""

    id: str
    document_id: str
    version_id: str
    ordinal: int
    start: int
    end: int
    text: str
    """The slice `[start:end]` of the canonical text."""
    heading: tuple[str, ...]
    block: BlockKind
    language: Language
    kind: Kind
    title: str
    """The document's title."""
    page: int | None
    sentences: tuple[Sentence, ...]
    """Those that lie in the passage, in order, none overlapping."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """One item of the corpus as published, in one language."""

    id: str
    title: str
    kind: Kind
    language: Language
    translation_of: str | None = None
    status: DocumentStatus = "unknown"
    valid_from: date | None = None
    valid_until: date | None = None
    checked: date | None = None
    aliases: tuple[str, ...] = ()
    """Other names people use for what the document is about."""
    keywords: tuple[str, ...] = ()
    """Everyday words people use when they look for it; searched, never shown as fact."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Version:
    """One immutable state of a document."""

    id: str
    """SHA-256 of the bytes that were read and of the loader's version, hexadecimal."""
    document_id: str
    text: str
    """The canonical text."""
    outline: tuple[Section, ...]
    pages: tuple[Page, ...]
    sentences: tuple[Sentence, ...]
    sources: tuple[Source, ...]
    loader: str
    facts: Mapping[str, Any] = field(default_factory=dict)
    """`profile` or `terms` of a fact sheet as plain data; empty for other documents."""
    loaded_at: datetime | None = None
