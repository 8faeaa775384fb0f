"""Everyday words for words of the sheets."""

from __future__ import annotations

from assistant.company.synonyms import Synonyms
from assistant.company.vocabulary import term_key
from assistant.domain.ports import Library
from assistant.matching.organisations import sector_terms


def test_a_term_brings_what_it_stands_for() -> None:
    synonyms = Synonyms({"de": {"Keramik": ["Töpferei"]}, "en": {}})
    assert synonyms.with_meant({term_key("Töpferei", "de"): 0.9, "de:other": 1.0}) == {
        term_key("Keramik", "de"): 0.9,
        term_key("Töpferei", "de"): 0.9,
        "de:other": 1.0,
    }


def test_every_word_that_is_meant_stands_in_a_sheet(library: Library) -> None:
    known = {term_key(text, language) for language, text in sector_terms(library)}
    meant = set(Synonyms.load().meant.values())
    assert meant and meant <= known
