"""What the bot says is complete and plain in both languages."""

from __future__ import annotations

import string
from datetime import date

import pytest

from bots.telegram.texts import say, text_keys, written_day, written_month

MAY_BE_EMPTY = {"in_german", "in_english"}


def gaps(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}


@pytest.mark.parametrize("key", sorted(text_keys()))
def test_a_text_stands_in_both_languages_with_the_same_gaps(key: str) -> None:
    german, english = say(key, "de"), say(key, "en")
    assert gaps(german) == gaps(english)
    assert (german and english) or key in MAY_BE_EMPTY
    assert " du " not in f" {german.lower()} ", "people are addressed as Sie"


def test_days_are_written_as_they_are_read_aloud() -> None:
    assert written_day(date(2026, 3, 1), "de") == "1. März 2026"
    assert written_day(date(2026, 3, 1), "en") == "1 March 2026"
    assert written_month(2025, 11, "de") == "November 2025"
