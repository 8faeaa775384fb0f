"""Figures in German and English spelling compare as one value."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.domain.values import Language
from assistant.language.quantities import quantities


def values(text: str, language: Language | None = None) -> set[tuple[str, str]]:
    return {(quantity.kind, quantity.value) for quantity in quantities(text, language)}


@pytest.mark.parametrize(
    ("german", "english"),
    [
        ("1.500,00 Euro", "EUR 1,500"),
        ("2,5 Mio. Euro", "EUR 2.5 million"),
        ("600.000 Euro", "€600,000"),
        ("3. Mai 2023", "3 May 2023"),
        ("03.05.2023", "May 3, 2023"),
        ("30. November 2026", "2026-11-30"),
        ("35 Prozent", "35 per cent"),
        ("40 bis 60 Prozent", "40 to 60%"),
        ("§ 3", "§3"),
        ("Artikel 25", "Article 25"),
        ("zwei Jahre", "two years"),
        ("18 Monate", "18 months"),
        ("20 Mrd. Euro", "EUR 20 billion"),
    ],
)
def test_the_same_figure_in_both_languages(german: str, english: str) -> None:
    assert values(german, "de") == values(english, "en") != set()


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("1.500 Euro", "15.000 Euro"),
        ("3. Mai 2023", "3. Mai 2024"),
        ("35 Prozent", "3,5 Prozent"),
        ("§ 3", "§ 4"),
        ("2 Jahre", "2 Monate"),
    ],
)
def test_different_figures_differ(one: str, other: str) -> None:
    assert values(one, "de") != values(other, "de")


def test_addresses_are_found() -> None:
    found = values(
        "Schreiben Sie an info@beispiel.de, rufen Sie 040 1234567 an oder besuchen Sie https://www.beispiel.de/seite."
    )
    assert ("email", "info@beispiel.de") in found
    assert ("phone", "401234567") in found
    assert ("url", "beispiel.de/seite") in found


@given(st.integers(min_value=1, max_value=10**9))
def test_amounts_survive_both_formats(amount: int) -> None:
    german = f"{amount:,}".replace(",", ".") + " Euro"
    english = f"EUR {amount:,}"
    assert values(german, "de") == values(english, "en") == {("money", f"{amount} EUR")}


@given(st.dates())
def test_dates_survive_both_formats(day: object) -> None:
    german, iso = f"{day:%d.%m.}{day.year:04d}", f"{day.year:04d}-{day:%m-%d}"  # type: ignore[attr-defined]
    assert values(german) == values(iso) == {("date", iso)}


@given(st.text(max_size=200))
def test_every_figure_lies_in_the_text(text: str) -> None:
    for quantity in quantities(text):
        assert 0 <= quantity.start < quantity.end <= len(text)
