"""The corpus to read: a list to browse and search, and each document with outline, sources, dates and versions."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import get_args

from fastapi import APIRouter, Request, Response

from assistant.domain.answers import Hit, Query
from assistant.domain.values import KINDS, LANGUAGES, Document, DocumentStatus, Kind, Language
from assistant.service.errors import ServiceError
from assistant.service.limits import RateLimiter
from assistant.service.pages.reader import outline, parse_span, read
from assistant.service.pages.site import Site, language_links
from assistant.service.parts import Open, Parts

MAX_QUERY = 300
FOUND_PASSAGES = 30
SHOWN_PASSAGES = 2
"""Of one document, in a list of what was found."""
STATUSES: tuple[str, ...] = get_args(DocumentStatus)


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed:
    """A document in a list, with the passages that were found in it."""

    document: Document
    status: str
    """Today."""
    hits: tuple[Hit, ...] = ()


def document_list_routes(site: Site, parts: Parts, limiter: RateLimiter, language: Language) -> APIRouter:
    """The list in one language."""
    router = APIRouter(prefix=f"/{language}", include_in_schema=False)

    @router.get("/documents")
    def documents(request: Request, q: str = "", kind: str = "", status: str = "", edition: str = "") -> Response:
        """What fits all choices; a choice that does not exist counts as none."""
        wanted = q.strip()[:MAX_QUERY]
        chosen_kind: Kind | None = next((k for k in KINDS if k == kind), None)
        editions = LANGUAGES if edition == "all" else (language,)
        if wanted:
            limiter.check(request)
        opened = parts.current()
        everything = _all(opened, parts)
        query = Query(
            text=wanted, language=language, kinds=(chosen_kind,) if chosen_kind else (), languages=editions
        )  # fmt: skip
        listed = _found(opened, everything, query) if wanted else everything
        shown = [
            item
            for item in listed
            if item.document.language in editions
            and (chosen_kind is None or item.document.kind == chosen_kind)
            and status in ("", item.status)
        ]
        address = f"documents?{request.url.query}" if request.url.query else "documents"
        return site.page(
            "documents.html", language,
            others=language_links(address), listed=shown, q=wanted, kind=chosen_kind or "", status=status, edition=edition,
            kinds=[kind for kind in KINDS if any(item.document.kind == kind for item in everything)],
            statuses=[status for status in STATUSES if any(item.status == status for item in everything)],
        )  # fmt: skip

    return router


def document_routes(site: Site, parts: Parts) -> APIRouter:
    """Each document under its own address; `v` names a version, `p` the words that are highlighted."""
    router = APIRouter(include_in_schema=False)

    @router.get("/documents/{document_id:path}")
    def document(document_id: str, v: str = "", p: str = "") -> Response:
        opened = parts.current()
        current = opened.library.document(document_id)
        if current is None:
            raise ServiceError(404, "not_found")
        current_id = opened.library.version_id(document_id)
        history = parts.history_of(document_id)
        version_id = next((str(row["id"]) for row in history if v and row["id"].startswith(v)), current_id)
        loaded = parts.load_version(version_id)
        if loaded is None:
            raise ServiceError(404, "not_found")
        shown, version = loaded
        is_quoted_version = version_id.startswith(v)
        groups = read(version, parse_span(p, len(version.text)) if is_quoted_version else None)
        return site.page(
            "document.html", current.language, others=_editions(current, opened), document=shown, version=version,
            groups=groups, outline=outline(groups), status=opened.status_on(shown, parts.clock.today()),
            history=history, current_id=current_id, is_quoted_version=is_quoted_version,
        )  # fmt: skip

    return router


def _editions(document: Document, opened: Open) -> dict[Language, str]:
    """The document's address in each language it has; in another, the list of documents."""
    base = document.id.removesuffix(".en") if document.language == "en" else document.id
    ids: dict[Language, str] = {"de": base, "en": f"{base}.en"}
    return {
        language: f"/documents/{ids[language]}" if opened.library.document(ids[language]) else f"/{language}/documents"
        for language in LANGUAGES
    }


def _all(opened: Open, parts: Parts) -> list[Listed]:
    today = parts.clock.today()
    return [
        Listed(document=document, status=opened.status_on(document, today))
        for document in sorted(opened.library.documents(), key=lambda document: document.title.casefold())
    ]


def _found(opened: Open, everything: Sequence[Listed], query: Query) -> list[Listed]:
    """Documents in the order of their best passage."""
    by_document: dict[str, list[Hit]] = {}
    for hit in opened.search.retrieve(query, top_k=FOUND_PASSAGES):
        by_document.setdefault(hit.passage.document_id, []).append(hit)
    listed = {item.document.id: item for item in everything}
    return [
        replace(listed[document_id], hits=tuple(hits[:SHOWN_PASSAGES])) for document_id, hits in by_document.items()
    ]
