"""How many people work at a company, from its own words."""

from __future__ import annotations

import re
from typing import NamedTuple

from assistant.company.numbers import HEDGE, N, hedged, number, overlap
from assistant.domain.company import Range

_PEOPLE = (
    r"(?:(?:fest(?:e|en)?|feste?n?|angestellte[nr]?|freie|full-?time|permanent|vollzeit) )?"
    r"(?:mitarbeiter\w*|mitarbeitende\w*|beschaeftigte\w*|(?:fest)?angestellte[nr]?\b|mann\b(?!heim)|leuten?\b|personen\b|koepfen?\b|menschen\b|kolleg\w+|vollzeitstellen|vollzeitkraefte\w*"
    r"|arbeitnehmer\w*|teammitglieder\w*|ma\b|vzae\b|employees|people|staff\b|workers|persons|colleagues|heads\b|fte\b|ftes\b|team members|arbeitsplaetze\w*|jobs\b|entwickler\w*|ingenieur\w*|techniker\w*|fahrer\w*|\w*techniker\w*|trainer\w*|erzieher\w*|lehrer\w*|handwerker\w*|gesellen\b|fachkraefte\w*|developers|engineers|technicians|drivers|trainers|specialists|craftsmen|scientists\b|founders\b|of us\b)"
)
_ORDINALS = {
    "zweit": 2, "dritt": 3, "viert": 4, "fuenft": 5, "sechst": 6, "siebt": 7, "acht": 8, "neunt": 9, "zehnt": 10, "elft": 11, "zwoelft": 12,
}  # fmt: skip
_HEADED = {
    "zwei": 2, "drei": 3, "vier": 4, "fuenf": 5, "sechs": 6, "sieben": 7, "acht": 8, "neun": 9, "zehn": 10, "elf": 11, "zwoelf": 12,
    "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10, "twelve": 12,
}  # fmt: skip
_WORD_COUNT = "|".join(sorted(_HEADED, key=len, reverse=True))
_COUNTED = re.compile(
    rf"\b{HEDGE}(?P<n>{N})(?:\s*(?:bis|-|to|oder|or|und|and)\s*(?P<m>{N}))?\+?\s+(?!(?:neue|weitere|zusaetzliche|new|more|additional)\w*\s)(?:\w+e[nr]?\s+)?{_PEOPLE}"
)
_EMPLOY = re.compile(rf"\b(?:beschaeftigen|beschaeftigt|employ|employs|employing)\s+{HEDGE}(?P<n>{N})\b")
_TEAM = (
    re.compile(rf"\bteam (?:of|von|aus|mit)\s+{HEDGE}(?P<n>{N})\b"),
    re.compile(rf"\b(?P<n>{N})[- ](?:person|people|man|strong|koepfige\w*)\b"),
    re.compile(
        rf"\b(?:(?:mitarbeiter|beschaeftigten)(?:an)?zahl:?|(?:mitarbeiter(?:innen)?|mitarbeitende|beschaeftigte|personal|staff|employees):) {HEDGE}(?P<n>{N})\b"
    ),
    re.compile(rf"\b(?:headcount of|headcount:?) {HEDGE}(?P<n>{N})\b"),
    re.compile(rf"\b(?P<n>{N}) on the payroll\b"),
    re.compile(
        rf"\bsind (?:wir )?(?:inzwischen|mittlerweile|jetzt|aktuell|derzeit) (?P<n>{N})(?=\s*(?:[,.;)]|und\b|$))"
    ),
    re.compile(rf"\bwir sind {HEDGE}(?P<n>{N})(?=\s*(?:[,.;)]|und\b|$))"),
    re.compile(rf"\bwe(?: are|'re) (?:currently |now |only )?(?P<n>{N})(?=\s*(?:[,.;)]|and\b|$))"),
)
_TOGETHER = re.compile(rf"\bzu ({'|'.join(_ORDINALS)})\b")
_HEADS = re.compile(rf"\b({_WORD_COUNT}|\d+)[- ]?(?:koepfig\w*|mann-?(?:betrieb|firma|team|unternehmen|bude|werkstatt)|frau-?betrieb|personen-?(?:betrieb|firma|team|unternehmen))|\b({_WORD_COUNT})[- ](?:person|people|man|woman)[- ](?:team|company|business|firm|outfit|start-?up)")  # fmt: skip
_FOUNDERS = re.compile(
    rf"\b(?P<n>{N})\s+(?:\w+e\s+)?(?:mit)?(?:gruender\w*|founders|co-?founders|partner(?:innen)?\b(?! aus)|freunde\w*|friends|\w*meister(?:innen)?\b|studierende\w*|studentinnen|studenten|students|absolvent\w*|graduates|forschende\w*|researchers|wissenschaftler\w*|forscher\w*|physiker\w*|chemiker\w*|biolog\w+|informatiker\w*|scientists|frauen\b|maenner\b|women\b|geschwister|brueder|schwestern|brothers|sisters)"
)
_WE_ARE = re.compile(
    rf"\b(?:wir sind|we are|we're) (?:ein team aus |a team of )?(?P<n>{N}) (?!(?:mittelst|weitere|andere|kleine|small|medium|other)\w* |firmen|betriebe|unternehmen|vereine|kmu|companies|firms|smes|businesses)[a-z]{{4,}}"
)
_WITH_FRIENDS = re.compile(
    rf"\b(?:mit|with) (?P<n>{N}|einem|einer|a|an) (?:\w+e[nrm]? )?(?:kommiliton\w*|kolleg\w+|freund\w*|kumpels?\b|mitstreiter\w*|fellow students?|colleagues?|friends?)"
)
"""Besides whoever speaks."""
_ALONE = re.compile(
    r"\b(?:einzelunternehm\w+|solo-?selbst\w+|alleinunternehm\w*|ein-?(?:mann|frau|personen)-?(?:betrieb|firma|unternehmen)|one-?(?:man|woman|person) (?:business|company|firm|show|outfit)"
    r"|sole (?:trader|proprietor)|on my own|by myself|ich bin allein\w*|ich arbeite allein\w*|(?:it's |it is )?just me|nur ich|allein (?:selbst\w+)|einzelkaempfer\w*)\b"
)
_NO_STAFF = re.compile(
    r"\b(?:ohne (?:mitarbeit\w+|angestellte)|no (?:employees|staff)|keine (?:mitarbeit\w+|angestellten))\b"
)
_ME_AND_ONE = re.compile(r"\b(?:mein\w* \w+ und ich|my \w+ and i)\b")
_PART = re.compile(
    r"\b(?:davon|darunter|inklusive|einschliesslich|including|of whom|of which|suchen|einstellen|hire|hiring|neue|zusaetzlich\w*|weitere|schulen|schulten|fuer|erreichen|vermitteln|trainieren|train|kunden|(?:konzern\w*|mutter\w*|gruppe|group|parent(?: company)?|corporation) (?:mit|with|of))\s*$"
)
"""Before a count that is not the whole staff."""


class StaffCount(NamedTuple):
    """What was found: the count, and counts that contradict one another, as written."""

    staff: Range | None
    contradicting: tuple[str, ...] = ()


def read_staff(text: str) -> StaffCount:
    """The staff in a text in which numbers stand in digits; see `numbers.with_digits`."""
    stated: list[tuple[Range, str]] = []
    for match in _COUNTED.finditer(text):
        if _PART.search(text[: match.start()]) or _WITH_FRIENDS.search(
            text[max(0, match.start() - 5) :][: len(match[0]) + 5]
        ):
            continue
        stated.append((_range(match), match[0].strip()))
    stated += [(hedged(number(m["n"]), m["hedge"]), m[0]) for m in _EMPLOY.finditer(text)]
    stated += [(_exactly(number(m["n"])), m[0].strip()) for pattern in _TEAM for m in pattern.finditer(text)]
    stated += [(_exactly(_ORDINALS[m[1]]), m[0]) for m in _TOGETHER.finditer(text)]
    stated += [(_exactly(_count_of(m[1] or m[2])), m[0]) for m in _HEADS.finditer(text)]
    if not stated:
        stated += [(_exactly(1), m[0]) for m in _ALONE.finditer(text)]
    if not stated:
        stated += [
            (_exactly(1 + (number(m["n"]) if m["n"][0].isdigit() else 1)), m[0]) for m in _WITH_FRIENDS.finditer(text)
        ][:1]
    if not stated:
        stated += [(_exactly(number(m["n"])), m[0]) for m in _FOUNDERS.finditer(text)][:1]
    if not stated:
        stated += [(_exactly(2), m[0]) for m in _ME_AND_ONE.finditer(text)][:1]
    if not stated:
        stated += [(_exactly(1), m[0]) for m in _NO_STAFF.finditer(text)][:1]
    if not stated:
        stated += [(_exactly(number(m["n"])), m[0]) for m in _WE_ARE.finditer(text)][:1]
    if not stated:
        return StaffCount(None)
    first = stated[0]
    clash = next((other for other in stated[1:] if not overlap(first[0], other[0])), None)
    return StaffCount(first[0], (first[1], clash[1]) if clash else ())


def _range(match: re.Match[str]) -> Range:
    low = number(match["n"])
    if match["m"]:
        high = number(match["m"])
        return Range(low=min(low, high), high=max(low, high))
    return hedged(low, match["hedge"])


def _count_of(word: str) -> int:
    return int(word) if word.isdigit() else _HEADED[word]


def _exactly(value: int) -> Range:
    return Range(low=value, high=value)
