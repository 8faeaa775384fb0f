"""When a company was founded, from its own words."""

from __future__ import annotations

from datetime import date

import pytest

from assistant.company.founding import founding_from, read_founding
from assistant.company.numbers import with_digits
from assistant.domain.values import Language

DAY = date(2026, 11, 23)


@pytest.mark.parametrize(
    ("text", "language", "earliest", "latest"),
    [
        ("gegründet 2019", "de", date(2019, 1, 1), date(2019, 12, 31)),
        ("gegründet im März 2025", "de", date(2025, 3, 1), date(2025, 3, 31)),
        ("gegründet am 1.12.2024", "de", date(2024, 12, 1), date(2024, 12, 1)),
        ("seit letztem Jahr", "de", date(2025, 1, 1), date(2025, 12, 31)),
        ("established in 1998", "en", date(1998, 1, 1), date(1998, 12, 31)),
        ("this year we started the company, founded in May 2026", "en", date(2026, 5, 1), date(2026, 5, 31)),
        ("im Oktober 2024 ins Handelsregister eingetragen", "de", date(2024, 10, 1), date(2024, 10, 31)),
        ("Wir haben 2023 eine UG in Hamburg aufgemacht", "de", date(2023, 1, 1), date(2023, 12, 31)),
        ("Seit dem 1. Oktober sind wir eine GmbH", "de", date(2026, 10, 1), date(2026, 10, 31)),
        ("Wir haben im letzten Dezember gegründet", "de", date(2025, 12, 1), date(2025, 12, 31)),
        ("Ich habe studiert und Anfang 2026 meine eigene GmbH gegründet", "de", date(2026, 1, 1), DAY),
        ("Am 3. Februar 2025 haben wir unsere GmbH eintragen lassen", "de", date(2025, 2, 3), date(2025, 2, 3)),
        ("1993 vom Vater gegründet", "de", date(1993, 1, 1), date(1993, 12, 31)),
        ("Café in Hamburg, opened in 2024", "en", date(2024, 1, 1), date(2024, 12, 31)),
        ("Our company will be two years old in March", "en", date(2025, 3, 1), date(2025, 3, 31)),
    ],
)
def test_a_founding_is_as_exact_as_it_was_said(text: str, language: Language, earliest: date, latest: date) -> None:
    founding = read_founding(with_digits(text, language), DAY).founding
    assert founding is not None and founding.is_founded
    assert (founding.earliest, founding.latest) == (earliest, latest)


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Wir wollen in Hamburg gründen", "de"),
        ("Wir gründen gerade zu zweit", "de"),
        ("Ich möchte mich selbstständig machen", "de"),
        ("We want to found a company", "en"),
        ("The company is not yet incorporated", "en"),
        ("Eine Firma gibt es noch nicht", "de"),
        ("We'd like to open a bike shop", "en"),
        ("Gegründet ist noch nichts", "de"),
        ("Eine Firma haben wir nicht, aber Lust aufs Gründen", "de"),
        ("Wir wollen in Bergedorf eine Firma hochziehen", "de"),
        ("We haven't founded anything", "en"),
    ],
)
def test_a_founding_that_lies_ahead_is_told_apart(text: str, language: Language) -> None:
    founding = read_founding(with_digits(text, language), DAY).founding
    assert founding is not None and not founding.is_founded


def test_a_time_to_come_means_not_yet_founded() -> None:
    assert not founding_from("2027-03", DAY).is_founded


def test_the_duration_of_a_project_is_no_age() -> None:
    assert read_founding(with_digits("Das Projekt hat eine Laufzeit von 3 Jahren", "de"), DAY).founding is None


def test_two_foundings_contradict_each_other() -> None:
    found = read_founding(with_digits("gegründet 1990, gegründet 2024", "de"), DAY)
    assert len(found.contradicting) == 2


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Unser Umsatz lag letztes Jahr bei 2 Mio. Euro", "de"),
        ("Dieses Jahr wollen wir eine Maschine kaufen", "de"),
        ("Vor fünf Jahren haben wir ein Patent angemeldet", "de"),
        ("Die Anlage läuft seit Oktober", "de"),
        ("We want to start an R&D project", "en"),
        ("Wir wollen ein Netzwerk gründen", "de"),
    ],
)
def test_other_events_say_nothing_of_the_founding(text: str, language: Language) -> None:
    assert read_founding(with_digits(text, language), DAY).founding is None


@pytest.mark.parametrize(
    ("text", "least", "most"),
    [
        ("Uns gibt es seit knapp zwei Jahren", 1.7, 2.01),
        ("Wir haben vor gut drei Jahren losgelegt", 2.99, 4.0),
        ("Vor zwei Jahren und drei Monaten gegründet", 2.2, 2.4),
    ],
)
def test_a_round_age_keeps_to_its_side(text: str, least: float, most: float) -> None:
    founding = read_founding(with_digits(text, "de"), DAY).founding
    assert founding is not None and founding.earliest is not None and founding.latest is not None
    assert least <= (DAY - founding.latest).days / 365.25 <= (DAY - founding.earliest).days / 365.25 <= most


def test_a_spin_out_that_is_registered_has_been_founded() -> None:
    text = "Unsere Ausgründung aus der TU haben wir vor acht Monaten als GmbH eintragen lassen"
    founding = read_founding(with_digits(text, "de"), DAY).founding
    assert founding is not None and founding.is_founded
