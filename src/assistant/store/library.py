"""The documents of one generation, held in memory for reading."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from assistant.domain.values import Document, Passage, Section, Sentence, Source
from assistant.store.documents import Stored


class StoredLibrary:
    """See `assistant.domain.ports.Library`."""

    def __init__(self, stored: Sequence[Stored]) -> None:
        self._stored = {item.document.id: item for item in stored}
        self._labels = {
            document_id: {s.label: s for s in item.version.sentences if s.label}
            for document_id, item in self._stored.items()
        }
        self._documents = tuple(item.document for item in stored)

    def documents(self) -> Sequence[Document]:
        """All current documents, ordered by id."""
        return self._documents

    def document(self, document_id: str) -> Document | None:
        """The document with this id, or None."""
        item = self._stored.get(document_id)
        return item.document if item else None

    def text(self, document_id: str) -> str:
        """Its canonical text."""
        return self._stored[document_id].version.text

    def outline(self, document_id: str) -> Sequence[Section]:
        """Its headings with what stands below each."""
        return self._stored[document_id].version.outline

    def version_id(self, document_id: str) -> str:
        """Which version of it is held."""
        return self._stored[document_id].version.id

    def sources(self, document_id: str) -> Sequence[Source]:
        """Its sources, in the order to which `Sentence.sources` points."""
        return self._stored[document_id].version.sources

    def passages(self, document_id: str) -> Sequence[Passage]:
        """Its passages in order."""
        return self._stored[document_id].passages

    def facts(self, document_id: str) -> Mapping[str, Any]:
        """`profile` or `terms` as plain data, also for a translation; empty where none."""
        item = self._stored.get(document_id)
        if item is None:
            return {}
        if not item.version.facts and item.document.translation_of:
            return self.facts(item.document.translation_of)
        return item.version.facts

    def labelled(self, document_id: str, label: str) -> tuple[Passage, Sentence] | None:
        """The sentence with this label and its passage, in this document's language."""
        sentence = self._labels.get(document_id, {}).get(label)
        if sentence is None:
            return None
        for passage in self._stored[document_id].passages:
            if passage.start <= sentence.start and sentence.end <= passage.end:
                return passage, sentence
        return None
