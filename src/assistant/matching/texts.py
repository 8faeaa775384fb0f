"""What the matching says, in German and English."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.domain.values import Language

_TEXTS: dict[str, dict[Language, str]] = {
    # --- criteria ---
    "sector_met": {"de": "{words} gehört zum Feld „{field}“.", "en": "{words} belongs to the field “{field}”."},
    "sector_met_several": {"de": "{words} gehören zum Feld „{field}“.", "en": "{words} belong to the field “{field}”."},
    "sector_outside": {"de": "Das Feld passt, doch gerade Ihr Schwerpunkt liegt außerhalb.", "en": "The field fits, yet just your focus lies outside."},
    "chain_met": {"de": "{steps} gehört zu der Wertschöpfungskette.", "en": "{steps} is part of the value chain."},
    "chain_open": {"de": "Welche Stufe der Wertschöpfungskette Sie abdecken, ist noch offen.", "en": "Which step of the value chain you cover is still open."},
    "chain_other": {"de": "Ihre Stufe ({steps}) nennt die Quelle nicht ausdrücklich.", "en": "The source does not name your step ({steps})."},
    "region_met": {"de": "Ihr Standort ({place}) liegt im Gebiet.", "en": "Your location ({place}) lies in the area."},
    "region_open": {"de": "Ihr Standort ist noch offen.", "en": "Your location is still open."},
    "region_plans": {"de": "Sie planen den Schritt nach Hamburg; mit einem Sitz hier ist das erfüllt.", "en": "You plan to come to Hamburg; with a seat here this is met."},
    "region_not_met": {"de": "Ihr Standort ({place}) liegt außerhalb des Gebiets.", "en": "Your location ({place}) lies outside the area."},
    "region_not_hamburg": {"de": "Ihr Standort liegt außerhalb Hamburgs.", "en": "Your location lies outside Hamburg."},
    "kind_met": {"de": "Ihre Art von Organisation zählt zur Zielgruppe.", "en": "Your kind of organisation is among those addressed."},
    "kind_open": {"de": "Ihre Art von Organisation nennt die Quelle nicht ausdrücklich.", "en": "The source does not name your kind of organisation."},
    "goals_met": {"de": "Hilft bei: {goals}.", "en": "Helps with: {goals}."},
    "goals_open": {"de": "Zu Ihrem Ziel ({goals}) nennt die Quelle kein Angebot.", "en": "The source names no offer for your goal ({goals})."},
    "status_ends": {"de": "Die Förderung ist nur befristet zugesagt; fragen Sie nach dem Stand.", "en": "Support is promised for a limited time only; ask how things stand."},
    # --- first words ---
    "matched": {"de": "Am besten passt {name}.", "en": "The best fit is {name}."},
    "matched_possible": {"de": "{name} kommt in Betracht, ist aber nicht eindeutig.", "en": "{name} is possible, but not certain."},
    "matched_two": {"de": "{name} und {other} kommen beide in Betracht.", "en": "{name} and {other} are both possible."},
    "none": {"de": "Keines der Hamburger Cluster und Netzwerke deckt ab, was Sie beschreiben{what}.", "en": "None of the clusters and networks in Hamburg covers what you describe{what}."},
    "none_region": {"de": "Fachlich läge {name} nahe, Ihr Standort liegt aber außerhalb des Gebiets.", "en": "{name} would be close by field, but your location lies outside its area."},
    "none_ended": {"de": "Fachlich läge {name} nahe, das Cluster ist aber beendet.", "en": "{name} would be close by field, but this cluster has ended."},
    "between": {"de": "Sie liegen zwischen {first} (wegen {first_words}) und {second} (wegen {second_words}).", "en": "You lie between {first} (because of {first_words}) and {second} (because of {second_words})."},
    "between_same": {"de": "Sie liegen zwischen {first} und {second}; beide decken dasselbe ab: {words}.", "en": "You lie between {first} and {second}; both cover the same: {words}."},
    # --- notes ---
    "note_ended": {"de": "{name} gibt es nicht mehr.", "en": "{name} no longer exists."},
    "note_region": {"de": "{name} passt fachlich, ist aber nicht für Ihren Standort da.", "en": "{name} fits by field but does not cover your location."},
    "note_near": {"de": "Am nächsten liegt {name} (nur {words}).", "en": "The nearest is {name} (by {words} only)."},
    # --- where to turn ---
    "turn_to_invest": {"de": "Hamburg Invest hilft Unternehmen aller Branchen.", "en": "Hamburg Invest helps companies of all industries."},
    # --- clarifying ---
    "empty": {"de": "Bitte beschreiben Sie Ihr Unternehmen: Was stellen Sie her oder bieten Sie an, und für wen?", "en": "Please describe your company: what do you make or offer, and for whom?"},
    "nothing_understood": {"de": "Was Ihr Unternehmen herstellt oder anbietet, geht daraus noch nicht hervor. Bitte nennen Sie Produkt oder Leistung und Ihre Kunden.", "en": "This does not yet say what your company makes or offers. Please name the product or service and your customers."},
    "needs_branch": {"de": "{words} gibt es in vielen Branchen. Für welche Branche arbeiten Sie?", "en": "{words} exists in many industries. Which industry do you work for?"},
    "other_language": {"de": "Bitte beschreiben Sie Ihr Unternehmen auf Deutsch oder Englisch.", "en": "Please describe your company in German or English."},
    "no_company": {"de": "Das liest sich nicht wie die Beschreibung eines Unternehmens. Was stellen Sie her oder bieten Sie an, und für wen?", "en": "This does not read like the description of a company. What do you make or offer, and for whom?"},
    "several_companies": {"de": "Das klingt nach mehreren Unternehmen. Bitte beschreiben Sie eines nach dem anderen.", "en": "This sounds like several companies. Please describe them one at a time."},
    "contradiction": {"de": "Zwei Angaben widersprechen sich: {words}. Welche stimmt?", "en": "Two statements contradict each other: {words}. Which one is right?"},
    # --- questions back ---
    "ask_sectors": {"de": "Worauf kommt es bei Ihnen am meisten an?", "en": "What matters most in your company?"},
    "ask_branch": {"de": "Für welche Branche arbeiten Sie vor allem?", "en": "Which industry do you mainly work for?"},
    "ask_location": {"de": "Wo ist Ihr Sitz oder Standort?", "en": "Where is your seat or site?"},
    "ask_goals": {"de": "Was suchen Sie vor allem?", "en": "What are you mainly looking for?"},
    "ask_description": {"de": "Was stellen Sie her oder bieten Sie an, und für wen?", "en": "What do you make or offer, and for whom?"},
}  # fmt: skip
PLACES: dict[Language, tuple[str, ...]] = {
    "de": ("Hamburg", "Hamburger Umland", "Schleswig-Holstein", "Niedersachsen", "Woanders"),
    "en": ("Hamburg", "near Hamburg", "Schleswig-Holstein", "Lower Saxony", "Elsewhere"),
}
"""Answers to the question for the place; each is understood when it comes back as `location`."""
RULE: dict[Language, str] = {
    "de": "So wird entschieden: Sitz, Art der Organisation und ob es sie noch gibt, entscheidet eine feste Regel; wer dort durchfällt, wird nicht "
    "empfohlen. Die Reihenfolge folgt der Nähe Ihrer Worte zu den Feldern der Cluster (80 Prozent), der Stufe der Wertschöpfung (10 Prozent) "
    "und Ihren Zielen (10 Prozent). Dieselben Angaben ergeben immer dasselbe Ergebnis; niemand kann einen Platz kaufen.",
    "en": "This is how it is decided: location, kind of organisation and whether it still exists are settled by a fixed rule; what fails it is "
    "not recommended. The order follows how close your words are to the fields of the clusters (80 percent), the step of the value chain "
    "(10 percent) and your goals (10 percent). The same statements always give the same result; nobody can buy a place.",
}


def say(key: str, language: Language, **values: str) -> str:
    """The text in a language, with values put in."""
    return _TEXTS[key][language].format(**values)


def listed(names: Sequence[str], language: Language) -> str:
    """Names as one reads them aloud: a, b und c."""
    if len(names) < 2:
        return "".join(names)
    return ", ".join(names[:-1]) + (" und " if language == "de" else " and ") + names[-1]


def quoted(words: Sequence[str], language: Language) -> str:
    """Words of the description in quotation marks of the language."""
    marks = "„{}“" if language == "de" else "“{}”"
    return listed([marks.format(word) for word in words], language)
