"""Values that a question asks for: a sentence that names the thing without its value is told from one that states it."""

from __future__ import annotations

import pytest

from assistant.answer.asked_values import NOT_ASKED, NOTHING_ASKED, VALUE_FEATURES, lacks_number, measure_values


@pytest.mark.parametrize(
    ("question", "kind", "stating", "naming"),
    [
        ("Was kostet die Mitgliedschaft?", "money", "Die Mitgliedschaft kostet 500 € im Jahr.", "Mitglieder sind 30 Firmen."),
        ("What is the membership fee?", "money", "Membership is free of charge.", "In 2020 it had 30 members."),
        ("Welcher Zinssatz gilt in Stufe 2?", "percent", "Der Zins liegt bei 3,5 Prozent.", "Je höher die Stufe, desto niedriger der Zins."),
        ("Wie viele Mitglieder hat der Verein?", "count", "Dem Verein gehören rund 300 Firmen an.", "Mitglieder sind seit 2019 Banken und Versicherer."),
        ("How many teams took part?", "count", "Twelve teams took part.", "Teams took part on 3 May 2021."),
        ("Wann endet der Aufruf?", "date", "Der Aufruf endet am 31.03.2027.", "Der Aufruf richtet sich an Firmen."),
        ("Wie lange läuft das Programm?", "duration", "Es läuft achtzehn Monate oder bis zu 18 Monate.", "Es zahlt bis zu 18.000 Euro."),
        ("Who leads the association?", "person", "Its managing director is Dr Example.", "The association is located in Altona."),
    ],
)  # fmt: skip
def test_a_sentence_that_states_the_value_is_told_from_one_that_names_the_thing(
    question: str, kind: str, stating: str, naming: str
) -> None:
    stated = measure_values(question, [(0.9, stating)])
    assert stated[f"value_{kind}"] == 1.0
    assert stated["value_least"] == 1.0
    assert stated["values_lacking"] == 0
    named = measure_values(question, [(0.9, naming)])
    assert named[f"value_{kind}"] == 0.0
    assert named["value_probability"] == 0.0
    assert named["values_lacking"] == named["values_asked"] == 1


def test_a_later_sentence_counts_by_its_likelihood() -> None:
    values = measure_values("Was kostet das?", [(0.8, "Das ist gut."), (0.2, "Es kostet 5 Euro.")])
    assert values["value_money"] == pytest.approx(0.25)
    assert values["value_probability"] == pytest.approx(0.2)
    assert values["values_lacking"] == 1


def test_where_no_value_is_asked_for_none_is_missed() -> None:
    values = measure_values("Was ist ein Cluster?", [(0.8, "Ein Cluster ist ein Netz von Firmen.")])
    assert tuple(values) == VALUE_FEATURES
    assert values["value_money"] == NOT_ASKED
    assert values["value_least"] == NOTHING_ASKED
    assert values["value_probability"] == pytest.approx(0.8)


@pytest.mark.parametrize(
    ("question", "sentence", "is_lacking"),
    [
        ("How many members does it have?", "Members come from industry and research.", True),
        ("Wie viele Mitglieder hat der Verein?", "Seit 2019 ist ein Verein der Träger.", True),
        ("Wie viele Mitglieder hat der Verein?", "Dem Verein gehören rund 300 Firmen an.", False),
        ("Wie viele Anträge darf ich stellen?", "Je Vorhaben ist nur ein Antrag möglich.", False),
        ("Wer ist Mitglied?", "Mitglieder sind Banken.", False),
    ],
)
def test_how_many_is_not_answered_without_a_number(question: str, sentence: str, is_lacking: bool) -> None:
    assert lacks_number(question, [sentence]) == is_lacking
