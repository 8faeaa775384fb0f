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
