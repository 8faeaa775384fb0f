"""Wire formats: what travels over HTTP. Field names are fixed; outside clients are written against them.

Replies are stored as they travelled and read again with these models: a field added later needs a default.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, datetime
from typing import Annotated, Any, Literal, TypeGuard

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

from assistant.domain.answers import Hit, Reply, Style
from assistant.domain.language_model import ModelRecord
from assistant.domain.values import Authority, Document, DocumentStatus, Kind, Language

MAX_QUESTION = 2000
LEXICAL_HALF = 10.0
"""The BM25 score that travels as 0.5."""
_ID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
_DATE = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)

_REPLY_ID = "26577d1e-2ee2-480f-a7dd-eef8b7c84d7a"
_CONVERSATION_ID = "8daf8969-8935-4bff-add4-15063ec8df8a"
_QUOTE = "InnoFounder zahlt 2.500 Euro je Person und Monat, wenn die Person in Vollzeit arbeitet."
_CITATION_EXAMPLE: dict[str, Any] = {
    "n": 1, "document_id": "funding/innofounder", "title": "InnoFounder", "kind": "funding", "language": "de",
    "heading": ["Wie viel Geld es gibt und wie lange"], "page": None, "passage_id": "2a53688ba91a7289f9b607be63e306bc",
    "version_id": "57e2e80688a26b0b3a07a15adf95ef84b4a61662b7740c6d3d8615139cc1d63f", "quote": _QUOTE, "start": 644, "end": 731,
    "url": "https://www.foerderdatenbank.de/FDB/Content/DE/Foerderprogramm/Land/Hamburg/innofounder-wissensbasierte-gruendungsvorhaben.html",
    "publisher": "Förderdatenbank des Bundes", "authority": "official", "as_of": "undated", "start_page_only": False,
    "valid_until": None, "expired": False, "older_than_a_year": False,
}  # fmt: skip
_REPLY_EXAMPLE: dict[str, Any] = {
    "id": _REPLY_ID, "conversation_id": _CONVERSATION_ID, "language": "de", "status": "answered", "reason": None,
    "text": f"{_QUOTE} [1]", "claims": [{"start": 0, "end": len(_QUOTE), "citations": [1], "check": "quoted"}],
    "citations": [_CITATION_EXAMPLE], "next_step": None, "suggestions": ["Wer kann InnoFounder beantragen?"], "options": [],
    "rewritten_question": None, "parts": [], "notices": [], "written_by": "extractive", "model": None, "index": "g-20261123-091500-f5e97ca2",
    "timings_ms": {"retrieve": 4.1, "write": 0.5, "total": 11.2}, "trace": None,
}  # fmt: skip
EXAMPLES = {"CitationOut": _CITATION_EXAMPLE, "ReplyOut": _REPLY_EXAMPLE}
"""For the description, by name of the model; put in at its end, because FastAPI drops every null on the way."""
STREAM_EXAMPLE = (
    f'id: {_CONVERSATION_ID}:{_REPLY_ID}:2\r\nevent: status\r\ndata: {{"status": "searching"}}\r\n\r\n'
    f'id: {_CONVERSATION_ID}:{_REPLY_ID}:6\r\nevent: text\r\ndata: {{"text": "{_QUOTE}"}}\r\n\r\n'
)


def _event_schema(name: str, data: dict[str, Any]) -> dict[str, Any]:
    content = {"type": "string", "contentMediaType": "application/json", "contentSchema": data}
    return {"properties": {"event": {"const": name}, "data": content}}


_ERROR_EVENT_SCHEMA = {
    "allOf": [{"$ref": "#/components/schemas/ErrorDetail"}],
    "properties": {"retryable": {"type": "boolean"}},
    "required": ["retryable"],
}
STREAM_SCHEMA: dict[str, Any] = {
    "type": "object",
    "required": ["id", "event", "data"],
    "properties": {"id": {"type": "string", "description": "For `Last-Event-ID`."}},
    "oneOf": [
        _event_schema("status", {"properties": {"status": {"enum": ["rewriting", "searching", "reading", "writing", "checking"]}}}),
        _event_schema("text", {"properties": {"text": {"type": "string"}}}),
        _event_schema("citation", {"$ref": "#/components/schemas/CitationOut"}),
        _event_schema("done", {"$ref": "#/components/schemas/ReplyOut"}),
        _event_schema("error", _ERROR_EVENT_SCHEMA),
    ],
}  # fmt: skip
"""Each event of the stream, as `itemSchema` of OpenAPI 3.2, which FastAPI writes for its own streams too."""


def is_id(text: str | None) -> TypeGuard[str]:
    """Whether a text has the form of the ids that replies and conversations have."""
    return bool(_ID.fullmatch(text or ""))


def _written_as_date(value: Any) -> Any:
    """Refuse what pydantic would take for a date as well, such as a number of seconds."""
    if isinstance(value, str) and not _DATE.fullmatch(value):
        raise ValueError("a date is written YYYY-MM-DD")
    return value


Day = Annotated[date, BeforeValidator(_written_as_date)]


class Body(BaseModel):
    """A request body; unknown fields are refused, so that a misspelt one is noticed."""

    model_config = ConfigDict(extra="forbid", strict=True)


class AskBody(Body):
    question: str = Field(
        description=f"1 to {MAX_QUESTION} characters, counted as Unicode code points; at least one that can be seen. It may be a whole letter: "
        "up to five questions in it are answered one by one in one reply, each below a line that repeats it.",
        examples=["Wie hoch ist der Zuschuss bei InnoFounder?"],
        # Described here and checked by the route: a question that is too long is answered with 400, not 422.
        json_schema_extra={"minLength": 1, "maxLength": MAX_QUESTION},
    )
    conversation_id: str | None = Field(
        None, max_length=36, description="From an earlier reply; null, or one that was deleted, starts a new one."
    )
    language: Language | None = Field(None, description="Language of the reply; null takes that of the question.")
    audience: Literal["public", "company", "staff"] = Field("public", description="Who asks.")
    style: Style = Field(
        "standard",
        description="How a language model is to word the answer; without one, every answer is quoted as it stands.",
    )
    kinds: list[Kind] | None = Field(None, max_length=6, description="Only documents of these kinds; null means all.")


class ClaimOut(BaseModel):
    start: int = Field(description="Offset into the reply's `text`, in code points.")
    end: int = Field(description="End, exclusive; the numbers of the citations follow in the text.")
    citations: list[int] = Field(description="The citations it rests on, by `n`.", min_length=1)
    check: Literal["quoted", "supported"] = Field(
        description="quoted: word for word; supported: every figure and name stands in the quotation."
    )


class CitationOut(BaseModel):
    n: int = Field(description="The number in the text, from 1.")
    document_id: str = Field(description="Works in `/documents/{id}`.")
    title: str
    kind: Kind
    language: Language = Field(description="Language of the quotation.")
    heading: list[str] = Field(description="Headings above the quotation, outermost first.")
    page: int | None = Field(description="Sheet of a paged document, from 1.")
    passage_id: str
    version_id: str = Field(description="The immutable version that is quoted.")
    quote: str = Field(description="The exact slice `[start:end]` of the document's canonical text.")
    start: int
    end: int
    url: str | None = Field(description="Official source of this sentence.")
    publisher: str | None
    authority: Authority | None = Field(description="Who stands behind the source.")
    as_of: str | None = Field(description="For which time the source speaks, as recorded; free text.")
    start_page_only: bool = Field(description="Only the start address of the site is known.")
    valid_until: date | None
    expired: bool = Field(description="The programme or project has ended.")
    older_than_a_year: bool = Field(False, description="The source names a time that lies back more than a year.")


class NextStepOut(BaseModel):
    text: str
    url: str | None


class ModelOut(BaseModel):
    """What a language model had to do with a reply. Every sentence of it passed the same checks as a quotation."""

    name: str
    prompts: list[str] = Field(description="Name, version and digest of each prompt that was sent.")
    calls: int
    input_tokens: int
    output_tokens: int
    cost: float = Field(description="In the currency of the operator's prices; 0 where none are set.")
    seconds: float = Field(description="Waited for the model.")
    sentences: int = Field(description="Of the reply, how many the model wrote.")
    dropped: int = Field(description="How many more it wrote that did not hold.")
    fallback: str | None = Field(description="Why its text was not used, or not alone; null where it was.")


class PartOut(BaseModel):
    """One of several questions of an enquiry."""

    question: str = Field(description="In its own words, without personal data.")
    start: int = Field(
        description="Where its part of the reply's `text` begins, with the line that repeats the question."
    )
    end: int
    status: Literal["answered", "partial", "clarify", "abstained"]
    reason: str | None
    next_step: NextStepOut | None = Field(description="Its text stands in the part, too.")
    rewritten_question: str | None


class ReplyOut(BaseModel):
    id: str
    conversation_id: str = Field(
        description="Send it with the next question of the same conversation. Empty in a reply that was read by its own id: "
        "whoever was given that id may read this one reply, not lead or delete the conversation."
    )
    language: Language
    status: Literal["answered", "partial", "clarify", "abstained"]
    reason: str | None = Field(
        description="With abstained: no_match, out_of_scope, needs_a_person, conflict, outdated, blocked or unavailable; "
        "with partial and clarify: what is missing."
    )
    text: str = Field(description="Plain text with [n] markers; light Markdown lists.")
    claims: list[ClaimOut]
    citations: list[CitationOut]
    next_step: NextStepOut | None = Field(description="The right office or page.")
    suggestions: list[str] = Field(description="Follow-up questions the corpus can answer.", max_length=3)
    options: list[str] = Field(description="With clarify: what may be meant, each usable as the next question.")
    rewritten_question: str | None = Field(description="Self-contained, when the conversation changed it.")
    parts: list[PartOut] = Field(
        default=[],
        description="The questions of an enquiry that holds several, in their order, with what became of each; empty for a single one.",
    )
    notices: list[str] = Field(description="Hints on age, end, origin, and personal data in the question.")
    written_by: str = Field(description="extractive, or the model's name.")
    model: ModelOut | None = Field(
        None, description="What a language model did; null where none is set up or it was not asked."
    )
    index: str = Field(description="The index generation that answered.")
    timings_ms: dict[str, float] = Field(description="Milliseconds per step, and in total.")
    trace: dict[str, Any] | None = Field(None, description="What each step saw; only with ?explain=true.")


class StoredReplyOut(BaseModel):
    question: str = Field(description="As it was asked, without personal data.")
    reply: ReplyOut


class ConversationOut(BaseModel):
    conversation_id: str
    turns: list[StoredReplyOut] = Field(description="Earliest first.")
    retention_days: int = Field(description="Days after its last question when it is deleted.")


class ScoresOut(BaseModel):
    """Each 0 to 1 and comparable within one search only; null where a ranking does not hold the passage."""

    dense: float | None = Field(description="Cosine similarity; below 0 counts as 0.")
    lexical: float | None = Field(description=f"BM25 score s as s / (s + {LEXICAL_HALF:g}).")
    fused: float = Field(description="What hits are ordered by.")
    rerank: float | None = Field(
        description="How well the cross-encoder finds the passage to answer; null without one, and beyond the first hits."
    )


class HitOut(BaseModel):
    passage_id: str
    document_id: str
    rank: int = Field(description="1 is best.")
    text: str
    heading: list[str]
    page: int | None
    scores: ScoresOut


class SearchOut(BaseModel):
    hits: list[HitOut] = Field(description="Best first; empty when nothing matches.")


class SourceOut(BaseModel):
    url: str
    publisher: str
    as_of: str
    authority: Authority
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
    status: DocumentStatus


class SentenceOut(BaseModel):
    start: int
    end: int
    sources: list[int] = Field(description="Numbers of its sources, from 1.")


class DocumentOut(BaseModel):
    id: str = Field(description="One document in one language: `funding/innofounder`, `funding/innofounder.en`.")
    title: str
    kind: Kind
    language: Language
    translation_of: str | None
    status: DocumentStatus = Field(description="As recorded.")
    valid_from: date | None
    valid_until: date | None
    checked: date | None = Field(description="When its facts were last checked.")
    aliases: list[str]


class DocumentDetailOut(DocumentOut):
    version_id: str = Field(description="The version whose text this is.")
    text: str = Field(description="The canonical text, into which all offsets point.")
    headings: list[HeadingOut]
    sentences: list[SentenceOut]
    sources: list[SourceOut]
    versions: list[VersionOut] = Field(description="Newest first.")
    other_language: str | None = Field(description="Id of the same document in the other language.")
    facts: dict[str, Any] = Field(description="Recorded profile or terms.")


class DocumentsOut(BaseModel):
    documents: list[DocumentOut] = Field(description="Ordered by id.")
    next_cursor: str | None = Field(description="Send it as `cursor` for the next page; null on the last one.")
    total: int = Field(description="On all pages.")


class ClusterOut(DocumentOut):
    name: str = Field(description="Short name.")
    summary: str
    url: str | None


class ClustersOut(BaseModel):
    clusters: list[ClusterOut]


ProgrammeStatus = Literal["open", "calls_only", "ended", "unknown"]


class ProgrammeOut(DocumentOut):
    status: DocumentStatus = Field(description="On the day `on`.")
    programme_id: str
    name: str = Field(description="Short name.")
    summary: str
    level: str | None = Field(description="Who pays: the Land, the federal state, the Union.")
    form: list[str] = Field(description="Grant, loan, equity and so on.")
    url: str | None


class ProgrammesOut(BaseModel):
    on: date
    programmes: list[ProgrammeOut]


class FeedbackBody(Body):
    reply_id: str = Field(max_length=36, examples=[_REPLY_ID])
    helpful: bool
    comment: str | None = Field(None, max_length=1000, description="Please without personal data.")


class LiveOut(BaseModel):
    status: Literal["live"]


class ReadyOut(BaseModel):
    status: Literal["ready", "not ready"]
    parts: dict[str, str] = Field(description="Each part: ready, or not ready and why.")
    index: str | None
    version: str


class ServiceOut(BaseModel):
    version: str
    languages: list[Language]
    max_question: int = Field(description="Characters.")
    retention_days: int = Field(description="Days after its last question when a conversation is deleted.")
    contact: str | None = Field(description="How people reach a person.")
    model: str | None = Field(None, description="The language model that words answers, checked; null without one.")


class ErrorDetail(BaseModel):
    code: str
    message: str = Field(description="One sentence for a person, in German or English after `Accept-Language`.")
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
    data["parts"] = [PartOut.model_validate(part, from_attributes=True) for part in reply.parts]
    data["model"] = model_out(reply.model) if reply.model else None
    return ReplyOut(**data, trace=dict(reply.trace) if explain else None)


def model_out(record: ModelRecord) -> ModelOut:
    """The record of a model as it travels."""
    return ModelOut(
        name=record.name,
        prompts=list(record.prompts),
        calls=record.usage.calls,
        input_tokens=record.usage.input_tokens,
        output_tokens=record.usage.output_tokens,
        cost=float(record.cost),
        seconds=record.seconds,
        sentences=record.sentences,
        dropped=record.dropped,
        fallback=record.fallback,
    )


def shared_reply_out(stored: Mapping[str, Any]) -> StoredReplyOut:
    """A stored reply for whoever was given its id, without the key to its conversation."""
    return stored_reply_out({**stored, "reply": {**stored["reply"], "conversation_id": ""}})


def stored_reply_out(stored: Mapping[str, Any]) -> StoredReplyOut:
    """A stored reply as it travels."""
    return StoredReplyOut(question=stored["question"], reply=ReplyOut.model_validate(stored["reply"]))


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
        scores=ScoresOut(
            dense=None if scores.dense is None else min(1.0, max(0.0, scores.dense)),
            lexical=None if scores.lexical is None else scores.lexical / (scores.lexical + LEXICAL_HALF),
            fused=scores.fused,
            rerank=scores.rerank,
        ),
    )


def document_fields(document: Document) -> dict[str, Any]:
    """The fields of `DocumentOut`."""
    return {name: getattr(document, name) for name in DocumentOut.model_fields}
