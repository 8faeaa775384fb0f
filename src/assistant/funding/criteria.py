"""One function per criterion of a programme: its verdict for one company on one day, with the sentence it rests on."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from assistant.company.reader import is_sector_purpose
from assistant.company.wz import covers
from assistant.domain.advice import Criterion, CriterionVerdict
from assistant.domain.company import Company, Range
from assistant.domain.facts import Applicant, Purpose
from assistant.domain.quoting import status_on
from assistant.funding.programmes import Bounds, Programme, Quotations, Who
from assistant.funding.size import Sizes, counts_as
from assistant.funding.texts import purpose_names, region_name, say, trait_name, trait_text, who_names

TURNOVER_PER_HEAD_EUR = 200_000
"""Above the turnover per head that small companies usually reach; below it a limit is presumed to be kept, never known."""
NOT_COMPANIES: frozenset[Applicant] = frozenset(
    ["university", "research", "public_body", "association", "network", "investor"]
)
"""Kinds that apply in their own name and do not count as a company."""
COMPANIES: frozenset[Applicant] = frozenset(
    ["company", "sme", "small_company", "startup", "large_company", "freelancer"]
)
NEAR_PURPOSES: dict[Purpose, frozenset[Purpose]] = {
    "prototype": frozenset(["research_and_development", "market_launch", "growth_capital"]),
    "research_and_development": frozenset(["prototype", "feasibility_study", "knowledge_transfer"]),
    "feasibility_study": frozenset(["research_and_development"]),
    "knowledge_transfer": frozenset(["research_and_development"]),
    "market_launch": frozenset(["prototype", "growth_capital"]),
    "founding": frozenset(["living_costs"]),
    "living_costs": frozenset(["founding"]),
    "digitalisation": frozenset(["digitalisation_advice", "investment"]),
    "digitalisation_advice": frozenset(["digitalisation"]),
    "energy_efficiency": frozenset(["climate_protection"]),
    "resource_efficiency": frozenset(["climate_protection"]),
    "climate_protection": frozenset(["energy_efficiency", "resource_efficiency"]),
    "investment": frozenset(["working_capital"]),
    "working_capital": frozenset(["investment"]),
    "social_innovation": frozenset(["non_technical_innovation"]),
    "non_technical_innovation": frozenset(["social_innovation"]),
    "internationalisation": frozenset(["trade_fair"]),
}
"""Purposes so close that a programme for the one may serve the other; never enough for "likely"."""


class Finding(NamedTuple):
    """A criterion, and whether it may rule a company out or keep it open."""

    criterion: Criterion
    is_firm: bool = True
    """Rests on more than a private page; else a violation only speaks against the company."""
    blocks: bool = True
    """Whether an open verdict keeps the programme from being likely."""
    name: str = ""
    """What is open, in words, where the criterion's name alone would not say it."""


class Applicants(NamedTuple):
    """Kinds of applicants a company counts as, surely and perhaps."""

    sure: frozenset[Applicant]
    perhaps: frozenset[Applicant]


def applicants_of(company: Company, sizes: Sizes) -> Applicants:
    """What a company counts as, by its own words, its stage and its size."""
    own = company.organisations & NOT_COMPANIES
    sure: set[Applicant]
    perhaps: set[Applicant]
    if own:
        return Applicants(own, frozenset())
    if "academic" in company.organisations and company.is_founded is None and not company.organisations & COMPANIES:
        return Applicants(frozenset(["academic"]), frozenset(["founder", "team", "startup"]))  # a person, not a company
    if company.is_founded is False or company.stage in ("idea", "founding"):
        sure, perhaps = {"founder"}, set()
        staff = company.employees
        if staff and staff.low and staff.low >= 2:
            sure.add("team")
        elif staff is None:
            perhaps.add("team")
        perhaps.add("startup")
        if "academic" in company.organisations or company.traits.get("university"):
            sure.add("academic")
        elif company.traits.get("university") is None:
            perhaps.add("academic")
        if "freelancer" in company.organisations:
            sure.add("freelancer")
        if company.is_founded is None:
            perhaps |= {"company", "sme", "small_company"}
        return Applicants(frozenset(sure), frozenset(perhaps))
    sure, perhaps = {"company", *(company.organisations & COMPANIES)}, set()
    judged: tuple[tuple[Applicant, bool | None], ...] = (
        ("sme", counts_as(sizes, "sme")),
        ("small_company", counts_as(sizes, "small")),
        ("large_company", counts_as(sizes, "large")),
        ("startup", True if company.stage == "young" else False if company.stage == "established" else None),
    )
    for kind, is_so in judged:
        if is_so:
            sure.add(kind)
        elif is_so is None:
            perhaps.add(kind)
    if company.is_founded is None:
        perhaps |= {"founder", "team"}
    if "academic" in company.organisations:
        perhaps.add("academic")
    return Applicants(frozenset(sure), frozenset(perhaps - sure))


# --- whether it is open ----------------------------------------------------------------------------------------------


def status(programme: Programme, company: Company, quote: Quotations) -> Finding:
    """Whether applications are possible on the day."""
    on, language = company.on, company.language
    document = programme.document
    state = status_on(document, on)
    dated = next((day for day in programme.deadlines if day.last >= on), None)
    last = dated or max(programme.deadlines, key=lambda day: day.last, default=None)
    evidence = quote(last.sentence) if last and state != "open" else ()
    if state == "ended":
        return Finding(
            Criterion(name="status", verdict="not_met", text=say("status_ended", language), evidence=evidence)
        )
    if document.valid_from is not None and document.valid_from > on:
        return Finding(Criterion(name="status", verdict="not_met", text=say("status_later", language)))
    if state == "open":
        rolling = quote(programme.rolling)
        return Finding(Criterion(name="status", verdict="met", text=say("status_open", language), evidence=rolling))
    if state == "calls_only" and dated is not None:
        text = say("status_call_open", language)
        return Finding(Criterion(name="status", verdict="met", text=text, evidence=quote(dated.sentence)))
    key = "status_calls_only" if state == "calls_only" else "status_unknown"
    return Finding(Criterion(name="status", verdict="open", text=say(key, language), evidence=evidence))


# --- who -------------------------------------------------------------------------------------------------------------


def applicant(programme: Programme, company: Company, sizes: Sizes, quote: Quotations) -> Finding | None:
    """Whether the company's kind may apply; None where nobody is named."""
    entries = programme.applicants
    if not entries:
        return None
    language, counts = company.language, applicants_of(company, sizes)
    out = next((e for e in entries if e.excluded and e.who in counts.sure), None)
    inside = [e for e in entries if not e.excluded]
    names = who_names([e.who for e in inside if e.role == "applicant"], language)
    if out is not None:
        text = say("who_excluded", language) if not names else say("who_not_met", language, who=names)
        return _finding("applicant", "not_met", text, [out.sentence], quote)
    sure = [e for e in inside if _is(e, counts.sure)]
    direct = next((e for e in sure if e.role == "applicant" and e.case is None), None)
    if direct is not None:
        return _finding("applicant", "met", say("who_met", language, who=names), [direct.sentence], quote)
    partner = next((e for e in sure if e.role == "partner"), None)
    if partner is not None:
        return _finding("applicant", "open", say("who_partner", language), [partner.sentence], quote)
    perhaps = next((e for e in inside if e in sure or _is(e, counts.perhaps)), None)
    if perhaps is not None or not inside:
        sentences = [perhaps.sentence if perhaps else entries[0].sentence]
        return _finding("applicant", "open", say("who_open", language, who=names), sentences, quote)
    sentences = list(dict.fromkeys(e.sentence for e in inside))[:2]
    found = _finding("applicant", "not_met", say("who_not_met", language, who=names), sentences, quote)
    return found._replace(is_firm=True)  # no source at all says that such a company may apply


def _is(entry: Who, kinds: frozenset[Applicant]) -> bool:
    """Whether one of the kinds is meant; "companies" means every kind of company."""
    return entry.who in kinds or (entry.who == "company" and bool(kinds & COMPANIES))


def age(programme: Programme, company: Company, quote: Quotations) -> Finding | None:
    """Whether the company is young enough; None where age does not matter."""
    if not programme.age or _is_investor(company):
        return None
    limit, language = programme.age[0], company.language
    assert limit.high is not None, "an age has an upper limit"
    if company.is_founded is False:
        return _finding("age", "met", say("age_unfounded", language), [limit.sentence], quote)
    years = company.age_years()
    if years is None and company.stage == "founding":
        years = Range(low=0.0, high=0.99)
    if years is None or years.low is None:
        return _finding("age", "open", say("age_open", language), [limit.sentence], quote)
    if not _keeps(years.low, limit):
        return _finding("age", "not_met", say("age_not_met", language), [limit.sentence], quote, company.founded)
    if years.high is None or not _keeps(years.high, limit):
        return _finding("age", "open", say("age_exact", language), [limit.sentence], quote, company.founded)
    return _finding("age", "met", say("age_met", language), [limit.sentence], quote, company.founded)


def _keeps(value: float, limit: Bounds) -> bool:
    assert limit.high is not None
    return value < limit.high if limit.is_below else value <= limit.high


def staff(programme: Programme, company: Company, quote: Quotations) -> Finding | None:
    """Whether the number of employees fits; None where it does not matter."""
    plain = [limit for limit in programme.staff if limit.case is None]
    if not plain or _is_investor(company):
        return None
    limit, language, count = plain[0], company.language, company.employees
    if company.is_founded is False and (count is None or limit.low is None):
        return _finding("staff", "met", say("staff_met", language), [limit.sentence], quote, blocks=False)
    if count is None:
        return _finding("staff", "open", say("staff_open", language), [limit.sentence], quote)
    low, high = count.low or 0, count.high if count.high is not None else float("inf")
    least, most = limit.low or 0, limit.high if limit.high is not None else float("inf")
    if low > most or high < least:
        wider = next((e for e in programme.staff if e.case == "cooperation" and low <= (e.high or 0)), None)
        wider = None if company.traits.get("partner") is False else wider
        verdict: CriterionVerdict = "open" if wider else "not_met"
        sentence = wider.sentence if wider else limit.sentence
        return _finding("staff", verdict, say(f"staff_{verdict}", language), [sentence], quote, count)
    verdict = "met" if low >= least and high <= most else "open"
    return _finding("staff", verdict, say(f"staff_{verdict}", language), [limit.sentence], quote, count)


def turnover(programme: Programme, company: Company, quote: Quotations) -> Finding | None:
    """Whether turnover or balance sheet keeps within the limits; None where they do not matter."""
    if not programme.turnover or _is_investor(company):
        return None
    language = company.language
    sentences = list(dict.fromkeys(limit.sentence for limit in programme.turnover))
    if company.is_founded is False or (company.stage == "founding" and company.turnover_eur is None):
        return _finding("turnover", "met", say("turnover_met", language), sentences, quote)
    judged: list[bool | None] = []
    for limit in programme.turnover:
        if limit.of in ("turnover", "turnover_or_balance_sheet"):
            judged.append(_at_most(company.turnover_eur, limit.eur))
        if limit.of in ("balance_sheet", "turnover_or_balance_sheet"):
            judged.append(_at_most(company.balance_eur, limit.eur))
    said = company.turnover_eur or company.balance_eur
    if any(judged):
        return _finding("turnover", "met", say("turnover_met", language), sentences, quote, said)
    if False in judged and company.balance_eur is None:
        # Either value may keep the limit; the other one is unknown, yet a sum far above it is rarely saved by the other.
        return _finding("turnover", "not_met", say("turnover_not_met", language), sentences, quote, said)
    if judged and all(value is False for value in judged):
        return _finding("turnover", "not_met", say("turnover_not_met", language), sentences, quote, said)
    highest = max(limit.eur for limit in programme.turnover)
    heads = company.employees.high if company.employees else None
    if said is None and heads is not None and heads * TURNOVER_PER_HEAD_EUR <= highest:
        text = say("turnover_presumed", language)
        return _finding("turnover", "open", text, sentences, quote, blocks=False)
    return _finding("turnover", "open", say("turnover_open", language), sentences, quote, said)


def _at_most(value: Range | None, limit: float) -> bool | None:
    if value is None:
        return None
    if value.high is not None and value.high <= limit:
        return True
    return False if value.low is not None and value.low > limit else None


def _is_investor(company: Company) -> bool:
    """Limits of a programme for investors are those of the start-up, which is not the one who asks."""
    return "investor" in company.organisations


# --- where and in what -----------------------------------------------------------------------------------------------


def region(programme: Programme, company: Company, quote: Quotations) -> Finding | None:
    """Whether the place fits; None where it does not matter.

    A programme of the city that names no place stays open for whoever is elsewhere.
    """
    language, place = company.language, company.place
    if not programme.places:
        if programme.level != "hamburg" or company.in_hamburg is not False:
            return None
        return _finding("region", "open", say("region_unsaid", language), [], quote, place)
    wanted = programme.places[0].region
    sentences = list(dict.fromkeys(p.sentence for p in programme.places if p.region == wanted))[:2]
    where = region_name(wanted, language)
    inside: bool | None
    if wanted == "hamburg":
        inside = company.in_hamburg
    elif company.in_hamburg or (place is not None and wanted in place.regions):
        inside = True  # every region of the terms contains Hamburg
    else:
        is_partners = wanted in ("north_sea", "baltic_sea") and company.traits.get("foreign_partner") is True
        inside = None if place is None or is_partners else False  # with partners abroad, the place may be theirs
    if inside:
        return _finding("region", "met", say("region_met", language, where=where), sentences, quote, place)
    if company.plans_hamburg and wanted == "hamburg":
        return _finding("region", "open", say("region_plans", language, where=where), sentences, quote, place)
    verdict: CriterionVerdict = "open" if inside is None else "not_met"
    return _finding("region", verdict, say(f"region_{verdict}", language, where=where), sentences, quote, place)


def sector(programme: Programme, company: Company, quote: Quotations) -> Finding | None:
    """Whether the industry is the one the programme is limited to; None where it is open to all."""
    if programme.sector_sentence is None:
        return None
    language, name = company.language, programme.sector_names[company.language]
    said = any(
        programme.sector_terms.intersection(word.terms) for word in company.words if word.role != "place"
    ) or any(covers(programme.sector_wz, activity.code) for activity in company.activities)
    named = {p.purpose for p in programme.purposes if is_sector_purpose(p.purpose)}
    verdict: CriterionVerdict = "met" if said or named.intersection(company.purposes) else "not_met"
    if verdict == "not_met" and not company.words:
        verdict = "open"
    text = say(f"sector_{verdict}", language, sector=name)
    return _finding("sector", verdict, text, [programme.sector_sentence], quote)


def purpose(programme: Programme, company: Company, quote: Quotations) -> tuple[Finding | None, float]:
    """Whether the money is meant for what the company wants, and how well that fits, 0 to 1."""
    funded = [p for p in programme.purposes if not p.excluded]
    if not funded:
        return None, 0.5
    language = company.language
    general = [p for p in funded if not is_sector_purpose(p.purpose)]
    if not general and programme.sector_sentence is not None:
        return None, 0.5  # the criterion of the industry says it all
    counted = general or funded
    names = purpose_names([p.purpose for p in counted][:4], language)
    wanted = [p for p in company.purposes if is_sector_purpose(p) is not bool(general)]
    is_known = bool(wanted) or (not general and bool(company.words))
    out = next((p for p in programme.purposes if p.excluded and p.purpose in wanted), None)
    if out is not None:
        text = say("purpose_not_met", language, purpose=names)
        return _finding("purpose", "not_met", text, [out.sentence], quote), 0.0
    if not is_known:
        text = say("purpose_open", language, purpose=names)
        return _finding("purpose", "open", text, [counted[0].sentence], quote), 0.3
    hits = [p for p in counted if p.purpose in wanted]
    said = purpose_names(wanted, language)
    if hits:
        text = say("purpose_met", language, purpose=purpose_names([p.purpose for p in hits], language))
        found = _finding("purpose", "met", text, [hits[0].sentence], quote, said)
        return found, round(0.6 + 0.4 * len(hits) / len(wanted), 3)
    near = [p for p in counted if any(_is_near(p.purpose, w, programme) for w in wanted)]
    if near:
        text = say("purpose_near", language, purpose=purpose_names([p.purpose for p in near], language))
        return _finding("purpose", "open", text, [near[0].sentence], quote, said), 0.4
    sentences = list(dict.fromkeys(p.sentence for p in counted))[:2]
    found = _finding("purpose", "not_met", say("purpose_not_met", language, purpose=names), sentences, quote, said)
    return found._replace(is_firm=True), 0.0  # no source at all says that this is funded


def _is_near(funded: Purpose, wanted: Purpose, programme: Programme) -> bool:
    """Whether a programme for the one may serve the other; a loan for transfer pays for what is bought, not for research."""
    if funded == "knowledge_transfer" and wanted == "research_and_development" and "loan" in programme.form:
        return False
    return funded in NEAR_PURPOSES.get(wanted, ())


# --- what else -------------------------------------------------------------------------------------------------------


def conditions(programme: Programme, company: Company, quote: Quotations) -> Iterator[Finding]:
    """What else is asked for: stated, denied, or open."""
    language = company.language
    for condition in programme.conditions:
        said = company.traits.get(condition.trait)
        text = trait_text(condition.trait, language)
        if said:
            yield _finding("condition", "met", say("trait_met", language, trait=text), [condition.sentence], quote)
        elif said is None:
            text = say("trait_open", language, trait=text)
            finding = _finding("condition", "open", text, [condition.sentence], quote, blocks=condition.decisive)
            yield finding._replace(name=trait_name(condition.trait, language))
        else:
            text = say("trait_not_met", language, trait=text)
            yield _finding("condition", "not_met", text, [condition.sentence], quote)


def start(programme: Programme, company: Company, quote: Quotations) -> Finding | None:
    """Whether the project has begun too early; None where it has not, or where that is allowed."""
    rule = next((sentence for name, sentence in programme.start if name not in ("no_rule", "exception")), None)
    if rule is None or company.traits.get("not_started") is not False:
        return None
    text = say("trait_not_met", company.language, trait=trait_text("not_started", company.language))
    return _finding("start", "not_met", text, [rule], quote)


# --- making them -----------------------------------------------------------------------------------------------------


def _finding(
    name: str,
    verdict: CriterionVerdict,
    text: str,
    sentences: Sequence[str],
    quote: Quotations,
    said: object = None,
    *,
    blocks: bool = True,
) -> Finding:
    evidence = tuple(e for sentence in sentences for e in quote(sentence))
    criterion = Criterion(name=name, verdict=verdict, text=text, evidence=evidence, company=_as_said(said))
    return Finding(criterion, is_firm=any(quote.is_firm(sentence) for sentence in sentences), blocks=blocks)


def _as_said(said: object) -> str | None:
    """What the company said, in short."""
    if isinstance(said, Range):
        low, high = (None if bound is None else f"{bound:.0f}" for bound in (said.low, said.high))
        return low if low == high else f"{low or ''}–{high or ''}"
    if isinstance(said, str):
        return said
    return getattr(said, "name", None) or getattr(said, "text", None) or None
