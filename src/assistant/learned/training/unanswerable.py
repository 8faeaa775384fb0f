"""Questions that a corpus does not answer, made from what it does answer and from what it lacks."""

from __future__ import annotations

import random
import re
import zlib
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from assistant.domain.values import Language
from assistant.ingest.sheets import Sheet, read_sheet, sheet_paths
from assistant.learned.training.questions import JudgedQuestion

VARIANTS = 4


def write_variant(corpus: Path, target: Path, variant: int) -> None:
    """Copy a corpus without a quarter of its sentences, the same ones in both languages.

    A question whose every answering sentence is missing is unanswerable there, however close the rest of the sheet comes.
    """
    for path in sheet_paths(corpus):
        sheet = read_sheet(path)
        gone = {
            line.number for number, line in enumerate(sheet.sentences) if variant_of(base_id(sheet), number) == variant
        }
        lines = path.read_text(encoding="utf-8").splitlines()
        kept = [line for number, line in enumerate(lines, start=1) if number not in gone]
        copy = target / path.relative_to(corpus)
        copy.parent.mkdir(parents=True, exist_ok=True)
        copy.write_text("\n".join(kept) + "\n", encoding="utf-8")
    for path in (corpus / "glossary.yaml", *sorted((corpus / "questions").glob("*.yaml"))):
        copy = target / path.relative_to(corpus)
        copy.parent.mkdir(parents=True, exist_ok=True)
        copy.write_bytes(path.read_bytes())


def base_id(sheet: Sheet) -> str:
    """Id without language suffix."""
    return sheet.front.id.removesuffix(".en")


def variant_of(document: str, number: int) -> int:
    """In which variant a sentence is missing."""
    return zlib.crc32(f"{document} {number}".encode()) % VARIANTS


def without_answer(
    questions: Sequence[JudgedQuestion], corpus: Path, variant: int
) -> list[tuple[JudgedQuestion, list[str]]]:
    """Questions all of whose answering sentences are missing in a variant, each with those sentences."""
    sentences: dict[tuple[str, Language], list[str]] = {}
    for path in sheet_paths(corpus):
        sheet = read_sheet(path)
        sentences[base_id(sheet), sheet.front.lang] = [line.text for line in sheet.sentences]
    found: list[tuple[JudgedQuestion, list[str]]] = []
    for question in questions:
        texts = sentences.get((question.document, question.language), [])
        right = [i for i, text in enumerate(texts) if any(piece in text for piece in question.evidence)]
        if right and all(variant_of(question.document, i) == variant for i in right):
            found.append((question, [texts[i] for i in right]))
    return found


class Trap(NamedTuple):
    """A question that sounds as if a sheet answered it, unless the sheet holds `unless`."""

    kinds: str
    de: str
    en: str
    unless: str


_ALL = "cluster network funding"
TRAPS = (
    Trap(_ALL, "Wie lautet die Telefonnummer von {}?", "What is the phone number of {}?", r"\b0\d{2,}[\d /-]{4,}|\+49|telefon|phone"),
    Trap(_ALL, "Wer ist Geschäftsführer von {}?", "Who is the managing director of {}?", r"geschäftsführer|managing director|vorstand|chair|leit"),
    Trap(_ALL, "Wie heißt die Ansprechpartnerin bei {} mit Namen?", "What is the name of the person to talk to at {}?", r"frau |herr |mrs|mr\."),
    Trap(_ALL, "Welche Öffnungszeiten hat {}?", "What are the opening hours of {}?", r"\buhr\b|öffnungszeit|opening hours"),
    Trap(_ALL, "Was verdient man bei {}?", "What do people at {} earn?", r"gehalt|verdien|salar|2\.500|lohn|euro je monat|per month"),
    Trap(_ALL, "Wann hat {} zuletzt die Website neu gestaltet?", "When did {} last redesign its website?", r"relaunch|neu gestaltet|redesign"),
    Trap(_ALL, "Wie viele Follower hat {} bei LinkedIn?", "How many followers does {} have on LinkedIn?", r"linkedin|follower"),
    Trap(_ALL, "Welche Partei war gegen {}?", "Which party voted against {}?", r"cdu|spd|grüne|fdp|linke|afd|party|fraktion"),
    Trap("cluster network", "Wie hoch ist der Mitgliedsbeitrag bei {}?", "How high is the membership fee of {}?", r"beitrag|beitragsfrei|kostenfrei|gebühr|\bfee\b|free of charge"),
    Trap("cluster network", "Wie viele Mitglieder will {} bis 2030 haben?", "How many members does {} want by 2030?", r"2030"),
    Trap("cluster network", "Wie hoch war der Jahresumsatz von {} im Jahr 2025?", "What was the annual turnover of {} in 2025?", r"umsatz|turnover"),
    Trap("cluster network", "Wie viele Beschäftigte hat die Geschäftsstelle von {} heute?", "How many people work in the office of {} today?", r"geschäftsstelle|beschäftigte|office|staff|mitarbeit"),
    Trap("cluster network", "Welche Firma ist das größte Mitglied von {}?", "Which company is the largest member of {}?", r"größte|largest|biggest"),
    Trap("cluster network", "Wo findet das Sommerfest von {} statt?", "Where does {} hold its summer party?", r"sommerfest|summer party"),
    Trap("cluster network", "Wie viel Prozent der Mitglieder von {} sind Frauen?", "What percentage of the members of {} are women?", r"frauen|women"),
    Trap("cluster network", "Welches Mitglied ist zuletzt bei {} ausgetreten?", "Which member left {} most recently?", r"ausgetreten|austritt|\bleft\b"),
    Trap("funding", "Wie viele Anträge auf {} wurden letztes Jahr abgelehnt?", "How many applications for {} were rejected last year?", r"abgelehnt|rejected|anträge|applications"),
    Trap("funding", "Wie hoch ist die Erfolgsquote bei {}?", "What is the success rate of applications for {}?", r"erfolgsquote|bewilligungsquote|success rate|anträge|applications|ausgewählt|selected"),
    Trap("funding", "Wie viele Tage dauert die Bearbeitung eines Antrags auf {}?", "How many days does it take to process an application for {}?", r"bearbeit|wochen|weeks|process|tage|days"),
    Trap("funding", "Wer sitzt in der Jury von {}?", "Who sits on the jury of {}?", r"jury|kommission|gremium|beirat|committee|commission|board"),
    Trap("funding", "Welche Firma bekam die höchste Summe aus {}?", "Which company received the largest sum from {}?", r"gmbh|firma |startups wie|companies such|bisher|gefördert wurden"),
    Trap("funding", "Wie viel Geld ist im Topf von {} noch übrig?", "How much money is left in the {} budget?", r"budget|mittel|topf|millionen|million"),
    Trap("funding", "Muss ich auf das Geld aus {} Steuern zahlen?", "Do I have to pay tax on money from {}?", r"steuer|\btax"),
    Trap("funding", "Welche Konditionen gelten bei {} ab 2030?", "Which terms will apply to {} from 2030?", r"2030"),
    Trap("funding", "Wie viele Seiten darf der Antrag auf {} haben?", "How many pages may the application for {} have?", r"seiten|pages"),
    Trap("funding", "In welcher Schriftart muss der Antrag auf {} geschrieben sein?", "Which font must the application for {} use?", r"schrift|font"),
    Trap("funding", "Gibt es {} auch in Bayern?", "Is {} also available in Bavaria?", r"bundesweit|bund\b|deutschland|germany|\beu\b|federal|national|europ|bayern|bavaria"),
    Trap("funding", "Wie viel bekam der Sieger von {} im Jahr 2019?", "How much did the winner of {} get in 2019?", r"2019|sieger|gewinner|winner"),
)  # fmt: skip
"""Written for training; the evaluation cases are others."""


def trap_questions(corpus: Path, chance: random.Random, *, per_sheet: int) -> Iterator[JudgedQuestion]:
    """A few traps per sheet and language, of those whose answer the sheet does not hold."""
    sheets = {sheet.front.id: sheet for sheet in map(read_sheet, sheet_paths(corpus))}
    for sheet in sheets.values():
        front = sheets[base_id(sheet)].front
        facts = front.profile or front.terms
        if facts is None:
            continue
        short = facts.short_name
        language = sheet.front.lang
        text = " ".join(line.text for line in sheet.sentences)
        fitting = [
            trap for trap in TRAPS
            if sheet.front.kind in trap.kinds and not re.search(trap.unless, text, re.IGNORECASE)
        ]  # fmt: skip
        for trap in chance.sample(fitting, min(per_sheet, len(fitting))):
            question = (trap.de if language == "de" else trap.en).format(getattr(short, language))
            yield JudgedQuestion(text=question, language=language, document=base_id(sheet), evidence=(), style="trap")
