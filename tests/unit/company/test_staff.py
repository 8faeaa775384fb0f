"""How many people work at a company, from its own words."""

from __future__ import annotations

import pytest

from assistant.company.numbers import with_digits
from assistant.company.staff import read_staff


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("Wir sind zwölf Leute in Harburg", 12, 12),
        ("etwa 20 Beschäftigte", 18, 22),
        ("mehr als 50 Mitarbeitende", 51, None),
        ("weniger als zehn Angestellte", 0, 9),
        ("zwischen 10 und 20 Mitarbeitern", 10, 20),
        ("Wir gründen zu dritt", 3, 3),
        ("Ich arbeite allein, ohne Angestellte", 1, 1),
        ("ein Dutzend Leute", 12, 12),
        ("1.200 Beschäftigte", 1200, 1200),
        ("14 Entwickler", 14, 14),
        ("fünfzehn Mann", 15, 15),
        ("vier Festangestellte", 4, 4),
        ("Mitarbeiterzahl 240", 240, 240),
        ("eine Zwei-Mann-Bude", 2, 2),
        ("Ich will mit zwei Kommilitonen gründen", 3, 3),
        ("keine Mitarbeiter, nur wir zwei Gründer", 2, 2),
        ("Tochter eines Konzerns mit 5.000 Beschäftigten, wir selbst sind 40 Leute", 40, 40),
    ],
)
def test_german_counts_are_read_in_words_and_digits(text: str, low: float, high: float | None) -> None:
    staff = read_staff(with_digits(text, "de")).staff
    assert staff is not None and (staff.low, staff.high) == (low, high)


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("a team of eight", 8, 8),
        ("about 30 employees", 27, 33),
        ("we are a twelve-person company", 12, 12),
        ("two founders", 2, 2),
        ("I run it on my own", 1, 1),
        ("a headcount of 31", 31, 31),
        ("14 on the payroll", 14, 14),
    ],
)
def test_english_counts_are_read_in_words_and_digits(text: str, low: float, high: float) -> None:
    staff = read_staff(with_digits(text, "en")).staff
    assert staff is not None and (staff.low, staff.high) == (low, high)


@pytest.mark.parametrize(
    "text",
    [
        "Wir schulen 500 Menschen im Jahr",
        "Wir suchen fünf Mitarbeiter",
        "zehn neue Leute einstellen",
        "Wir sind neun Firmen",
        "Wir bauen Boote",
    ],
)
def test_other_counts_are_no_staff(text: str) -> None:
    assert read_staff(with_digits(text, "de")).staff is None


def test_two_counts_that_exclude_each_other_are_reported() -> None:
    found = read_staff(with_digits("Wir sind 5 Leute. Insgesamt haben wir 300 Mitarbeiter.", "de"))
    assert len(found.contradicting) == 2


def test_a_part_of_the_staff_contradicts_nothing() -> None:
    found = read_staff(with_digits("Wir sind 40 Leute, davon 12 Ingenieure.", "de"))
    assert found.staff is not None and found.staff.exact == 40 and not found.contradicting
