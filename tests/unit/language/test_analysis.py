"""What the lexical index makes of words: compounds, spellings, sections, figures."""

from __future__ import annotations

import pytest

from assistant.language.analysis import Analyser
from assistant.language.compounds import CompoundLexicon


@pytest.fixture(scope="module")
def analyser() -> Analyser:
    words = [
        "innovation",
        "foerderung",
        "luftfahrt",
        "cluster",
        "gruendung",
        "stipendium",
        "personal",
        "kosten",
        "energie",
        "wende",
    ]
    return Analyser(CompoundLexicon.from_words(dict.fromkeys(words, 5)))


def matches(analyser: Analyser, query: str, text: str) -> bool:
    wanted, terms = analyser.terms(query, "de"), analyser.terms(text, "de")
    by_stem = bool(wanted.stems) and set(wanted.stems) <= set(terms.stems)
    return by_stem or (bool(wanted.stems) and set(wanted.parts) <= set(terms.parts))


@pytest.mark.parametrize(
    ("query", "text"),
    [
        ("Förderung", "Innovationsförderung"),
        ("Cluster", "das Luftfahrtcluster"),
        ("Gründung", "das Gründungsstipendium"),
        ("Foerderung", "Förderungen"),
        ("Strasse", "Straße"),
        ("Fo\u0308rderung", "Förderung"),
        ("Kosten", "Personalkosten"),
        ("§ 3", "nach § 3 der Richtlinie"),
        ("2500", "2.500 Euro"),
        ("InnoFounder", "Inno-Founder"),
        ("Antrag", "viele Anträge"),
        ("Zuschüsse", "ein Zuschuss"),
    ],
)
def test_a_query_finds_the_word(analyser: Analyser, query: str, text: str) -> None:
    assert matches(analyser, query, text)


@pytest.mark.parametrize(("query", "text"), [("§ 3", "nach § 4"), ("2500", "25.000 Euro"), ("Energie", "Energetik")])
def test_a_query_does_not_find_another_word(analyser: Analyser, query: str, text: str) -> None:
    assert not matches(analyser, query, text)


def test_buerger_and_burg_keep_stems_of_their_own(analyser: Analyser) -> None:
    assert not set(analyser.terms("Burg", "de").stems) & set(analyser.terms("die Bürger", "de").stems)


def test_english_words_are_not_split(analyser: Analyser) -> None:
    assert analyser.terms("energiewende", "de").parts[1:] == ["energi", "wend"]
    assert analyser.terms("energiewende", "en").parts[1:] == []


def test_typing_errors_share_most_grams(analyser: Analyser) -> None:
    right, wrong = (
        set(analyser.terms("Forschungszulage", "de").grams),
        set(analyser.terms("Forschungszulge", "de").grams),
    )
    assert len(right & wrong) / len(right) > 0.6


def test_the_fingerprint_follows_the_lexicon() -> None:
    one = Analyser(CompoundLexicon.from_words({"energie": 5}))
    other = Analyser(CompoundLexicon.from_words({"klima": 5, "bewegung": 5}))
    assert one.fingerprint != other.fingerprint
    assert one.fingerprint == Analyser(CompoundLexicon.from_words({"energie": 9})).fingerprint
