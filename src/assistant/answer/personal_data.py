"""Notices personal data in a question, so that it is masked in logs and the person is told."""

from __future__ import annotations

import re

_IBAN = r"\b[A-Z]{2}\d{2}(?: ?[A-Z0-9]{4}){3,7}(?: ?[A-Z0-9]{1,3})?\b"
_EMAIL = r"\b[\w.+-]+@[\w-]+(?:\.[\w-]+)+\b"
_PHONE = r"(?<![\w.,])(?:\+49|0049|0)[ \-/]?\(?\d{2,5}\)?[ \-/]?\d{3,}(?:[ \-/]?\d{2,})*\b"
_TAX = r"(?i:\b(?:steuer-?(?:id|nr|nummer|identifikationsnummer)|tax (?:id|number))\b[ .:]*)\d[\d /]{8,13}"
_PATTERN = re.compile(f"(?P<iban>{_IBAN})|(?P<email>{_EMAIL})|(?P<tax>{_TAX})|(?P<phone>{_PHONE})")
MASK = "[…]"


def personal_data_in(text: str) -> frozenset[str]:
    """Kinds of personal data found: iban, email, tax, phone."""
    return frozenset(kind for match in _PATTERN.finditer(text) if (kind := match.lastgroup))


def mask_personal_data(text: str) -> str:
    """The text with personal data replaced by `[…]`."""
    return _PATTERN.sub(MASK, text)
