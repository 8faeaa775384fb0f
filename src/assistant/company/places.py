"""Where a company is, from its own words: its place, whether it is in Hamburg, whether it wants to come."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

import yaml

from assistant.company.vocabulary import Token, tokens_of
from assistant.domain.company import Place
from assistant.domain.facts import Region, State
from assistant.language.normalise import fold

TABLE = Path(__file__).parent / "places.yaml"
NORTH: frozenset[State] = frozenset(["HB", "HH", "MV", "NI", "SH"])
NORTH_SEA: frozenset[State] = frozenset(["HB", "HH", "NI", "SH"])
BALTIC_SEA: frozenset[State] = frozenset(["HH", "MV", "SH"])
_NORTHERN: frozenset[Region] = frozenset(["northern_germany"])
_OUTER: frozenset[Region] = frozenset(["germany", "eu", "europe", "worldwide"])
_AT = re.compile(
    r"\b(?:in|im|am|auf|aus|bei|near|from|at|sitz|standort|ansaessig in|based in|located in|nahe|raum|kreis|of)\s*(?:der |dem |the |:)?\s*$"
)
_SEAT = re.compile(
    r"\b(?:(?:haupt|firmen|geschaefts)?sitz(?:en|t)? (?:ist |liegt )?(?:in|im|auf)?|ansaessig (?:in|im)|sitzen (?:in|im|auf|am)|based in|headquarter\w*(?: is)? (?:in|at)?|registered in|located in|seat (?:is )?in|zentrale in)\s*(?:der |dem |the )?$"
)
_SITE = re.compile(
    r"\b(?:(?:zweig)?niederlassung|standort|betriebsstaette|filiale|werk|buero|dependance|aussenstelle|branch|site|office|plant|subsidiary)\w*(?: \w+){0,2} (?:in|im|at|auf)\s*(?:der |dem |the )?$"
)
_CUSTOMERS = re.compile(
    r"\b(?:kund\w+ (?:in|aus)|customers? (?:in|from)|clients? (?:in|from)|nach|exportier\w+ (?:nach|in)|liefern (?:nach|in)|export\w* to|deliver\w* to|ship\w* to|sell\w* (?:to|in)|verkauf\w* (?:in|nach)|markt in|market in|maerkte? in|messe in|fair in|partner\w* (?:in|aus)|partners? (?:in|from)|projekt\w* in|windpark\w* in|zwischen|between|und|and|vertreib\w+ in)\s*(?:der |dem |the )?$"
)
_FROM = re.compile(r"\bfrom\s*(?:the )?$")
_ORIGIN = re.compile(r"\b(?:are|'re|am|'m|come|company|firm|business|start-?up|team|studio|sme)\s+from\s*(?:the )?$")
_WAY_ON = re.compile(r"\s*(?:to|till|until)\b")
"""Behind a place, with "from" before it: where a way begins, not where a company is."""
_MOVED = re.compile(r"\b(?:gezogen|umgezogen|verlegt|moved|relocated)\b")
_MOVED_TO = re.compile(r"\b(?:nach|to)\s*$")
_MOVED_FROM = re.compile(r"\b(?:von|aus|from)\s*(?:der |dem |the )?$")
"""Where a company was and where it is, in a sentence that tells of a move that is done."""
_PLAN = re.compile(
    r"\b(?:wollen|moechten?|planen|plan|want|would like|hope|ziehen|umzug|verlegen|kommen|move|moving|relocat\w*|expand\w*)\b[^.,;!?]{0,60}\b(?:nach|to)\s*$"
    r"|\b(?:wollen|will|moechten?|planen|werden|want|would like|hope|plan|going)\b[^.,;!?]{0,60}\bin\s*$"
)
_NOT = re.compile(
    r"\b(?:nicht|not|nothing|weder|neither|(?:kein\w*|ohne|no|not have an?|don't have an?) (?:sitz|standort|betriebsstaette|niederlassung|seat|site|branch|office)) (?:mehr )?(?:in|aus|from)\s*$"
)
_NOT_AFTER = re.compile(
    r"\s*(?:haben|hat|gibt|besitzen|unterhalten|betreiben) (?:wir |es |die firma )?(?:\w+ ){0,2}(?:nicht|kein\w*)\b"
)
"""Behind a place, with a seat or site before it: "eine Niederlassung in Hamburg haben wir nicht"."""
_NOTHING_AFTER = re.compile(
    r"\s*(?:gar |ueberhaupt |selbst )?(?:nichts|nix|(?:kein\w*) (?:\w+ )?(?:sitz|standort|betriebsstaette|niederlassung|filiale|werk|buero))\b"
)
"""Behind a place: "haben in Hamburg nichts", "haben in Hamburg keine Niederlassung"."""
_NOT_OF = re.compile(r"\b(?:kein(?:e|en)?|not an?)\s*$")
_COMPANY_AFTER = re.compile(
    r"\s*(?:\w+ )?(?:unternehmen|firma|betrieb|start-?up|gmbh|verein|company|firm|business|outfit)\b"
)
"""Behind a place, with `_NOT_OF` before it: "kein Hamburger Unternehmen"."""
_JOINED = re.compile(r"\s*(?:und|and|sowie|&)\s+(?:in\s+)?")
"""Between two places that are named as one: "Husum und Hamburg"."""
BEFORE = 70
"""Characters before a place name in which words are looked for that say what it is."""


class PlacesRead(NamedTuple):
    """What was found."""

    place: Place | None = None
    in_hamburg: bool | None = None
    plans_hamburg: bool = False
    contradicting: tuple[str, ...] = ()


class Gazetteer:
    """Knows which region a place lies in."""

    def __init__(self, data: dict[str, Any]) -> None:
        self._places: dict[tuple[str, ...], Place] = {}
        self._ambiguous: set[tuple[str, ...]] = set()
        metropolitan: frozenset[Region] = frozenset(["metropolitan_region"])
        hamburg: frozenset[Region] = metropolitan | frozenset(["hamburg"])
        for name in data["hamburg"]["names"]:
            self._add(name, "HH", hamburg)
        for name in data["hamburg"]["ambiguous"]:
            self._add(name, "HH", hamburg, ambiguous=True)
        for key in ("SH", "NI", "MV"):
            for name in data["metropolitan"][key]:
                self._add(name, key, metropolitan)
        for name in (*data["metropolitan"]["whole"], *data["metropolitan"]["around"]):
            self._put(name, Place(name=name, regions=metropolitan | _NORTHERN | _OUTER))
        self._around = frozenset(data["metropolitan"]["around"])
        for state, names in data["states"].items():
            for name in names:
                self._add(name, state, frozenset())
        for state, names in data["state_ambiguous"].items():
            for name in names:
                self._add(name, state, frozenset(), ambiguous=True)
        for name in data["northern"]:
            self._put(name, Place(name=name, regions=_OUTER | _NORTHERN))
        for name in data["germany"]:
            self._put(name, Place(name=name, regions=_OUTER))
        for name in data["eu"]:
            self._put(name, Place(name=name, regions=frozenset(["eu", "europe", "worldwide"])))
        for name in data["europe"]:
            self._put(name, Place(name=name, regions=frozenset(["europe", "worldwide"])))
        for name in data["world"]:
            self._put(name, Place(name=name, regions=frozenset(["worldwide"])))
        self._longest = max(len(key) for key in self._places)

    @classmethod
    @cache
    def load(cls) -> Gazetteer:
        """The names that ship with the package, loaded once."""
        return cls(yaml.load(TABLE.read_text(encoding="utf-8"), Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader)))

    def _add(self, name: str, state: State, regions: frozenset[Region], *, ambiguous: bool = False) -> None:
        found: set[Region] = set(regions) | _OUTER
        if state in NORTH:
            found.add("northern_germany")
        if state in NORTH_SEA:
            found.add("north_sea")
        if state in BALTIC_SEA:
            found.add("baltic_sea")
        self._put(name, Place(name=name, state=state, regions=frozenset(found)), ambiguous=ambiguous)

    def _put(self, name: str, place: Place, *, ambiguous: bool = False) -> None:
        key = tuple(token.folded for token in tokens_of(name))
        if ambiguous:
            self._ambiguous.add(key)
        elif key in self._places:
            return
        self._places[key] = place

    def lookup(self, text: str) -> Place | None:
        """The place that a field names, or None when it is not known."""
        found = self.find(text, must_be_capital=False)
        return found[0][0] if found else None

    def find(self, text: str, *, must_be_capital: bool = True) -> list[tuple[Place, int, int]]:
        """Places named in a text with their offsets, in order; the longest name at each position counts."""
        tokens = tokens_of(text)
        found: list[tuple[Place, int, int]] = []
        position = 0
        while position < len(tokens):
            for length in range(min(self._longest, len(tokens) - position), 0, -1):
                run = tokens[position : position + length]
                key = tuple(token.folded for token in run)
                place = self._places.get(key) or self._inflected(run)
                if place is None or (must_be_capital and not self._is_name(key, run, text)):
                    continue
                found.append((place, run[0].start, run[-1].end))
                position += length - 1
                break
            position += 1
        return found

    def _inflected(self, run: list[Token]) -> Place | None:
        """ "Hamburgs", "Hamburger Start-up"; a lone "Hamburger" may be food."""
        if len(run) != 1:
            return None
        word = run[0].folded
        if word in ("hamburgs", "hamburger"):
            return self._places[("hamburg",)]
        if word in ("muenchner", "muenchener"):
            return self._places[("muenchen",)]
        endings = (ending for ending in ("er", "s") if word.endswith(ending) and len(word) > 5)
        return next((place for e in endings if (place := self._places.get((word.removesuffix(e),)))), None)

    def is_outside(self, place: Place) -> bool:
        """Whether a place is certainly not in Hamburg; "Metropolregion Hamburg" may be."""
        if "hamburg" in place.regions:
            return False
        return place.state is not None or place.name in self._around or "germany" not in place.regions

    def _is_name(self, key: tuple[str, ...], run: list[Token], text: str) -> bool:
        if key == ("hamburger",):
            return bool(re.match(r"\s+[A-ZÄÖÜ]\w+", text[run[0].end :])) and not re.match(
                r"\s+(?:und|mit|Pommes|Brötchen|Patties|Buns|Menü)", text[run[0].end :]
            )
        if not any(token.text[:1].isupper() for token in run):
            return key == ("hamburg",) or (len(key) == 1 and len(key[0]) >= 7 and text.islower())
        if key in self._ambiguous:
            return bool(_AT.search(fold(text[max(0, run[0].start - 25) : run[0].start])))
        return True


def read_places(text: str, gazetteer: Gazetteer) -> PlacesRead:
    """Where a company is. Places of customers, exports and partners do not count."""
    seats: list[Place] = []
    sites: list[Place] = []
    others: list[Place] = []
    plans = False
    denied = False
    is_site, last_end = False, 0
    for place, start, end in gazetteer.find(text):
        joined, last_end = _JOINED.fullmatch(text[last_end:start]), end
        if joined and is_site:
            sites.append(place)
            continue
        before = fold(text[max(0, start - BEFORE) : start])
        before = re.split(r"[.;!?]\s", before)[-1]
        is_hamburg = "hamburg" in place.regions
        after = fold(text[end : end + BEFORE])
        has_moved = _MOVED.search(f"{before} {re.split(r'[.;!?]', after)[0]}") is not None
        if _is_denied(before, after) or (has_moved and _MOVED_FROM.search(before)):
            denied = denied or is_hamburg
        elif _SEAT.search(before) or (has_moved and _MOVED_TO.search(before)):
            seats.append(place)
        elif is_hamburg and _PLAN.search(before):
            plans = True
        elif _SITE.search(before):
            sites.append(place)
        elif not _CUSTOMERS.search(before) and not _is_only_origin(place, before, after):
            others.append(place)
        is_site = place in (*seats[-1:], *sites[-1:], *others[-1:])
    distinct = {_seat_key(place) for place in seats}
    if len(distinct) > 1:
        return PlacesRead(contradicting=tuple(place.name for place in seats[:2]))
    seat = next(iter([*seats, *sorted(others, key=_breadth), *sites]), None)
    everywhere = [*seats, *sites, *others]
    in_hamburg: bool | None = None
    if any("hamburg" in known.regions for known in everywhere):
        in_hamburg = True
        if denied:
            return PlacesRead(contradicting=("Hamburg",))
    elif denied or (seat is not None and gazetteer.is_outside(seat)):
        in_hamburg = False
    return PlacesRead(seat, in_hamburg, plans)


def _is_denied(before: str, after: str) -> bool:
    """Whether the words around a place say that the company is not there."""
    if _NOT.search(before) or (_NOT_OF.search(before) and _COMPANY_AFTER.match(after)):
        return True
    if _NOTHING_AFTER.match(after):
        return re.search(r"\bin\s*$", before) is not None
    return _NOT_AFTER.match(after) is not None and bool(_SEAT.search(before) or _SITE.search(before))


def _is_only_origin(place: Place, before: str, after: str) -> bool:
    """Whether "from" before a place names the origin of goods or of a way; a German place is that of whoever is named."""
    if not _FROM.search(before):
        return False
    return _WAY_ON.match(after) is not None or (place.state is None and not _ORIGIN.search(before))


def _seat_key(place: Place) -> str:
    return "hamburg" if "hamburg" in place.regions else place.name


def _breadth(place: Place) -> int:
    """Precise places first: "Altona" tells more than "Deutschland"."""
    return 0 if place.state is not None else 1
