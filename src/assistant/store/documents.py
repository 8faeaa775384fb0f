"""Documents, versions and passages in SQL."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, date, datetime
from typing import Any, Literal

from sqlalchemy import Engine, insert, select, update
from sqlalchemy.engine import Connection

from assistant.domain.values import Document, Page, Passage, Section, Sentence, Source, Version
from assistant.store.schema import documents, passages, versions

Change = Literal["added", "changed", "unchanged"]
_DATES = ("valid_from", "valid_until", "checked")


@dataclass(frozen=True, slots=True, kw_only=True)
class Stored:
    """A version with its document and passages, as loaded from the store."""

    document: Document
    version: Version
    passages: tuple[Passage, ...]


class DocumentStore:
    """Reads and writes documents; every save is one transaction, so a killed process leaves whole documents."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def save(self, stored: Stored, *, origin: str) -> Change:
        """Store a version and make it the current one; older versions stay."""
        version, document = stored.version, stored.document
        with self._engine.begin() as connection:
            current = connection.execute(select(documents).where(documents.c.id == document.id)).first()
            if current is not None and current.current_version_id == version.id and current.removed_at is None:
                if current.origin != origin:
                    connection.execute(update(documents).where(documents.c.id == document.id).values(origin=origin))
                return "unchanged"
            if current is None:
                connection.execute(insert(documents).values(id=document.id, origin=origin))
            known = connection.execute(select(versions.c.id).where(versions.c.id == version.id)).first()
            if known is None:
                self._insert_version(connection, stored)
            connection.execute(
                update(documents)
                .where(documents.c.id == document.id)
                .values(current_version_id=version.id, origin=origin, removed_at=None)
            )
            return "added" if current is None or current.removed_at is not None else "changed"

    def _insert_version(self, connection: Connection, stored: Stored) -> None:
        version = stored.version
        connection.execute(
            insert(versions).values(
                id=version.id,
                document_id=version.document_id,
                document=_plain(asdict(stored.document)),
                text=version.text,
                outline=[asdict(section) for section in version.outline],
                pages=[asdict(page) for page in version.pages],
                sentences=[[s.start, s.end, s.block, list(s.sources), s.label] for s in version.sentences],
                sources=[asdict(source) for source in version.sources],
                facts=dict(version.facts),
                loader=version.loader,
                loaded_at=version.loaded_at or datetime.now(UTC),
            )
        )
        rows = [
            {
                "id": p.id, "version_id": p.version_id, "ordinal": p.ordinal, "start": p.start, "end": p.end,
                "heading": list(p.heading), "block": p.block, "page": p.page,
            }
            for p in stored.passages
        ]  # fmt: skip
        if rows:
            connection.execute(insert(passages), rows)

    def remove(self, document_ids: Iterable[str]) -> int:
        """Mark documents as removed; their versions stay for older generations. Returns how many were current."""
        ids = list(document_ids)
        with self._engine.begin() as connection:
            result = connection.execute(
                update(documents)
                .where(documents.c.id.in_(ids), documents.c.removed_at.is_(None))
                .values(removed_at=datetime.now(UTC))
            )
            return result.rowcount

    def origins(self) -> dict[str, str]:
        """Id of each current document and where it was read from."""
        with self._engine.connect() as connection:
            rows = connection.execute(
                select(documents.c.id, documents.c.origin).where(documents.c.removed_at.is_(None))
            )
            return {row.id: row.origin for row in rows}

    def snapshot(self) -> dict[str, str]:
        """Current version id of each current document, ordered by document id."""
        with self._engine.connect() as connection:
            rows = connection.execute(
                select(documents.c.id, documents.c.current_version_id)
                .where(documents.c.removed_at.is_(None), documents.c.current_version_id.is_not(None))
                .order_by(documents.c.id)
            )
            return {row.id: row.current_version_id for row in rows}

    def load(self, version_ids: Sequence[str]) -> list[Stored]:
        """Load versions with their passages, ordered by document id; unknown ids are left out."""
        found: list[Stored] = []
        with self._engine.connect() as connection:
            for batch in _batches(version_ids, 500):
                rows = connection.execute(select(versions).where(versions.c.id.in_(batch))).all()
                passage_rows = connection.execute(
                    select(passages)
                    .where(passages.c.version_id.in_(batch))
                    .order_by(passages.c.version_id, passages.c.ordinal)
                ).all()
                by_version: dict[str, list[Any]] = {}
                for row in passage_rows:
                    by_version.setdefault(row.version_id, []).append(row)
                found.extend(_read_stored(row, by_version.get(row.id, [])) for row in rows)
        return sorted(found, key=lambda stored: stored.document.id)

    def history(self, document_id: str) -> list[dict[str, Any]]:
        """Versions of a document, newest first: id, when it was loaded, size and status of its time."""
        with self._engine.connect() as connection:
            rows = connection.execute(
                select(versions.c.id, versions.c.loaded_at, versions.c.text, versions.c.document)
                .where(versions.c.document_id == document_id)
                .order_by(versions.c.loaded_at.desc())
            ).all()
        return [
            {
                "id": row.id,
                "loaded_at": _with_zone(row.loaded_at),
                "characters": len(row.text),
                "status": row.document["status"],
            }
            for row in rows
        ]


def digest_snapshot(snapshot: Mapping[str, str]) -> str:
    """SHA-256 over the document and version ids of a snapshot, hexadecimal."""
    lines = "\n".join(f"{document_id} {version_id}" for document_id, version_id in sorted(snapshot.items()))
    return hashlib.sha256(lines.encode()).hexdigest()


def _plain(values: dict[str, Any]) -> dict[str, Any]:
    return {key: value.isoformat() if isinstance(value, date) else value for key, value in values.items()}


def _read_document(data: Mapping[str, Any]) -> Document:
    values = dict(data)
    for name in _DATES:
        values[name] = date.fromisoformat(values[name]) if values[name] else None
    values["aliases"], values["keywords"] = tuple(values["aliases"]), tuple(values["keywords"])
    return Document(**values)


def _read_stored(row: Any, passage_rows: Sequence[Any]) -> Stored:
    document = _read_document(row.document)
    version = Version(
        id=row.id,
        document_id=row.document_id,
        text=row.text,
        outline=tuple(Section(**{**s, "path": tuple(s["path"])}) for s in row.outline),
        pages=tuple(Page(**page) for page in row.pages),
        sentences=tuple(
            Sentence(start=start, end=end, block=block, sources=tuple(sources), label=label)
            for start, end, block, sources, label in row.sentences
        ),
        sources=tuple(Source(**source) for source in row.sources),
        loader=row.loader,
        facts=row.facts,
        loaded_at=_with_zone(row.loaded_at),
    )
    return Stored(document=document, version=version, passages=tuple(_read_passages(document, version, passage_rows)))


def _read_passages(document: Document, version: Version, rows: Sequence[Any]) -> Iterable[Passage]:
    remaining = list(version.sentences)
    for row in rows:
        inside = [s for s in remaining if s.start >= row.start and s.end <= row.end]
        yield Passage(
            id=row.id, document_id=document.id, version_id=version.id, ordinal=row.ordinal, start=row.start, end=row.end,
            text=version.text[row.start : row.end], heading=tuple(row.heading), block=row.block, language=document.language,
            kind=document.kind, title=document.title, page=row.page, sentences=tuple(inside),
        )  # fmt: skip


def _with_zone(moment: datetime) -> datetime:
    """SQLite forgets the zone; everything is stored in UTC."""
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def _batches(items: Sequence[str], size: int) -> Iterable[Sequence[str]]:
    for start in range(0, len(items), size):
        yield items[start : start + size]
