"""Builds everything, once: the one place that knows which part is made of which."""

from __future__ import annotations

import threading
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from importlib.metadata import version
from zoneinfo import ZoneInfo

import structlog
from fastapi import FastAPI
from sqlalchemy import Engine, text

from assistant import building
from assistant.answer.clarify import Clarify
from assistant.answer.document_features import DOCUMENT_FEATURES
from assistant.answer.evidence import Judge, SelectEvidence
from assistant.answer.follow_up import FollowUp
from assistant.answer.gate import Gate
from assistant.answer.gate_features import GATE_FEATURES, KnownWords
from assistant.answer.line_features import FEATURES, QuestionReader, Synonyms
from assistant.answer.lines import LineReader
from assistant.answer.names import NameIndex
from assistant.answer.overview import Overview, status_on
from assistant.answer.personal_data import mask_personal_data
from assistant.answer.pipeline import Assistant, NamedStep
from assistant.answer.render import Render
from assistant.answer.route import Route
from assistant.answer.search import Search
from assistant.answer.understand import Understand
from assistant.answer.verify import Verify
from assistant.answer.write import WriteExtract
from assistant.config import Settings, load_settings
from assistant.domain.errors import IndexMissing, SearchIndexError
from assistant.domain.ports import Library
from assistant.domain.values import LANGUAGES
from assistant.index.embedding import Embedder, load_embedder
from assistant.index.generation import Generation, Generations, Progress
from assistant.index.lexical import LexicalIndex
from assistant.index.samples import SampleIndex
from assistant.language.analysis import Analyser
from assistant.language.detect import language_of
from assistant.language.spelling import SpellingCorrector
from assistant.learned.embedder import StaticEmbedder
from assistant.learned.models import load_document_chooser, load_field, load_gate, load_operating_points, load_selector
from assistant.retrieve.hybrid import HybridRetriever
from assistant.service.app import create_app
from assistant.service.parts import Open, Parts
from assistant.store.conversations import ConversationStore
from assistant.store.database import open_database
from assistant.store.documents import DocumentStore
from assistant.store.library import StoredLibrary

log = structlog.get_logger("assistant")
HAMBURG = ZoneInfo("Europe/Berlin")


class SystemClock:
    """The calendar day in Hamburg, or a fixed one."""

    def __init__(self, fixed: date | None = None) -> None:
        self._fixed = fixed

    def today(self) -> date:
        """The day."""
        return self._fixed or datetime.now(HAMBURG).date()


@dataclass(frozen=True, slots=True, kw_only=True)
class Stores:
    """The database's parts."""

    engine: Engine
    documents: DocumentStore
    conversations: ConversationStore


def open_stores(settings: Settings) -> Stores:
    """Open the database, upgraded to the newest schema."""
    engine = open_database(settings.database_address)
    return Stores(engine=engine, documents=DocumentStore(engine), conversations=ConversationStore(engine))


def open_generations(settings: Settings) -> Generations:
    """The index folder."""
    return Generations(settings.index_dir, server_url=settings.chroma_url)


def embedder_of(settings: Settings) -> Embedder:
    """The embedder that the settings name."""
    return load_embedder(settings.embedder, settings.embedder_options)


def build_index(
    settings: Settings, documents: DocumentStore, *, force: bool = False, progress: Progress
) -> tuple[str, bool]:
    """Build and activate a generation of all current documents; see `building.build_index`."""
    generations, embedder = open_generations(settings), embedder_of(settings)
    return building.build_index(settings.corpus_dir, documents, generations, embedder, force=force, progress=progress)


# --- answering -------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Searchable:
    """One opened generation with the documents it was built from."""

    generation: Generation
    library: StoredLibrary
    names: NameIndex
    retriever: HybridRetriever


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading(Searchable):
    """Everything that answers from one generation."""

    evidence: SelectEvidence
    assistant: Assistant


def open_searchable(settings: Settings, documents: DocumentStore, embedder: Embedder) -> Searchable:
    """Open the active generation for searching.

    Raises:
        IndexMissing: If no generation is active, or its documents are not in the database.
    """
    generation = open_generations(settings).open_active(embedder)
    stored = documents.load(list(generation.manifest.snapshot.values()))
    by_id = {passage.id: passage for item in stored for passage in item.passages}
    missing = [passage_id for passage_id in generation.passage_ids if passage_id not in by_id]
    if missing:
        raise IndexMissing(
            f"the database does not hold {len(missing)} passages of generation {generation.name}; `assistant index build` mends this"
        )
    passages = [by_id[passage_id] for passage_id in generation.passage_ids]
    library = StoredLibrary(stored)
    ids = {document.id for document in library.documents()}
    translated = frozenset(i for i in ids if f"{i}.en" in ids or (i.endswith(".en") and i.removesuffix(".en") in ids))
    retriever = HybridRetriever(generation, passages, embedder, translations=translated)
    return Searchable(generation=generation, library=library, names=NameIndex(library), retriever=retriever)


def open_reading(settings: Settings, documents: DocumentStore, embedder: Embedder) -> Reading:
    """Open the active generation and build the assistant over it; raises as `open_searchable`."""
    opened = open_searchable(settings, documents, embedder)
    selector, chooser = load_selector(), load_document_chooser()
    selector.check_names(FEATURES)
    chooser.check_names(DOCUMENT_FEATURES)
    evidence = build_evidence(
        opened.library,
        opened.generation.analyser,
        opened.generation.lexical,
        synonyms=opened.retriever.glossary.stems_for,
        samples=opened.generation.samples,
        judge_documents=chooser.probabilities,
        judge_lines=selector.probabilities,
    )
    return Reading(
        generation=opened.generation,
        library=opened.library,
        names=opened.names,
        retriever=opened.retriever,
        evidence=evidence,
        assistant=_assemble(settings, opened, evidence),
    )


def build_spelling(generation: Generation) -> SpellingCorrector:
    """Corrects typing errors towards the words of one generation."""
    analyser, lexical = generation.analyser, generation.lexical
    rarest = lexical.rarity("stems", "\0")

    def is_known(word: str) -> bool:
        stems = {analyser.stem(word, language) for language in LANGUAGES}
        return any(lexical.rarity("stems", stem) < rarest for stem in stems) or bool(analyser.compound_parts(word))

    return SpellingCorrector(generation.words, is_known=is_known)


def build_evidence(
    library: Library,
    analyser: Analyser,
    lexical: LexicalIndex,
    *,
    synonyms: Synonyms,
    samples: SampleIndex,
    judge_documents: Judge,
    judge_lines: Judge,
) -> SelectEvidence:
    """The step that reads documents; rarity of words is taken from `lexical`."""
    embedder = StaticEmbedder.load()
    return SelectEvidence(
        library,
        lines=LineReader(library, analyser, embedder),
        questions=QuestionReader(
            analyser,
            embedder,
            stem_rarity=lambda stem: lexical.rarity("parts", stem),
            gram_rarity=lambda gram: lexical.rarity("grams", gram),
            synonyms=synonyms,
        ),
        samples=samples,
        judge_documents=judge_documents,
        judge_lines=judge_lines,
        known_share=KnownWords(analyser, lambda stem: lexical.rarity("stems", stem)).share,
    )


def _assemble(settings: Settings, opened: Searchable, evidence: SelectEvidence) -> Assistant:
    library, names = opened.library, opened.names
    answered, field, points = load_gate(), load_field(), load_operating_points()
    for model in (answered, field):
        model.check_names(GATE_FEATURES)
    gate = Gate(
        library,
        names,
        probability=lambda features: float(answered.probabilities(features[None, :])[0]),
        in_field=lambda features: float(field.probabilities(features[None, :])[0]),
        threshold=points.answer,
        contact=settings.contact,
    )
    steps = [
        NamedStep("understand", Understand(names, spelling=build_spelling(opened.generation))),
        NamedStep("follow_up", FollowUp(names)),
        NamedStep("route", Route(contact=settings.contact)),
        NamedStep("overview", Overview(library, names)),
        NamedStep("retrieve", Search(opened.retriever)),
        NamedStep("evidence", evidence),
        NamedStep("clarify", Clarify(names)),
        NamedStep("gate", gate),
        NamedStep("write", WriteExtract(floor=points.line, share_of_best=points.share_of_best)),
    ]
    return Assistant(steps, Verify(library), Render(library, names), index=opened.generation.name)


# --- the service -----------------------------------------------------------------------------------------------------


class LiveReading:
    """Follows the index pointer: a new generation is opened beside the old one and takes over when it is ready."""

    def __init__(self, settings: Settings, documents: DocumentStore, embedder: Embedder) -> None:
        self._settings = settings
        self._documents = documents
        self._embedder = embedder
        self._generations = open_generations(settings)
        self._lock = threading.Lock()
        self._stamp: tuple[int, int] = (-1, -1)
        self._open: Open | None = None

    def current(self) -> Open:
        """The newest generation that could be opened.

        Raises:
            SearchIndexError: If none could be opened yet.
        """
        stamp = self._generations.pointer_stamp()
        if self._open is not None and stamp == self._stamp:
            return self._open
        if self._open is not None:
            # Others go on with the old generation while one request opens the new one.
            if self._lock.acquire(blocking=False):
                try:
                    self._reopen(stamp)
                finally:
                    self._lock.release()
            return self._open
        with self._lock:
            if self._open is None:
                self._reopen(stamp)
        assert self._open is not None, "_reopen raises or opens"
        return self._open

    def _reopen(self, stamp: tuple[int, int]) -> None:
        try:
            reading = open_reading(self._settings, self._documents, self._embedder)
        except SearchIndexError:
            if self._open is None:
                raise
            log.exception("the new index generation cannot be opened; the old one goes on answering")
            self._stamp = stamp
            return
        self._open = Open(
            index=reading.generation.name,
            library=reading.library,
            answers=reading.assistant,
            search=reading.retriever,
            short_name=reading.names.short_name,
            language_of=language_of,
            mask=mask_personal_data,
            status_on=status_on,
        )
        self._stamp = stamp


def build_parts(settings: Settings) -> Parts:
    """Everything the service is handed."""
    stores = open_stores(settings)
    stores.conversations.delete_older_than(timedelta(days=settings.retention_days))
    live = LiveReading(settings, stores.documents, embedder_of(settings))

    def check_database() -> None:
        with stores.engine.connect() as connection:
            connection.execute(text("SELECT 1"))

    return Parts(
        current=live.current,
        conversations=stores.conversations,
        history_of=stores.documents.history,
        check_database=check_database,
        clock=SystemClock(settings.today),
        web_dir=settings.web_dir,
        version=version("clusterlotse"),
        rate_limit=settings.rate_limit,
        redis_url=settings.redis_url.get_secret_value() if settings.redis_url else None,
        trusted_proxies=settings.trusted_proxies,
        allowed_origins=settings.allowed_origins,
        max_body_bytes=settings.max_body_bytes,
        retention_days=settings.retention_days,
        contact=settings.contact,
    )


def build_app(settings: Settings | None = None) -> FastAPI:
    """The service, with the active index already open so that the first question is as quick as any."""
    parts = build_parts(settings or load_settings())
    try:
        parts.current()
    except IndexMissing as exc:
        log.warning("no index yet", why=str(exc))
    return create_app(parts)
