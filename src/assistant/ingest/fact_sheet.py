"""The project's own fact sheets: Markdown with a typed front matter, one sentence a line, a source mark at each.

A body line is a heading (`## …`, `### …`), a list item (`- …`) or a sentence; sentences of neighbouring lines form one paragraph.
Every sentence ends with the numbers of its sources and, where a typed value rests on it, a label::

    InnoFounder zahlt 2.500 Euro je Person und Monat bei Vollzeit. [1] {#monatsbetrag}

Marks and labels are taken out of the canonical text; the link from sentence to source stays.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Sequence
from datetime import date
from typing import Annotated, Any, Literal

import yaml
from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field

from assistant.domain.facts import (
    Applicant,
    ApplicantRole,
    Case,
    ChainStep,
    Cost,
    FundingForm,
    Goal,
    Purpose,
    Region,
    SizeClass,
    Stage,
    StartRule,
    State,
    Trait,
)

Label = Annotated[str, Field(pattern=r"^[a-z][a-z0-9-]*$", max_length=40)]


def _read_partial_date(value: object) -> object:
    """Accept `2026`, `2026-11` and `2026-11-23`; YAML turns the first into an int and the last into a date."""
    return str(value) if isinstance(value, int | date) else value


def _check_partial_date(value: str) -> str:
    """A month or day that no calendar has is a mistake."""
    first_day(value)
    return value


PartialDate = Annotated[
    str,
    BeforeValidator(_read_partial_date),
    Field(pattern=r"^\d{4}(-\d{2}(-\d{2})?)?$"),
    AfterValidator(_check_partial_date),
]


def first_day(partial: str | None) -> date | None:
    """The first day of a year or month, or the day."""
    if partial is None:
        return None
    year, month, day = [*map(int, partial.split("-")), 1, 1][:3]
    return date(year, month, day)


def last_day(partial: str | None) -> date | None:
    """The last day of a year or month, or the day."""
    if partial is None:
        return None
    figures = [*map(int, partial.split("-"))]
    year, month = figures[0], figures[1] if len(figures) > 1 else 12
    return date(year, month, figures[2] if len(figures) > 2 else monthrange(year, month)[1])


class Strict(BaseModel):
    """A front-matter part: unknown keys are mistakes."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class SourceEntry(Strict):
    url: str = Field(pattern=r"^https?://\S+$")
    publisher: str = Field(min_length=2)
    as_of: str = Field(min_length=2)
    authority: Literal["official", "organisation", "press", "private"]
    start_page_only: bool = False


class Words(Strict):
    """The same thing in both languages."""

    de: str
    en: str


class WordLists(Strict):
    """Words people use, for matching; no statement of fact."""

    de: tuple[str, ...] = ()
    en: tuple[str, ...] = ()


class Stated(Strict):
    """A typed value and the label of the sentence that states it."""

    sentence: Label
    note: Words | None = None
    """A short qualification shown beside the value, such as "bei Teams" / "for teams"."""
    outdated: bool = False
    """The source calls it an older state; never decides anything, only shown as history."""


# --- clusters and networks -------------------------------------------------------------------------------------------


class Year(Stated):
    year: int = Field(ge=1600, le=2100)
    what: Words | None = None


class Name(Stated):
    name: Words


WzCode = Annotated[str, Field(pattern=r"^\d{2}(\.\d{1,2})?$")]
"""A division, group or class of WZ 2008."""


class Sector(Stated):
    name: Words
    words: WordLists
    """Products, services, professions and technologies by which a company of this sector describes itself."""
    wz: tuple[WzCode, ...] = ()
    """Economic activities that belong to this sector; for matching, no statement of fact."""


class ChainEntry(Name):
    steps: tuple[ChainStep, ...] = ()
    """The steps it names, in the closed vocabulary."""


class Service(Name):
    goals: tuple[Goal, ...] = ()
    """What a company may want that this service helps with."""


class Group(Stated):
    who: Applicant


class RegionEntry(Stated):
    region: Region
    states: tuple[State, ...] = ()
    """Where the sentence names states, only those; empty for the whole region."""


class Secured(Stated):
    """Until when the organisation's support is promised."""

    until: PartialDate


class Members(Stated):
    count: int = Field(gt=0)
    as_of: str
    what: Words
    """What is counted: members, companies of the sector, employees, …"""


class Contact(Stated):
    website: str | None = None
    email: str | None = None
    phone: str | None = None
    address: str | None = None


class Outside(Stated):
    """What the organisation does not cover, and who does."""

    what: Words
    words: WordLists = WordLists()
    instead: str | None = None
    """Id of the better document, such as `clusters/hamburg-aviation`."""


class Successor(Stated):
    id: str


class Profile(Strict):
    short_name: Words
    legal_form: tuple[Name, ...] = ()
    founded: tuple[Year, ...] = ()
    ended: tuple[Year, ...] = ()
    sectors: tuple[Sector, ...] = ()
    value_chain: tuple[ChainEntry, ...] = ()
    target_groups: tuple[Group, ...] = ()
    region: tuple[RegionEntry, ...] = ()
    members: tuple[Members, ...] = ()
    joining: tuple[Name, ...] = ()
    """How one becomes a member or takes part."""
    services: tuple[Service, ...] = ()
    awards: tuple[Name, ...] = ()
    supervised_by: tuple[Name, ...] = ()
    """Authority or body in charge."""
    contact: tuple[Contact, ...] = ()
    outside: tuple[Outside, ...] = ()
    part_of: tuple[Successor, ...] = ()
    successor: tuple[Successor, ...] = ()
    secured: tuple[Secured, ...] = ()


# --- programmes ------------------------------------------------------------------------------------------------------


class ApplicantEntry(Stated):
    who: Applicant
    excluded: bool = False
    role: ApplicantRole = "applicant"
    case: Case | None = None
    """The only case in which it may apply."""


class StageEntry(Stated):
    stage: Stage


class MaxYears(Stated):
    max_years: float = Field(gt=0)
    exclusive: bool = False
    """True for "younger than n years"."""


class Count(Stated):
    min: int | None = None
    max: int | None = None
    """Inclusive: "weniger als 50" is 49."""
    case: Case | None = None


class Limit(Stated):
    max_eur: int = Field(gt=0)
    of: Literal["turnover", "balance_sheet", "turnover_or_balance_sheet"] = "turnover"


class Place(Stated):
    region: Region
    kind: Literal["seat", "site", "project", "residence", "any"] = "any"


class PurposeEntry(Stated):
    purpose: Purpose
    excluded: bool = False


class CostEntry(Stated):
    cost: Cost
    excluded: bool = False


class Rate(Stated):
    min_percent: float | None = None
    max_percent: float = Field(gt=0, le=100)
    size: SizeClass = "any"
    case: Case | None = None


class Amount(Stated):
    what: Literal["max_grant", "max_loan", "min_loan", "max_equity", "max_costs", "min_costs", "max_benefit", "budget"]
    eur: int = Field(gt=0)
    per: Literal["project", "company", "person_month", "month", "person", "founding", "year", "partner", "day"] = (
        "project"
    )
    size: SizeClass = "any"
    case: Case | None = None


class OwnShare(Stated):
    min_percent: float = Field(gt=0, le=100)
    case: Case | None = None


class Duration(Stated):
    max_months: int = Field(gt=0)
    case: Case | None = None


class StartEntry(Stated):
    rule: StartRule


class Combination(Stated):
    with_: str = Field(alias="with")
    """Id of a programme, or free words such as `other_grants`."""
    allowed: bool
    model_config = ConfigDict(extra="forbid", frozen=True, populate_by_name=True)


class Deadline(Stated):
    day: PartialDate
    what: Words


class Rolling(Stated):
    """Applications at any time."""


class Statement(Stated):
    """A rule that has no finer type."""


class Office(Stated):
    name: str
    website: str | None = None
    email: str | None = None
    phone: str | None = None
    address: str | None = None


class ApplyStep(Stated):
    step: Words


class Condition(Stated):
    """Something a programme asks for besides size, age, place and purpose."""

    trait: Trait
    decisive: bool = True
    """Without it nothing is likely; otherwise it only speaks against a company that lacks it."""


class Terms(Strict):
    short_name: Words
    level: Literal["hamburg", "federal", "eu", "other"]
    form: tuple[FundingForm, ...]
    is_programme: bool = True
    """False for rules and overviews (De-minimis, AGVO, dates): never listed as money one can apply for."""
    applicants: tuple[ApplicantEntry, ...] = ()
    stage: tuple[StageEntry, ...] = ()
    age: tuple[MaxYears, ...] = ()
    staff: tuple[Count, ...] = ()
    turnover: tuple[Limit, ...] = ()
    region: tuple[Place, ...] = ()
    sectors: tuple[Sector, ...] = ()
    """Only where the programme is limited to sectors."""
    purposes: tuple[PurposeEntry, ...] = ()
    costs: tuple[CostEntry, ...] = ()
    rates: tuple[Rate, ...] = ()
    amounts: tuple[Amount, ...] = ()
    own_share: tuple[OwnShare, ...] = ()
    duration: tuple[Duration, ...] = ()
    start: tuple[StartEntry, ...] = ()
    conditions: tuple[Condition, ...] = ()
    combination: tuple[Combination, ...] = ()
    de_minimis: tuple[Statement, ...] = ()
    """Sentences saying that the grant counts as de-minimis aid."""
    deadlines: tuple[Deadline, ...] = ()
    rolling: tuple[Rolling, ...] = ()
    apply: tuple[ApplyStep, ...] = ()
    office: tuple[Office, ...] = ()
    clusters: tuple[str, ...] = ()
    """Ids of clusters and networks whose companies the programme is aimed at; empty for all."""
    look_alikes: tuple[str, ...] = ()
    """Ids of programmes that are easily confused with this one."""
    successor: tuple[Successor, ...] = ()


# --- the sheet -------------------------------------------------------------------------------------------------------


class FrontMatter(Strict):
    id: str = Field(pattern=r"^(policy|clusters|networks|funding)/[a-z0-9-]+(\.en)?$")
    title: str = Field(min_length=3)
    kind: Literal["policy", "cluster", "network", "funding"]
    lang: Literal["de", "en"]
    translation_of: str | None = None
    status: Literal["open", "calls_only", "ended", "unknown", "in_force", "active", "phase_ended"]
    valid_from: PartialDate | None = None
    valid_until: PartialDate | None = None
    checked: date
    aliases: tuple[str, ...] = ()
    keywords: tuple[str, ...] = ()
    sources: tuple[SourceEntry, ...] = Field(min_length=1)
    profile: Profile | None = None
    terms: Terms | None = None


class FactSheetError(ValueError):
    """A fact sheet does not follow the format; the message names the line."""


class Line(Strict):
    """One body line with its marks taken out."""

    number: int
    kind: Literal["heading", "item", "sentence", "blank"]
    text: str
    level: int = 0
    sources: tuple[int, ...] = ()
    label: str | None = None


_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
"""The C parser reads the corpus five times as fast."""
_MARKS = re.compile(r"\s*((?:\[\d{1,3}\])+)(?:\s*\{#([a-z][a-z0-9-]*)\})?$")
_HEADING = re.compile(r"^(#{1,4})\s+(.+)$")


def split_front_matter(raw: str) -> tuple[dict[str, Any], str, int]:
    """Split a sheet into its front matter, its body and the number of the body's first line.

    Raises:
        FactSheetError: If the front matter is missing, unclosed or no YAML mapping.
    """
    lines = raw.splitlines()
    if not lines or lines[0].strip() != "---":
        raise FactSheetError("line 1: the front matter must begin with '---'")
    try:
        end = next(i for i, line in enumerate(lines[1:], start=1) if line.strip() == "---")
    except StopIteration:
        raise FactSheetError("the front matter has no closing '---'") from None
    try:
        data = yaml.load("\n".join(lines[1:end]), Loader=_LOADER)
    except Exception as exc:  # besides its own errors, PyYAML lets through those of dates and numbers that do not exist
        raise FactSheetError(f"front matter is no valid YAML: {exc}") from exc
    if not isinstance(data, dict):
        raise FactSheetError("front matter must be a mapping")
    return data, "\n".join(lines[end + 1 :]), end + 2


def read_lines(body: str, *, first_line: int = 1) -> list[Line]:
    """Read the body line by line.

    Raises:
        FactSheetError: If a sentence has no source mark, or a mark no sentence.
    """
    result: list[Line] = []
    for number, raw_line in enumerate(body.splitlines(), start=first_line):
        text = raw_line.strip()
        if not text:
            result.append(Line(number=number, kind="blank", text=""))
            continue
        if match := _HEADING.match(text):
            result.append(Line(number=number, kind="heading", text=match[2].strip(), level=len(match[1])))
            continue
        is_item = text.startswith("- ")
        text = text[2:].strip() if is_item else text
        marks = _MARKS.search(text)
        if marks is None:
            raise FactSheetError(f"line {number}: sentence without a source mark such as [1]: {text[:60]!r}")
        if not text[: marks.start()].strip():
            raise FactSheetError(f"line {number}: source mark without a sentence: {text[:60]!r}")
        numbers = tuple(int(n) - 1 for n in re.findall(r"\d+", marks[1]))
        result.append(
            Line(
                number=number,
                kind="item" if is_item else "sentence",
                text=text[: marks.start()].strip(),
                sources=numbers,
                label=marks[2],
            )
        )
    return result


def check_marks(lines: Sequence[Line], front: FrontMatter) -> None:
    """Check that every mark has its source.

    Raises:
        FactSheetError: If one has none.
    """
    for line in lines:
        for number in line.sources:
            if not 0 <= number < len(front.sources):
                raise FactSheetError(f"line {line.number}: mark [{number + 1}] has no source")
