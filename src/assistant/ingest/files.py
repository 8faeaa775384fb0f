"""Reads a file of any known type into a document with its version and passages."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from pydantic import ValidationError

from assistant.domain.errors import DocumentUnreadable
from assistant.domain.values import Document, Kind, Passage, Section, Source, Version
from assistant.ingest import fact_sheet
from assistant.ingest.compose import Block, Extracted, Part, compose, one_line
from assistant.ingest.fact_sheet import FactSheetError, FrontMatter, Line
from assistant.ingest.markdown import read_markdown
from assistant.ingest.passages import PASSAGE_RULES, cut_passages
from assistant.ingest.plain import decode, read_plain
from assistant.language.detect import language_of
from assistant.language.normalise import fold

FACT_SHEET_LOADER = "fact-sheet/1"
_BYTE_MARK = b"\xef\xbb\xbf"


@dataclass(frozen=True, slots=True, kw_only=True)
class LoadedDocument:
    """A file as read."""

    document: Document
    version: Version
    passages: tuple[Passage, ...]


def load_fact_sheet(path: Path, raw: bytes) -> LoadedDocument:
    """Load one of the project's own fact sheets.

    Raises:
        DocumentUnreadable: If its format is broken; the reason names the line or field.
    """
    try:
        data, body, first_line = fact_sheet.split_front_matter(raw.decode("utf-8-sig"))
        front = FrontMatter.model_validate(data)
        lines = fact_sheet.read_lines(body, first_line=first_line)
        fact_sheet.check_marks(lines, front)
    except (FactSheetError, UnicodeDecodeError) as exc:
        raise DocumentUnreadable(path, "format", str(exc)) from exc
    except ValidationError as exc:
        where = "; ".join(f"{'.'.join(map(str, e['loc']))}: {e['msg']}" for e in exc.errors()[:3])
        raise DocumentUnreadable(path, "format", f"front matter: {where}") from exc
    document = _document_of(front)
    composed = compose(_blocks_of(lines), front.lang)
    if not composed.sentences:
        raise DocumentUnreadable(path, "empty")
    facts = front.profile or front.terms
    version = Version(
        id=version_id(document.id, raw, FACT_SHEET_LOADER),
        document_id=document.id,
        text=composed.text,
        outline=composed.outline,
        pages=composed.pages,
        sentences=composed.sentences,
        sources=tuple(Source(**source.model_dump()) for source in front.sources),
        loader=FACT_SHEET_LOADER,
        facts=facts.model_dump(mode="json", by_alias=True, exclude_none=True) if facts else {},
    )
    return LoadedDocument(document=document, version=version, passages=cut_passages(document, version))


def version_id(document_id: str, raw: bytes, loader: str) -> str:
    """Identity of a version: its bytes, read by this loader and cut by these rules, for this document."""
    return hashlib.sha256(b"\0".join([document_id.encode(), loader.encode(), PASSAGE_RULES.encode(), raw])).hexdigest()


def _document_of(front: FrontMatter) -> Document:
    return Document(
        id=front.id,
        title=front.title,
        kind=front.kind,
        language=front.lang,
        translation_of=front.translation_of,
        status=front.status,
        valid_from=fact_sheet.first_day(front.valid_from),
        valid_until=fact_sheet.last_day(front.valid_until),
        checked=front.checked,
        aliases=front.aliases,
        keywords=front.keywords,
    )


def _blocks_of(lines: Sequence[Line]) -> list[Block]:
    """Neighbouring sentences make a paragraph; items and headings stand alone."""
    blocks: list[Block] = []
    paragraph: list[Part] = []

    def close() -> None:
        if paragraph:
            blocks.append(Block(kind="prose", parts=tuple(paragraph)))
            paragraph.clear()

    for line in lines:
        part = Part(text=line.text, sources=line.sources, label=line.label)
        if line.kind == "sentence":
            paragraph.append(part)
            continue
        close()
        if line.kind == "heading":
            blocks.append(Block(kind="heading", text=line.text, level=line.level))
        elif line.kind == "item":
            blocks.append(Block(kind="list", parts=(part,)))
    close()
    return blocks


def load_path(path: Path, *, corpus_root: Path | None, max_bytes: int) -> LoadedDocument:
    """Read a file.

    Raises:
        DocumentUnreadable: If it is broken, empty, encrypted, only scanned, too large or of an unknown type.
    """
    try:
        size = path.stat().st_size
        if size > max_bytes:
            raise DocumentUnreadable(path, "too_large", f"{size:,} bytes, at most {max_bytes:,}")
        raw = path.read_bytes()
    except OSError as exc:
        raise DocumentUnreadable(path, "broken", exc.strerror or str(exc)) from exc
    if not raw.strip():
        raise DocumentUnreadable(path, "empty")
    if path.suffix.lower() in (".md", ".markdown") and _is_fact_sheet(raw):
        return load_fact_sheet(path, raw)
    try:
        kind, loader, extracted = _extract(path, raw)
        return _load_extracted(path, raw, extracted, kind=kind, loader=loader, root=corpus_root)
    except DocumentUnreadable:
        raise
    except Exception as exc:  # the readers' libraries raise what they like, and one bad file must not stop the rest
        raise DocumentUnreadable(path, "broken", f"its reader failed: {type(exc).__name__}") from exc


def _is_fact_sheet(raw: bytes) -> bool:
    """Whether a Markdown file has a front matter with the keys of a fact sheet."""
    if not raw.removeprefix(_BYTE_MARK).startswith(b"---"):
        return False
    front = raw[:20_000].split(b"\n---", 1)[0]
    return bool(re.search(rb"(?m)^kind:", front) and re.search(rb"(?m)^(?:sources|id):", front))


def _extract(path: Path, raw: bytes) -> tuple[Kind, str, Extracted]:
    """Choose the loader by what the file holds, and by its ending where that does not tell.

    The loaders of PDF, Word and HTML are imported at their first use: a service that only answers needs none of their libraries.
    """
    suffix = path.suffix.lower()
    if raw.startswith(b"%PDF") or (suffix == ".pdf" and b"%PDF" in raw[:1024]):
        from assistant.ingest.pdf import read_pdf

        return "upload", "pdf/2", read_pdf(path, raw)
    if suffix == ".pdf":
        raise DocumentUnreadable(path, "broken", "no readable PDF")
    if raw.startswith((b"PK\x03\x04", b"\xd0\xcf\x11\xe0")) or suffix == ".docx":
        from assistant.ingest.docx import read_docx

        return "upload", "docx/2", read_docx(path, raw)
    if b"\0" in raw[:4096] and not raw.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise DocumentUnreadable(path, "unknown_type", f"a binary file with the ending {suffix or '(none)'}")
    if suffix in (".html", ".htm") or re.match(rb"\s*(?:<!doctype html|<html)", raw[:200], re.IGNORECASE):
        from assistant.ingest.html import read_html

        return "page", "html/2", read_html(raw)
    if suffix in (".md", ".markdown"):
        return "upload", "markdown/2", read_markdown(decode(raw))
    if suffix in (".txt", ""):
        return "upload", "plain/2", read_plain(decode(raw))
    raise DocumentUnreadable(path, "unknown_type", f"the ending {suffix}")


def _load_extracted(
    path: Path, raw: bytes, extracted: Extracted, *, kind: Kind, loader: str, root: Path | None
) -> LoadedDocument:
    sample = " ".join(block.text for block in extracted.blocks)[:4000]
    language = language_of(sample)
    composed = compose(extracted.blocks, language)
    if not composed.sentences:
        raise DocumentUnreadable(path, "empty", "no text was found in it")
    title = one_line(extracted.title or "")[:200] or path.stem
    document = Document(id=slug_of(path, root), title=title, kind=kind, language=language, status="unknown")
    version = Version(
        id=version_id(document.id, raw, loader),
        document_id=document.id,
        text=composed.text,
        outline=_without_title(composed.outline, title),
        pages=composed.pages,
        sentences=composed.sentences,
        sources=(),
        loader=loader,
    )
    return LoadedDocument(document=document, version=version, passages=cut_passages(document, version))


def _without_title(outline: Sequence[Section], title: str) -> tuple[Section, ...]:
    """The outline without a first heading that repeats the document's title, neither alone nor in a path."""
    if not outline or outline[0].title[:200] != title or any(s.path[0] != outline[0].title for s in outline):
        return tuple(outline)
    return tuple(replace(section, path=section.path[1:]) for section in outline if len(section.path) > 1)


def slug_of(path: Path, root: Path | None) -> str:
    """A stable id for an uploaded file: its path below the folder that was given, ending included.

    Where blanks, capitals or umlauts had to be replaced, a digest keeps "A b.pdf" and "a-b.pdf" apart.
    """
    relative = (path.relative_to(root) if root and path.is_relative_to(root) else Path(path.name)).as_posix()
    slug = re.sub(r"[^a-z0-9/]+", "-", fold(relative)).strip("-/")
    if not re.fullmatch(r"[a-z0-9/-]+\.[a-z0-9]+", relative):
        slug = f"{slug}-{hashlib.sha256(relative.encode(errors='surrogateescape')).hexdigest()[:8]}".lstrip("-")
    return f"uploads/{slug}"
