"""Which programmes a company may use: every recorded term examined by rule, every verdict with its quotations."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from assistant.company.names import PURPOSE_NAMES, STAGE_NAMES
from assistant.domain.advice import (
    BackQuestion,
    Cited,
    Contact,
    FundingAdvice,
    LookAlike,
    ProgrammeAdvice,
    ProgrammeStatus,
    ProgrammeVerdict,
)
from assistant.domain.company import Company
from assistant.domain.facts import Purpose
from assistant.domain.ports import Library
from assistant.domain.quoting import status_on
from assistant.domain.values import Language
from assistant.funding import benefits, criteria
from assistant.funding.criteria import Finding
from assistant.funding.programmes import Programme, Quotations, read_programmes
from assistant.funding.size import Sizes, size_advice, sizes_of
from assistant.funding.texts import say

MOST_QUESTIONS = 3
NAMED_FIRST = 3
OPEN_SECTOR_FACTOR = 0.4
"""What is left of the fit to the purpose, where a programme is for an industry that nobody named."""
DE_MINIMIS = "funding/de-minimis-verordnung"
_ORDER: dict[ProgrammeVerdict, int] = {"likely": 0, "check": 1, "not_eligible": 2}
_FORMS = ("grant", "tax_relief", "incubation", "equity", "loan")
"""In the order of what a company gains most by."""
_LEVELS = {"hamburg": 0, "federal": 1, "eu": 2, "other": 3}
_FIELD_OF = {"age": "founded", "staff": "employees", "turnover": "turnover_eur", "region": "in_hamburg", "purpose": "purpose", "applicant": "stage"}  # fmt: skip
"""The field of the request that settles a criterion."""
_ASKED_PURPOSES: tuple[Purpose, ...] = (
    "founding", "living_costs", "prototype", "research_and_development", "knowledge_transfer", "non_technical_innovation", "investment",
    "working_capital", "digitalisation", "energy_efficiency", "patents", "trade_fair", "growth_capital", "succession",
)  # fmt: skip


class FundingFinder:
    """Judges every programme for a company; pure apart from the library it quotes."""

    def __init__(self, library: Library, generic: Mapping[Language, Iterable[str]]) -> None:
        """Read the programmes; `generic` holds words that suit many branches, by language."""
        self._library = library
        self._programmes = read_programmes(library, generic)
        self._by_id = {programme.id: programme for programme in self._programmes}
        self._quotes: dict[tuple[str, Language], Quotations] = {}

    def advise(self, company: Company) -> FundingAdvice:
        """The advice for one company on its day; the same company always gets the same."""
        unclear = company.unclear
        if unclear == "no_company" and company.purposes:
            company = replace(company, unclear=None, unclear_words=())
        elif unclear is not None:
            return self._clarify(company, unclear)
        if not _says_anything(company):
            return self._clarify(company, "nothing_understood")
        is_founding = company.is_founded is False or company.stage in ("idea", "founding")
        if is_founding and not {"founding", "succession"}.intersection(company.purposes):
            company = replace(company, purposes=("founding", *company.purposes))  # whoever founds wants that funded too
        sizes = sizes_of(company)
        judged = sorted((self._judge(p, company, sizes) for p in self._programmes), key=_rank)
        language = company.language
        return FundingAdvice(
            status="found",
            on=company.on,
            language=language,
            company=company,
            text=_first_words(judged, company),
            programmes=tuple(judged),
            size=size_advice(company, self._library),
            hints=tuple(self._hints(judged, language)),
            questions=self._questions(judged, company),
        )

    # --- one programme ---

    def _judge(self, programme: Programme, company: Company, sizes: Sizes) -> ProgrammeAdvice:
        language = company.language
        quote = self._quote(programme.id, language)
        by_purpose, fit = criteria.purpose(programme, company, quote)
        by_sector = criteria.sector(programme, company, quote)
        if by_sector is not None and by_sector.criterion.verdict == "open":
            fit *= OPEN_SECTOR_FACTOR
        found = [
            criteria.status(programme, company, quote),
            criteria.applicant(programme, company, sizes, quote),
            criteria.age(programme, company, quote),
            criteria.staff(programme, company, quote),
            criteria.turnover(programme, company, quote),
            criteria.region(programme, company, quote),
            by_sector,
            by_purpose,
            *criteria.conditions(programme, company, quote),
            criteria.start(programme, company, quote),
        ]
        findings = [finding for finding in found if finding is not None]
        verdict = verdict_of(findings)
        status = _status(programme, company)
        short = ProgrammeAdvice(
            programme_id=programme.id,
            name=programme.names[language],
            status=status,
            verdict=verdict,
            text=_verdict_text(verdict, findings, language),
            level=programme.level,
            form=programme.form,
            criteria=tuple(
                f.criterion for f in findings if verdict != "not_eligible" or f.criterion.verdict == "not_met"
            ),
            look_alikes=self._look_alikes(programme, company),
            clusters=programme.clusters,
            purpose_fit=fit,
        )
        if verdict == "not_eligible":
            return short
        definition = quote.definition()
        return replace(
            short,
            summary=Cited(text=definition.text, evidence=(definition,)) if definition else None,
            amount=benefits.amount(programme, company, sizes, quote),
            rate=benefits.rate(programme, company, sizes, quote),
            duration=_verbatim(quote, programme.duration),
            deadline=benefits.deadline(programme, company, quote),
            apply=_apply(programme, quote, language),
            office=_office(programme, quote),
            hints=tuple(_programme_hints(programme, quote)),
        )

    def _look_alikes(self, programme: Programme, company: Company) -> tuple[LookAlike, ...]:
        others = (self._by_id.get(i) for i in programme.look_alikes)
        return tuple(
            LookAlike(programme_id=p.id, name=p.names[company.language], status=_status(p, company))
            for p in others
            if p is not None
        )

    # --- over all ---

    def _hints(self, judged: Sequence[ProgrammeAdvice], language: Language) -> list[Cited]:
        """De-minimis aid is counted together, where a programme in question is such aid."""
        named = [p for p in judged if p.verdict != "not_eligible" and self._by_id[p.programme_id].de_minimis]
        if not named:
            return []
        quote = self._quote(DE_MINIMIS, language)
        return [hint for label in ("hoechst", "zusammen") if (hint := _verbatim(quote, label)) is not None]

    def _questions(self, judged: Sequence[ProgrammeAdvice], company: Company) -> tuple[BackQuestion, ...]:
        """What would settle most: open criteria of the programmes in question, weighed by their fit to the purpose."""
        language = company.language
        weight: Counter[str] = Counter()
        for programme in judged:
            if programme.verdict != "check":
                continue
            open_fields = {_FIELD_OF[c.name] for c in programme.criteria if c.verdict == "open" and c.name in _FIELD_OF}
            for field in open_fields:
                weight[field] += round(100 * programme.purpose_fit / len(open_fields))
        if company.stage is not None or company.is_founded is not None:
            weight.pop("stage", None)
        if company.purposes:
            weight.pop("purpose", None)
        if company.is_founded is False:
            weight.pop("founded", None)
        ordered = sorted(weight, key=lambda field: (field != "purpose", -weight[field], field))
        return tuple(_question(field, language) for field in ordered[:MOST_QUESTIONS])

    def _clarify(self, company: Company, why: str) -> FundingAdvice:
        language = company.language
        words = ", ".join(company.unclear_words)
        text = say(why, language, words=words) if why == "contradiction" else say(why, language)
        return FundingAdvice(
            status="clarify",
            on=company.on,
            language=language,
            company=company,
            text=text,
            questions=(BackQuestion(field="description", text=say("ask_description", language)),),
            unclear=company.unclear or "nothing_understood",
        )

    def _quote(self, programme_id: str, language: Language) -> Quotations:
        key = (programme_id, language)
        if key not in self._quotes:
            self._quotes[key] = Quotations(self._library, programme_id, language)
        return self._quotes[key]


def verdict_of(findings: Sequence[Finding]) -> ProgrammeVerdict:
    """Not eligible, where a firm criterion is violated; check, where something is open or speaks against it; else likely."""
    if any(f.criterion.verdict == "not_met" and f.is_firm for f in findings):
        return "not_eligible"
    if any(f.criterion.verdict == "not_met" or (f.criterion.verdict == "open" and f.blocks) for f in findings):
        return "check"
    return "likely"


def _status(programme: Programme, company: Company) -> ProgrammeStatus:
    status = status_on(programme.document, company.on)
    known: Mapping[str, ProgrammeStatus] = {"open": "open", "calls_only": "calls_only", "ended": "ended"}
    return known.get(status, "unknown")


def _rank(programme: ProgrammeAdvice) -> tuple[int, bool, bool, float, bool, int, int, str]:
    """By verdict; ended ones last; what something speaks against behind what is only open; then by purpose and level."""
    against = any(c.verdict == "not_met" for c in programme.criteria)
    return (
        _ORDER[programme.verdict],
        programme.status == "ended",
        against,
        -programme.purpose_fit,
        programme.status != "open",
        min((_FORMS.index(form) for form in programme.form if form in _FORMS), default=len(_FORMS)),
        _LEVELS[programme.level],
        programme.programme_id,
    )


def _verdict_text(verdict: ProgrammeVerdict, findings: Sequence[Finding], language: Language) -> str:
    against = next((f.criterion for f in findings if f.criterion.verdict == "not_met"), None)
    if verdict == "likely":
        return say("likely", language)
    if against is not None:
        what = against.text.rstrip(".")
        what = what[:1].lower() + what[1:] if language == "en" else what
        return say("not_eligible" if verdict == "not_eligible" else "check_against", language, what=what)
    names = dict.fromkeys(f.name or say(f"name_{f.criterion.name}", language) for f in findings if _is_open(f))
    return say("check_open", language, what=", ".join(list(names)[:3]))


def _is_open(finding: Finding) -> bool:
    return finding.criterion.verdict == "open" and finding.blocks


def _first_words(judged: Sequence[ProgrammeAdvice], company: Company) -> str:
    language = company.language
    likely = [p.name for p in judged if p.verdict == "likely"]
    if likely:
        if len(likely) == 1:
            return say("found_likely", language, name=likely[0])
        return say("found_likely_several", language, names=", ".join(likely[:NAMED_FIRST]))
    if not company.purposes:
        return say("found_without_purpose", language)
    checked = [p.name for p in judged if p.verdict == "check"]
    if checked:
        return say("found_check", language, names=", ".join(checked[:NAMED_FIRST]))
    return say("found_none", language)


def _apply(programme: Programme, quote: Quotations, language: Language) -> Cited | None:
    evidence = tuple(dict.fromkeys(e for step in programme.apply[:3] for e in quote(step.sentence)))
    if not evidence:
        return None
    text = "; ".join(step.text.text(language) for step in programme.apply[:3])
    text = text[:1].upper() + text[1:] + "."
    if not benefits.figures_stand(text, evidence):
        text = evidence[0].text
    return Cited(text=text, evidence=evidence)


def _office(programme: Programme, quote: Quotations) -> Contact | None:
    office = programme.office
    evidence = quote(office.sentence) if office else ()
    if office is None or not evidence:
        return None
    website = office.website
    url = f"https://{website}" if website and not website.startswith("http") else website
    return Contact(text=office.name, url=url, evidence=evidence)


def _programme_hints(programme: Programme, quote: Quotations) -> list[Cited]:
    """When one may begin, whether it is de-minimis aid, with what it must not be combined."""
    labels = [sentence for _, sentence in programme.start]
    labels += [programme.de_minimis] if programme.de_minimis else []
    labels += [c.sentence for c in programme.combinations if not c.allowed]
    found = (_verbatim(quote, label) for label in dict.fromkeys(labels))
    return [hint for hint in found if hint is not None]


def _verbatim(quote: Quotations, label: str | None) -> Cited | None:
    evidence = quote(label)
    return Cited(text=evidence[0].text, evidence=evidence) if evidence else None


def _question(field: str, language: Language) -> BackQuestion:
    options: tuple[str, ...] = ()
    if field == "purpose":
        options = tuple(PURPOSE_NAMES[purpose][language] for purpose in _ASKED_PURPOSES)
    elif field == "stage":
        options = tuple(names[language] for names in STAGE_NAMES.values())
    elif field == "in_hamburg":
        options = (say("yes", language), say("no", language))
    return BackQuestion(field=field, text=say(f"ask_{field}", language), options=options)


def _says_anything(company: Company) -> bool:
    """Whether anything is known by which programmes could be told apart."""
    return bool(
        company.purposes or company.words or company.employees or company.founded or company.organisations or company.stage
        or company.turnover_eur or company.amount_eur
    )  # fmt: skip
