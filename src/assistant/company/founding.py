"""When a company was founded, or that it is still to be founded, from its own words."""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date, timedelta
from typing import NamedTuple

from assistant.domain.company import Founding

_MONTHS = (
    "januar|january|jan", "februar|february|feb", "maerz|march|mar", "april|apr", "mai|may", "juni|june|jun", "juli|july|jul",
    "august|aug", "september|sept?", "oktober|october|okt|oct", "november|nov", "dezember|december|dez|dec",
)  # fmt: skip
_MONTH = "|".join(_MONTHS)
_DAY = rf"(?:am |on )?(?:(?P<d>\d{{1,2}})\.?\s*(?P<dm>{_MONTH})\.?\s*(?P<dy>\d{{4}})|(?P<nd>\d{{1,2}})\.(?P<nm>\d{{1,2}})\.(?P<ny>\d{{4}})|(?P<iso>\d{{4}}-\d{{2}}-\d{{2}}))"
_POINT = rf"(?:{_DAY}|(?:(?:im|in|anfang|mitte|ende|early|mid|late|fruehjahr|sommer|herbst|winter|spring|summer|autumn) )?(?P<m>{_MONTH})\.? (?P<my>\d{{4}})|(?:(?:im jahr|im jahre|in|anno|anfang|mitte|ende|the year|fruehjahr|sommer|herbst|early|mid|late) )*(?P<y>(?:1[6-9]|20)\d{{2}})\b)"
_FOUNDED = r"(?:gegruendet|gegr\.?|gruendung(?:sjahr)?|gruendeten|founded|established|incorporated|set up|started (?:the|our) (?:company|business)|bestehen|bestehend|existieren|existiert|existing|gestartet|eingetragen|registered)"
_STRONG = re.compile(
    rf"\b{_FOUNDED}(?:[ :,]+(?:wurden? |wir |uns |seit |since |erst |was |were |in |back |noch ))*\s*{_POINT}"
)
_STRONG_AFTER = re.compile(
    rf"\b(?:seit |since )?{_POINT}\s+(?:in \w+ )?(?:haben wir |wurden? wir |als \w+ )?(?:{_FOUNDED})\b"
)
_SINCE = re.compile(rf"\b(?:seit|since|gibt es uns seit|schon seit)\s+(?:dem |the )?{_POINT}")
_AGO = re.compile(
    r"\b(?:vor|seit|for|for over|seit ueber|jetzt|now|erst)?\s*(?:etwa |rund |ca\.? |knapp |gut |ueber |mehr als |over |more than |about |almost )?(?P<n>\d+(?:,5)?|einem|einer|ein|eine|one|a)\s+(?P<u>jahr\w*|years?|monat\w*|months?|woch\w*|weeks?)"
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
    r"\b(?:dieses jahr|diesem jahr|heuer|this year|seit januar|gerade (?:erst )?gegruendet|frisch gegruendet|kuerzlich gegruendet|just founded|recently founded|newly founded)"
)
_SINCE_MONTH = re.compile(
    rf"\b(?:seit|since)\s+(?:dem |letzte[mn] |last )?(?P<m>{_MONTH})\b(?!\.? \d{{4}})|\b(?:seit|im|since|in) (?:diesem |dem |letzten |last |this )?(?P<s>fruehjahr|fruehling|sommer|herbst|spring|summer|autumn)\b(?! \d{{4}})"
)
_NOT_YET = re.compile(
    r"\bnoch (?:nicht|keine firma|kein unternehmen|keine gmbh)(?: \w+){0,2} ?(?:gegruendet|firma|unternehmen|gmbh)?\b(?=.{0,40}(?:gegruendet|gruend|firma|unternehmen|gmbh))|\bnoch nicht gegruendet|\bungegruendet|\b(?:wollen|moechten|will|moechte|planen|plane|werden|werde|wuerden gern\w*|wuerde gern\w*|haben vor|vorhaben|beabsichtigen)\b[^.;!?]{0,80}\b(?:gruenden|gruendung|selbststaendig machen|ausgruenden|ausgruendung|selbstaendig machen)\b"
    r"|\bvor der (?:gruendung|ausgruendung)|\bgruendung (?:steht (?:kurz )?bevor|geplant|ist geplant)|\bin gruendung\b|\bi\. ?g\.|\bgruendungsvorhaben\b|\bgruendungsinteressiert\w*|\bgruendungsidee\b|\bexistenzgruendung\b"
    r"|\bnot (?:yet )?(?:founded|incorporated|registered|started)|\bno company yet|\b(?:want|plan|hope|intend|going|about|would like|aim|planning|preparing)(?: to)? (?:\w+ ){0,3}?(?:found|start|set up|launch|spin out|spin off|establish|incorporate)\b|\bbefore (?:founding|incorporation)|\bpre-?(?:founding|foundation|incorporation|seed team)|\bspin-?(?:out|off) (?:is )?(?:planned|in preparation)|\bto be founded"
    r"|\b(?:ausgruendung|gruendung) (?:aus|an|vorbereiten|in vorbereitung)"
    r"|\b(?:wir gruenden|ich gruende|gruenden (?:wir|gerade|zu (?:zweit|dritt|viert)|ein|eine|demnaechst|bald)|gruende (?:ich|gerade|ein|eine|demnaechst|bald))\b"
    r"|\bnoch keine? (?:firma|unternehmen|gmbh|betrieb)\b|\b(?:will|wollen|moechten?|plane?n?)\b[^.;!?]{0,60}\b(?:eroeffnen|aufmachen)\b(?<!filiale eroeffnen)(?<!standort eroeffnen)"
    r"|\b(?:want|would like|plan|hope|going)(?: to)? open (?:a|an|my|our) (?!branch|second|new branch|site)"
    r"|\bmach\w* (?:ich |wir )?(?:mich|uns)\b[^.;!?]{0,60}\bselbst(?:st)?aendig\b|\b(?:become|becoming|going) self-employed\b"
    r"|\b(?:we are|we're|i am|i'm) (?:just |currently )?(?:founding|starting|setting up|launching) (?:a|an|our|my|the)\b"
)
_OLD = re.compile(
    r"\b(?:in|der) (?:\d+(?:\.|nd|rd|th)|zweiter|dritter|vierter|fuenfter|second|third|fourth|fifth) generation|\bseit (?:generationen|jahrzehnten)|\bfor (?:generations|decades)|\btraditionsunternehmen|\btraditionsbetrieb|\balteingesessen\w*|\blong-established"
)
_NTH_YEAR = re.compile(
    r"\b(?:im|in (?:our|the|its|their))\s+(?:(?P<n>\d+)(?:\.|nd|rd|th)|(?P<first>ersten|first))\s+(?:geschaeftsjahr|jahr (?:nach|seit|am)|year (?:of (?:business|trading)|in business))"
)
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
    r"\b(?:gegruendet|gruend\w*|founded|started|bestehen|existieren|gibt es uns|am markt|alt\b|old\b|jung\b|in business|on the market|taetig|firma|unternehmen|betrieb|company|business|start-?up|wir)\b"
)
_OTHER_DURATION = re.compile(
    r"\b(?:laufzeit|dauer|projekt\w*|foerder\w*|erfahrung|experience|garantie|vertrag|monate lang|jahre lang|innerhalb|within|in den naechsten|in the next|abschluss|studium|in|nach|pro|je|per|alle)\s*(?:von |of |etwa |ca\.? )?$"
)


MAX_AGE = 900.0
"""In years, or in months or weeks as many; older companies than any there is are read as this old."""


class FoundingRead(NamedTuple):
    """What was found, and statements that contradict one another, as written."""

    founding: Founding | None
    contradicting: tuple[str, ...] = ()


def read_founding(text: str, on: date) -> FoundingRead:
    """The founding in a text in which numbers stand in digits; see `numbers.with_digits`."""
    not_yet = _NOT_YET.search(text)
    strong = [
        (f, m[0].strip())
        for p in (_STRONG, _STRONG_AFTER)
        for m in p.finditer(text)
        if (f := _point(m, on)) is not None
    ]
    weak = [(f, m[0].strip()) for m in _SINCE.finditer(text) if (f := _point(m, on)) is not None]
    weak += _relative(text, on)
    if not_yet is not None:
        clash = next(((f, words) for f, words in strong if f.latest and f.latest <= on), None)
        if clash is not None:
            return FoundingRead(None, (not_yet[0].strip(), clash[1]))
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
        near = text[max(0, match.start() - 40) : match.end() + 40]
        has_start = re.match(r"\s*(?:vor|seit|for)\b", match[0]) is not None
        if match["after"] is None and not (has_start and _ABOUT_FOUNDING.search(near)):
            continue
        found.append((_age(match["n"], match["u"], on), match[0].strip()))
    if half := _HALF_YEAR.search(text):
        found.append((_age("6", "monate", on), half[0]))
    for pattern, first, last in (
        (_LAST_YEAR, date(on.year - 1, 1, 1), date(on.year - 1, 12, 31)),
        (_BEFORE_LAST, date(on.year - 2, 1, 1), date(on.year - 2, 12, 31)),
        (_THIS_YEAR, date(on.year, 1, 1), on),
    ):
        if match_year := pattern.search(text):
            found.append((Founding(earliest=first, latest=last, text=str(first.year)), match_year[0].strip()))
    if nth := _NTH_YEAR.search(text):
        year = 1 if nth["first"] else int(nth["n"])
        latest, earliest = (on - timedelta(days=365.25 * years) for years in (year - 1, year))
        found.append((Founding(earliest=earliest, latest=latest, text=str(earliest.year)), nth[0]))
    if month := _SINCE_MONTH.search(text):
        found.append((_this_or_last(month, on), month[0]))
    return found


def _age(count: str, unit: str, on: date) -> Founding:
    """A round age, taken as "between a little less and almost one more"."""
    value = min(MAX_AGE, float(count.replace(",", "."))) if count[0].isdigit() else 1.0
    days = 365.25 if unit.startswith(("jahr", "year")) else 30.44 if unit.startswith(("monat", "month")) else 7.0
    slack = 0.0 if "," in count else 0.9
    latest = on - timedelta(days=max(0.0, (value - 0.25) * days))
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
