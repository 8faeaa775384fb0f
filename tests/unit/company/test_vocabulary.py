"""Which terms are found in a description."""

from __future__ import annotations

import pytest

from assistant.company.vocabulary import Vocabulary, term_key
from assistant.domain.values import Language

TERMS: tuple[tuple[Language, str], ...] = (
    ("de", "Fracht"), ("de", "Frachter"), ("de", "Katheter"), ("de", "Speicher"), ("de", "Tropfen"), ("de", "Künstler"), ("de", "Architektin"),
    ("de", "Elektriker"), ("de", "Ring"), ("de", "Fisch"),
    ("en", "engine"), ("en", "engineering"),
)  # fmt: skip
VOCABULARY = Vocabulary(TERMS, ordinary=frozenset(["tropfender"]))


@pytest.mark.parametrize(
    ("text", "language", "terms"),
    [
        ("Wir bauen Frachter", "de", ["Frachter"]),
        ("Modelle von Frachtern", "de", ["Frachter"]),
        ("Wir befördern Fracht", "de", ["Fracht"]),
        ("We do engineering", "en", ["engineering"]),
        ("We build engines", "en", ["engine"]),
        ("Wir machen Kateter", "de", ["Katheter"]),
        ("Wir messen Speichel", "de", []),
        ("Ein tropfender Hahn im Bad", "de", []),
        ("Die künstliche Hand", "de", []),
        ("Ein elektrisches Boot", "de", []),
        ("Wir verkaufen Fisch", "de", ["Fisch"]),
        ("Elektriker gesucht", "de", ["Elektriker"]),
        ("Hier verbringen Leute Zeit", "de", []),
        ("Wir sind Architektinnen", "de", ["Architektin"]),
    ],
)
def test_terms_found(text: str, language: Language, terms: list[str]) -> None:
    assert [found.key for found in VOCABULARY.find(text, language)] == [term_key(term, language) for term in terms]


def test_typing_errors_stay_unknown_without_ordinary_words() -> None:
    assert Vocabulary(TERMS).find("Wir machen Kateter", "de") == []
