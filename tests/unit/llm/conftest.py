"""The checks over the project's own corpus; no model and no trained judgement is needed for them."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from assistant import bootstrap
from assistant.config import Settings
from assistant.domain.answers import Evidence
from assistant.domain.values import Language
from assistant.learned.embedder import StaticEmbedder
from assistant.llm.checks import Checks
from assistant.llm.passages import Sheet, number_passages
from assistant.llm.support import Support
from tests.conftest import TODAY


@pytest.fixture(scope="session")
def opened(settings: Settings) -> bootstrap.Searchable:
    """The index over the whole corpus, opened for searching."""
    stores = bootstrap.open_stores(settings)
    return bootstrap.open_searchable(settings, stores.documents, bootstrap.embedder_of(settings))


@pytest.fixture(scope="session")
def support(opened: bootstrap.Searchable) -> Support:
    lexical = opened.generation.lexical
    return Support(
        opened.generation.analyser,
        rarity=lambda stem: lexical.rarity("stems", stem),
        synonyms=opened.retriever.glossary.stems_for,
        embed=StaticEmbedder.load().embed,
    )


@pytest.fixture(scope="session")
def checks(opened: bootstrap.Searchable, support: Support) -> Checks:
    return Checks(opened.library, opened.names, support)


def evidence_of(opened: bootstrap.Searchable, *document_ids: str) -> list[Evidence]:
    """Every sentence of documents, in order."""
    library = opened.library
    return [
        Evidence(
            passage=passage,
            sentence=sentence,
            text=library.text(document_id)[sentence.start : sentence.end],
            sources=tuple(library.sources(document_id)[i] for i in sentence.sources),
        )
        for document_id in document_ids
        for passage in library.passages(document_id)
        for sentence in passage.sentences
    ]


def sheet_of(opened: bootstrap.Searchable, *document_ids: str, language: Language = "de") -> Sheet:
    """What a model is given to read of documents."""
    evidence: Sequence[Evidence] = evidence_of(opened, *document_ids)
    return number_passages(evidence, language=language, library=opened.library, today=TODAY)
