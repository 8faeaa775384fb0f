"""The glossary's format: kinds, terms, weights, and no word in more entries than a search should follow."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from assistant.building import read_glossary
from assistant.retrieve.glossary import MAX_PHRASE

CORPUS = Path(__file__).parents[3] / "corpus"
KINDS = {"synonym", "abbreviation", "everyday", "pair", "former_name"}
ENTRIES = read_glossary(CORPUS)


def terms_of(entry: dict[str, Any]) -> list[str]:
    return [*entry.get("de", []), *entry.get("en", [])]


def test_it_covers_the_field() -> None:
    assert len(ENTRIES) >= 250


@pytest.mark.parametrize("entry", ENTRIES, ids=lambda entry: str(terms_of(entry)[:1]))
def test_entry(entry: dict[str, Any]) -> None:
    assert set(entry) <= {"kind", "de", "en", "weight"}
    assert entry["kind"] in KINDS
    assert 0.1 <= entry.get("weight", 1.0) <= 1
    terms = terms_of(entry)
    assert len(terms) >= 2
    assert all(isinstance(term, str) and term.strip() for term in terms)
    assert len({term.casefold() for term in terms}) == len(terms)
    assert all(len(term.split()) <= MAX_PHRASE for term in terms)


def test_no_term_in_more_than_two_entries() -> None:
    counts = Counter(term.casefold() for entry in ENTRIES for term in terms_of(entry))
    assert [term for term, count in counts.items() if count > 2] == []
