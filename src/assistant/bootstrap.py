"""Builds everything, once: the one place that knows which part is made of which."""

from __future__ import annotations

import atexit
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cache, partial
from importlib.metadata import version
from pathlib import Path
from zoneinfo import ZoneInfo

import numpy as np
import structlog
from fastapi import FastAPI
from numpy.typing import NDArray
from sqlalchemy import Engine, text

from assistant import building
from assistant.answer.clarify import Clarify
from assistant.answer.company_advice import AdviseCompany
from assistant.answer.document_features import DOCUMENT_FEATURES
from assistant.answer.draft import Draft, Step
from assistant.answer.enquiry import Enquiries
from assistant.answer.evidence import Judge, LikenDocuments, SelectEvidence
from assistant.answer.follow_up import FollowUp, Resolve, probability_of
from assistant.answer.gate import Gate
from assistant.answer.gate_features import GATE_FEATURES, KnownWords
from assistant.answer.line_features import FEATURES, QuestionReader, Synonyms
from assistant.answer.lines import LineReader
from assistant.answer.names import NameIndex
from assistant.answer.overview import Overview
from assistant.answer.personal_data import mask_personal_data
from assistant.answer.pipeline import Assistant, NamedStep
from assistant.answer.render import Render
from assistant.answer.route import Route
from assistant.answer.search import Search
from assistant.answer.understand import Understand
from assistant.answer.verify import Verify
from assistant.answer.write import WriteExtract
from assistant.company.names import GOAL_NAMES, PURPOSE_NAMES, STAGE_NAMES
from assistant.company.places import Gazetteer
from assistant.company.reader import DescriptionReader
from assistant.company.understood import understood
from assistant.company.wz import ActivityTable, load_generic_words
from assistant.config import Settings, load_settings
from assistant.domain.errors import ConfigError, IndexMissing, SearchIndexError
from assistant.domain.language_model import ChatModel
from assistant.domain.ports import Library
from assistant.domain.quoting import status_on
from assistant.domain.values import LANGUAGES, Document, Version
from assistant.funding.finder import FundingFinder
from assistant.funding.texts import RULE as FUNDING_RULE
from assistant.index.embedding import Embedder, load_embedder
from assistant.index.generation import Generation, Generations, Progress
from assistant.index.lexical import LexicalIndex
from assistant.index.near_terms import NearTerms
from assistant.index.samples import SampleIndex
from assistant.language.analysis import Analyser
from assistant.language.detect import language_of
from assistant.language.spelling import SpellingCorrector
from assistant.learned.embedder import StaticEmbedder
from assistant.learned.models import (
    OperatingPoints,
    load_document_chooser,
    load_field,
    load_gate,
    load_operating_points,
    load_selector,
    load_wording,
)
from assistant.learned.ordinary_words import OrdinaryWords
from assistant.learned.wording import Wording
from assistant.llm.breaker import Breaker
from assistant.llm.checks import Checks
from assistant.llm.enquiries import ModelDivision
from assistant.llm.entailment import load_entailment
from assistant.llm.follow_up import ModelFollowUp
from assistant.llm.places import Places
from assistant.llm.protected import ProtectedModel
from assistant.llm.spending import Spending
from assistant.llm.support import Support
from assistant.llm.withhold import withhold_instructions
from assistant.llm.writer import ModelWriter
from assistant.matching.matcher import Matcher
from assistant.matching.organisations import read_organisations, sector_terms
from assistant.matching.texts import RULE as MATCH_RULE
from assistant.retrieve.cross_encoder import CrossEncoder, CrossEncoderReranker
from assistant.retrieve.hybrid import HybridRetriever, Reranker
from assistant.service.app import create_app
from assistant.service.evaluations import EvaluationPages
from assistant.service.parts import Advisers, Open, Parts
from assistant.store.conversations import ConversationStore
from assistant.store.database import open_database
from assistant.store.documents import DocumentStore
from assistant.store.library import StoredLibrary
from assistant.store.model_usage import ModelUsageStore

log = structlog.get_logger("assistant")
HAMBURG = ZoneInfo("Europe/Berlin")
ANSWERS_AT_A_TIME = 40
"""Written without a model; those that wait for one come on top."""


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


@cache
def load_reranker(folder: Path, *, threads: int, within_ms: float) -> Reranker:
    """The cross-encoder in a folder, loaded once a process; raises as `CrossEncoder.load`."""
    return CrossEncoderReranker(CrossEncoder.load(folder, threads=threads), within_ms=within_ms)


def reranker_of(settings: Settings) -> Reranker | None:
    """The cross-encoder that the settings name, or none; raises as `CrossEncoder.load`."""
    if settings.reranker is None:
        return None
    return load_reranker(settings.reranker, threads=settings.reranker_threads, within_ms=settings.reranker_within_ms)


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
    finders: Callable[[], Finders]
    """Made at the first call."""
    advisers: Advisers
    assistant: Enquiries


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
    retriever = HybridRetriever(generation, passages, embedder, translations=translated, reranker=reranker_of(settings))
    return Searchable(generation=generation, library=library, names=NameIndex(library), retriever=retriever)


@dataclass(frozen=True, slots=True, kw_only=True)
class Judgements:
    """What was learned; a measurement may put something plainer in its place."""

    documents: Judge
    lines: Judge
    answered: Callable[[NDArray[np.float32]], float]
    """From gate features, float32 (n_features,), to the probability that the question is answered."""
    in_field: Callable[[NDArray[np.float32]], float]
    """From gate features to the probability that the question belongs to the field."""
    wording: Callable[[str], Wording]
    """Of a question without the names of its subject: whether sheets answer questions of such wording."""
    points: OperatingPoints


def load_judgements() -> Judgements:
    """The trained judgements that ship with the package.

    Raises:
        ValueError: If one of them was trained for other features than the code measures.
    """
    documents, lines, answered, in_field = load_document_chooser(), load_selector(), load_gate(), load_field()
    for model, names in (
        (documents, DOCUMENT_FEATURES),
        (lines, FEATURES),
        (answered, GATE_FEATURES),
        (in_field, GATE_FEATURES),
    ):
        model.check_names(names)
    return Judgements(
        documents=documents.probabilities,
        lines=lines.probabilities,
        answered=lambda features: float(answered.probabilities(features[None, :])[0]),
        in_field=lambda features: float(in_field.probabilities(features[None, :])[0]),
        wording=load_wording(),
        points=load_operating_points(),
    )


def open_reading(
    settings: Settings, documents: DocumentStore, embedder: Embedder, *, model: ChatModel | None = None
) -> Reading:
    """Open the active generation and build the assistant over it, writing with `model`; raises as `open_searchable`."""
    opened = open_searchable(settings, documents, embedder)
    return assemble_reading(settings, opened, load_judgements(), model=model)


def assemble_reading(
    settings: Settings, opened: Searchable, judgements: Judgements, *, model: ChatModel | None = None
) -> Reading:
    """The assistant over an opened generation."""
    evidence = build_evidence(
        opened.library,
        opened.generation.analyser,
        opened.generation.lexical,
        synonyms=opened.retriever.glossary.stems_for,
        samples=opened.generation.samples,
        liken_documents=opened.generation.whole_documents.liken,
        judge_documents=judgements.documents,
        judge_lines=judgements.lines,
        judge_wording=judgements.wording,
    )
    finders = cache(partial(build_finders, opened.library))
    advisers = advisers_of(finders)
    return Reading(
        generation=opened.generation,
        library=opened.library,
        names=opened.names,
        retriever=opened.retriever,
        evidence=evidence,
        finders=finders,
        advisers=advisers,
        assistant=_assemble(settings, opened, evidence, advisers, judgements, model),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Finders:
    """What advises companies, made."""

    reader: DescriptionReader
    matcher: Matcher
    funding: FundingFinder


def build_advisers(library: Library) -> Advisers:
    """What advises companies, over the documents of one generation; made when it is first needed, since it takes a second."""
    return advisers_of(cache(partial(build_finders, library)))


def advisers_of(finders: Callable[[], Finders]) -> Advisers:
    """What advises companies, by finders that are asked for at every use."""
    return Advisers(
        understand=lambda request: finders().reader.read(request),
        match=lambda company: finders().matcher.advise(company),
        fund=lambda company: finders().funding.advise(company),
        understood=understood,
        match_rule=MATCH_RULE,
        funding_rule=FUNDING_RULE,
        names={"goals": GOAL_NAMES, "purpose": PURPOSE_NAMES, "stage": STAGE_NAMES},
    )


def build_finders(library: Library) -> Finders:
    """The reader of descriptions, the matching and the funding rules over the documents of one generation."""
    table, generic = ActivityTable.load(), load_generic_words()
    reader = DescriptionReader(
        sector_terms(library),
        table=table,
        gazetteer=Gazetteer.load(),
        near=lambda vocabulary: NearTerms(vocabulary.words_by_key.items(), StaticEmbedder.load()),
        ordinary=OrdinaryWords.load(),
    )
    return Finders(
        reader=reader,
        matcher=Matcher(library, read_organisations(library, generic), table),
        funding=FundingFinder(library, generic),
    )


def build_spelling(generation: Generation) -> SpellingCorrector:
    """Corrects typing errors towards the words of one generation."""
    analyser, lexical = generation.analyser, generation.lexical
    rarest = lexical.rarity("stems", "\0")
    ordinary = OrdinaryWords.load()

    def is_known(word: str) -> bool:
        if word in ordinary:
            return True
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
    liken_documents: LikenDocuments,
    judge_documents: Judge,
    judge_lines: Judge,
    judge_wording: Callable[[str], Wording],
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
        liken_documents=liken_documents,
        judge_documents=judge_documents,
        judge_lines=judge_lines,
        judge_wording=judge_wording,
        known_share=KnownWords(analyser, lambda stem: lexical.rarity("stems", stem)).share,
    )


def open_model(settings: Settings, engine: Engine) -> ChatModel | None:
    """The language model that the settings name, protected; None where they name none. One for a whole process.

    Raises:
        ConfigError: If it cannot be loaded.
    """
    if settings.llm == "none":
        return None
    from assistant.llm.llama_index import (
        Prices,
    )  # LlamaIndex takes half a second, which a start without a model can do without
    from assistant.llm.loading import load_model

    model = load_model(
        settings.llm,
        model=settings.llm_model,
        api_key=settings.llm_api_key.get_secret_value() if settings.llm_api_key else None,
        options=settings.llm_options,
        prices=Prices(input=settings.llm_input_price, output=settings.llm_output_price),
        timeout_s=settings.llm_timeout_s,
    )
    spending = Spending(
        ModelUsageStore(engine),
        today=SystemClock(settings.today).today,
        daily_tokens=settings.llm_daily_tokens,
        daily_cost=settings.llm_daily_cost,
    )
    places = Places(settings.llm_concurrency, queue=settings.llm_queue)
    return ProtectedModel(model, places=places, breaker=Breaker(time.monotonic), spending=spending)


def build_checks(settings: Settings, opened: Searchable, model: ChatModel) -> Checks:
    """The checks of a model's sentences."""
    lexical = opened.generation.lexical
    support = Support(
        opened.generation.analyser,
        rarity=lambda stem: lexical.rarity("stems", stem),
        synonyms=opened.retriever.glossary.stems_for,
        embed=StaticEmbedder.load().embed,
    )
    entailment = load_entailment(settings.llm_entailment, model)
    return Checks(opened.library, opened.names, support, entailment=entailment)


def _assemble(
    settings: Settings,
    opened: Searchable,
    evidence: SelectEvidence,
    advisers: Advisers,
    judgements: Judgements,
    model: ChatModel | None,
) -> Enquiries:
    library, names, points = opened.library, opened.names, judgements.points
    search = Search(opened.retriever)

    def read(draft: Draft) -> Draft:
        return withhold_instructions(evidence(search(draft)))

    write: Step = WriteExtract(library, points=points)
    if model is not None:
        checks = build_checks(settings, opened, model)
        write = ModelWriter(model, checks, library, write, within_s=settings.llm_timeout_s)
    gate = Gate(
        library,
        names,
        probability=judgements.answered,
        in_field=judgements.in_field,
        threshold=points.answer,
        contact=settings.contact,
    )
    understand = Understand(names, spelling=build_spelling(opened.generation))
    follow_up = FollowUp(names)
    route = Route(contact=settings.contact)
    steps = [
        NamedStep("understand", understand),
        NamedStep("follow_up", follow_up),
        *([NamedStep("model_follow_up", ModelFollowUp(model, names))] if model is not None else []),
        NamedStep("route", route),
        NamedStep("company_advice", AdviseCompany(advisers.understand, advisers.match, advisers.fund)),
        NamedStep("overview", Overview(library, names)),
        NamedStep("retrieve", search),
        NamedStep("evidence", evidence),
        NamedStep("withhold", withhold_instructions),
        NamedStep("resolve", Resolve(read, names, probability=probability_of(judgements.answered))),
        NamedStep("clarify", Clarify(names)),
        NamedStep("gate", gate),
        NamedStep("write", write),
    ]
    assistant = Assistant(steps, Verify(library), Render(library, names), index=opened.generation.name)
    divide_further = ModelDivision(model) if model is not None else None
    return Enquiries(
        assistant,
        names,
        understand=understand,
        follow_up=follow_up,
        route=route,
        judge=lambda draft: gate(read(draft)),
        divide_further=divide_further,
    )


# --- the service -----------------------------------------------------------------------------------------------------


def _warm_up(reading: Reading) -> None:
    """Make the finders and read every document in the background; a process that ends meanwhile waits for the one it is at."""
    stop = threading.Event()

    def prepare() -> None:
        reading.finders()
        reading.evidence.warm(stop.is_set)

    thread = threading.Thread(target=prepare, name="warm-up", daemon=True)
    thread.start()

    def end() -> None:
        stop.set()
        thread.join()

    atexit.register(end)


class LiveReading:
    """Follows the index pointer: a new generation is opened beside the old one and takes over when it is ready."""

    def __init__(
        self, settings: Settings, documents: DocumentStore, embedder: Embedder, model: ChatModel | None
    ) -> None:
        self._settings = settings
        self._documents = documents
        self._embedder = embedder
        self._model = model
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
            reading = open_reading(self._settings, self._documents, self._embedder, model=self._model)
        except SearchIndexError:
            if self._open is None:
                raise
            log.exception("the new index generation cannot be opened; the old one goes on answering")
            self._stamp = stamp
            return
        _warm_up(reading)
        self._open = Open(
            index=reading.generation.name,
            library=reading.library,
            answers=reading.assistant,
            search=reading.retriever,
            advisers=reading.advisers,
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
    model = open_model(settings, stores.engine)
    live = LiveReading(settings, stores.documents, embedder_of(settings), model)

    def load_version(version_id: str) -> tuple[Document, Version] | None:
        return next(((stored.document, stored.version) for stored in stores.documents.load([version_id])), None)

    def check_database() -> None:
        with stores.engine.connect() as connection:
            connection.execute(text("SELECT 1"))

    return Parts(
        current=live.current,
        conversations=stores.conversations,
        history_of=stores.documents.history,
        load_version=load_version,
        check_database=check_database,
        clock=SystemClock(settings.today),
        web_dir=settings.web_dir,
        operator_dir=settings.operator_dir,
        evals_dir=settings.evals_dir,
        version=version("clusterlotse"),
        model_name=model.name if model is not None else None,
        answers_at_a_time=ANSWERS_AT_A_TIME
        + (settings.llm_concurrency + settings.llm_queue if model is not None else 0),
        rate_limit=settings.rate_limit,
        redis_url=settings.redis_url.get_secret_value() if settings.redis_url else None,
        trusted_proxies=settings.trusted_proxies,
        allowed_origins=settings.allowed_origins,
        max_body_bytes=settings.max_body_bytes,
        retention_days=settings.retention_days,
        contact=settings.contact,
        has_reranker=reranker_of(settings) is not None,
        evaluations=_evaluation_pages(settings),
    )


def _evaluation_pages(settings: Settings) -> EvaluationPages | None:
    """The page for evaluators, where it is switched on.

    Raises:
        ConfigError: If the evaluations are not installed, which lie beside the package.
    """
    if not settings.evals_page:
        return None
    try:
        from evals.pages import RunPages
    except ModuleNotFoundError as exc:
        raise ConfigError(f"ASSISTANT_EVALS_PAGE: {exc.name} is not installed") from exc
    return RunPages(settings.evals_dir)


def build_app(settings: Settings | None = None) -> FastAPI:
    """The service, with the active index already open so that the first question is as quick as any."""
    parts = build_parts(settings or load_settings())
    try:
        parts.current()
    except IndexMissing as exc:
        log.warning("no index yet", why=str(exc))
    return create_app(parts)
