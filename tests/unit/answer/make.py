"""Evidence, drafts and small libraries for the steps of an answer."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

from assistant.answer.draft import Draft, Outcome, Statement
from assistant.answer.understand import begin
from assistant.domain.answers import Evidence, Question
from assistant.domain.ports import Library
from assistant.ingest.files import load_fact_sheet
from assistant.store.documents import Stored
from assistant.store.library import StoredLibrary
from tests.conftest import TODAY


def library_of(*sheets: str) -> StoredLibrary:
    """A library of fact sheets given as text, ordered by id as a store gives them."""
    loaded = [load_fact_sheet(Path("sheet.md"), text.encode()) for text in sheets]
    stored = [Stored(document=item.document, version=item.version, passages=item.passages) for item in loaded]
    return StoredLibrary(sorted(stored, key=lambda item: item.document.id))


def evidence_of(library: Library, document_id: str, piece: str) -> Evidence:
    """The one sentence of a document that holds a piece of text."""
    text, sources = library.text(document_id), library.sources(document_id)
    (found,) = [
        (passage, sentence)
        for passage in library.passages(document_id)
        for sentence in passage.sentences
        if piece in text[sentence.start : sentence.end]
    ]
    passage, sentence = found
    return Evidence(
        passage=passage,
        sentence=sentence,
        text=text[sentence.start : sentence.end],
        sources=tuple(sources[i] for i in sentence.sources),
    )


def quoting(*evidence: Evidence, text: str = "", shape: Any = "text") -> Statement:
    """A statement in the words of its first evidence, unless it is given others."""
    return Statement(text=text or evidence[0].text, evidence=evidence, shape=shape)


def drafted(text: str, *, today: date = TODAY, **values: Any) -> Draft:
    """The draft of a question, with whatever later steps have set."""
    return replace(begin(Question(text=text, conversation_id="c", today=today)), **values)


def decided(
    *statements: Statement, question: str = "Wie hoch ist der Zuschuss?", today: date = TODAY, message: str = ""
) -> Draft:
    """A draft whose answer is these statements."""
    return drafted(
        question, today=today, outcome=Outcome(status="answered", statements=statements, message=message)
    )  # fmt: skip
