"""Kinds of information a question may ask for, and by what signs a line holds them; German and English side by side.

The pairs teach the selector one thing for all kinds: a line that holds what is asked for is worth more than one that only repeats the
question's words.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from assistant.language.normalise import fold


class AskedType(NamedTuple):
    """A kind of information: when a question asks for it (folded text) and when a line holds it (lower case)."""

    name: str
    asked: str
    held: str


_TIMES = r"\d{1,2}[:.]\d{2}\b|\bUhr\b|\b\d{1,2} ?[ap]\.?m\.?\b|(mon|diens|donners|frei|sams|sonn)tag|mittwoch|(mon|tues|wednes|thurs|fri|satur|sun)day"
_MONTHS = (
    r"januar|februar|märz|\bapril|\bmai\b|\bjuni\b|\bjuli\b|\baugust|september|oktober|november|dezember"
    r"|january|february|\bmarch\b|\bmay \d|\bjune\b|\bjuly\b|october|december|\b(19|20)\d\d\b|\b\d{1,2}\.\d{1,2}\."
)
ASKED_TYPES: tuple[AskedType, ...] = (
    AskedType("time", r"oeffnungszeit|sprechzeit|uhrzeit|\bwann\b|opening (hours|times)|office hours|\bwhen\b|what time|welche zeit|termine?\b|an welchen tagen|which days?", f"{_TIMES}|{_MONTHS}"),
    AskedType("date", r"\bwann\b|\bwhen\b|welche[ms]? (jahr|datum)|which year|what (year|date)|seit wann|bis wann|\bfrist|stichtag|deadline|since when|until when|by when|gegruendet|founded|wie alt|how old|gilt .*noch|laeuft .*aus", rf"{_MONTHS}|stichtag|frist\b|jederzeit|laufend|at any time|rolling|deadline"),
    AskedType("contact", r"telefon|nummer|phone|e-?mail|kontakt|contact|erreich|reach|anruf|\bcall\b|anmeld|register|sign up|wende|turn to|melde|get in touch|website|webseite|homepage|ansprech", r"@|\b0\d{2,}[\d /-]{4,}|\+49|https?://|www\.|\.(de|com|org|eu|hamburg)\b|telefon|e-?mail|phone|hotline"),
    AskedType("phone", r"telefon|\bnummer\b.*(anruf|erreich)|rufnummer|handy|mobilnummer|phone|mobile number|\b(call (you|them|him|her|someone)|(can|to) i? ?call)\b|hotline|\btel\b", r"\b0\d{2,}[\d /-]{4,}|\+49|\btelefon|\bphone|hotline"),
    AskedType("email", r"e-?mail|mailadresse|postfach", r"@|e-?mail"),
    AskedType("leader", r"geschaeftsfuehr|vorstand|vorsitz|\bchef|leiter(in)?\b|\bleitet\b|direktor|senator|staatsrat|minister|praesident|ansprechpartner(in)?\b|managing director|\bceo\b|\bboss\b|chair|who (leads|heads|runs|is in charge)|head of|director", r"geschäftsführ|vorstand|vorsitz|leiter|direktor|senator|staatsrat|staatsrätin|minister|präsident|managing director|chair|head of|director|president"),
    AskedType("interest", r"zins|interest", r"zins|interest"),
    AskedType("salary", r"gehalt|verdien|lohn\b|salar|\bearn|\bpaid to (its|their) staff|verguetung", r"gehalt|verdien|lohn|vergütung|salar|personalkosten|staff cost|stipend"),
    AskedType("winner", r"gewinner|preistraeger|gewonnen|sieger|winner|\bwon\b|who got the", r"gewann|gewonnen|gewinner|preisträger|sieg|\bwon\b|winner|received|erhielt|ausgezeichnet|award"),
    AskedType("demand", r"wie viele (antraege|bewerbungen|anfragen)|abgelehnt|erfolgsquote|bewilligungsquote|how many (applications|applicants)|rejected|success rate|approval rate|turned down", r"anträge|bewerb|bewarb|abgelehnt|bewilligt|applications|applicants|applied|approved|rejected"),
    AskedType("place", r"^wo\b|^where|\bwo (finde|kann|gibt|bekomm|ist|sind|sitzt|liegt)|wohin|woher|bei wem|an wen|adresse|anschrift|address|where (can|do|is|are)|standort|\bsitz\b|located|welche[rn]? (stelle|behoerde|amt|organisation|einrichtung)|which (office|authority|organi)", r"\b\d{5}\b|stra(ß|ss)e\b|str\.|\bplatz\b|\bstreet\b|\bweg \d|allee \d|beratungsstelle|amt\b|\bbüro|zentrum|e\. ?V\.|office|cent(re|er)\b|stelle\b|behörde|authority|\bsitz|hamburg|standort"),
    AskedType("money", r"wie ?viel|wie hoch|kost(et|en)|how much|how high|\bcosts?\b|preis|price|\bfees?\b|gebuehr|beitrag|kostenlos|free of charge|bezahl|\bpay\b|geld|money|finanzier|\bsumme|betrag|amount|budget|umsatz|turnover|hoechst|maximal|maximum|deckel|\bcap\b|zuschuss|foerdersumme", r"€|\beuros?\b|\bEUR\b|kostenlos|kostenfrei|free of charge|gebühr|\bfees?\b|beitrag"),
    AskedType("percent", r"prozent|per ?cent|quote|foerdersatz|anteil|share|\brate\b|intensitaet|intensity|zins", r"%|prozent|per ?cent|hälfte|drittel|\bhalf\b|third"),
    AskedType("duration", r"wie lange|how long|dauer|duration|laufzeit|\bfrist|deadline|wie oft|how often|innerhalb|within|ab wann|bis wann|monate|months", r"\b(tage?n?|wochen?|monate?n?|jahre?n?|days?|weeks?|months?|years?|stunden?|hours?|minuten|minutes)\b"),
    AskedType("count", r"wie ?viele|how many|anzahl|number of|wie alt|how old|ab welchem alter|what age|wie gross|how (big|large)|zahl der|mitglieder", r"\d|\b(ein|eine|zwei|drei|vier|fünf|sechs|sieben|acht|neun|zehn|elf|zwölf|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)\b"),
    AskedType("documents", r"unterlag|dokument|document|papers|brauch|benoetig|mitbring|bring|\bneed|einreich|submit|vorlegen", r"ausweis|\bpass\b|passport|unterlag|dokument|document|nachweis|proof|bescheinigung|certificate|urkunde|formular|\bform\b|antrag|bescheid|vertrag|contract|foto|photo|zeugnis|skizze|outline|pitch|businessplan|business plan"),
    AskedType("language", r"sprache|language", r"deutsch|englisch|französisch|arabisch|türkisch|german|english|french|arabic|turkish|sprache|language"),
    AskedType("who", r"^wer\b|^who\b|\bwer (kann|darf|ist|hat|war|sind|bekommt|kriegt|steckt)|fuer wen|for whom|who (can|is|may|has|are|was|gets)|zielgruppe|target group|\bwem\b|\bwen\b|antragsberechtigt|eligible", r"\bfür\b.*(menschen|personen|frauen|kinder|jugendliche|familien|unternehmen|start-?ups?|gründ|hochschul)|\bwer\b|personen|menschen|unternehmen|firmen|gründ|\bteams?\b|for (people|women|children|young|families|companies|start-?ups|founders|universities|all|anyone)|people|persons|companies|founders|gmbh|e\. ?V\.|behörde|handelskammer|stadt\b|ministry|chamber|\bcity\b|gesellschafter|shareholder|träger"),
    AskedType("definition", r"^(was (ist|sind|bedeutet|heisst|versteht|macht))|^(what (is|are|does))|definition|bedeut|wofuer steht|stand for|\bmean|erklaer|explain", r"\b(ist|sind) (ein|eine|das|die|der)\b|bedeutet|heißt|bezeichnet|steht für|\b(is|are) (a|an|the)\b|means|refers|stands for"),
    AskedType("reason", r"^(warum|wieso|weshalb|why)|\b(warum|wieso|weshalb|why)\b|wozu|aus welchem grund|reason|grund", r"weil|damit|deshalb|daher|wegen|because|so that|therefore|in order|um .* zu\b|denn\b|due to"),
    AskedType("permission", r"^(kann|koennen|darf|duerfen|muss|muessen|can|may|must|should|do (i|we) have|am i|is it|are we)\b|erlaubt|allowed|pflicht|verpflichtet|zulaessig|permitted|geht das|moeglich|possible", r"\b(kann|können|kannst|darf|dürfen|muss|müssen|verboten|erlaubt|pflicht|verpflichtet|nicht|kein|keine|möglich|offen|can|may|must|allowed|prohibited|required|have to|not|cannot|open to|possible)\b"),
    AskedType("condition", r"voraussetz|bedingung|require|condition|anspruch|entitle|eligib|berechtigt|qualif|vorausset|erfuell|fulfil|meet", r"wenn|falls|mindestens|höchstens|voraussetz|müssen|muss\b|\bif\b|at least|at most|must|require|condition|anspruch|entitled|nur\b|only\b"),
    AskedType("state", r"\bnoch\b|still|aktuell|current|derzeit|momentan|laeuft|existiert|gibt es .*noch|beendet|ended|offen|open\b|eingestellt|status|heute|today|now\b", r"beendet|eingestellt|ausgelaufen|abgelaufen|vorbei|offen|aktiv|ende(te)?\b|bis\b.*\d{4}|seit\b|ended|expired|closed|open\b|active|since|until|discontinued|no longer|nicht mehr"),
)  # fmt: skip
QUESTION_KINDS: tuple[tuple[str, str], ...] = (
    ("where", r"^(wo|where|wohin|woher|an wen|bei wem)\b"), ("when", r"\bwann\b|\bwhen\b"), ("who", r"^(wer|wem|wen|who|whom)\b"), ("how_much", r"wie ?viel|wie hoch|how (much|high|many)"),
    ("what_is", r"^(was (ist|sind|bedeutet|heisst)|what (is|are|does))\b"), ("how", r"^(wie|how)\b"),
    ("yes_no", r"^(kann|koennen|darf|duerfen|muss|muessen|ist|sind|war|gibt|hat|haben|habe|brauch\w*|soll|wird|werden|bekomm\w*|can|may|must|is|are|was|do|does|did|have|has|should|will)\b"),
    ("which", r"^(welche[rsmn]?|which|what)\b"), ("why", r"\b(warum|wieso|weshalb|why)\b"),
)  # fmt: skip

INDISPENSABLE = ("phone", "salary", "demand")
"""Kinds without a sign of which nothing is an answer, whatever else it says: of judged questions none was."""
_HOURS_ASKED = re.compile(r"oeffnungszeit|sprechzeit|uhrzeit|opening (hours|times)|office hours|what time|geoeffnet")
_HOURS_HELD = re.compile(r"\d{1,2}[:.]\d{2}\b|\buhr\b|öffnungszeit|sprechzeit|opening|o'clock|\d ?[ap]m\b")


@cache
def _compiled() -> tuple[tuple[tuple[re.Pattern[str], re.Pattern[str]], ...], tuple[re.Pattern[str], ...]]:
    pairs = tuple((re.compile(kind.asked), re.compile(kind.held.lower())) for kind in ASKED_TYPES)
    return pairs, tuple(re.compile(pattern) for _, pattern in QUESTION_KINDS)


def types_asked(question: str) -> NDArray[np.bool_]:
    """Which of `ASKED_TYPES` a question asks for, bool (n_types,); none when anything may do."""
    folded = fold(question).strip(" \"'")
    return np.array([bool(asked.search(folded)) for asked, _ in _compiled()[0]], dtype=bool)


def types_held(text: str) -> NDArray[np.bool_]:
    """Which of `ASKED_TYPES` a line shows signs of, bool (n_types,)."""
    lowered = text.lower()
    return np.array([bool(held.search(lowered)) for _, held in _compiled()[0]], dtype=bool)


def lacks_indispensable(question: str, lines: Sequence[str]) -> str | None:
    """Name of a kind of information that a question asks for and none of the lines holds, where it cannot be done without."""
    if _HOURS_ASKED.search(fold(question)) and not any(_HOURS_HELD.search(line.lower()) for line in lines):
        return "hours"
    asked = types_asked(question)
    held = np.any([types_held(line) for line in lines], axis=0) if lines else np.zeros_like(asked)
    missing = (kind.name for kind, a, h in zip(ASKED_TYPES, asked, held, strict=True) if a and not h)
    return next((name for name in missing if name in INDISPENSABLE), None)


def question_kinds(question: str) -> NDArray[np.bool_]:
    """Which of `QUESTION_KINDS` a question is, bool (n_kinds,)."""
    folded = fold(question).strip(" \"'")
    return np.array([bool(pattern.search(folded)) for pattern in _compiled()[1]], dtype=bool)
