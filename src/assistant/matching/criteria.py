"""One function per criterion: its verdict for one company and one organisation, with the sentence it rests on."""

from __future__ import annotations

from collections.abc import Callable

from assistant.company.names import GOAL_NAMES, STEP_NAMES
from assistant.domain.advice import Criterion
from assistant.domain.answers import Evidence
from assistant.domain.company import Company
from assistant.domain.facts import Applicant
from assistant.domain.values import Language
from assistant.matching.fit import SectorFit
from assistant.matching.organisations import Area, Organisation
from assistant.matching.texts import listed, quoted, say

WORDS_NAMED = 3
STEPS_NAMED = 2
COMPANIES: frozenset[Applicant] = frozenset(
    ["company", "sme", "small_company", "startup", "large_company", "freelancer", "founder", "team"]
)
"""Kinds that an organisation means when it speaks of companies."""
Quote = Callable[[str | None], tuple[Evidence, ...]]
"""The quotation behind a label, as a tuple; empty where there is none."""


def sector(fit: SectorFit, quote: Quote, language: Language) -> Criterion:
    """Whether what the company does belongs to a field of the organisation."""
    assert fit.field is not None, "only organisations with a fit are examined"
    if fit.outside is not None:
        return Criterion(
            name="sector", verdict="open", text=say("sector_outside", language), evidence=quote(fit.outside)
        )
    words = fit.words[:WORDS_NAMED]
    key = "sector_met" if len(words) == 1 else "sector_met_several"
    text = say(key, language, words=quoted(words, language), field=fit.field.names[language])
    return Criterion(
        name="sector", verdict="met", text=text, evidence=quote(fit.field.sentence), company=", ".join(words)
    )


def value_chain(company: Company, organisation: Organisation, quote: Quote) -> Criterion | None:
    """Whether its step of the value chain is one the organisation names; None where no steps are recorded."""
    language = company.language
    if not organisation.steps:
        return None
    first = next(iter(organisation.steps.values()))
    if not company.steps:
        text = say("chain_open", language)
        return Criterion(name="value_chain", verdict="open", text=text, evidence=quote(first))
    shared = [step for step in organisation.steps if step in company.steps]
    own = listed([STEP_NAMES[step][language] for step in sorted(company.steps)[:STEPS_NAMED]], language)
    if not shared:
        text = say("chain_other", language, steps=own)
        return Criterion(name="value_chain", verdict="open", text=text, evidence=quote(first), company=own)
    steps = listed([STEP_NAMES[step][language] for step in shared[:STEPS_NAMED]], language)
    text = say("chain_met", language, steps=steps)
    return Criterion(
        name="value_chain", verdict="met", text=text, evidence=quote(organisation.steps[shared[0]]), company=own
    )


def region(company: Company, organisation: Organisation, quote: Quote) -> Criterion | None:
    """Whether the company lies in the area of the organisation; None where no area is recorded."""
    language, areas = company.language, organisation.areas
    if not areas:
        return None
    verdicts = [(_in_area(company, area), area) for area in areas]
    inside = next((area for verdict, area in verdicts if verdict), None)
    name = company.place.name if company.place else "Hamburg"
    if inside is not None:
        text = say("region_met", language, place=name)
        return Criterion(name="region", verdict="met", text=text, evidence=quote(inside.sentence), company=name)
    evidence = quote(areas[0].sentence)
    if company.plans_hamburg:
        return Criterion(name="region", verdict="open", text=say("region_plans", language), evidence=evidence)
    if any(verdict is None for verdict, _ in verdicts):
        return Criterion(name="region", verdict="open", text=say("region_open", language), evidence=evidence)
    text = say("region_not_met", language, place=name) if company.place else say("region_not_hamburg", language)
    return Criterion(name="region", verdict="not_met", text=text, evidence=evidence, company=name)


def _in_area(company: Company, area: Area) -> bool | None:
    if company.in_hamburg:
        return True  # every area of the corpus contains Hamburg
    place = company.place
    if place is None:
        return False if company.in_hamburg is False and area.region == "hamburg" else None
    if area.states:
        return None if place.state is None and "germany" in place.regions else place.state in area.states
    if area.region in place.regions:
        return True
    return None if company.in_hamburg is None else False


def kind(company: Company, organisation: Organisation, quote: Quote) -> Criterion | None:
    """Whether its kind of organisation is addressed; None where no target groups are recorded. Never excludes: no source does."""
    groups = organisation.groups
    if not groups:
        return None
    kinds = company.organisations or frozenset[Applicant](["company"])
    direct = next((group for group in sorted(groups) if group in kinds), None)
    if direct is None and kinds & COMPANIES:
        direct = next((group for group in ("company", "sme", "startup") if group in groups), None)
    if direct is not None:
        text = say("kind_met", company.language)
        return Criterion(name="organisation", verdict="met", text=text, evidence=quote(groups[direct]))
    text = say("kind_open", company.language)
    return Criterion(name="organisation", verdict="open", text=text, evidence=quote(next(iter(groups.values()))))


def goals(company: Company, organisation: Organisation, quote: Quote) -> Criterion | None:
    """Whether it helps with what the company wants; None where the company named no goal."""
    language = company.language
    if not company.goals:
        return None
    helped = [goal for goal in company.goals if goal in organisation.goals]
    if not helped:
        names = listed([GOAL_NAMES[goal][language] for goal in company.goals], language)
        return Criterion(name="goals", verdict="open", text=say("goals_open", language, goals=names), company=names)
    names = listed([GOAL_NAMES[goal][language] for goal in helped], language)
    evidence = tuple(dict.fromkeys(e for goal in helped for e in quote(organisation.goals[goal])))
    return Criterion(
        name="goals", verdict="met", text=say("goals_met", language, goals=names), evidence=evidence, company=names
    )


def status(company: Company, organisation: Organisation, quote: Quote) -> Criterion | None:
    """A hint where the organisation's support is promised only until the end of this year or has run out."""
    if organisation.is_secured_on(company.on) is not False:
        return None
    return Criterion(
        name="status", verdict="open", text=say("status_ends", company.language),
        evidence=quote(organisation.secured_sentence),
    )  # fmt: skip
