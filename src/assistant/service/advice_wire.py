"""Wire formats of the two finders. Field names are fixed; outside clients are written against them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BaseModel, BeforeValidator, Field

from assistant.domain.advice import (
    BackQuestion,
    Cited,
    ClusterMatch,
    Contact,
    Criterion,
    FundingAdvice,
    MatchAdvice,
    ProgrammeAdvice,
    ProgrammeStatus,
    ProgrammeVerdict,
    SizeClass,
)
from assistant.domain.answers import Citation, NextStep
from assistant.domain.company import Request, Understood
from assistant.domain.quoting import Citations
from assistant.domain.values import Kind, Language
from assistant.service.wire import MAX_QUESTION, Body, CitationOut, Day, NextStepOut

MAX_EMPLOYEES = 1_000_000
MAX_EUR = 10**12
EARLIEST_FOUNDING, LATEST_FOUNDING = 1200, 2100
EARLIEST_DAY, LATEST_DAY = date(2000, 1, 1), date(2100, 12, 31)
_DESCRIPTION = "Wir entwickeln Rotorblatt-Sensorik für Offshore-Windparks, 14 Leute, Harburg."


def _as_text(value: Any) -> Any:
    """A year may come as a number."""
    return str(value) if isinstance(value, int) and not isinstance(value, bool) else value


def _as_day(value: Any) -> Any:
    """The day that a text names; anything else is left to be refused."""
    return date.fromisoformat(value) if isinstance(value, str) and len(value) == len("2026-11-23") else value


def _check_founded(value: str) -> str:
    """A year, month or day that a calendar has and that is not absurd."""
    parts = [int(part) for part in value.split("-")]
    day = date(parts[0], parts[1] if len(parts) > 1 else 1, parts[2] if len(parts) > 2 else 1)
    if not EARLIEST_FOUNDING <= day.year <= LATEST_FOUNDING:
        raise ValueError(f"a year from {EARLIEST_FOUNDING} to {LATEST_FOUNDING}")
    return value


Founded = Annotated[
    str,
    BeforeValidator(_as_text),
    Field(pattern=r"^\d{4}(-\d{2}(-\d{2})?)?$", description="Year, month or day: 2025, 2025-03, 2025-03-15."),
    AfterValidator(_check_founded),
]
OnDay = Annotated[Day, BeforeValidator(_as_day), Field(ge=EARLIEST_DAY, le=LATEST_DAY)]
"""A date in a body whose fields are strict: JSON has no dates, so the text is read first."""
Words = Annotated[list[Annotated[str, Field(min_length=1, max_length=200)]], Field(max_length=12)]


class CompanyBody(Body):
    """A company in its own words, and what it says in fields; a field wins over the description."""

    description: str = Field(max_length=MAX_QUESTION, description="German or English.", examples=[_DESCRIPTION])
    employees: int | None = Field(None, ge=0, le=MAX_EMPLOYEES)
    founded: Founded | None = None
    language: Language | None = Field(None, description="Language of the reply; null takes that of the description.")


class MatchBody(CompanyBody):
    sectors: Words | None = Field(
        None, description="Branches: WZ 2008 codes, their names, or free words. They replace those understood."
    )
    location: str | None = Field(None, max_length=200, description="Town, district, state or region.")
    goals: Words | None = Field(
        None, description="What is wanted of a cluster: a key such as `partners`, its name, or free words."
    )


class FundingBody(CompanyBody):
    stage: str | None = Field(
        None, max_length=200, description="`idea`, `founding`, `young`, `established`, or the name of one."
    )
    turnover_eur: int | None = Field(None, ge=0, le=MAX_EUR, description="A year.")
    in_hamburg: bool | None = None
    purpose: str | Words | None = Field(
        None, description="What the money is for: a key such as `prototype`, its name, or free words."
    )
    amount_eur: int | None = Field(None, gt=0, le=MAX_EUR, description="The sum that is wanted.")
    on: OnDay | None = Field(None, description="The day for which advice is given; null means today.")


class SummaryBody(MatchBody, FundingBody):
    """Everything that either finder takes."""


class CitedOut(BaseModel):
    text: str
    citations: list[int]


class CriterionOut(CitedOut):
    name: str = Field(
        description="sector, value_chain, region, organisation, goals; applicant, age, staff, turnover, purpose, …"
    )
    verdict: Literal["met", "open", "not_met"]
    company: str | None = Field(description="What the company said on this point.")


class ContactOut(CitedOut):
    url: str | None


class BackQuestionOut(BaseModel):
    field: str = Field(description="The field of the body that the answer belongs in.")
    text: str
    options: list[str] = Field(description="Answers that are understood when sent back; free words are as well.")


class UnderstoodOut(BaseModel):
    field: str = Field(description="The field of the body that corrects it.")
    label: str
    value: str


class ClusterMatchOut(BaseModel):
    cluster_id: str
    name: str
    kind: Kind
    fit: Literal["strong", "possible"]
    score: float = Field(description="0 to 1.")
    criteria: list[CriterionOut]
    joining: CitedOut | None
    contact: ContactOut | None
    summary: CitedOut | None
    part_of: str | None = Field(description="Id of the cluster that a network belongs to.")


class RelatedProgrammeOut(CitedOut):
    programme_id: str
    name: str
    status: ProgrammeStatus
    verdict: ProgrammeVerdict


class MatchOut(BaseModel):
    status: Literal["matched", "clarify", "none_fits"]
    text: str = Field(description="The result in one or two sentences.")
    matches: list[ClusterMatchOut] = Field(description="Best first, at most five; the same input gives the same order.")
    between: CitedOut | None = Field(description="Why the company lies between the first two.")
    notes: list[CitedOut] = Field(description="Near ones that are not recommended, and why.")
    questions: list[BackQuestionOut] = Field(description="What would change the result, most decisive first.")
    funding: list[RelatedProgrammeOut]
    understood: list[UnderstoodOut]
    citations: list[CitationOut]
    language: Language
    next_step: NextStepOut | None
    rule: str = Field(description="How it is decided, to be shown beside the result.")


class LookAlikeOut(BaseModel):
    programme_id: str
    name: str
    status: ProgrammeStatus


class ProgrammeAdviceOut(BaseModel):
    programme_id: str
    name: str
    status: ProgrammeStatus = Field(description="On the day `on`.")
    verdict: ProgrammeVerdict = Field(description="Decided by rules over the recorded terms.")
    text: str = Field(description="The verdict in one sentence.")
    level: str = Field(description="Who pays: hamburg, federal, eu.")
    form: list[str]
    criteria: list[CriterionOut] = Field(
        description="All of them; of programmes that are not eligible only what is violated."
    )
    summary: CitedOut | None
    amount: CitedOut | None
    rate: CitedOut | None
    duration: CitedOut | None
    deadline: CitedOut | None
    apply: CitedOut | None
    office: ContactOut | None
    hints: list[CitedOut] = Field(description="When one may begin, de-minimis aid, combination.")
    look_alikes: list[LookAlikeOut] = Field(description="Programmes that are easily taken for this one.")
    purpose_fit: float = Field(description="0 to 1.")


class SizeOut(CitedOut):
    size: SizeClass | None
    is_final: bool = Field(description="False where staff alone decided.")


class RelatedClusterOut(BaseModel):
    cluster_id: str
    name: str
    fit: Literal["strong", "possible"]


class FundingOut(BaseModel):
    status: Literal["found", "clarify"]
    on: date
    text: str = Field(description="The result in one or two sentences.")
    programmes: list[ProgrammeAdviceOut] = Field(description="By verdict, then by fit to the purpose; ended ones last.")
    size: SizeOut | None = Field(description="Size class by the EU definition.")
    hints: list[CitedOut] = Field(description="What holds for several programmes.")
    questions: list[BackQuestionOut] = Field(description="What would settle most, most decisive first.")
    clusters: list[RelatedClusterOut] = Field(description="Clusters that fit the company.")
    understood: list[UnderstoodOut]
    citations: list[CitationOut]
    language: Language
    next_step: NextStepOut | None
    rule: str = Field(description="How it is decided, to be shown beside the result.")


def request_of(body: CompanyBody, today: date) -> Request:
    """What is asked, as the middle takes it."""
    purpose: Any = getattr(body, "purpose", None)
    return Request(
        description=body.description,
        language=body.language,
        employees=body.employees,
        founded=body.founded,
        sectors=_tuple(getattr(body, "sectors", None)),
        location=getattr(body, "location", None),
        goals=_tuple(getattr(body, "goals", None)),
        stage=getattr(body, "stage", None),
        turnover_eur=getattr(body, "turnover_eur", None),
        in_hamburg=getattr(body, "in_hamburg", None),
        purposes=(purpose,) if isinstance(purpose, str) else _tuple(purpose),
        amount_eur=getattr(body, "amount_eur", None),
        on=getattr(body, "on", None) or today,
    )


def match_out(
    advice: MatchAdvice,
    programmes: Sequence[ProgrammeAdvice],
    understood: Sequence[Understood],
    rule: str,
    citations: Citations,
) -> MatchOut:
    """Advice on clusters as it travels."""
    return MatchOut(
        status=advice.status,
        text=advice.text,
        matches=[_match(match, citations) for match in advice.matches],
        between=_cited(advice.between, citations),
        notes=[_sure(note, citations) for note in advice.notes],
        questions=[_question(question) for question in advice.questions],
        funding=[_related(programme, citations) for programme in programmes],
        understood=[_understood(one) for one in understood],
        citations=_citations(citations),
        language=advice.language,
        next_step=_next_step(advice.next_step),
        rule=rule,
    )


def funding_out(
    advice: FundingAdvice,
    clusters: Sequence[ClusterMatch],
    understood: Sequence[Understood],
    rule: str,
    citations: Citations,
) -> FundingOut:
    """Advice on programmes as it travels."""
    size = advice.size
    return FundingOut(
        status=advice.status,
        on=advice.on,
        text=advice.text,
        programmes=[_programme(programme, citations) for programme in advice.programmes],
        size=SizeOut(
            size=size.size, is_final=size.is_final, text=size.statement.text,
            citations=list(citations.numbers(size.statement.evidence)),
        ) if size else None,
        hints=[_sure(hint, citations) for hint in advice.hints],
        questions=[_question(question) for question in advice.questions],
        clusters=[RelatedClusterOut(cluster_id=m.cluster_id, name=m.name, fit=m.fit) for m in clusters],
        understood=[_understood(one) for one in understood],
        citations=_citations(citations),
        language=advice.language,
        next_step=_next_step(advice.next_step),
        rule=rule,
    )  # fmt: skip


def _tuple(words: list[str] | None) -> tuple[str, ...] | None:
    return None if words is None else tuple(words)


def _match(match: ClusterMatch, citations: Citations) -> ClusterMatchOut:
    return ClusterMatchOut(
        cluster_id=match.cluster_id,
        name=match.name,
        kind=match.kind,
        fit=match.fit,
        score=match.score,
        criteria=[_criterion(criterion, citations) for criterion in match.criteria],
        joining=_cited(match.joining, citations),
        contact=_contact(match.contact, citations),
        summary=_cited(match.summary, citations),
        part_of=match.part_of,
    )


def _programme(programme: ProgrammeAdvice, citations: Citations) -> ProgrammeAdviceOut:
    return ProgrammeAdviceOut(
        programme_id=programme.programme_id,
        name=programme.name,
        status=programme.status,
        verdict=programme.verdict,
        text=programme.text,
        level=programme.level,
        form=list(programme.form),
        criteria=[_criterion(criterion, citations) for criterion in programme.criteria],
        summary=_cited(programme.summary, citations),
        amount=_cited(programme.amount, citations),
        rate=_cited(programme.rate, citations),
        duration=_cited(programme.duration, citations),
        deadline=_cited(programme.deadline, citations),
        apply=_cited(programme.apply, citations),
        office=_contact(programme.office, citations),
        hints=[_sure(hint, citations) for hint in programme.hints],
        look_alikes=[
            LookAlikeOut(programme_id=other.programme_id, name=other.name, status=other.status)
            for other in programme.look_alikes
        ],
        purpose_fit=programme.purpose_fit,
    )


def _related(programme: ProgrammeAdvice, citations: Citations) -> RelatedProgrammeOut:
    summary = programme.summary
    return RelatedProgrammeOut(
        programme_id=programme.programme_id,
        name=programme.name,
        status=programme.status,
        verdict=programme.verdict,
        text=summary.text if summary else programme.text,
        citations=list(citations.numbers(summary.evidence)) if summary else [],
    )


def _criterion(criterion: Criterion, citations: Citations) -> CriterionOut:
    return CriterionOut(
        name=criterion.name,
        verdict=criterion.verdict,
        text=criterion.text,
        citations=list(citations.numbers(criterion.evidence)),
        company=criterion.company,
    )


def _sure(cited: Cited, citations: Citations) -> CitedOut:
    return CitedOut(text=cited.text, citations=list(citations.numbers(cited.evidence)))


def _cited(cited: Cited | None, citations: Citations) -> CitedOut | None:
    return _sure(cited, citations) if cited else None


def _contact(contact: Contact | None, citations: Citations) -> ContactOut | None:
    if contact is None:
        return None
    return ContactOut(text=contact.text, url=contact.url, citations=list(citations.numbers(contact.evidence)))


def _question(question: BackQuestion) -> BackQuestionOut:
    return BackQuestionOut(field=question.field, text=question.text, options=list(question.options))


def _understood(one: Understood) -> UnderstoodOut:
    return UnderstoodOut(field=one.field, label=one.label, value=one.value)


def _next_step(step: NextStep | None) -> NextStepOut | None:
    return NextStepOut(text=step.text, url=step.url) if step else None


def _citations(citations: Citations) -> list[CitationOut]:
    # Hundreds of them, made of checked values: validating them again would take longer than finding them.
    return [CitationOut.model_construct(**_fields_of(citation)) for citation in citations.all]


def _fields_of(citation: Citation) -> dict[str, Any]:
    fields = {name: getattr(citation, name) for name in CitationOut.model_fields}
    return {**fields, "heading": list(citation.heading)}
