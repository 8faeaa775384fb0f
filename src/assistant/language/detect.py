"""The language of a text; sure for short questions, where statistics alone are not."""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

from py3langid.langid import MODEL_FILE, LanguageIdentifier

from assistant.domain.values import Language
from assistant.language.normalise import fold

_GERMAN = frozenset(
    ["in", "an", "so", "der", "die", "das", "den", "dem", "des", "ein", "eine", "einen", "einem", "einer", "und", "oder", "aber", "nicht", "kein", "keine", "ist", "sind", "war", "wird", "werden", "wie", "was", "wer", "wo", "wann", "warum", "wieso", "welche", "welcher", "welches", "welchen", "fuer", "mit", "bei", "von", "vom", "zum", "zur", "im", "am", "auf", "aus", "nach", "ueber", "unter", "durch", "ohne", "gegen", "ich", "du", "er", "sie", "es", "wir", "ihr", "mein", "unser", "kann", "koennen", "darf", "muss", "soll", "gibt", "gab", "habe", "hat", "haben", "wurde", "wieviel", "viel", "viele", "hoch", "lange", "noch", "auch", "nur", "schon", "bitte", "danke", "hallo", "moin", "foerderung", "zuschuss", "antrag", "unternehmen", "firma", "gruender", "netzwerk", "englisch", "deutsch", "frist", "beim", "denn", "man", "alle", "alles", "heisst", "geld", "guten", "morgen", "abend", "vielen", "dank", "tschuess", "hilfe"]
)  # fmt: skip
_ENGLISH = frozenset(
    ["the", "a", "an", "of", "to", "in", "on", "at", "for", "with", "by", "from", "and", "or", "but", "not", "no", "is", "are", "was", "were", "be", "been", "how", "what", "who", "where", "when", "why", "which", "does", "do", "did", "can", "could", "may", "must", "should", "will", "would", "i", "you", "he", "she", "it", "we", "they", "my", "our", "your", "their", "there", "this", "that", "these", "those", "have", "has", "had", "much", "many", "long", "any", "please", "thanks", "hello", "hi", "english", "german", "funding", "grant", "company", "companies", "deadline", "apply", "startup", "about", "into", "than", "then", "get", "money", "membership", "join", "good", "morning", "afternoon", "evening", "thank", "bye", "goodbye", "greetings", "help"]
)  # fmt: skip
VOTE = 2


class LanguageGuess(NamedTuple):
    """An ISO 639-1 code and how sure the guess is, 0 to 1."""

    code: str
    confidence: float


@cache
def _identifier() -> LanguageIdentifier:
    return LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)


def detect_language(text: str) -> LanguageGuess:
    """The most likely language of a text, among all that are known."""
    code, confidence = _identifier().classify(text)
    return LanguageGuess(str(code), float(confidence))


def language_of(text: str, default: Language = "de") -> Language:
    """German or English: by function words and umlauts where they speak clearly, by statistics otherwise."""
    words = re.findall(r"[a-z]+", fold(text))
    german = sum(word in _GERMAN and word not in _ENGLISH for word in words) + (
        1 if re.search("[äöüßÄÖÜ]", text) else 0
    )
    english = sum(word in _ENGLISH and word not in _GERMAN for word in words)
    if german != english and max(german, english) >= 1 and (abs(german - english) >= VOTE or min(german, english) == 0):
        return "de" if german > english else "en"
    if len(words) < 3 and german == english:
        return default
    ranked = {code: score for code, score in _identifier().rank(text) if code in ("de", "en")}
    if not ranked or ranked["de"] == ranked["en"]:
        return default
    return "de" if ranked["de"] > ranked["en"] else "en"
