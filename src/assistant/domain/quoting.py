"""Quotations from the library, and their numbers: what every part that cites a document shares."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

from assistant.domain.answers import Citation, Evidence
from assistant.domain.ports import Library
from assistant.domain.values import Document, Language, Passage, Sentence, Source

AUTHORITY_RANK = {"official": 0, "organisation": 1, "press": 2, "private": 3}
OLD_AFTER_YEARS = 1


def edition(document_id: str, language: Language, library: Library) -> str:
    """Id of the document's version in `language`, or of the other one where there is none."""
    base = document_id.removesuffix(".en")
    wanted = f"{base}.en" if language == "en" else base
    return wanted if library.document(wanted) else (base if library.document(base) else f"{base}.en")


def labelled_evidence(library: Library, document_id: str, label: str, *, score: float = 1.0) -> Evidence | None:
    """The sentence with a label as evidence, or None where the document does not hold it."""
    found = library.labelled(document_id, label)
    return None if found is None else _evidence(library, document_id, *found, score=score)


def definition_evidence(library: Library, document_id: str) -> Evidence | None:
    """A document's first sentence, which says what it is about."""
    passages = library.passages(document_id)
    if not passages or not passages[0].sentences:
        return None
    return _evidence(library, document_id, passages[0], passages[0].sentences[0], score=1.0)


def _evidence(library: Library, document_id: str, passage: Passage, sentence: Sentence, *, score: float) -> Evidence:
    sources = library.sources(document_id)
    return Evidence(
        passage=passage,
        sentence=sentence,
        text=library.text(document_id)[sentence.start : sentence.end],
        sources=tuple(sources[i] for i in sentence.sources),
        score=score,
    )


def leading_source(sources: Sequence[Source]) -> Source | None:
    """The most official source of a sentence; among equals the one with its own address, then the first."""
    return min(sources, key=lambda s: (AUTHORITY_RANK[s.authority], s.start_page_only), default=None)


def status_on(document: Document, day: date) -> str:
    """A programme's status on a day: what is recorded, unless its time is over or has not begun."""
    if document.valid_until is not None and document.valid_until < day and document.status in ("open", "calls_only"):
        return "ended"
    return document.status


def is_expired(document: Document, today: date) -> bool:
    """Whether a programme has ended on the day, or an organisation is recorded as ended."""
    if document.kind == "funding":
        return status_on(document, today) == "ended"
    return document.status in ("ended", "phase_ended")


def is_old(as_of: str | None, today: date) -> bool:
    """Whether a source names a year, and the last one it names lies back more than a year."""
    years = [int(year) for year in re.findall(r"\b(?:19|20)\d{2}\b", as_of or "")]
    return bool(years) and max(years) < today.year - OLD_AFTER_YEARS


class Citations:
    """Numbers quotations in the order of their first use."""

    def __init__(self, library: Library, today: date) -> None:
        self._library = library
        self._today = today
        self._numbers: dict[tuple[str, int, int], int] = {}
        self._citations: list[Citation] = []

    @property
    def all(self) -> tuple[Citation, ...]:
        """What was cited so far, by number."""
        return tuple(self._citations)

    def number(self, evidence: Evidence) -> int:
        """Number of the citation for this quotation, adding it at its first use; its document must be in the library."""
        passage, sentence = evidence.passage, evidence.sentence
        key = (passage.document_id, sentence.start, sentence.end)
        if key not in self._numbers:
            self._numbers[key] = len(self._citations) + 1
            self._citations.append(self._citation(evidence, self._numbers[key]))
        return self._numbers[key]

    def numbers(self, evidence: Sequence[Evidence]) -> tuple[int, ...]:
        """Numbers of several quotations, each once."""
        return tuple(dict.fromkeys(map(self.number, evidence)))

    def _citation(self, evidence: Evidence, n: int) -> Citation:
        passage, sentence = evidence.passage, evidence.sentence
        document = self._library.document(passage.document_id)
        assert document is not None, "evidence belongs to a document of the library"
        source = leading_source(evidence.sources)
        return Citation(
            n=n,
            document_id=document.id,
            title=document.title,
            kind=document.kind,
            language=document.language,
            heading=passage.heading,
            page=passage.page,
            passage_id=passage.id,
            version_id=passage.version_id,
            quote=evidence.text,
            start=sentence.start,
            end=sentence.end,
            url=source.url if source else None,
            publisher=source.publisher if source else None,
            authority=source.authority if source else None,
            as_of=source.as_of if source else None,
            start_page_only=source.start_page_only if source else False,
            valid_until=document.valid_until,
            expired=is_expired(document, self._today),
            older_than_a_year=is_old(source.as_of if source else None, self._today),
        )
