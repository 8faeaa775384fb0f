"""What is asked and what is answered: question, query, hit, claim, citation, reply; standard library only."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Any, Literal

from assistant.domain.language_model import ModelRecord
from assistant.domain.values import Authority, Kind, Language, Passage, Sentence, Source

ReplyStatus = Literal["answered", "partial", "clarify", "abstained"]
Audience = Literal["public", "company", "staff"]
Style = Literal["standard", "plain", "short", "detailed", "letter"]
"""How a language model is to word an answer; the extractive writer has one style only."""
Check = Literal["quoted", "supported"]


class Reason(StrEnum):
    """Why a question is not answered."""

    NO_MATCH = "no_match"
    OUT_OF_SCOPE = "out_of_scope"
    NEEDS_A_PERSON = "needs_a_person"
    CONFLICT = "conflict"
    OUTDATED = "outdated"
    BLOCKED = "blocked"
    UNAVAILABLE = "unavailable"


@dataclass(frozen=True, slots=True, kw_only=True)
class Turn:
    """An earlier exchange of a conversation, as far as later questions need it."""

    question: str
    """Self-contained, after any rewriting."""
    language: Language
    document_ids: tuple[str, ...]
    """What the answer cited, most important first, without language suffix."""
    options: tuple[str, ...] = ()
    """Options offered by a clarifying reply."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """What a person wrote, kept as written, with what belongs to it."""

    text: str
    conversation_id: str
    language: Language | None = None
    """As wished; None means the language of the text."""
    audience: Audience = "public"
    style: Style = "standard"
    kinds: tuple[Kind, ...] = ()
    """Only documents of these kinds; empty means all."""
    history: tuple[Turn, ...] = ()
    """Earliest first."""
    today: date
    reply_id: str = ""
    """Id the reply is to have; empty for a new one."""
    background: str = ""
    """What the enquiry that it belongs to says beside it: a company that is described there is what advice is about."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Query:
    """What is searched."""

    text: str
    language: Language
    kinds: tuple[Kind, ...] = ()
    languages: tuple[Language, ...] = ()
    """Only documents of these languages; empty means all."""
    document_ids: tuple[str, ...] = ()
    """Documents named in the question, without language suffix; preferred, not required."""
    name_words: frozenset[str] = frozenset()
    """Folded words of the text that name them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Scores:
    """How a passage was ranked; None where a ranking does not hold it. Each compares only within one query."""

    dense: float | None = None
    """Cosine similarity, -1 to 1."""
    dense_rank: int | None = None
    lexical: float | None = None
    """Sum of the BM25 scores of stems, compound parts and 4-grams; >= 0."""
    lexical_rank: int | None = None
    fused: float = 0.0
    """0 to 1; what hits are ordered by. A reranker hands the same values out anew, in its own order."""
    rerank: float | None = None
    """0 to 1, from the reranker; None without one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Hit:
    """A passage found for a query."""

    passage: Passage
    rank: int
    """1 is best."""
    scores: Scores


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """A sentence that may be quoted, with where it stands."""

    passage: Passage
    sentence: Sentence
    text: str
    """The exact slice of the canonical text."""
    sources: tuple[Source, ...]
    score: float = 0.0
    """Probability that it belongs to the answer, 0 to 1."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Citation:
    """The pointer from a claim to the exact words it rests on."""

    n: int
    document_id: str
    title: str
    kind: Kind
    language: Language
    heading: tuple[str, ...]
    page: int | None
    passage_id: str
    version_id: str
    quote: str
    start: int
    end: int
    url: str | None
    publisher: str | None
    authority: Authority | None
    as_of: str | None
    start_page_only: bool
    valid_until: date | None
    expired: bool
    older_than_a_year: bool = False
    """The source names a time that lies back more than a year."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """One statement of an answer that can be checked; `text[start:end]` of the reply is the claim."""

    start: int
    end: int
    citations: tuple[int, ...]
    check: Check


@dataclass(frozen=True, slots=True, kw_only=True)
class NextStep:
    """Where to turn: an office, a page, another question."""

    text: str
    url: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class EnquiryPart:
    """One of several questions of an enquiry, and what became of it; `text[start:end]` of the reply is its place, heading included."""

    question: str
    """In its own words, without personal data."""
    start: int
    end: int
    status: ReplyStatus
    reason: str | None = None
    next_step: NextStep | None = None
    rewritten_question: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply:
    """The answer to a question, or to an enquiry of several; or the decision not to answer with its reason."""

    id: str
    conversation_id: str
    language: Language
    status: ReplyStatus
    reason: str | None
    """With abstained one of `Reason`; with partial and clarify what is missing."""
    text: str
    claims: tuple[Claim, ...] = ()
    citations: tuple[Citation, ...] = ()
    next_step: NextStep | None = None
    suggestions: tuple[str, ...] = ()
    options: tuple[str, ...] = ()
    """With clarify: what the person may mean, each usable as the next question."""
    rewritten_question: str | None = None
    parts: tuple[EnquiryPart, ...] = ()
    """The questions of an enquiry that holds several, in their order; empty for a single question."""
    notices: tuple[str, ...] = ()
    """Hints beside the answer: personal data in the question, an old source, a programme that has ended."""
    written_by: str = "extractive"
    model: ModelRecord | None = None
    """What a language model had to do with the reply; None where none was asked."""
    index: str = ""
    timings_ms: Mapping[str, float] = field(default_factory=dict)
    trace: Mapping[str, Any] = field(default_factory=dict)
    """What each step saw; only shown on request."""


def turn_of(reply: Reply, question: str) -> Turn:
    """What a conversation keeps of a reply to a question; of an enquiry its last question, and what that one cited before the rest."""
    last = reply.parts[-1] if reply.parts else None
    asked = (last.rewritten_question or last.question) if last else (reply.rewritten_question or question)
    by_number = {citation.n: citation.document_id.removesuffix(".en") for citation in reply.citations}
    latest = [n for claim in reply.claims if last and claim.start >= last.start for n in claim.citations]
    cited = dict.fromkeys(by_number[n] for n in (*latest, *by_number))
    return Turn(question=asked, language=reply.language, document_ids=tuple(cited), options=reply.options)
