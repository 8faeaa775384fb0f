"""Raised characters: exponents stay, marks of footnotes go, and neither runs into the figure before it."""

from __future__ import annotations

import re

_SUPERSCRIPTS = str.maketrans("0123456789+-", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻")
_TAKES_EXPONENT = re.compile(r"(?:\b[kcdmµ]?m|\b10|\bha|\b[xyz])$")
_IS_MARK = re.compile(r"[\s,;*†‡()\[\]\d]+")


def raised_text(before: str, text: str) -> str:
    """What to write for `text` that stands raised behind `before`; "2.500" and a raised 1 must not read 2.5001."""
    if re.fullmatch(r"[+-]?\d+", text) and _TAKES_EXPONENT.search(before):
        return text.translate(_SUPERSCRIPTS)
    return "" if _IS_MARK.fullmatch(text) else text
