"""Notices personal data in a question, so that it is masked in logs and the person is told."""

from __future__ import annotations

import re

from assistant.domain.values import Language
from assistant.language.normalise import fold
from assistant.language.sentences import sentence_spans

_IBAN = r"\b[A-Z]{2}\d{2}(?: ?[A-Z0-9]{4}){3,7}(?: ?[A-Z0-9]{1,3})?\b"
_EMAIL = r"\b[\w.+-]+@[\w-]+(?:\.[\w-]+)+\b"
_PHONE = r"(?<![\w.,])(?:\+49|0049|0)[ \-/]?\(?\d{2,5}\)?[ \-/]?\d{3,}(?:[ \-/]?\d{2,})*\b"
_TAX = r"(?i:\b(?:steuer-?(?:id|nr|nummer|identifikationsnummer)|tax (?:id|number))\b[ .:]*)\d[\d /]{8,13}"
_PATTERN = re.compile(f"(?P<iban>{_IBAN})|(?P<email>{_EMAIL})|(?P<tax>{_TAX})|(?P<phone>{_PHONE})")
MASK = "[…]"
CONTACT_WORDS = 10
"""Words up to which a sentence may say no more than how to reach the writer."""
_CONTACT = re.compile(
    r"erreich|meld|rueckmeld|antwort|schreib|anruf|\bruf|mail|telefon|\btel\b|handy|mobil|nummer|\bnr\b|kontakt|iban|konto|steuer"
    r"|reach|\bcall|write|repl|answer|phone|contact|account|\btax|number|\bid\b"
)
_LOOSE = re.compile(r"\(\s*\)|\s+(?=[,;.!?)])|(?<=[(,])\s*,")


def personal_data_in(text: str) -> frozenset[str]:
    """Kinds of personal data found: iban, email, tax, phone."""
    return frozenset(kind for match in _PATTERN.finditer(text) if (kind := match.lastgroup))


def mask_personal_data(text: str) -> str:
    """The text with personal data replaced by `[…]`."""
    return _PATTERN.sub(MASK, text)


def without_personal_data(text: str, language: Language) -> str:
    """The text without personal data, and without the sentences that say no more than how to reach the writer.

    A sentence that asks is kept. Without personal data, the text is as it was.
    """
    masked = mask_personal_data(text)
    if MASK not in masked:
        return text
    sentences = [masked[span.start : span.end] for span in sentence_spans(masked, language)]
    kept = [sentence for sentence in sentences if MASK not in sentence or not _only_tells_where(sentence)]
    return " ".join(_LOOSE.sub("", " ".join(kept or sentences).replace(MASK, "")).split())


def _only_tells_where(sentence: str) -> bool:
    words = fold(sentence.replace(MASK, " ")).split()
    is_short = len(words) <= CONTACT_WORDS and "?" not in sentence
    return is_short and (not any(map(str.isalpha, words)) or _CONTACT.search(" ".join(words)) is not None)
