"""Dates are written out as people read them."""

from __future__ import annotations

from datetime import date

import pytest

from assistant.domain.values import Language
from assistant.service.pages.dates import is_dated, write_as_of, write_day


def test_a_day_is_written_out() -> None:
    assert write_day(date(2026, 11, 3), "de") == "3. November 2026"
    assert write_day(date(2026, 11, 3), "en") == "3 November 2026"


@pytest.mark.parametrize(
    ("text", "language", "written"),
    [
        ("2025-11-03", "de", "3. November 2025"),
        ("2025-11", "de", "November 2025"),
        ("2025-11", "en", "November 2025"),
        ("undated", "de", "ohne Datum"),
        (None, "de", "ohne Datum"),
        ("undated, read in 2026", "de", "ohne Datum, read in 2026"),
        ("2025", "de", "2025"),
        ("2025-13-40", "de", "2025-13-40"),
    ],
)
def test_for_which_time_a_source_speaks(text: str | None, language: Language, written: str) -> None:
    assert write_as_of(text, language, undated="ohne Datum") == written


def test_a_source_without_a_date_is_not_dated() -> None:
    assert is_dated("2025-11") and not is_dated("undated") and not is_dated("") and not is_dated(None)
