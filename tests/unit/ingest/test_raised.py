"""Raised characters must not change the figure they stand behind."""

from __future__ import annotations

import pytest

from assistant.ingest.raised import raised_text


@pytest.mark.parametrize(
    ("before", "text", "wanted"),
    [
        pytest.param("2.500", "1", "", id="footnote behind an amount"),
        pytest.param("Unternehmen", "12", "", id="footnote behind a word"),
        pytest.param("Euro", "*)", "", id="asterisk"),
        pytest.param("500 m", "2", "²", id="square metres"),
        pytest.param("20 km", "2", "²", id="square kilometres"),
        pytest.param("5 x 10", "6", "⁶", id="power of ten"),
        pytest.param("Programm", "1", "", id="a word that ends like a unit"),
        pytest.param("Hamburg", "TM", "TM", id="letters"),
    ],
)
def test_exponents_stay_and_footnote_marks_go(before: str, text: str, wanted: str) -> None:
    assert raised_text(before, text) == wanted
