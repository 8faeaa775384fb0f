"""When a company was founded, or that it is still to be founded, from its own words."""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date, timedelta
from typing import Literal, NamedTuple

from assistant.domain.company import Founding

_MONTHS = (
    "januar|january|jan", "februar|february|feb", "maerz|march|mar", "april|apr", "mai|may", "juni|june|jun", "juli|july|jul",
    "august|aug", "september|sept?", "oktober|october|okt|oct", "november|nov", "dezember|december|dez|dec",
)  # fmt: skip
_MONTH = "|".join(_MONTHS)
_DAY = rf"(?:am |on )?(?:(?P<d>\d{{1,2}})\.?\s*(?P<dm>{_MONTH})\.?\s*(?P<dy>\d{{4}})|(?P<nd>\d{{1,2}})\.(?P<nm>\d{{1,2}})\.(?P<ny>\d{{4}})|(?P<iso>\d{{4}}-\d{{2}}-\d{{2}}))"
_POINT = rf"(?:{_DAY}|(?:(?:im|in|anfang|mitte|ende|early|mid|late|fruehjahr|sommer|herbst|winter|spring|summer|autumn) )?(?P<m>{_MONTH})\.? (?P<my>\d{{4}})|(?:(?:im jahr|im jahre|in|anno|anfang|mitte|ende|the year|fruehjahr|sommer|herbst|early|mid|late) )*(?P<y>(?:1[6-9]|20)\d{{2}})\b)"
_FOUNDED = r"(?:gegruendet|gegr\.?|gruendung(?:sjahr)?|gruendeten|founded|established|incorporated|set up|started (?:the|our) (?:company|business)|bestehen|bestehend|existieren|existiert|existing|gestartet|eingetragen|baujahr|eintragung(?: im (?:handels)?register)?|registered)"
_STRONG = re.compile(
    rf"\b{_FOUNDED}(?:[ :,]+(?:wurden? |wir |uns |seit |since |erst |was |were |in |back |noch ))*[\s:,(]*{_POINT}"
)
_STRONG_AFTER = re.compile(
    rf"\b(?:seit |since )?{_POINT}\s+(?:in \w+ )?(?:haben wir |wurden? wir |als \w+ )?(?:ins? (?:\w+ )?(?:handels)?register )?(?:{_FOUNDED})\b"
)
_OPENED = re.compile(
    rf"\b(?:haben|hat|habe|wurde\w*)(?: wir| ich)? {_POINT}(?:(?!filiale|standort|niederlassung|zweigstelle)[^.;!?,]){{0,50}}\b(?:gegruendet|aufgemacht|eroeffnet|losgelegt|eintragen lassen)\b"
)
_FOUNDED_THEN = re.compile(
    rf"\b{_POINT} (?:(?:dann |haben |habe |hat |wurden? )(?:wir |ich )?)?(?:(?:die|das|den|ein|eine|einen|meine?n?|unsere?n?|vo[nm])(?: (?!filiale|standort|niederlassung|zweigstelle)[\w-]+){{1,4}} )?(?:gegruendet|aufgemacht|eroeffnet|eintragen lassen)\b"
)
_OPENED_THEN = re.compile(rf"\b(?:opened|eroeffnet) {_POINT}")
_BRANCH = re.compile(r"\b(?:filiale|zweigstelle|branch)\b[^.;!?]{0,40}$")
"""Before a founding: that of a part of a company that exists."""
_SINCE = re.compile(rf"\b(?:seit|since|gibt es uns seit|schon seit)\s+(?:dem |the )?{_POINT}")
_AGO = re.compile(
    r"\b(?:vor|seit|for|for over|seit ueber|jetzt|now|erst)?\s*(?:(?P<over>gut|ueber|mehr als|etwas ueber|etwas mehr als|over|just over|a bit over|a little over|more than)|(?P<under>knapp|fast|beinahe|almost|nearly|just under)|etwa|rund|ca\.?|circa|zirka|ungefaehr|um die|about|around|roughly|approximately)?\s*(?P<n>\d+(?:[.,]5)?|einem|einer|ein|eine|one|a)\s+(?P<u>jahr\w*|years?|monat\w*|months?|woch\w*|weeks?)"
    r"(?P<after>\s+(?:ago|alt\b|old\b|jung\b|am markt|auf dem markt|in the market|on the market|in business|gegruendet|bestehen|taetig|existence))?"
)
_HALF_YEAR = re.compile(
    r"\b(?:vor|seit) (?:einem )?(?:guten |knappen )?halben jahr|\bhalf a year (?:ago|old)|\bfor half a year"
)
_LAST_YEAR = re.compile(
    r"\b(?:seit|im|since|in)?\s*(?:letzte[ms]?n? jahr|vergangene[ms]?n? jahr|vorjahr|vorigen jahr|last year)"
)
_BEFORE_LAST = re.compile(r"\bvorletzte[ms]?n? jahr|\bthe year before last")
_THIS_YEAR = re.compile(
    r"\b(?:dieses jahr|diesem jahr|heuer|this year|seit januar|seit (?:anfang|beginn) (?:des|dieses) jahres|since the (?:start|beginning) of (?:the|this) year|gerade (?:erst )?gegruendet|frisch gegruendet|kuerzlich gegruendet|just founded|recently founded|newly founded)"
)
_SINCE_MONTH = re.compile(
    rf"\b(?:seit|since|im|in|last|letzten)\s+(?:dem |letzte[mn] |vergangene[mn] |last |the )?(?:\d{{1,2}}(?:\.|st|nd|rd|th)? (?:of )?)?(?P<m>{_MONTH})\b(?!\.? \d{{4}})|\b(?:seit|im|since|in) (?:diesem |dem |letzten |vergangenen |vorigen |last |this )?(?P<s>fruehjahr|fruehling|sommer|herbst|spring|summer|autumn)\b(?! \d{{4}})"
)
_NOT_YET = re.compile(
    r"\bnoch (?:nicht|keine firma|kein unternehmen|keine gmbh)(?: \w+){0,2} ?(?:gegruendet|firma|unternehmen|gmbh)?\b(?=.{0,40}(?:gegruendet|gruend|firma|unternehmen|gmbh))|\bnoch nicht gegruendet|\bungegruendet|\b(?:wollen|moechten|will|moechte|planen|plane|werden|werde|wuerden gern\w*|wuerde gern\w*|haben vor|vorhaben|beabsichtigen)\b[^.;!?]{0,140}\b(?:gruenden|gruendung|selbststaendig machen|ausgruenden|ausgruendung|selbstaendig machen)\b"
    r"|\bvor der (?:gruendung|ausgruendung)|\bgruendung (?:steht (?:kurz )?bevor|geplant|ist geplant)|\bin gruendung\b|\bi\. ?g\.|\bgruendungsvorhaben\b|\bgruendungsinteressiert\w*|\bgruendungsidee\b|\bexistenzgruendung\b"
    r"|\bnot (?:yet )?(?:founded|incorporated|registered|started)|\bno company yet|\b(?:want|plan|hope|intend|going|about|would like|'d like|'d love|aim|planning|preparing)(?: to)? (?:\w+ ){0,3}?(?:(?:found|spin out|spin off|incorporate|start up|start in)\b|(?:start|set up|launch|establish) (?:a|an|my|our|the) (?:[\w-]+ ){0,3}?(?:company|business|firm|start-?up|venture|shop|studio|practice|agency|cafe|restaurant|bar|salon|bakery|workshop|store|clinic|school|brewery|hotel|service|gmbh|ug)\b|(?:start|launch)(?=[.,;]|$))|\bbefore (?:founding|incorporation)|\bpre-?(?:founding|foundation|incorporation|seed team)|\bspin-?(?:out|off) (?:is )?(?:planned|in preparation)|\bto be founded"
    r"|\b(?:wir gruenden|ich gruende|gruenden (?:wir|gerade|zu (?:zweit|dritt|viert)|ein|eine|demnaechst|bald)|gruende (?:ich|gerade|ein|eine|demnaechst|bald))\b"
    r"|\bnoch keine? (?:firma|unternehmen|gmbh|betrieb)\b|\b(?:will|wollen|moechten?|plane?n?)\b[^.;!?]{0,60}\b(?:eroeffnen|aufmachen|(?:firma|unternehmen|start-?up|betrieb|geschaeft)\b[^.;!?]{0,40}\b(?:hochziehen|aufziehen|aufbauen))\b(?<!filiale eroeffnen)(?<!standort eroeffnen)"
    r"|\b(?:want|like|love|plan|hope|going)(?: to)? open (?:a|an|my|our) (?!branch|second|\d+(?:nd|rd|th)\b|new branch|site)"
    r"|\b(?:firma|unternehmen|gmbh|betrieb|company|business)\b[^.;!?]{0,20}\b(?:gibt(?: es|'?s)?|hab(?:en|e)? (?:wir|ich)) (?:\w+ )?noch nicht\b|\bin eine (?:eigene )?firma (?:bringen|ueberfuehren)"
    r"|\b(?:haven't|have not|hasn't|has not|not yet|didn't) (?:yet )?(?:set up|founded|registered|incorporated|started) (?:(?:a|the|our|any) (?:company|business|firm)|anything)\b"
    r"|\b(?:lust|bock|interesse),? (?:\w+ ){0,3}(?:zu gruenden|aufs? (?:\w+ )?(?:gruenden|gruendung))\b"
    r"|\b(?:eine firma|ein unternehmen|eine gmbh|einen betrieb) (?:haben|habe|hab) (?:wir|ich) (?:\w+ )?nicht\b"
    r"|\bgegruendet (?:ist|wurde|haben wir|habe ich) (?:bisher |aber )?noch (?:nicht|nichts)\b|\bnothing (?:has been |is |was )?(?:founded|registered|incorporated)\b"
    r"|\bthinking (?:about|of) (?:founding|starting|setting up)\b|\bueberleg\w*[^.;!?]{0,60}\b(?:gruenden|selbst(?:st)?aendig)\b"
    r"|\bmach\w* (?:ich |wir )?(?:mich|uns)\b[^.;!?]{0,60}\bselbst(?:st)?aendig\b|\b(?:become|becoming|going) self-employed\b"
    r"|\b(?:we are|we're|i am|i'm) (?:just |currently )?(?:founding|starting|setting up|launching) (?:a|an|our|my|the)\b"
)
_SPIN_OUT = re.compile(r"\b(?:ausgruendung|gruendung) (?:aus|an|vorbereiten|in vorbereitung)")
"""Said before and after the founding alike: still to be founded, unless it is said when that was."""
_REGISTERED_AGO = re.compile(
    r"\bvor (?:\w+ ){1,3}(?:jahr\w*|monat\w*|woch\w*)\b[^.;!?]{0,40}\b(?:eintragen lassen|eingetragen|gegruendet)\b"
    r"|\b(?:registered|incorporated|founded|set up)\b[^.;!?,]{0,40}?\b(?:years?|months?|weeks?) ago\b"
)
_OTHER_FOUNDED = re.compile(
    r"\b\w*(?:netzwerk|cluster|verbund|konsortium|niederlassung|zweigstelle|tochter(?:firma|gesellschaft)?) (?:zu )?gruenden\b"
    r"|\b(?:found|set up|start|establish) (?:a|an|our) (?:\w+ ){0,2}(?:network|branch|subsidiary|consortium|cluster|project)\b"
)
"""Founded by companies that exist; no sign that the company itself is still to be founded."""
_OLD = re.compile(
    r"\b(?:in|der) (?:\d+(?:\.|nd|rd|th)|zweiter|dritter|vierter|fuenfter|second|third|fourth|fifth) generation|\bseit (?:generationen|jahrzehnten)|\bfor (?:generations|decades)|\btraditionsunternehmen|\btraditionsbetrieb|\balteingesessen\w*|\blong-established"
)
_NTH_YEAR = re.compile(
    r"\b(?:im|in (?:our|the|its|their))\s+(?:(?P<n>\d+)(?:\.|nd|rd|th)|(?P<first>ersten|first))\s+(?:geschaeftsjahr|jahr (?:nach|seit|am)|year (?:of (?:business|trading)|in business))"
)
_YEARS_AND_MONTHS = re.compile(r"\b(?P<years>\d+) (?:jahr\w*|years?) (?:und|and) (?P<months>\d+) (?:monat\w*|months?)")
_BIRTHDAY = re.compile(
    rf"\b(?:wird|werden|will be|turns?) (?:(?:im|in) (?P<before>{_MONTH}) )?(?P<n>\d+)\b(?: jahre?(?: alt)?| years? old)?(?: (?:im|in) (?P<after>{_MONTH})\b)?"
)
"""An age still to come: "wird im März zwei Jahre alt"."""
_SEASON = {
    "fruehjahr": (3, 5),
    "fruehling": (3, 5),
    "spring": (3, 5),
    "sommer": (6, 8),
    "summer": (6, 8),
    "herbst": (9, 11),
    "autumn": (9, 11),
}
_ABOUT_FOUNDING = re.compile(
    r"\b(?:gegruendet|gruend\w*|founded|started|bestehen|existieren|dabei|unterwegs|gibt es uns|uns gibt|gibt's|gibts|am markt|alt\b|old\b|jung\b|in business|on the market|taetig|firma|unternehmen|betrieb|company|business|start-?up|wir)\b"
)
_OTHER_DURATION = re.compile(
    r"\b(?:laufzeit|dauer|projekt\w*|foerder\w*|erfahrung|experience|garantie|vertrag|monate lang|jahre lang|innerhalb|within|in den naechsten|in the next|abschluss|studium|in|nach|pro|je|per|alle)\s*(?:von |of |etwa |ca\.? )?$"
)


_BEGINNING = re.compile(
    rf"\b(?:{_FOUNDED}|aufgemacht|eroeffnet|losgelegt|am start|am markt|auf dem markt|entstanden|gibt'?s|gibt es|existier\w*|besteh\w*|alt|selbst(?:st)?aendig|opened|launched|started|trading|in business)\b"
)
"""In one clause with a time that may be meant for anything, such as "letztes Jahr", that of the founding."""
_OTHER_EVENT = re.compile(
    r"\b(?:\w*patent\w*|\w*entwicklung\w*|\w*projekt\w*|vorhaben|laeuft|running|stud(?:ium|iert)\b|abschluss\w*|doktor\w*|promo\w+|master\w*|bachelor\w*|graduat\w+|phd|degree|\w*umsatz\w*|turnover|revenues?|sales|umgezogen|moved|bestellt|gekauft|ordered|bought)\b"
)
"""In one clause with a time it happened then, not the founding."""


MAX_AGE = 900.0
"""In years, or in months or weeks as many; older companies than any there is are read as this old."""


class FoundingRead(NamedTuple):
    """What was found, and statements that contradict one another, as written."""

    founding: Founding | None
    contradicting: tuple[str, ...] = ()


def read_founding(text: str, on: date) -> FoundingRead:
    """The founding in a text in which numbers stand in digits; see `numbers.with_digits`."""
    text = _OTHER_FOUNDED.sub("", text)
    text = _YEARS_AND_MONTHS.sub(lambda m: f"{12 * int(m['years']) + int(m['months'])} monaten", text)
    not_yet = _NOT_YET.search(text)
    strong = [
        (f, m[0].strip())
        for p in (_STRONG, _STRONG_AFTER, _OPENED)
        for m in p.finditer(text)
        if (f := _point(m, on)) is not None
    ]
    strong += [
        (f, m[0].strip())
        for p in (_FOUNDED_THEN, _OPENED_THEN)
        for m in p.finditer(text)
        if not _BRANCH.search(text[: m.start()]) and (f := _point(m, on)) is not None
    ]
    strong += [
        (_aged(ago, on), m[0].strip()) for m in _REGISTERED_AGO.finditer(text) if (ago := _AGO.search(m[0])) is not None
    ]
    weak = [(f, m[0].strip()) for m in _SINCE.finditer(text) if (f := _point(m, on)) is not None]
    weak += _relative(text, on)
    if not_yet is not None:
        clash = next(((f, words) for f, words in strong if f.latest and f.latest <= on), None)
        if clash is not None:
            return FoundingRead(None, (not_yet[0].strip(), clash[1]))
        return FoundingRead(Founding(is_founded=False))
    if not strong and _SPIN_OUT.search(text):
        return FoundingRead(Founding(is_founded=False))
    stated = strong or weak
    if not stated:
        if _OLD.search(text):
            return FoundingRead(Founding(latest=on - timedelta(days=25 * 365)))
        return FoundingRead(None)
    first = stated[0]
    clash_strong = next((other for other in strong[1:] if not _compatible(first[0], other[0])), None)
    if clash_strong is not None:
        return FoundingRead(first[0], (first[1], clash_strong[1]))
    if first[0].earliest and first[0].earliest > on:
        return FoundingRead(Founding(is_founded=False, text=first[0].text))
    return FoundingRead(first[0])


def founding_from(partial: str, on: date) -> Founding:
    """The founding that `2025`, `2025-03` or `2025-03-15` states; a time to come means not yet founded."""
    parts = [int(part) for part in partial.split("-")]
    first = date(parts[0], parts[1] if len(parts) > 1 else 1, parts[2] if len(parts) > 2 else 1)
    if len(parts) > 2:
        last = first
    elif len(parts) > 1:
        last = date(first.year, first.month, monthrange(first.year, first.month)[1])
    else:
        last = date(first.year, 12, 31)
    if first > on:
        return Founding(is_founded=False, text=partial)
    return Founding(earliest=first, latest=min(last, on), text=partial)


def _relative(text: str, on: date) -> list[tuple[Founding, str]]:
    found: list[tuple[Founding, str]] = []
    for match in _AGO.finditer(text):
        if _OTHER_DURATION.search(text[: match.start()].rstrip()):
            continue
        if _is_other_event(text, match):
            continue
        near = text[max(0, match.start() - 40) : match.end() + 40]
        has_start = re.match(r"\s*(?:vor|seit|for)\b", match[0]) is not None
        is_since = match[0].startswith("seit")
        if match["after"] is None and not (is_since or (has_start and _ABOUT_FOUNDING.search(near))):
            continue
        found.append((_aged(match, on), match[0].strip()))
    if (birthday := _BIRTHDAY.search(text)) and (birthday["before"] or birthday["after"]):
        month_of = _month(birthday["before"] or birthday["after"])
        year_of = on.year + (month_of <= on.month) - int(birthday["n"])
        if date.min.year <= year_of <= on.year:
            return [(founding_from(f"{year_of:04d}-{month_of:02d}", on), birthday[0].strip())]
    if half := _HALF_YEAR.search(text):
        found.append((_age("6", "monate", on), half[0]))
    for pattern, first, last in (
        (_LAST_YEAR, date(on.year - 1, 1, 1), date(on.year - 1, 12, 31)),
        (_BEFORE_LAST, date(on.year - 2, 1, 1), date(on.year - 2, 12, 31)),
        (_THIS_YEAR, date(on.year, 1, 1), on),
    ):
        if (match_year := pattern.search(text)) and _is_beginning(text, match_year):
            found.append((Founding(earliest=first, latest=last, text=str(first.year)), match_year[0].strip()))
    if nth := _NTH_YEAR.search(text):
        year = 1 if nth["first"] else int(nth["n"])
        latest, earliest = (on - timedelta(days=365.25 * years) for years in (year - 1, year))
        found.append((Founding(earliest=earliest, latest=latest, text=str(earliest.year)), nth[0]))
    if (month := _SINCE_MONTH.search(text)) and _is_beginning(text, month):
        found.append((_this_or_last(month, on), month[0]))
    return found


def _clause(text: str, match: re.Match[str]) -> str:
    """What stands around a match up to the next marks."""
    return (
        f"{re.split(r'[.;!?,] ', text[: match.start()])[-1]}{match[0]}{re.split(r'[.;!?,] ', text[match.end() :])[0]}"
    )


def _is_other_event(text: str, match: re.Match[str]) -> bool:
    """Whether the clause around a time tells of something else than the founding."""
    clause = _clause(text, match)
    return _OTHER_EVENT.search(clause) is not None and _BEGINNING.search(clause) is None


def _is_beginning(text: str, match: re.Match[str]) -> bool:
    """Whether a time that may be meant for anything is that of the founding: since then, or said in the clause."""
    if re.search(r"\b(?:seit|since)\b", match[0]):
        return not _is_other_event(text, match)
    clause = _clause(text, match)
    return _BEGINNING.search(clause) is not None and _OTHER_EVENT.search(clause) is None


def _aged(match: re.Match[str], on: date) -> Founding:
    """The founding so many years, months or weeks ago, by a match of `_AGO`."""
    return _age(match["n"], match["u"], on, "over" if match["over"] else "under" if match["under"] else None)


def _age(count: str, unit: str, on: date, side: Literal["over", "under"] | None = None) -> Founding:
    """A round age, taken as "between a little less and almost one more", or only on the side of it that is said."""
    value = min(MAX_AGE, float(count.replace(",", "."))) if count[0].isdigit() else 1.0
    days = 365.25 if unit.startswith(("jahr", "year")) else 30.44 if unit.startswith(("monat", "month")) else 7.0
    slack = 0.0 if re.search("[.,]", count) or side == "under" else 0.9
    latest = on - timedelta(days=max(0.0, (value - (0.0 if side == "over" else 0.25)) * days))
    earliest = on - timedelta(days=(value + slack) * days)
    return Founding(earliest=earliest, latest=latest, text=f"{earliest.year}")


def _this_or_last(match: re.Match[str], on: date) -> Founding:
    if match["m"]:
        month = _month(match["m"])
        year = on.year if month <= on.month else on.year - 1
        return founding_from(f"{year:04d}-{month:02d}", on)
    first, last = _SEASON[match["s"]]
    year = on.year if first <= on.month else on.year - 1
    return Founding(earliest=date(year, first, 1), latest=min(date(year, last, 28), on), text=str(year))


def _point(match: re.Match[str], on: date) -> Founding | None:
    """The founding that a date in the text states; None for a date that no calendar has."""
    try:
        if match["iso"]:
            return founding_from(match["iso"], on)
        if match["dy"]:
            return founding_from(f"{match['dy']}-{_month(match['dm']):02d}-{int(match['d']):02d}", on)
        if match["ny"]:
            return founding_from(f"{match['ny']}-{int(match['nm']):02d}-{int(match['nd']):02d}", on)
        if match["my"]:
            return founding_from(f"{match['my']}-{_month(match['m']):02d}", on)
        return founding_from(match["y"], on)
    except ValueError:
        return None


def _month(name: str) -> int:
    return next(i for i, names in enumerate(_MONTHS, start=1) if re.fullmatch(names, name))


def _compatible(a: Founding, b: Founding) -> bool:
    if a.is_founded != b.is_founded:
        return False
    if not a.earliest or not b.earliest or not a.latest or not b.latest:
        return True
    return a.earliest <= b.latest and b.earliest <= a.latest
