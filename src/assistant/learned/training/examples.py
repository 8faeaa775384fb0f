"""Training examples: questions with the measured lines of the documents that were read for them."""

from __future__ import annotations

import zlib
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from rapidfuzz import fuzz
from rich.progress import track

from assistant import bootstrap, building
from assistant.answer.draft import DocumentReading, Draft, nameless_words
from assistant.answer.gate_features import measure_gate
from assistant.answer.search import Search
from assistant.answer.understand import Understand, begin
from assistant.config import load_settings
from assistant.domain.answers import Question
from assistant.domain.values import Language
from assistant.index.generation import indexed_text
from assistant.index.lexical import FIELDS, LexicalIndex
from assistant.index.samples import SampleIndex
from assistant.language.analysis import Analyser
from assistant.language.compounds import CompoundLexicon
from assistant.learned.embedder import StaticEmbedder
from assistant.learned.training.omos import PageQuestion, answer_starts, page_documents
from assistant.learned.training.questions import JudgedQuestion
from assistant.learned.training.unanswerable import VARIANTS, without_answer, write_variant
from assistant.learned.wording import Wording
from assistant.store.documents import Stored
from assistant.store.library import StoredLibrary

TODAY = date(2026, 11, 23)
FOLDS = 4
SAME_FACT = 80.0
"""A line of another document that is so much like a right one (of 100) is neither right nor wrong."""


@dataclass(slots=True, kw_only=True)
class Example:
    """One question; `readings` hold one array of features and labels per document that was read."""

    draft: Draft
    readings: list[DocumentReading]
    labels: list[NDArray[np.float32]]
    """1 right, 0 wrong, -1 not known; per reading."""
    fold: int
    origin: str
    """own, removed, gold, silver or dev."""
    language: Language
    answerable: bool
    judged: JudgedQuestion | PageQuestion
    probabilities: list[NDArray[np.float32]] = field(default_factory=list)

    def set_probabilities(self, probabilities: Sequence[NDArray[np.float32]]) -> None:
        """Take the judgement of every line, headings left out of account."""
        for reading, values in zip(self.readings, probabilities, strict=True):
            reading.probabilities[:] = np.where(reading.lines.quotable, values, 0.0)

    def set_wording(self, wording: Wording) -> None:
        """Take the judgement of the question's wording."""
        self.draft = replace(self.draft, wording=wording)

    @property
    def nameless(self) -> str:
        """The question without the names of its subject."""
        return " ".join(nameless_words(self.draft))

    def gate_features(self) -> NDArray[np.float32]:
        """What the gate sees of the judged readings."""
        return measure_gate(replace(self.draft, readings=tuple(self.readings)))


def _unjudged(features: NDArray[np.float32]) -> NDArray[np.float32]:
    """Stands in where examples are only read."""
    return features[:, 0]


def _unworded(text: str) -> Wording:
    """Stands in until the wording is judged, which is cross-fitted."""
    return Wording()


def fold_of(key: str) -> int:
    """Which of the folds a document or page belongs to."""
    return zlib.crc32(key.encode()) % FOLDS


# --- municipal pages -------------------------------------------------------------------------------------------------


def page_examples(questions: Sequence[PageQuestion], origin: str, *, background: Sequence[Stored]) -> list[Example]:
    """Examples in which only the page itself is read; rarity of words is taken over `background` and the pages."""
    pages = page_documents(questions)
    library = StoredLibrary([*pages])
    analyser, lexical = _plain_index({stored.document.id: stored for stored in (*background, *pages)})
    evidence = bootstrap.build_evidence(
        library,
        analyser,
        lexical,
        synonyms=lambda text, language: {},
        judge_documents=_unjudged,
        judge_lines=_unjudged,
        samples=SampleIndex.build([], name_words={}, analyser=analyser, embedder=StaticEmbedder.load()),
        liken_documents=lambda text, language, names: {},
        judge_wording=_unworded,
    )
    by_id = {stored.document.id: stored for stored in pages}
    found: list[Example] = []
    for question in track(questions, description=f"Reading {origin} pages"):
        draft = evidence.measure_question(
            begin(Question(text=question.question, conversation_id="", language=question.language, today=TODAY))
        )
        reading = evidence.read_document(draft, question.document_id)
        right = answer_starts(question, by_id[question.document_id])
        labels = np.array(
            [-1.0 if place is None else float(place[1].start in right) for place in reading.lines.places],
            dtype=np.float32,
        )
        found.append(
            Example(
                draft=draft,
                readings=[reading],
                labels=[labels],
                fold=fold_of(question.page_id),
                origin=origin,
                language=question.language,
                answerable=bool(right),
                judged=question,
            )
        )
    return found


def _plain_index(stored: Mapping[str, Stored]) -> tuple[Analyser, LexicalIndex]:
    """The lexical half of an index over these documents."""
    passages = [passage for item in stored.values() for passage in item.passages]
    plain = Analyser(CompoundLexicon.from_words({}))
    counts: Counter[str] = Counter()
    for passage in passages:
        if passage.language == "de":
            counts.update(plain.words(indexed_text(passage)))
    analyser = Analyser(CompoundLexicon.from_words(counts))
    terms = [analyser.terms(indexed_text(passage), passage.language) for passage in passages]
    return analyser, LexicalIndex.build({name: [getattr(item, name) for item in terms] for name in FIELDS})


# --- the project's own sheets ----------------------------------------------------------------------------------------


def own_examples(
    questions: Sequence[JudgedQuestion], *, data: Path, corpus: Path, origin: str = "own"
) -> list[Example]:
    """Examples as the pipeline would read them, over an index of the whole corpus in the folder `data`."""
    settings = load_settings(data_dir=data, corpus_dir=corpus, today=TODAY)
    stores = bootstrap.open_stores(settings)
    building.ingest_files([corpus], stores.documents, max_bytes=settings.max_upload_bytes)
    bootstrap.build_index(settings, stores.documents, progress=lambda step, done, total: None)
    opened = bootstrap.open_searchable(settings, stores.documents, bootstrap.embedder_of(settings))
    opened.generation.samples.ignores_identical = True
    evidence = bootstrap.build_evidence(
        opened.library, opened.generation.analyser, opened.generation.lexical,
        synonyms=opened.retriever.glossary.stems_for, samples=opened.generation.samples,
        liken_documents=opened.generation.whole_documents.liken, judge_documents=_unjudged, judge_lines=_unjudged, judge_wording=_unworded,
    )  # fmt: skip
    spelling = bootstrap.build_spelling(opened.generation)
    understand, search = Understand(opened.names, spelling=spelling), Search(opened.retriever)
    found: list[Example] = []
    for question in track(questions, description="Reading fact sheets"):
        draft = search(
            understand(begin(Question(text=question.text, conversation_id="", language=question.language, today=TODAY)))
        )
        draft = evidence.measure_question(draft)
        readings = evidence.read(draft)
        found.append(
            Example(
                draft=draft,
                readings=readings,
                labels=_labels(question, readings),
                fold=fold_of(question.document if question.document != "none" else question.text),
                origin=origin,
                language=question.language,
                answerable=bool(question.evidence),
                judged=question,
            )
        )
    return found


def removed_examples(questions: Sequence[JudgedQuestion], *, folder: Path, corpus: Path) -> list[Example]:
    """Examples over corpora from which the answering sentences were taken out; all of them are unanswerable."""
    found: list[Example] = []
    for variant in range(VARIANTS):
        target, data = folder / f"corpus-{variant}", folder / f"data-{variant}"
        write_variant(corpus, target, variant)
        removed = without_answer(questions, corpus, variant)
        examples = own_examples([question for question, _ in removed], data=data, corpus=target, origin="removed")
        for example, (_, sentences) in zip(examples, removed, strict=True):
            if not _is_restated(example, sentences):
                example.answerable = False
                for labels in example.labels:
                    labels[labels > 0] = 0.0
                found.append(example)
    return found


def _is_restated(example: Example, sentences: Sequence[str]) -> bool:
    """Whether another line says much the same as a sentence that was taken out."""
    return any(
        fuzz.token_set_ratio(text, sentence) > SAME_FACT
        for reading in example.readings
        for text, place in zip(reading.lines.texts, reading.lines.places, strict=True)
        if place is not None
        for sentence in sentences
    )


def _labels(question: JudgedQuestion, readings: Sequence[DocumentReading]) -> list[NDArray[np.float32]]:
    own = question.document + (".en" if question.language == "en" else "")
    right = [
        text for reading in readings if reading.lines.document_id == own for text in reading.lines.texts
        if any(piece in text for piece in question.evidence)
    ]  # fmt: skip
    labels: list[NDArray[np.float32]] = []
    for reading in readings:
        lines = reading.lines
        values = np.zeros(len(lines), dtype=np.float32)
        for i, (text, place) in enumerate(zip(lines.texts, lines.places, strict=True)):
            if place is None:
                values[i] = -1.0
            elif lines.document_id == own:
                values[i] = float(any(piece in text for piece in question.evidence))
            elif any(fuzz.token_set_ratio(text, other) > SAME_FACT for other in right):
                values[i] = -1.0
        labels.append(values)
    return labels
