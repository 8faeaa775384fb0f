"""What a company is advised: clusters with criteria, programmes with verdicts, each statement with its evidence; standard library only."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

from assistant.domain.answers import Evidence, NextStep
from assistant.domain.company import Company, Unclear
from assistant.domain.values import Kind, Language

CriterionVerdict = Literal["met", "open", "not_met"]
Fit = Literal["strong", "possible"]
MatchStatus = Literal["matched", "clarify", "none_fits"]
FundingStatus = Literal["found", "clarify"]
ProgrammeStatus = Literal["open", "calls_only", "ended", "unknown"]
ProgrammeVerdict = Literal["likely", "check", "not_eligible"]
SizeClass = Literal["micro", "small", "medium", "large"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Cited:
    """A sentence of ours and the quotations it rests on."""

    text: str
    evidence: tuple[Evidence, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Criterion:
    """One thing that was examined, with its verdict and what it rests on."""

    name: str
    verdict: CriterionVerdict
    text: str
    """Holds no figure that does not stand in the quotation."""
    evidence: tuple[Evidence, ...] = ()
    company: str | None = None
    """What the company said of itself on this point."""


@dataclass(frozen=True, slots=True, kw_only=True)
class BackQuestion:
    """A question back, and what answers are expected."""

    field: str
    """The field of the request that the answer belongs in."""
    text: str
    options: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Contact:
    """How an organisation is reached."""

    text: str
    url: str | None
    evidence: tuple[Evidence, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ClusterMatch:
    """A cluster or network that fits, and why."""

    cluster_id: str
    name: str
    kind: Kind
    fit: Fit
    score: float
    """0 to 1."""
    criteria: tuple[Criterion, ...]
    joining: Cited | None
    contact: Contact | None
    summary: Cited | None
    part_of: str | None = None
    """Id of the cluster that a network belongs to."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MatchAdvice:
    """The answer to "which cluster fits us"."""

    status: MatchStatus
    language: Language
    company: Company
    text: str
    """What is to be said first, one or two sentences."""
    matches: tuple[ClusterMatch, ...] = ()
    """Best first, at most five."""
    between: Cited | None = None
    """Why a company lies between the first two."""
    notes: tuple[Cited, ...] = ()
    """Ended organisations, near misses, where to turn instead."""
    questions: tuple[BackQuestion, ...] = ()
    """At most three, the most decisive first."""
    next_step: NextStep | None = None
    unclear: Unclear | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class LookAlike:
    """A programme that is easily taken for another."""

    programme_id: str
    name: str
    status: ProgrammeStatus


@dataclass(frozen=True, slots=True, kw_only=True)
class ProgrammeAdvice:
    """A programme, judged for one company on one day."""

    programme_id: str
    name: str
    status: ProgrammeStatus
    verdict: ProgrammeVerdict
    text: str
    """The verdict in one sentence."""
    level: str
    form: tuple[str, ...]
    criteria: tuple[Criterion, ...]
    summary: Cited | None = None
    amount: Cited | None = None
    rate: Cited | None = None
    duration: Cited | None = None
    deadline: Cited | None = None
    apply: Cited | None = None
    office: Contact | None = None
    hints: tuple[Cited, ...] = ()
    """Start rule, de-minimis, combination, house bank."""
    look_alikes: tuple[LookAlike, ...] = ()
    clusters: tuple[str, ...] = ()
    """Ids of clusters whose companies it is aimed at."""
    purpose_fit: float = 0.0
    """0 to 1: how well it serves what the money is wanted for."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SizeAdvice:
    """The size class by the EU definition."""

    size: SizeClass | None
    is_final: bool
    """False where turnover or balance sheet are missing and staff alone decided."""
    statement: Cited


@dataclass(frozen=True, slots=True, kw_only=True)
class FundingAdvice:
    """The answer to "is there money for us"."""

    status: FundingStatus
    on: date
    language: Language
    company: Company
    text: str
    programmes: tuple[ProgrammeAdvice, ...] = ()
    """By verdict, then by fit to the purpose."""
    size: SizeAdvice | None = None
    hints: tuple[Cited, ...] = ()
    """What holds for several programmes: de-minimis, combination."""
    questions: tuple[BackQuestion, ...] = ()
    next_step: NextStep | None = None
    unclear: Unclear | None = None
