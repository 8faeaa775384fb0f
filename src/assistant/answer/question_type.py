"""What a question asks for: a recorded field, a list, a comparison."""

from __future__ import annotations

import re
from typing import Literal

from assistant.language.normalise import fold

Field = Literal[
    "amounts", "rates", "deadlines", "applicants", "duration", "start", "combination", "costs", "contact", "apply", "purposes",
    "members", "founded", "region", "joining", "services", "awards", "legal_form", "status", "definition", "sectors", "outside",
    "supervised_by", "own_share", "de_minimis",
]  # fmt: skip

# Patterns over folded text (ae, oe, ue, ss; lower case), German and English side by side; the order decides ties.
_FIELD_PATTERNS: tuple[tuple[Field, str], ...] = (
    ("rates", r"foerderquote|foerdersatz|fordersatz|prozent|wie viel anteil|welcher anteil|\bquote|zinssatz|haftungsfreistellung"
              r"|funding rate|percent|percentage|what share|aid intensity|interest rate"),
    ("own_share", r"eigenanteil|eigenmittel|selbst (zahlen|tragen|beisteuern)|eigenkapitalanteil|own (share|contribution)|co-?financ"),
    ("de_minimis", r"de[- ]?minimis"),
    ("deadlines", r"\bfrist|stichtag|bis wann|einreich(e|ung)|deadline|cut-?off|due date|by when|einsendeschluss|antragsschluss"
                  r"|bewerbungsschluss|wann (kann|muss|koennen|muessen|darf) (ich|wir|man).*(beantrag|bewerb|einreich)|when (can|must|do) (i|we).*appl"
                  r"|noch (beantrag|bewerb)|till when|until when.*apply|laeuft .*\baus\b|rolling"),
    ("duration", r"wie lange|laufzeit|dauer|monate|wie viele jahre|how long|duration|how many (months|years)|\bterm of\b"),
    ("start", r"vorzeitig|schon (angefangen|begonnen|gestartet)|bereits (angefangen|begonnen|gestartet)|vor (der )?(bewilligung|zusage|antrag)"
              r"|darf ich .*(anfangen|beginnen|loslegen)|(start|begin|begun|started).*(before|already|approval)|already (start|beg)"),
    ("combination", r"kombin|kumul|gleichzeitig|\bzusammen\b|zusaetzlich zu|neben (dem|der|anderen)|beides|combin|cumulat|together with|at the same time|stack|on top of"),
    ("costs", r"welche kosten|welche ausgaben|foerderfaehig|ansetzbar|personalkosten|wofuer darf .*(geld|zuschuss)|(kosten|ausgaben).*(anerkannt|uebernommen|absetz)"
              r"|eligible (cost|expens)|which (cost|expens)|cover.*(cost|expens|salar)"),
    ("amounts", r"wie ?viel (geld|zuschuss|foerder|euro|kredit|darlehen|kapital|gibt|bekomm|krieg|zahl)|wie hoch|hoechst(betrag|grenze|summe|zuschuss)|maximal|\bbetrag|\bsumme"
                r"|obergrenze|\bdeckel|how much|how high|maximum|\bamount|\bcap\b|upper limit|ceiling|up to what|wieviel|wie viel\b"),
    ("apply", r"beantrag|antrag (stellen|einreichen)|wie (bewerb|funktioniert|laeuft)|bewerbung|bewerben|verfahren|ablauf|schritte|antragstellung"
              r"|how (do|can|to) (i |we |you |one )?(appl|get)|application process|\bapply\b|procedure|selection process"),
    ("applicants", r"wer (kann|darf|bekommt|kriegt|wird|ist .*berechtigt)|fuer wen|an wen richtet|voraussetzung|antragsberechtigt|bedingung|berechtigt|duerfen wir|kann ich"
                   r"|koennen wir|zielgruppe|bekomme ich|kommen wir|kriegen wir|who (can|may|is eligible|gets)|eligib|for whom|require|qualif|condition|can (i|we)|are we|am i|do we"),
    ("joining", r"mitglied werden|beitreten|beitritt|mitmachen|mitgliedschaft|mitgliedsbeitrag|beitrag|teilnehmen|anschliessen|join|become a member|membership|take part|fee"),
    ("members", r"mitglieder|wie viele (firmen|unternehmen|betriebe|mitglied|partner|akteure)|how many (members|companies|firms|partners)|number of (members|companies)|how big is"),
    ("founded", r"gegruendet|gruendung(sjahr|sdatum)|seit wann|entstanden|wann (wurde|entstand|begann|startete|gab)|wie alt ist|wann .*(gegruendet|gestartet|eroeffnet)"
                r"|founded|established|since when|when (was|did).*(start|begin|creat|set up|launch|open|found|establish)|how old"),
    ("contact", r"kontakt|ansprechpartner|anlaufstelle|adresse|anschrift|telefon|e-?mail|webseite|website|internetseite|homepage|erreich|wende|melden|contact|address|phone|reach|turn to|get in touch|where can i ask"),
    ("supervised_by", r"zustaendig|traeger|gesellschafter|gehoert .*wem|wem gehoert|wer steckt|wer betreibt|wer leitet|wer fuehrt|betreiber|behoerde|in charge|responsible|owned|owner|who runs|operates|shareholder|ministry|authority"),
    ("legal_form", r"rechtsform|gmbh oder|verein oder|legal form"),
    ("awards", r"auszeichnung|siegel|label|preis gewonnen|gold|zertifi|award|seal|prize|certif"),
    ("region", r"welche region|gebiet|wo (gilt|ist|sitzt|liegt|befindet)|sitz\b|umland|raeumlich|which region|where is|where are|area|territor|located"),
    ("outside", r"passt nicht|nicht fuer|ausgeschlossen|nicht gefoerdert|not (for|suitable|covered|funded|eligible)|exclud"),
    ("services", r"angebot|leistung|bietet|unterstuetz|was (macht|tut|bringt)|hilft|services|offer|support|what does .* do|help"),
    ("purposes", r"was wird gefoerdert|wofuer|wozu|gefoerdert|foerdert|zweck|wieso|what (is|gets|does).*(fund|support)|what for|purpose|aim|goal|ziel"),
    ("sectors", r"branche|welche firmen|wer passt|themen|schwerpunkt|sector|industr|topics|focus"),
    ("status", r"gibt es .*noch|noch offen|laeuft .*noch|existiert|aktiv|noch aktuell|eingestellt|beendet|still (open|exist|run|activ|available)|ended|discontinued|is it over|currently open"),
    ("definition", r"was ist|was sind|was bedeutet|was versteht man|was heisst|wer ist|wofuer steht|what is|what are|what does .* (mean|stand)|who is|define|definition|erklaer|explain|tell me about"),
)  # fmt: skip
_COMPILED = tuple((name, re.compile(pattern)) for name, pattern in _FIELD_PATTERNS)

_COMPARED: tuple[tuple[Field, re.Pattern[str]], ...] = (
    ("amounts", re.compile(r"\bmehr\b|groessere\w* summe|hoeher|\bmore\b|larger sum|\bhigher\b|bigger sum")),
    ("duration", re.compile(r"laenger|kuerzer|longer|shorter")),
    ("applicants", re.compile(r"\ballein\b|\balone\b|partner")),
)
_LIST = re.compile(
    r"^(welche|was fuer|nenn|liste|zaehl|gib mir|zeig|which|what|list|name|give me|show|are there|gibt es|alle)\b"
)
_COMPARISON = re.compile(
    r"unterschied|unterscheid|vergleich|versus|\bvs\b|gegenueber|besser|lieber|abgrenz|difference|differ|compare|comparison|better|rather"
    r"|welche[rsn]? (von )?(der |den )?beiden|which (one )?of the two"
    r"|\b(mehr|groesser\w*|laenger\w*|hoeher\w*|kuerzer\w*|guenstiger\w*|eher|more|larger|bigger|longer|higher|shorter|cheaper)\b.*\b(oder|or)\b"
    r"|\b(oder|or)\b.*\b(mehr|groesser\w*|laenger\w*|hoeher\w*|kuerzer\w*|guenstiger\w*|eher|more|larger|bigger|longer|higher|shorter|cheaper)\b"
)


def asked_fields(question: str) -> tuple[Field, ...]:
    """Recorded fields a question may ask for, most telling first; empty when none is named."""
    text = fold(question)
    return tuple(name for name, pattern in _COMPILED if pattern.search(text))


def compared_fields(question: str) -> tuple[Field, ...]:
    """Recorded fields that a comparing word speaks of: "länger" of the duration, "mehr" of the amounts."""
    text = fold(question)
    return tuple(field for field, pattern in _COMPARED if pattern.search(text))


def asks_for_list(question: str) -> bool:
    """Whether several things are asked for, as in "Welche Cluster gibt es?"."""
    return bool(_LIST.search(fold(question).lstrip("¿ \"'")))


def asks_for_comparison(question: str) -> bool:
    """Whether two things are to be compared."""
    return bool(_COMPARISON.search(fold(question)))
