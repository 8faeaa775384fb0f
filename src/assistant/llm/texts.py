"""What is said about the language model itself, in German and English."""

from __future__ import annotations

from datetime import date

from assistant.domain.values import Language

_TEXTS: dict[str, dict[Language, str]] = {
    "worded_by_model": {
        "de": "Ein Sprachmodell hat diese Antwort formuliert. Jeder Satz wurde mit dem Wortlaut seiner Quelle abgeglichen.",
        "en": "A language model worded this answer. Every sentence was checked against the words of its source.",
    },
    "budget_spent": {
        "de": "Das Sprachmodell hat sein Tagesbudget erreicht. Diese Antwort besteht deshalb aus wörtlichen Sätzen der Quellen.",
        "en": "The language model has reached its budget for today, so this answer consists of sentences quoted from the sources.",
    },
    "partial_reason": {
        "de": "Ein Teil der Frage bleibt offen, weil die Quellen dazu keine belegbare Aussage enthalten.",
        "en": "Part of the question stays open because the sources hold no statement on it.",
    },
    "notice_partial": {
        "de": "Zu einem Teil Ihrer Frage habe ich in den Quellen keine belegbare Aussage gefunden.",
        "en": "For part of your question I found no statement in the sources.",
    },
}


def text_for(key: str, language: Language) -> str:
    """The text of that name in a language."""
    return _TEXTS[key][language]


def date_for(day: date, language: Language) -> str:
    """A date as it is written in a language."""
    return f"{day.day}.{day.month}.{day.year}" if language == "de" else f"{day.day} {day:%B %Y}"
