"""Dates as people read them."""

from __future__ import annotations

import re
from datetime import date

from babel.dates import format_date, format_skeleton

from assistant.domain.values import Language

LOCALES: dict[Language, str] = {"de": "de_DE", "en": "en_GB"}
_ISO = re.compile(r"(\d{4})-(\d{2})(?:-(\d{2}))?", re.ASCII)
_UNDATED = re.compile(r"^undated", re.IGNORECASE)


def write_day(day: date, language: Language) -> str:
    """Day, month in words, year."""
    return format_date(day, "long", LOCALES[language])


def is_dated(text: str | None) -> bool:
    """Whether a source says for which time it speaks."""
    return bool(text) and not _UNDATED.match(text or "")


def write_as_of(text: str | None, language: Language, *, undated: str) -> str:
    """For which time a source speaks: free text, in which dates are written out; `undated` where there is none."""
    match = _ISO.fullmatch(text or "")
    if match is None:
        return _UNDATED.sub(undated, text) if text else undated
    year, month, day = int(match[1]), int(match[2]), int(match[3] or 1)
    try:
        found = date(year, month, day)
    except ValueError:
        return match[0]
    return write_day(found, language) if match[3] else format_skeleton("yMMMM", found, locale=LOCALES[language])
