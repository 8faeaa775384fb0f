"""Clusters and networks as the matching reads them: typed from the profiles of their fact sheets."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

from assistant.company.vocabulary import term_key
from assistant.domain.facts import Applicant, ChainStep, Goal, Region, State
from assistant.domain.ports import Library
from assistant.domain.values import LANGUAGES, Document, Kind, Language


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """A sector of an organisation."""

    names: Mapping[Language, str]
    telling: frozenset[str]
    """Keys of terms that name the sector."""
    shared: frozenset[str]
    """Keys of terms that suit many sectors and count only beside a telling one."""
    wz: tuple[str, ...]
    sentence: str


class Area(NamedTuple):
    """A region an organisation works for; `states` empty for the whole region."""

    region: Region
    states: frozenset[State]
    sentence: str


class Outside(NamedTuple):
    """What an organisation does not cover."""

    terms: frozenset[str]
    instead: str | None
    sentence: str


class Reach(NamedTuple):
    """A way to reach it."""

    website: str | None
    sentence: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Organisation:
    """A cluster or network; each value names the sentence that states it."""

    id: str
    kind: Kind
    is_active: bool
    names: Mapping[Language, str]
    fields: tuple[Field, ...]
    steps: Mapping[ChainStep, str]
    goals: Mapping[Goal, str]
    groups: Mapping[Applicant, str]
    areas: tuple[Area, ...]
    outside: tuple[Outside, ...]
    joining: str | None
    contact: Reach | None
    part_of: str | None
    successor: str | None
    """Id of what took over, with `successor_sentence` saying so."""
    successor_sentence: str | None
    secured_until: str | None
    secured_sentence: str | None

    def wz(self) -> Iterator[str]:
        """All economic activities of its sectors."""
        for field in self.fields:
            yield from field.wz

    def is_secured_on(self, day: date) -> bool | None:
        """Whether its support is promised beyond the year of the day; None where nothing says so."""
        return None if self.secured_until is None else self.secured_until[:4] > str(day.year)


def read_organisations(library: Library, generic: Mapping[Language, Iterable[str]]) -> tuple[Organisation, ...]:
    """All organisations with a profile, ordered by id.

    Args:
        library: The corpus.
        generic: Words that suit many sectors, by language; see `company/generic.yaml`.
    """
    shared = frozenset(term_key(word, language) for language in LANGUAGES for word in generic.get(language, ()))
    found = [
        _organisation(document, library.facts(document.id), shared)
        for document in library.documents()
        if document.kind in ("cluster", "network") and document.translation_of is None and library.facts(document.id)
    ]
    return tuple(sorted(found, key=lambda organisation: organisation.id))


def sector_terms(library: Library) -> Iterator[tuple[Language, str]]:
    """Words by which companies describe themselves, from the sectors of all profiles and terms.

    Words of what an organisation leaves outside are not among them: they name the sectors of others, and as terms of their own
    they would hide what those others list ("Flugzeugtriebwerk" hides "Flugzeug" and "Triebwerk").
    """
    for document in library.documents():
        if document.translation_of is not None:
            continue
        facts = library.facts(document.id)
        for language in LANGUAGES:
            for entry in facts.get("sectors", ()):
                yield language, entry["name"][language]
                yield from ((language, word) for word in entry["words"].get(language, ()))


def _organisation(document: Document, facts: Mapping[str, Any], shared: frozenset[str]) -> Organisation:
    current = {key: [e for e in facts.get(key, ()) if not e.get("outdated")] for key in _LISTS}
    contact = next((e for e in current["contact"] if e.get("website")), next(iter(current["contact"]), None))
    successor = next(iter(current["successor"]), None)
    secured = next(iter(current["secured"]), None)
    return Organisation(
        id=document.id,
        kind=document.kind,
        is_active=document.status == "active",
        names=facts["short_name"],
        fields=tuple(_field(entry, shared) for entry in current["sectors"]),
        steps=_first(dict.fromkeys(e.get("steps", ()), e["sentence"]) for e in current["value_chain"]),
        goals=_first(dict.fromkeys(e.get("goals", ()), e["sentence"]) for e in current["services"]),
        groups=_first({e["who"]: e["sentence"]} for e in current["target_groups"]),
        areas=tuple(Area(e["region"], frozenset(e.get("states", ())), e["sentence"]) for e in current["region"]),
        outside=tuple(Outside(_keys(e["words"]), e.get("instead"), e["sentence"]) for e in current["outside"]),
        joining=next((e["sentence"] for e in current["joining"]), None),
        contact=Reach(contact.get("website"), contact["sentence"]) if contact else None,
        part_of=next((e["id"] for e in current["part_of"]), None),
        successor=successor["id"] if successor else None,
        successor_sentence=successor["sentence"] if successor else None,
        secured_until=secured["until"] if secured else None,
        secured_sentence=secured["sentence"] if secured else None,
    )


_LISTS = (
    "sectors", "value_chain", "services", "target_groups", "region", "outside", "joining", "contact", "part_of", "successor",
    "secured",
)  # fmt: skip


def _field(entry: Mapping[str, Any], shared: frozenset[str]) -> Field:
    keys = _keys(entry["words"]) | {term_key(entry["name"][language], language) for language in LANGUAGES}
    return Field(
        names=entry["name"],
        telling=keys - shared,
        shared=keys & shared,
        wz=tuple(entry.get("wz", ())),
        sentence=entry["sentence"],
    )


def _keys(words: Mapping[str, Iterable[str]]) -> frozenset[str]:
    return frozenset(term_key(word, language) for language in LANGUAGES for word in words.get(language, ()))


def _first(maps: Iterable[dict[Any, str]]) -> dict[Any, str]:
    """One mapping; where a key occurs again, its first sentence counts."""
    result: dict[Any, str] = {}
    for one in maps:
        for key, sentence in one.items():
            result.setdefault(key, sentence)
    return result
