"""The documents of a generation in memory: texts, labels and recorded values in both languages."""

from __future__ import annotations

import pytest

from assistant.store.library import StoredLibrary
from tests.unit.ingest.make import SHEET, SHEET_EN
from tests.unit.store.conftest import Load


@pytest.fixture
def library(load: Load) -> StoredLibrary:
    return StoredLibrary([load(SHEET), load(SHEET_EN)])


def test_a_label_leads_to_the_same_statement_in_each_language(library: StoredLibrary) -> None:
    found = {}
    for document_id in ("funding/probe", "funding/probe.en"):
        labelled = library.labelled(document_id, "betrag")
        assert labelled is not None
        passage, sentence = labelled
        found[document_id] = library.text(document_id)[sentence.start : sentence.end]
        assert passage.start <= sentence.start < sentence.end <= passage.end
    assert found == {
        "funding/probe": "Das Probeprogramm zahlt höchstens 150.000 Euro je Unternehmen.",
        "funding/probe.en": "Probeprogramm pays at most 150,000 euros per company.",
    }


def test_a_translation_has_the_recorded_values_of_its_original(library: StoredLibrary) -> None:
    assert library.facts("funding/probe")["amounts"][0]["eur"] == 150000
    assert library.facts("funding/probe.en") == library.facts("funding/probe")


def test_what_is_not_there_is_none_or_empty(library: StoredLibrary) -> None:
    assert library.document("funding/unbekannt") is None
    assert library.labelled("funding/probe", "unbekannt") is None
    assert library.labelled("funding/unbekannt", "betrag") is None
    assert library.facts("funding/unbekannt") == {}


def test_a_document_is_found_with_all_that_belongs_to_it(library: StoredLibrary) -> None:
    assert [document.id for document in library.documents()] == ["funding/probe", "funding/probe.en"]
    document = library.document("funding/probe")
    assert document is not None
    assert document.title == "Probeprogramm"
    (passage,) = library.passages("funding/probe")
    assert passage.text == library.text("funding/probe")[passage.start : passage.end]
    assert passage.version_id == library.version_id("funding/probe")
    assert [section.title for section in library.outline("funding/probe")] == ["Wie viel Geld es gibt"]
    assert [source.url for source in library.sources("funding/probe")] == [
        "https://example.org/a",
        "https://example.org/b",
    ]
