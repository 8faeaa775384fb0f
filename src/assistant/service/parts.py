"""What the service is handed: the parts it calls and knows nothing else about."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any, Protocol

from assistant.domain.advice import FundingAdvice, MatchAdvice
from assistant.domain.answers import Hit, Query, Question, Reply, Turn
from assistant.domain.company import Company, Request, Understood
from assistant.domain.ports import Clock, Library
from assistant.domain.values import Document, Language, Section, Version
from assistant.service.evaluations import EvaluationPages


class ReadingLibrary(Library, Protocol):
    """A library that also knows outlines and versions."""

    def outline(self, document_id: str) -> Sequence[Section]:
        """Headings with what stands below each."""

    def version_id(self, document_id: str) -> str:
        """Which version is held."""


class Answers(Protocol):
    """Answers questions from one index generation."""

    def answer(
        self,
        question: Question,
        *,
        on_step: Callable[[str], None] = ...,
        on_part: Callable[[Reply], None] | None = ...,
        should_stop: Callable[[], bool] = ...,
    ) -> Reply:
        """Answer; never raises for what a person may write. Each reply given to `on_part` is the beginning of the final one."""


class Search(Protocol):
    """Finds passages."""

    def retrieve(self, query: Query, *, top_k: int) -> list[Hit]:
        """Hits, best first."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Advisers:
    """What advises companies: understands them, matches clusters, judges programmes."""

    understand: Callable[[Request], Company]
    match: Callable[[Company], MatchAdvice]
    fund: Callable[[Company], FundingAdvice]
    understood: Callable[[Company], Sequence[Understood]]
    """What was understood, to be shown and corrected."""
    match_rule: Mapping[Language, str]
    """How it is decided, in words."""
    funding_rule: Mapping[Language, str]
    names: Mapping[str, Mapping[Any, Mapping[Language, str]]]
    """What the choices of a field are called, by field and key."""


class Conversations(Protocol):
    """Keeps conversations until they are deleted."""

    def history(self, conversation_id: str) -> tuple[Turn, ...]:
        """The last turns, earliest first."""

    def add(self, *, conversation_id: str, reply_id: str, question: str, turn: Turn, reply: Mapping[str, Any]) -> None:
        """Store a reply as the newest of its conversation."""

    def reply(self, reply_id: str) -> dict[str, Any] | None:
        """A stored reply with its question, or None."""

    def conversation(self, conversation_id: str) -> list[dict[str, Any]]:
        """All questions and replies, earliest first."""

    def delete(self, conversation_id: str) -> bool:
        """Delete everything of it; False when it was unknown."""

    def delete_older_than(self, age: timedelta) -> int:
        """Delete conversations unused for longer; returns how many."""

    def add_feedback(self, *, reply_id: str, helpful: bool, comment: str | None) -> bool:
        """Store a judgement; False when the reply is unknown."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Open:
    """One opened generation: everything a request needs, consistent in itself."""

    index: str
    library: ReadingLibrary
    answers: Answers
    search: Search
    advisers: Advisers
    short_name: Callable[[str, Language], str]
    language_of: Callable[[str], Language]
    mask: Callable[[str], str]
    """Replaces personal data in a text."""
    status_on: Callable[[Document, date], str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Parts:
    """The service's parts."""

    current: Callable[[], Open]
    """The newest opened generation; raises `SearchIndexError` when there is none."""
    conversations: Conversations
    history_of: Callable[[str], list[dict[str, Any]]]
    """Versions of a document, newest first."""
    load_version: Callable[[str], tuple[Document, Version] | None]
    """A stored version with the document as it was then, by the version's id."""
    check_database: Callable[[], None]
    clock: Clock
    web_dir: Path
    """Templates, texts and built files of the pages."""
    operator_dir: Path | None
    """The operator's own texts."""
    evals_dir: Path
    """Runs of the evaluations."""
    version: str
    model_name: str | None
    """The language model that words answers; None without one."""
    answers_at_a_time: int
    """Answers made side by side; further ones wait."""
    rate_limit: str
    redis_url: str | None
    trusted_proxies: int
    allowed_origins: Sequence[str]
    max_body_bytes: int
    retention_days: int
    contact: str | None
    has_reranker: bool = False
    """Whether a cross-encoder orders the first hits anew."""
    evaluations: EvaluationPages | None = None
    """The page for evaluators, where it is switched on."""
