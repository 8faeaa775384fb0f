"""Cases of the two finders: companies described in their own words, and what must come out for them.

`cases/matching.yaml`::

    day: 2026-11-23
    cases:
      - id: rotor-sensors
        description: "Wir entwickeln Rotorblatt-Sensorik für Offshore-Windparks, 14 Leute, Harburg."
        language: de
        style: paraphrase            # plain | paraphrase: without the cluster's own words | typo | short | technical
        profile: {employees: 14}     # optional: further fields of the body of POST /match
        status: matched              # matched | clarify | none_fits, or a list of those that will do
        best: [clusters/erneuerbare-energien-hamburg]   # any of these is right in the first place
        also: [clusters/maritimes-cluster]              # right among the first three as well
        never: [clusters/nordic-ended]                  # must not be among the matches at all
        pair: rotor-place            # two cases of one pair differ in one fact only
        pair_differs: true           # whether this must change the result

`cases/funding.yaml`::

    day: 2026-11-23
    cases:
      - id: young-team
        description: "Wir gründen zu dritt und brauchen Geld für einen Prototyp."
        language: de
        profile: {stage: founding, in_hamburg: true}    # further fields of the body of POST /funding
        day: 2026-11-23              # sent as `on`
        verdicts:                    # programme: verdict, or a list of those that will do
          funding/innofounder: likely
          funding/innorampup: [check, not_eligible]
        likely_only: [funding/innofounder]    # optional: nothing else may be called likely
        amounts:                     # programme: forms, of which one must stand in its amount or rate
          funding/innofounder: ["2.500", "2,500"]
        pair: founded-when
        pair_differs: true

Ids are those of the German sheets, without a language suffix.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field, model_validator

from evals.case_files import case_path, read_models
from evals.cases import FOLDER, CaseBase, Forms, Style, Text, listed

MatchStatus = Literal["matched", "clarify", "none_fits"]
Verdict = Literal["likely", "check", "not_eligible"]


class CompanyCase(CaseBase):
    """A company as it describes itself."""

    description: Text
    style: Style = "plain"
    profile: Mapping[str, Any] = Field(default_factory=dict)
    """Further fields of the request's body."""
    pair: str = ""
    pair_differs: bool = True

    @property
    def questions(self) -> tuple[str, ...]:
        """What was written."""
        return (self.description,)

    @property
    def category(self) -> str:
        """What reports group by."""
        return self.set


class MatchingCase(CompanyCase):
    """Which clusters must be found for a company."""

    kind: Literal["matching"] = "matching"
    status: Annotated[tuple[MatchStatus, ...], BeforeValidator(listed)] = ("matched",)
    best: Forms = ()
    also: Forms = ()
    never: Forms = ()

    @model_validator(mode="after")
    def _fits_together(self) -> MatchingCase:
        if not self.status:
            raise ValueError("`status` holds at least one entry")
        if ("matched" in self.status) != bool(self.best):
            raise ValueError("`best` names the right clusters of a case that may be matched, and of no other")
        if set(self.never) & {*self.best, *self.also}:
            raise ValueError("`never` names a cluster that is right as well")
        return self


Verdicts = Annotated[tuple[Verdict, ...], BeforeValidator(listed)]


class FundingCase(CompanyCase):
    """Which verdicts must be given on which programmes."""

    kind: Literal["funding"] = "funding"
    verdicts: Mapping[Text, Verdicts]
    likely_only: Forms | None = None
    amounts: Mapping[Text, Forms] = Field(default_factory=dict)

    @model_validator(mode="after")
    def _fits_together(self) -> FundingCase:
        if not self.verdicts or any(not verdicts for verdicts in self.verdicts.values()):
            raise ValueError("`verdicts` names at least one programme with its verdict")
        wrongly = {p for p, verdicts in self.verdicts.items() if verdicts == ("likely",)} - set(self.likely_only or ())
        if self.likely_only is not None and wrongly:
            raise ValueError(f"`likely_only` leaves out {', '.join(sorted(wrongly))}, which `verdicts` calls likely")
        return self

    def may_be_likely(self, programme: str) -> bool | None:
        """Whether a programme may be called likely; None where the case does not say."""
        if self.likely_only is not None:
            return programme in self.likely_only
        verdicts = self.verdicts.get(programme)
        return None if verdicts is None else "likely" in verdicts


def load_matching(name: str = "matching", *, folder: Path = FOLDER) -> list[MatchingCase]:
    """Read a set of companies to be matched; raises as `load_cases`."""
    return read_models(case_path(folder, name), MatchingCase, set=name)


def load_funding(name: str = "funding", *, folder: Path = FOLDER) -> list[FundingCase]:
    """Read a set of companies that look for money; raises as `load_cases`."""
    return read_models(case_path(folder, name), FundingCase, set=name)
