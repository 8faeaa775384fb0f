"""Turnover, balance sheet and the sum that is wanted."""

from __future__ import annotations

import pytest

from assistant.company.money import read_money
from assistant.company.numbers import with_digits
from assistant.domain.values import Language


@pytest.mark.parametrize(
    ("text", "language", "turnover"),
    [
        ("Umsatz 2,5 Mio. Euro", "de", 2_500_000),
        ("Jahresumsatz von 800.000 Euro", "de", 800_000),
        ("turnover 1 million euros", "en", 1_000_000),
        ("annual sales of EUR 300,000", "en", 300_000),
        ("noch keine Umsätze", "de", 0),
        ("8 Mio. Umsatz", "de", 8_000_000),
        ("turnover 200k", "en", 200_000),
        ("Wir haben zwei Mio. Euro Umsatz", "de", 2_000_000),
        ("zwei Millionen Umsatz", "de", 2_000_000),
        ("anderthalb Mio Umsatz", "de", 1_500_000),
        ("Umsatz 30 T€", "de", 30_000),
        ("Wir machen 1,2 Millionen im Jahr", "de", 1_200_000),
        ("5m turnover", "en", 5_000_000),
        ("Wir machen 350.000 im Jahr", "de", 350_000),
        ("zu fünft, 800.000 Umsatz", "de", 800_000),
    ],
)
def test_turnover_is_read(text: str, language: Language, turnover: int) -> None:
    found = read_money(with_digits(text, language), language).turnover
    assert found is not None and found.exact == turnover


def test_the_sum_that_is_wanted_is_no_turnover() -> None:
    found = read_money(with_digits("Wir brauchen 60.000 Euro für eine Maschine, Umsatz 2 Mio. Euro.", "de"), "de")
    assert found.amount == 60_000
    assert found.turnover is not None and found.turnover.exact == 2_000_000


def test_an_abbreviation_ends_no_sentence() -> None:
    assert read_money(with_digits("Kosten ca. 1,5 Mio. Euro", "de"), "de").amount == 1_500_000


def test_a_hedge_gives_a_range() -> None:
    found = read_money(with_digits("Umsatz über 10 Millionen Euro", "de"), "de").turnover
    assert found is not None and found.low is not None and found.low > 10_000_000 and found.high is None
