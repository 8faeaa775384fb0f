"""A company as it describes itself: what was understood, what it said in fields, what stayed open; standard library only."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from assistant.domain.facts import Applicant, ChainStep, Goal, Purpose, Region, Stage, State, Trait
from assistant.domain.values import Language

ActivityKind = Literal["own", "supplier", "generic"]
"""See `company/wz2008.yaml`."""
Role = Literal["identity", "customer", "means", "plain", "place"]
"""What a word says of a company: what it is, whom it serves, what it works with, what it does, or only where it is."""
Unclear = Literal["empty", "nothing_understood", "other_language", "no_company", "several_companies", "contradiction"]
"""Why a description cannot be judged."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Range:
    """A number as far as it is known: at least `low`, at most `high`; None means without that bound."""

    low: float | None = None
    high: float | None = None

    @property
    def exact(self) -> float | None:
        """The number, where it is known exactly."""
        return self.low if self.low is not None and self.low == self.high else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Founding:
    """When a company was founded, as far as it is known."""

    earliest: date | None = None
    latest: date | None = None
    is_founded: bool = True
    """False where the founding still lies ahead."""
    text: str = ""
    """As it was written: a year, a month, a day."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A place as far as it matters: its state and the regions it lies in."""

    name: str
    regions: frozenset[Region]
    state: State | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Word:
    """Words of a description that say what the company does."""

    text: str
    """As written."""
    start: int
    end: int
    role: Role
    terms: Mapping[str, float]
    """The vocabulary terms they stand for, by key, and how closely, above 0 and at most 1."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Activity:
    """An economic activity of the WZ 2008 table that was understood."""

    code: str
    name: str
    kind: ActivityKind
    strength: float
    """0 to 1."""
    words: tuple[str, ...]
    """The words of the description it was understood from."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """A description and what was said in fields; a field wins over the description."""

    description: str
    language: Language | None = None
    sectors: tuple[str, ...] | None = None
    """Names or codes of activities, or free words."""
    employees: int | None = None
    founded: str | None = None
    """`2025`, `2025-03` or `2025-03-15`."""
    location: str | None = None
    goals: tuple[str, ...] | None = None
    """Keys of goals, their names, or free words; `stage` and `purposes` likewise."""
    stage: str | None = None
    turnover_eur: int | None = None
    in_hamburg: bool | None = None
    purposes: tuple[str, ...] | None = None
    amount_eur: int | None = None
    on: date
    """The day for which advice is given."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Company:
    """What is known of a company; everything that is None or empty is open."""

    text: str
    """The description, cleaned."""
    language: Language
    on: date
    words: tuple[Word, ...] = ()
    activities: tuple[Activity, ...] = ()
    """Strongest first."""
    steps: frozenset[ChainStep] = frozenset()
    employees: Range | None = None
    founded: Founding | None = None
    place: Place | None = None
    in_hamburg: bool | None = None
    """Whether it has its seat or a site in Hamburg."""
    plans_hamburg: bool = False
    """It says that it wants to come to Hamburg."""
    turnover_eur: Range | None = None
    balance_eur: Range | None = None
    amount_eur: int | None = None
    goals: tuple[Goal, ...] = ()
    purposes: tuple[Purpose, ...] = ()
    stage: Stage | None = None
    organisations: frozenset[Applicant] = frozenset()
    """What kind of organisation it is; empty means a company like any other."""
    traits: Mapping[Trait, bool] = field(default_factory=dict)
    """Stated or denied; what is absent is open."""
    unclear: Unclear | None = None
    unclear_words: tuple[str, ...] = ()
    """What made it unclear: the contradicting figures, the names."""

    @property
    def is_founded(self) -> bool | None:
        """Whether there is a company yet; None when nothing says so."""
        if self.founded is not None:
            return self.founded.is_founded
        if self.stage in ("young", "established"):
            return True
        return False if self.stage == "idea" else None

    def age_years(self) -> Range | None:
        """Its age on the day, in years, as far as it is known."""
        if self.founded is None or not self.founded.is_founded:
            return None
        days = [(self.on - day).days if day else None for day in (self.founded.latest, self.founded.earliest)]
        low, high = (None if d is None else max(0.0, d / 365.25) for d in days)
        return Range(low=low, high=high)


@dataclass(frozen=True, slots=True, kw_only=True)
class Understood:
    """One thing that was understood, as it is shown and can be corrected."""

    field: str
    """The field of the request that corrects it."""
    label: str
    value: str
