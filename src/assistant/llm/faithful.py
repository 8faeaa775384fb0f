"""Whether a text that a model rewrote holds nothing but what was there before."""

from __future__ import annotations

import re
from functools import cache

from rapidfuzz import fuzz

from assistant.language.analysis import STOP_WORDS
from assistant.language.instructions import gives_instructions
from assistant.language.quantities import quantities, without_quantities
from assistant.language.words import plain_words

SAME_WORD = 80.0
"""Of 100: an inflected word, not another one."""
_QUESTION_WORDS = frozenset(
    "viel viele lange hoch gross oft lautet betraegt bekommt bekommen kriegt gelten gilt laeuft liegt many much long high often".split()
)


def adds_nothing(text: str, given: str, *, max_characters: int) -> bool:
    """Whether every word and figure of a rewritten text stands in what was given, in whatever form, and it is one line."""
    if not 3 <= len(text) <= max_characters or "\n" in text or gives_instructions(text):
        return False
    stated = {(quantity.kind, quantity.value) for quantity in quantities(given)}
    if any((quantity.kind, quantity.value) not in stated for quantity in quantities(text)):
        return False
    known = set(plain_words(given))
    return all(word in _empty_words() or _is_known(word, known) for word in plain_words(without_quantities(text)))


@cache
def _empty_words() -> frozenset[str]:
    return STOP_WORDS | _QUESTION_WORDS


def _is_known(word: str, known: set[str]) -> bool:
    if word in known:
        return True
    return len(word) >= 4 and any(len(other) >= 4 and fuzz.ratio(word, other) >= SAME_WORD for other in known)


def first_line(text: str) -> str:
    """The first line that says something, without what models put around it."""
    lines = (re.sub(r"^[\s\-*•>\d.)]+|[\s*`]+$", "", line) for line in text.splitlines())
    return next((line.strip(" \"'„“”»«") for line in lines if line), "")
