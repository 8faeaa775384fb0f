"""Wire formats: what travels over HTTP. Field names are fixed; outside clients are written against them."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field

from assistant.domain.answers import Hit, Reply
from assistant.domain.values import Document, Kind, Language

MAX_QUESTION = 2000


class Body(BaseModel):
    """A request body; unknown fields are refused, so that a misspelt one is noticed."""

    model_config = ConfigDict(extra="forbid")


class AskBody(Body):
    question: str = Field(description="1 to 2000 characters.", examples=["Wie hoch ist der Zuschuss bei InnoFounder?"])
    conversation_id: str | None = Field(
        None, max_length=36, description="From an earlier reply; null starts a new one."
    )
    language: Language | None = Field(None, description="Language of the reply; null takes that of the question.")
    audience: Literal["public", "company", "staff"] = "public"
    kinds: list[Kind] | None = Field(None, max_length=6, description="Only documents of these kinds.")


class ClaimOut(BaseModel):
    start: int
    end: int
    citations: list[int]
    check: Literal["quoted", "supported"]


class CitationOut(BaseModel):
    n: int
    document_id: str
    title: str
    kind: Kind
    language: Language
    heading: list[str]
    page: int | None
    passage_id: str
    version_id: str
    quote: str
    start: int
    end: int
    url: str | None
    publisher: str | None
    authority: Literal["official", "organisation", "press", "private"] | None
    as_of: str | None
    start_page_only: bool
    valid_until: date | None
    expired: bool


class NextStepOut(BaseModel):
    text: str
    url: str | None


class ReplyOut(BaseModel):
    id: str
    conversation_id: str
    language: Language
    status: Literal["answered", "partial", "clarify", "abstained"]
    reason: str | None
    text: str
    claims: list[ClaimOut]
    citations: list[CitationOut]
    next_step: NextStepOut | None
    suggestions: list[str]
    options: list[str]
    rewritten_question: str | None
    notices: list[str]
    written_by: str
    index: str
    timings_ms: dict[str, float]
    trace: dict[str, Any] | None = Field(None, description="What each step saw; only with ?explain=true.")


class ScoresOut(BaseModel):
    dense: float | None
    lexical: float | None
    fused: float
    rerank: float | None


class HitOut(BaseModel):
    passage_id: str
    document_id: str
    rank: int
    text: str
    heading: list[str]
    page: int | None
    scores: ScoresOut


class SearchOut(BaseModel):
    hits: list[HitOut]


class SourceOut(BaseModel):
    url: str
    publisher: str
    as_of: str
    authority: Literal["official", "organisation", "press", "private"]
    start_page_only: bool


class HeadingOut(BaseModel):
    level: int
    title: str
    path: list[str]
    start: int
    end: int


class VersionOut(BaseModel):
    id: str
    loaded_at: datetime
    characters: int
    status: str


class SentenceOut(BaseModel):
    start: int
    end: int
    sources: list[int]


class DocumentOut(BaseModel):
    id: str
    title: str
    kind: Kind
    language: Language
    translation_of: str | None
    status: str
    valid_from: date | None
    valid_until: date | None
    checked: date | None
    aliases: list[str]


class DocumentDetailOut(DocumentOut):
    text: str
    headings: list[HeadingOut]
    sentences: list[SentenceOut]
    sources: list[SourceOut]
    versions: list[VersionOut]
    other_language: str | None = Field(description="Id of the same document in the other language.")
    facts: dict[str, Any]


class DocumentsOut(BaseModel):
    documents: list[DocumentOut]
    next_cursor: str | None
    total: int


class ClusterOut(DocumentOut):
    name: str
    summary: str
    url: str | None


class ClustersOut(BaseModel):
    clusters: list[ClusterOut]


class ProgrammeOut(DocumentOut):
    programme_id: str
    name: str
    summary: str
    level: str | None
    form: list[str]
    status_on_day: str
    url: str | None


class ProgrammesOut(BaseModel):
    on: date
    programmes: list[ProgrammeOut]


class FeedbackBody(Body):
    reply_id: str = Field(max_length=36)
    helpful: bool
    comment: str | None = Field(None, max_length=1000)


class ErrorDetail(BaseModel):
    code: str
    message: str
    request_id: str
    details: dict[str, Any]


class ErrorOut(BaseModel):
    error: ErrorDetail


def reply_out(reply: Reply, *, explain: bool = False) -> ReplyOut:
    """A reply as it travels."""
    data = {name: getattr(reply, name) for name in Reply.__slots__ if name != "trace"}
    data["claims"] = [ClaimOut.model_validate(claim, from_attributes=True) for claim in reply.claims]
    data["citations"] = [CitationOut.model_validate(citation, from_attributes=True) for citation in reply.citations]
    data["next_step"] = NextStepOut.model_validate(reply.next_step, from_attributes=True) if reply.next_step else None
    return ReplyOut(**data, trace=dict(reply.trace) if explain else None)


def hit_out(hit: Hit) -> HitOut:
    """A hit as it travels."""
    passage, scores = hit.passage, hit.scores
    return HitOut(
        passage_id=passage.id,
        document_id=passage.document_id,
        rank=hit.rank,
        text=passage.text,
        heading=list(passage.heading),
        page=passage.page,
        scores=ScoresOut(dense=scores.dense, lexical=scores.lexical, fused=scores.fused, rerank=scores.rerank),
    )


def document_fields(document: Document) -> dict[str, Any]:
    """The fields of `DocumentOut`."""
    return {name: getattr(document, name) for name in DocumentOut.model_fields}
