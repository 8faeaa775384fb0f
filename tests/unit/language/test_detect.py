"""The language of short questions."""

from __future__ import annotations

import pytest

from assistant.language.detect import detect_language, language_of


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Wie hoch ist der Zuschuss bei InnoFounder?", "de"),
        ("How much does InnoFounder pay?", "en"),
        ("Cluster in Hamburg?", "de"),
        ("Which clusters are there?", "en"),
        ("wer foerdert start-ups", "de"),
        ("who funds start-ups", "en"),
        ("Gibt es Geld für Startups?", "de"),
        ("deadline EXIST", "en"),
        ("Frist EXIST", "de"),
        ("What is the Logistik-Initiative Hamburg?", "en"),
        ("Was ist das Sustainable Aero Lab?", "de"),
        ("Good morning!", "en"),
        ("Guten Morgen!", "de"),
        ("Thank you", "en"),
        ("Vielen Dank", "de"),
        ("Help!", "en"),
        ("Hilfe!", "de"),
    ],
)
def test_short_questions(text: str, language: str) -> None:
    assert language_of(text) == language


def test_a_text_that_says_nothing_takes_the_default() -> None:
    assert language_of("???", default="en") == "en"
    assert language_of("PROFI", default="en") == "en"


def test_other_languages_are_noticed() -> None:
    assert detect_language("¿Qué ayudas hay para empresas nuevas en Hamburgo?").code == "es"
    assert detect_language("Quelles aides existent pour les jeunes entreprises à Hambourg ?").code == "fr"
