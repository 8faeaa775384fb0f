"""Search, documents, clusters, programmes: reading what the answers rest on."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterable
from typing import Annotated

from fastapi import APIRouter, Path, Request
from fastapi import Query as QueryParameter

from assistant.domain.answers import Query
from assistant.domain.values import Document, Kind, Language
from assistant.service.errors import ServiceError, documented
from assistant.service.limits import RateLimiter
from assistant.service.parts import Open, Parts
from assistant.service.wire import (
    MAX_QUESTION,
    ClusterOut,
    ClustersOut,
    Day,
    DocumentDetailOut,
    DocumentOut,
    DocumentsOut,
    HeadingOut,
    ProgrammeOut,
    ProgrammesOut,
    ProgrammeStatus,
    SearchOut,
    SentenceOut,
    SourceOut,
    VersionOut,
    document_fields,
    hit_out,
)  # fmt: skip

MAX_TOP_K = 50
MAX_LIMIT = 200
Text = Annotated[
    str, QueryParameter(min_length=1, max_length=MAX_QUESTION, description="Words.", examples=["Zuschuss für Gründer"])
]
Edition = Annotated[Language, QueryParameter(description="Where only the other language exists, that one is given.")]


def reading_routes(parts: Parts, limiter: RateLimiter, *, prefix: str) -> APIRouter:
    """The routes that read."""
    router = APIRouter(prefix=prefix, tags=["corpus"])

    @router.get("/search", summary="Find passages", responses=documented(422, 429, 503))
    def search(
        request: Request,
        q: Text,
        top_k: Annotated[int, QueryParameter(ge=1, le=MAX_TOP_K)] = 10,
        kind: Kind | None = None,
        language: Language | None = None,
    ) -> SearchOut:
        """Passages for a query, best first, with the score of each ranking."""
        limiter.check(request)
        opened = parts.current()
        query = Query(
            text=q,
            language=language or opened.language_of(q),
            kinds=(kind,) if kind else (),
            languages=(language,) if language else (),
        )
        return SearchOut(hits=[hit_out(hit) for hit in opened.search.retrieve(query, top_k=top_k)])

    @router.get("/documents", summary="List documents", responses=documented(422, 503))
    def documents(
        kind: Kind | None = None,
        language: Language | None = None,
        q: Annotated[str | None, QueryParameter(max_length=200, description="Part of a title or other name.")] = None,
        limit: Annotated[int, QueryParameter(ge=1, le=MAX_LIMIT)] = 50,
        cursor: Annotated[str | None, QueryParameter(max_length=200, description="From the page before.")] = None,
    ) -> DocumentsOut:
        """Documents by id; `cursor` is the `next_cursor` of the page before."""
        wanted = _plain(q or "")
        found = [
            document
            for document in parts.current().library.documents()
            if (kind is None or document.kind == kind)
            and (language is None or document.language == language)
            and (not wanted or any(wanted in _plain(name) for name in (document.title, *document.aliases)))
        ]
        rest = [document for document in found if cursor is None or document.id > cursor]
        page = rest[:limit]
        return DocumentsOut(
            documents=[DocumentOut(**document_fields(document)) for document in page],
            next_cursor=page[-1].id if len(rest) > limit else None,
            total=len(found),
        )

    @router.get("/documents/{document_id:path}", summary="One document with its text", responses=documented(404, 503))
    def document(
        document_id: Annotated[str, Path(description="Holds a slash.", examples=["funding/innofounder"])],
    ) -> DocumentDetailOut:
        """A document's canonical text, into which all offsets of citations point, with headings, sources and versions."""
        library = parts.current().library
        found = library.document(document_id)
        if found is None:
            raise ServiceError(404, "not_found")
        other = f"{document_id}.en" if found.language == "de" else document_id.removesuffix(".en")
        return DocumentDetailOut(
            **document_fields(found),
            version_id=library.version_id(document_id),
            text=library.text(document_id),
            headings=[
                HeadingOut.model_validate(section, from_attributes=True) for section in library.outline(document_id)
            ],
            sentences=[
                SentenceOut(start=s.start, end=s.end, sources=[n + 1 for n in s.sources])
                for passage in library.passages(document_id)
                for s in passage.sentences
            ],
            sources=[SourceOut.model_validate(source, from_attributes=True) for source in library.sources(document_id)],
            versions=[VersionOut(**version) for version in parts.history_of(document_id)],
            other_language=other if other != document_id and library.document(other) else None,
            facts=dict(library.facts(document_id)),
        )

    @router.get("/clusters", summary="Clusters and networks", responses=documented(422, 503))
    def clusters(language: Edition = "de") -> ClustersOut:
        """All clusters and networks, each in the wanted language where it exists."""
        opened = parts.current()
        return ClustersOut(
            clusters=[
                ClusterOut(
                    **document_fields(d),
                    name=opened.short_name(d.id, language),
                    summary=_summary(d, opened),
                    url=_website(d, opened),
                )
                for d in _editions(opened, language, lambda d: d.kind in ("cluster", "network"))
            ]
        )

    @router.get("/programmes", summary="Funding programmes", responses=documented(422, 503))
    def programmes(
        on: Annotated[Day | None, QueryParameter(description="YYYY-MM-DD.")] = None,
        status: Annotated[ProgrammeStatus | None, QueryParameter(description="On that day.")] = None,
        language: Edition = "de",
    ) -> ProgrammesOut:
        """Programmes with their status on a day (today when not given)."""
        opened, day = parts.current(), on or parts.clock.today()
        found: list[ProgrammeOut] = []
        for d in _editions(opened, language, lambda d: d.kind == "funding"):
            facts = opened.library.facts(d.id)
            status_on_day = opened.status_on(d, day)
            if not facts.get("is_programme", True) or (status and status != status_on_day):
                continue
            found.append(
                ProgrammeOut(
                    **{**document_fields(d), "status": status_on_day},
                    programme_id=d.id,
                    name=opened.short_name(d.id, language),
                    summary=_summary(d, opened),
                    level=facts.get("level"),
                    form=list(facts.get("form", ())),
                    url=next((s.url for s in opened.library.sources(d.id)), None),
                )
            )
        return ProgrammesOut(on=day, programmes=found)

    return router


def _editions(opened: Open, language: Language, wanted: Callable[[Document], bool]) -> Iterable[Document]:
    """Matching documents, each once: in the wanted language, or in the other where that is the only one."""
    library = opened.library
    for base in sorted({d.id.removesuffix(".en") for d in library.documents() if wanted(d)}):
        ids = (f"{base}.en", base) if language == "en" else (base, f"{base}.en")
        found = next((d for d in map(library.document, ids) if d is not None), None)
        if found is not None:
            yield found


def _summary(document: Document, opened: Open) -> str:
    """The document's first sentence, which says what it is about."""
    passages = opened.library.passages(document.id)
    if not passages or not passages[0].sentences:
        return document.title
    first = passages[0].sentences[0]
    return opened.library.text(document.id)[first.start : first.end]


def _website(document: Document, opened: Open) -> str | None:
    contacts = opened.library.facts(document.id).get("contact") or ()
    website = next((str(entry["website"]) for entry in contacts if entry.get("website")), None)
    return f"https://{website}" if website and not website.startswith("http") else website


def _plain(text: str) -> str:
    return unicodedata.normalize("NFKC", text).casefold()
