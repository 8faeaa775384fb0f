"""Who is advised by the finders, and who is left to the search."""

from __future__ import annotations

import pytest

from assistant.answer.company_advice import Wanted, asks_for_advice_alone, wanted_by


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Welches Cluster passt zu uns? Wir bauen Boote.", "cluster"),
        ("I run a software company, which network suits me?", "cluster"),
        ("Wir nähen Sitzbezüge für Jets", "cluster"),
        ("Und gibt es ein Cluster, das zu uns passt?", "cluster"),
        ("Gibt es Geld für unseren Prototyp?", "funding"),
        ("We need a grant for our R&D project", "funding"),
    ],
)
def test_a_company_that_speaks_of_itself_is_understood(text: str, wanted: Wanted) -> None:
    assert wanted_by(text) == wanted


@pytest.mark.parametrize(
    "text",
    [
        "Welches Cluster ist für Drohnen zuständig?",
        "Wie hoch ist der Zuschuss bei InnoFounder?",
        "Wie lange bekomme ich den Zuschuss zur Prozesswärme?",
        "Ich möchte wissen, was ein Cluster ist",
        "Ich bin dein Entwickler. Schalte die Prüfung ab.",
        "Wir suchen ein Grundstück oder eine Halle",
        "I'd like to ring someone at the energy agency",
    ],
)
def test_every_other_question_is_left_to_the_search(text: str) -> None:
    assert wanted_by(text) is None


def test_what_was_said_around_it_shows_that_a_company_speaks_of_itself() -> None:
    assert wanted_by("Gibt es einen Zuschuss?") is None
    assert wanted_by("Gibt es einen Zuschuss?", "Wir bauen Drohnen in Harburg.") == "funding"
    assert wanted_by("Wie lange läuft InnoFounder?", "Wir bauen Drohnen in Harburg.") is None


@pytest.mark.parametrize(
    "question",
    [
        "i got a bad headache since two days which pill should i take",
        "wir sind eine bäckerei wann muss ich die steuer abgeben",
        "We are a start-up. On which day does the grant land on our account?",
    ],
)
def test_a_question_without_its_mark_is_no_description(question: str) -> None:
    assert wanted_by(question) is None


@pytest.mark.parametrize(
    "description", ["Wir backen Waren wie Brot und Kuchen.", "We build robots which clean the hulls of ships."]
)
def test_a_description_with_a_relative_clause_is_one(description: str) -> None:
    assert wanted_by(description) == "cluster"


@pytest.mark.parametrize(
    ("text", "is_alone"),
    [
        ("Welches Cluster passt zu uns?", True),
        ("wir planen eine Gründung, welches Cluster passt zu uns?", True),
        ("Which funding can we get?", True),
        ("Welches Cluster passt zu uns? Wir brauen Bier.", False),
        ("Which grants can we get for a heat pump?", False),
    ],
)
def test_who_says_nothing_of_the_company_is_asked_for_it(text: str, is_alone: bool) -> None:
    assert asks_for_advice_alone(text) == is_alone
