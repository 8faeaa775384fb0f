"""Numbers that stand in words."""

from __future__ import annotations

import pytest

from assistant.company.numbers import with_digits
from assistant.domain.values import Language


@pytest.mark.parametrize(
    ("text", "language", "digits"),
    [
        ("anderthalb Mio Umsatz", "de", "1,5 mio umsatz"),
        ("neuneinhalb Millionen", "de", "9,5 mio"),
        ("eine Dreiviertelmillion", "de", "0,75 mio"),
        ("eine Viertelmillion", "de", "0,25 mio"),
        ("half a million", "en", "0.5 mio"),
        ("two and a half million", "en", "2.5 mio"),
    ],
)
def test_fractions_in_words_become_digits(text: str, language: Language, digits: str) -> None:
    assert with_digits(text, language) == digits
