"""Programmes as the finder reads them: typed from the terms of their fact sheets; each value names the sentence that states it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

from assistant.company.vocabulary import term_key
from assistant.domain.answers import Evidence
from assistant.domain.facts import Applicant, ApplicantRole, Case, Purpose, Region, Stage, StartRule, Trait
from assistant.domain.facts import SizeClass as SizeOfTerm
from assistant.domain.ports import Library
from assistant.domain.quoting import definition_evidence, edition, labelled_evidence, leading_source
from assistant.domain.values import LANGUAGES, Document, Language


class Note(NamedTuple):
    """A short qualification in both languages; empty where there is none."""

    de: str
    en: str

    def text(self, language: Language) -> str:
        """In one language."""
        return self.de if language == "de" else self.en


class Who(NamedTuple):
    """Who may apply, or may not."""

    who: Applicant
    excluded: bool
    role: ApplicantRole
    case: Case | None
    sentence: str


class Bounds(NamedTuple):
    """Limits of a count; None without that limit. `is_below` for "younger than"."""

    low: float | None
    high: float | None
    is_below: bool
    case: Case | None
    sentence: str


class TurnoverLimit(NamedTuple):
    """Highest turnover, balance sheet, or the lower of the two."""

    eur: int
    of: str
    sentence: str


class Where(NamedTuple):
    """Where the seat, the site or the project must be."""

    region: Region
    kind: str
    sentence: str


class For(NamedTuple):
    """What the money is for, or not for."""

    purpose: Purpose
    excluded: bool
    sentence: str


class Money(NamedTuple):
    """An amount; `size` and `case` say for whom it holds."""

    what: str
    eur: int
    per: str
    size: SizeOfTerm
    case: Case | None
    note: Note
    sentence: str


class Percent(NamedTuple):
    """A rate, with its lower end where a range is stated."""

    low: float | None
    high: float
    size: SizeOfTerm
    case: Case | None
    note: Note
    sentence: str


class Condition(NamedTuple):
    """What else is asked for."""

    trait: Trait
    decisive: bool
    sentence: str


class Day(NamedTuple):
    """A deadline; of a month or year its last day."""

    last: date
    what: Note
    sentence: str


class Combination(NamedTuple):
    """With what it may be combined, or may not."""

    other: str
    allowed: bool
    sentence: str


class Office(NamedTuple):
    """Who decides or advises."""

    name: str
    website: str | None
    email: str | None
    sentence: str


class Step(NamedTuple):
    """A step of applying."""

    text: Note
    sentence: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Programme:
    """A funding programme."""

    id: str
    document: Document
    names: Mapping[Language, str]
    level: str
    form: tuple[str, ...]
    applicants: tuple[Who, ...]
    stages: tuple[Stage, ...]
    age: tuple[Bounds, ...]
    staff: tuple[Bounds, ...]
    turnover: tuple[TurnoverLimit, ...]
    places: tuple[Where, ...]
    sector_terms: frozenset[str]
    sector_names: Mapping[Language, str]
    sector_wz: tuple[str, ...]
    sector_sentence: str | None
    purposes: tuple[For, ...]
    rates: tuple[Percent, ...]
    amounts: tuple[Money, ...]
    duration: str | None
    start: tuple[tuple[StartRule, str], ...]
    conditions: tuple[Condition, ...]
    combinations: tuple[Combination, ...]
    de_minimis: str | None
    deadlines: tuple[Day, ...]
    rolling: str | None
    apply: tuple[Step, ...]
    office: Office | None
    clusters: tuple[str, ...]
    look_alikes: tuple[str, ...]


class Quotations:
    """Finds the sentences of one programme in one language; remembers them."""

    def __init__(self, library: Library, programme_id: str, language: Language) -> None:
        self._library = library
        self._own = edition(programme_id, language, library)
        self._known: dict[str, tuple[Evidence, ...]] = {}

    def __call__(self, label: str | None) -> tuple[Evidence, ...]:
        """The sentence with this label as a tuple of one; empty where there is none."""
        if label is None:
            return ()
        if label not in self._known:
            found = labelled_evidence(self._library, self._own, label)
            self._known[label] = (found,) if found else ()
        return self._known[label]

    def definition(self) -> Evidence | None:
        """The sentence that says what the programme is."""
        return definition_evidence(self._library, self._own)

    def is_firm(self, label: str) -> bool:
        """Whether a sentence rests on more than a private page; only such a sentence may rule a company out."""
        return any(map(is_firm, self(label)))


def is_firm(evidence: Evidence) -> bool:
    """Whether a quotation rests on more than a private page."""
    source = leading_source(evidence.sources)
    return source is not None and source.authority != "private"


def read_programmes(library: Library, generic: Mapping[Language, Iterable[str]]) -> tuple[Programme, ...]:
    """All programmes one can apply for, ordered by id; rules and overviews are left out.

    Args:
        library: The corpus.
        generic: Words that suit many branches, by language; see `company/generic.yaml`.
    """
    shared = frozenset(term_key(word, language) for language in LANGUAGES for word in generic.get(language, ()))
    found = [
        _programme(document, facts, shared | _claimed_elsewhere(library, frozenset(facts.get("clusters", ()))))
        for document in library.documents()
        if document.kind == "funding"
        and document.translation_of is None
        and (facts := library.facts(document.id))
        and facts.get("is_programme", True)
    ]
    return tuple(sorted(found, key=lambda programme: programme.id))


def _claimed_elsewhere(library: Library, clusters: frozenset[str]) -> frozenset[str]:
    """Terms of organisations outside the clusters a programme is aimed at: they do not tell its industry."""
    if not clusters:
        return frozenset()
    return frozenset(
        key
        for document in library.documents()
        if document.kind in ("cluster", "network") and document.translation_of is None and document.id not in clusters
        for facts in [library.facts(document.id)]
        if not clusters.intersection(entry["id"] for entry in facts.get("part_of", ()))
        for sector in facts.get("sectors", ())
        for key in _terms(sector)
    )


def _terms(sector: Mapping[str, Any]) -> frozenset[str]:
    return frozenset(
        term_key(word, language)
        for language in LANGUAGES
        for word in (*sector["words"].get(language, ()), sector["name"][language])
    )


def _programme(document: Document, facts: Mapping[str, Any], untelling: frozenset[str]) -> Programme:
    now = {key: [e for e in value if not e.get("outdated")] for key, value in facts.items() if _is_entries(value)}

    def all_of(key: str) -> list[Mapping[str, Any]]:
        return now.get(key, [])

    def first_sentence(key: str) -> str | None:
        return next((e["sentence"] for e in all_of(key)), None)

    sectors = all_of("sectors")
    office = next(iter(all_of("office")), None)
    return Programme(
        id=document.id,
        document=document,
        names=facts["short_name"],
        level=facts["level"],
        form=tuple(facts["form"]),
        applicants=tuple(
            Who(e["who"], e.get("excluded", False), e.get("role", "applicant"), e.get("case"), e["sentence"])
            for e in all_of("applicants")
        ),
        stages=tuple(e["stage"] for e in all_of("stage")),
        age=tuple(Bounds(None, e["max_years"], e.get("exclusive", False), None, e["sentence"]) for e in all_of("age")),
        staff=tuple(Bounds(e.get("min"), e.get("max"), False, e.get("case"), e["sentence"]) for e in all_of("staff")),
        turnover=tuple(TurnoverLimit(e["max_eur"], e.get("of", "turnover"), e["sentence"]) for e in all_of("turnover")),
        places=tuple(Where(e["region"], e.get("kind", "any"), e["sentence"]) for e in all_of("region")),
        sector_terms=frozenset(key for e in sectors for key in _terms(e)) - untelling,
        sector_names={language: " / ".join(e["name"][language] for e in sectors) for language in LANGUAGES},
        sector_wz=tuple(code for e in sectors for code in e.get("wz", ())),
        sector_sentence=first_sentence("sectors"),
        purposes=tuple(For(e["purpose"], e.get("excluded", False), e["sentence"]) for e in all_of("purposes")),
        rates=tuple(
            Percent(
                e.get("min_percent"), e["max_percent"], e.get("size", "any"), e.get("case"), _note(e), e["sentence"]
            )
            for e in all_of("rates")
        ),
        amounts=tuple(
            Money(
                e["what"],
                e["eur"],
                e.get("per", "project"),
                e.get("size", "any"),
                e.get("case"),
                _note(e),
                e["sentence"],
            )
            for e in all_of("amounts")
            if e["what"] != "budget"
        ),
        duration=first_sentence("duration"),
        start=tuple((e["rule"], e["sentence"]) for e in all_of("start")),
        conditions=tuple(Condition(e["trait"], e.get("decisive", True), e["sentence"]) for e in all_of("conditions")),
        combinations=tuple(Combination(_other(e), e["allowed"], e["sentence"]) for e in all_of("combination")),
        de_minimis=first_sentence("de_minimis"),
        deadlines=tuple(Day(_last_day(e["day"]), _words(e["what"]), e["sentence"]) for e in all_of("deadlines")),
        rolling=first_sentence("rolling"),
        apply=tuple(Step(_words(e["step"]), e["sentence"]) for e in all_of("apply")),
        office=Office(office["name"], office.get("website"), office.get("email"), office["sentence"])
        if office
        else None,
        clusters=tuple(facts.get("clusters", ())),
        look_alikes=tuple(facts.get("look_alikes", ())),
    )


def _is_entries(value: object) -> bool:
    return isinstance(value, list | tuple) and all(isinstance(entry, Mapping) for entry in value)


def _other(entry: Mapping[str, Any]) -> str:
    return str(entry.get("with") or entry.get("with_"))


def _note(entry: Mapping[str, Any]) -> Note:
    return _words(entry.get("note") or {"de": "", "en": ""})


def _words(words: Mapping[str, str]) -> Note:
    return Note(words["de"], words["en"])


def _last_day(partial: str) -> date:
    """The last day of a year or month, or the day."""
    parts = [int(part) for part in partial.split("-")]
    if len(parts) == 3:
        return date(parts[0], parts[1], parts[2])
    year, month = parts[0], parts[1] if len(parts) > 1 else 12
    following = date(year + month // 12, month % 12 + 1, 1)
    return date.fromordinal(following.toordinal() - 1)
