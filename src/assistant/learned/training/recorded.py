"""Questions for recorded values, made from the typed fields of the fact sheets: each is answered by the sentences a field names."""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from assistant.domain.values import Language
from assistant.ingest.sheets import Sheet, read_sheet, sheet_paths
from assistant.learned.training.questions import JudgedQuestion

MOST_SENTENCES = 6
"""A field stated by more sentences is left out: a question for it would be answered by any of them."""
_QUESTIONS: dict[str, dict[Language, tuple[str, ...]]] = {
    "amounts": {
        "de": ("Wie hoch fällt die Förderung bei {} aus?", "Wie viel Geld kann ich über {} bekommen?", "Was zahlt {}?", "{}: Welche Summe ist drin?", "Bis zu welchem Betrag fördert {}?"),
        "en": ("How much money can I get through {}?", "What does {} pay?", "Up to what amount does {} go?", "{}: how big is the sum?", "How high is the support from {}?"),
    },
    "rates": {
        "de": ("Welchen Anteil der Kosten übernimmt {}?", "Wie viel Prozent zahlt {}?", "Wie hoch ist die Quote bei {}?", "Welcher Fördersatz gilt bei {}?"),
        "en": ("What share of the costs does {} cover?", "How many per cent does {} pay?", "What is the funding rate of {}?"),
    },
    "deadlines": {
        "de": ("Bis wann muss der Antrag bei {} da sein?", "Welche Fristen hat {}?", "Wann endet {}?", "Wie lange kann man sich noch für {} bewerben?"),
        "en": ("By when must the application for {} be in?", "Which deadlines does {} have?", "When does {} close?"),
    },
    "rolling": {
        "de": ("Kann man den Antrag für {} jederzeit stellen?", "Gibt es bei {} eine Frist?"),
        "en": ("Can I apply for {} at any time?", "Is there a deadline for {}?"),
    },
    "applicants": {
        "de": ("Für wen ist {} gedacht?", "Wer darf einen Antrag auf {} stellen?", "Wer ist bei {} antragsberechtigt?", "An wen richtet sich {}?"),
        "en": ("Who is {} meant for?", "Who may apply for {}?", "Who is eligible for {}?"),
    },
    "duration": {
        "de": ("Wie viele Monate läuft {}?", "Wie lange dauert die Förderung durch {}?", "Über welchen Zeitraum zahlt {}?"),
        "en": ("For how many months does {} run?", "How long does the support from {} last?"),
    },
    "start": {
        "de": ("Darf ich vor der Zusage von {} schon loslegen?", "Wann darf ein Vorhaben bei {} beginnen?"),
        "en": ("May I begin before {} has approved?", "When may a project under {} start?"),
    },
    "combination": {
        "de": ("Lässt sich {} mit anderem Geld verbinden?", "Kann man {} und andere Programme zugleich nutzen?"),
        "en": ("Can {} be combined with other money?", "May I use {} together with other programmes?"),
    },
    "costs": {
        "de": ("Welche Ausgaben erkennt {} an?", "Was bezahlt {} alles?", "Wofür darf man das Geld aus {} ausgeben?"),
        "en": ("Which expenses does {} accept?", "What may the money from {} be spent on?"),
    },
    "own_share": {"de": ("Was muss man bei {} selbst beisteuern?",), "en": ("How much must one put in oneself with {}?",)},
    "de_minimis": {"de": ("Zählt {} als De-minimis-Beihilfe?",), "en": ("Does {} count as de minimis aid?",)},
    "office": {
        "de": ("Wo beantragt man {}?", "Welche Stelle ist für {} zuständig?", "An wen wendet man sich wegen {}?"),
        "en": ("Where does one apply for {}?", "Which office is in charge of {}?"),
    },
    "contact": {
        "de": ("Wie erreicht man {}?", "Wo sitzt {} und wie meldet man sich dort?"),
        "en": ("How can one reach {}?", "Where do I get in touch with {}?"),
    },
    "purposes": {
        "de": ("Was fördert {}?", "Wozu dient {}?"),
        "en": ("What does {} fund?", "What is {} for?"),
    },
    "members": {
        "de": ("Wie groß ist {}?", "Wie viele Unternehmen gehören zu {}?", "Mitgliederzahl {}?"),
        "en": ("How big is {}?", "How many companies belong to {}?"),
    },
    "founded": {
        "de": ("Wann ist {} entstanden?", "Seit welchem Jahr besteht {}?", "Gründungsjahr {}?"),
        "en": ("When did {} come into being?", "In what year was {} founded?"),
    },
    "joining": {
        "de": ("Wie wird man Mitglied bei {}?", "Wie kann unsere Firma bei {} mitmachen?"),
        "en": ("How does one become a member of {}?", "How can our company join {}?"),
    },
    "services": {
        "de": ("Was hat man von {}?", "Wobei hilft {}?"),
        "en": ("What does {} help with?", "What does one get from {}?"),
    },
    "legal_form": {
        "de": ("Welche Rechtsform hat {}?", "Ist {} ein Verein oder eine GmbH?"),
        "en": ("What legal form does {} have?",),
    },
    "supervised_by": {
        "de": ("Wem gehört {}?", "Wer steht hinter {}?", "Wer trägt {}?"),
        "en": ("Who owns {}?", "Who stands behind {}?"),
    },
    "awards": {"de": ("Welche Auszeichnung trägt {}?",), "en": ("Which label or award does {} hold?",)},
    "staff": {
        "de": ("Wie viele Beschäftigte darf man für {} haben?",),
        "en": ("How many employees may a company have for {}?",),
    },
    "turnover": {"de": ("Welche Umsatzgrenze gilt bei {}?",), "en": ("Which turnover limit applies to {}?",)},
    "age": {
        "de": ("Wie alt darf die Firma für {} höchstens sein?",),
        "en": ("How old may a company be at most for {}?",),
    },
    "region": {
        "de": ("In welchem Gebiet gilt {}?", "Muss man für {} in Hamburg sitzen?"),
        "en": ("Which area does {} cover?",),
    },
    "ended": {"de": ("Gibt es {} noch?",), "en": ("Does {} still exist?",)},
}  # fmt: skip


def recorded_questions(corpus: Path, chance: random.Random, *, count: int) -> list[JudgedQuestion]:
    """At most `count` questions for recorded values, drawn by chance, in both languages."""
    found = [question for sheet in map(read_sheet, sheet_paths(corpus)) for question in _of_sheet(sheet, corpus)]
    return chance.sample(found, min(count, len(found)))


def _of_sheet(sheet: Sheet, corpus: Path) -> Iterator[JudgedQuestion]:
    base = sheet.front.id.removesuffix(".en")
    german = sheet if sheet.front.id == base else read_sheet(corpus / f"{base}.de.md")
    facts = german.front.profile or german.front.terms
    if facts is None:
        return
    language = sheet.front.lang
    texts = {line.label: line.text for line in sheet.sentences if line.label}
    name = getattr(facts.short_name, language)
    for field, templates in _QUESTIONS.items():
        labels = dict.fromkeys(entry["sentence"] for entry in _entries(facts.model_dump(), field))
        evidence = tuple(texts[label] for label in labels if label in texts)
        if not evidence or len(evidence) > MOST_SENTENCES:
            continue
        for template in templates[language]:
            yield JudgedQuestion(
                text=template.format(name), language=language, document=base, evidence=evidence, style="recorded"
            )


def _entries(facts: Mapping[str, Any], field: str) -> Iterator[Mapping[str, Any]]:
    for entry in facts.get(field) or ():
        if not entry.get("outdated") and not entry.get("excluded"):
            yield entry
