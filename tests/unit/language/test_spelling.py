"""Typing errors are corrected towards known words, right words are left alone."""

from __future__ import annotations

import pytest

from assistant.domain.values import Language
from assistant.language.spelling import SpellingCorrector

WORDS = {
    "Mitglieder": 9,
    "Förderung": 30,
    "Transfer": 5,
    "Kooperationsprojekt": 3,
    "Innovation": 20,
    "Wasserstoff": 4,
    "cluster": 9,
    "Cluster": 40,
}


@pytest.fixture
def spelling() -> SpellingCorrector:
    return SpellingCorrector(WORDS, is_known=lambda word: word in {"gruendung", "bremen"})


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("wieviele mitglider", "wieviele Mitglieder"),
        ("Forderung?", "Förderung?"),
        ("Foerderung", "Foerderung"),
        ("profi tranfer plus", "profi Transfer plus"),
        ("koperationsprojekt", "Kooperationsprojekt"),
        ("waserstoff und Inovation", "Wasserstoff und Innovation"),
        ("der Clusetr", "der Cluster"),
        ("Gründung in Bremen", "Gründung in Bremen"),
        ("Reisepass", "Reisepass"),
        ("2.500 Euro, § 3", "2.500 Euro, § 3"),
        ("kurz", "kurz"),
    ],
)
def test_corrections(spelling: SpellingCorrector, text: str, wanted: str) -> None:
    assert spelling.correct(text, "de").text == wanted


def test_changes_are_named(spelling: SpellingCorrector) -> None:
    assert spelling.correct("die Mitglider", "de").changes == (("Mitglider", "Mitglieder"),)
    assert spelling.correct("die Mitglieder", "de").changes == ()


@pytest.mark.parametrize(
    ("text", "language", "wanted"),
    [
        ("wan is das", "de", "wann ist das"),
        ("Wielange gibts Geld", "de", "wie lange gibt es Geld"),
        ("wen is it open, whats new", "en", "when is it open, what is new"),
        ("An wen wende ich mich?", "de", "An wen wende ich mich?"),
        ("Is it open?", "en", "Is it open?"),
    ],
)
def test_little_words_typed_in_a_hurry_are_understood_without_mention(
    spelling: SpellingCorrector, text: str, language: Language, wanted: str
) -> None:
    corrected = spelling.correct(text, language)
    assert corrected.text == wanted
    assert corrected.changes == ()
