"""The seams: what the middle of the product calls, and outer packages provide."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, Protocol

from assistant.domain.answers import Hit, Query
from assistant.domain.values import Document, Passage, Sentence, Source


class Retriever(Protocol):
    """Finds the passages most likely to answer a query."""

    @property
    def generation(self) -> str:
        """Name of the index generation that is searched."""

    def retrieve(self, query: Query, *, top_k: int) -> list[Hit]:
        """Return at most `top_k` hits, best first; empty when nothing matches. Deterministic."""


class Clock(Protocol):
    """Today, so that tests and evaluations can fix it."""

    def today(self) -> date:
        """The calendar day in Hamburg."""


class Library(Protocol):
    """The current documents of the corpus, held in memory; read only."""

    def documents(self) -> Sequence[Document]:
        """All current documents, ordered by id."""

    def document(self, document_id: str) -> Document | None:
        """The document with this id, or None."""

    def text(self, document_id: str) -> str:
        """Its canonical text."""

    def sources(self, document_id: str) -> Sequence[Source]:
        """Its sources, in the order to which `Sentence.sources` points."""

    def passages(self, document_id: str) -> Sequence[Passage]:
        """Its passages in order."""

    def facts(self, document_id: str) -> Mapping[str, Any]:
        """`profile` or `terms` as plain data, also for a translation; empty where none."""

    def labelled(self, document_id: str, label: str) -> tuple[Passage, Sentence] | None:
        """The sentence with this label and its passage, in this document's language."""
