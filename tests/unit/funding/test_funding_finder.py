"""Which programmes come into question, over the project's own sheets."""

from __future__ import annotations

from datetime import date

import pytest

from assistant.domain.advice import Criterion, FundingAdvice, ProgrammeAdvice
from assistant.domain.company import Request
from assistant.domain.quoting import leading_source
from assistant.funding.criteria import Finding
from assistant.funding.finder import verdict_of
from assistant.service.parts import Advisers

DAY = date(2026, 11, 23)
START_UP = "Start-up in Hamburg, gegründet {founded}, {staff} Leute, Umsatz {turnover} Euro, wir bauen den Prototyp eines neuartigen Lasersensors."


def advise(advisers: Advisers, description: str, *, on: date = DAY, **fields: object) -> FundingAdvice:
    return advisers.fund(advisers.understand(Request(description=description, on=on, **fields)))  # type: ignore[arg-type]


def programme(advice: FundingAdvice, name: str) -> ProgrammeAdvice:
    return next(p for p in advice.programmes if p.programme_id == f"funding/{name}")


@pytest.mark.parametrize(
    ("changed", "violated"),
    [
        ({}, None),
        ({"founded": "März 2022"}, "age"),
        ({"staff": "70"}, "staff"),
        ({"turnover": "19 Millionen"}, "turnover"),
    ],
)
def test_one_fact_decides(advisers: Advisers, changed: dict[str, str], violated: str | None) -> None:
    facts = {"founded": "März 2026", "staff": "4", "turnover": "50.000", **changed}
    found = programme(advise(advisers, START_UP.format(**facts)), "innorampup")
    assert found.verdict == ("likely" if violated is None else "not_eligible")
    if violated is not None:
        assert violated in [c.name for c in found.criteria if c.verdict == "not_met"]


def test_the_day_decides_on_age_and_on_the_end_of_a_programme(advisers: Advisers) -> None:
    text = START_UP.format(founded="am 1.12.2024", staff="4", turnover="50.000")
    assert programme(advise(advisers, text), "innorampup").verdict == "likely"
    assert programme(advise(advisers, text, on=date(2027, 1, 10)), "innorampup").verdict == "not_eligible"
    later = programme(advise(advisers, text, on=date(2027, 1, 10)), "profi-programm-fuer-innovation")
    assert later.status == "ended" and later.verdict == "not_eligible"


def test_an_ended_programme_is_never_likely_and_stands_last(advisers: Advisers) -> None:
    advice = advise(advisers, START_UP.format(founded="März 2026", staff="4", turnover="50.000"))
    ended = [p for p in advice.programmes if p.status == "ended"]
    assert ended and all(p.verdict == "not_eligible" for p in ended)
    assert [p.status for p in advice.programmes[-len(ended) :]] == ["ended"] * len(ended)


def test_what_is_not_known_is_open_and_asked_for(advisers: Advisers) -> None:
    advice = advise(advisers, "Start-up in Hamburg, wir bauen den Prototyp eines neuen Lasersensors.")
    found = programme(advice, "innorampup")
    assert found.verdict == "check"
    assert {c.name for c in found.criteria if c.verdict == "open"} >= {"age", "staff", "turnover"}
    assert {"founded", "employees"} & {q.field for q in advice.questions} and len(advice.questions) <= 3


def test_only_more_than_a_private_page_rules_a_company_out(advisers: Advisers) -> None:
    limits = {"age", "staff", "turnover", "region", "condition", "start", "status"}
    seen = 0
    for text in (
        START_UP.format(founded="2010", staff="700", turnover="90 Millionen"),
        "Bäckerei in München, seit 1990, Kredit.",
    ):
        for found in advise(advisers, text).programmes:
            violated = [c for c in found.criteria if c.verdict == "not_met"]
            if found.verdict == "not_eligible" and all(c.name in limits for c in violated):
                firm = [leading_source(e.sources) for c in violated for e in c.evidence]
                seen += 1
                assert found.status == "ended" or any(s is not None and s.authority != "private" for s in firm), (
                    found.name
                )
    assert seen > 5


def test_a_private_page_only_speaks_against(advisers: Advisers) -> None:
    found = programme(advise(advisers, "Unternehmen in Hamburg, 700 Leute, Umsatz 90 Mio. Euro, seit 1990. Wir wollen ein neues Verfahren entwickeln."), "zim-einzel-und-kooperationsprojekte")  # fmt: skip
    assert found.verdict == "check"


def test_the_verdict_follows_from_the_criteria() -> None:
    met, unknown, violated = (Criterion(name="x", verdict=v, text="") for v in ("met", "open", "not_met"))  # type: ignore[arg-type]
    assert verdict_of([Finding(met)]) == "likely"
    assert verdict_of([Finding(met), Finding(unknown)]) == "check"
    assert verdict_of([Finding(met), Finding(unknown, blocks=False)]) == "likely"
    assert verdict_of([Finding(met), Finding(violated)]) == "not_eligible"
    assert verdict_of([Finding(met), Finding(violated, is_firm=False)]) == "check"


def test_look_alikes_are_named_with_their_status(advisers: Advisers) -> None:
    text = "Unternehmen in Hamburg, 15 Leute, wir suchen Beratung zur Digitalisierung."
    found = programme(advise(advisers, text), "hamburg-digital-check")
    assert ("Digital Jetzt und go-digital", "ended") in [(other.name, other.status) for other in found.look_alikes]


@pytest.mark.parametrize("description", ["", "Nous cherchons de l'argent pour notre entreprise à Hambourg.", "hm"])
def test_what_says_nothing_gets_a_question_and_no_programme(advisers: Advisers, description: str) -> None:
    advice = advise(advisers, description)
    assert advice.status == "clarify" and not advice.programmes and advice.questions


def test_fields_alone_are_enough(advisers: Advisers) -> None:
    advice = advise(advisers, "", language="de", purposes=("Patente und Schutzrechte",), employees=12, in_hamburg=True)
    assert programme(advice, "wipano-patentierung").verdict == "check"


def test_the_same_request_gets_the_same_order(advisers: Advisers) -> None:
    text = START_UP.format(founded="März 2026", staff="4", turnover="50.000")
    assert advise(advisers, text) == advise(advisers, text)


def test_a_partner_abroad_does_not_move_the_company(advisers: Advisers) -> None:
    advice = advise(
        advisers, "Wir sind eine Behörde und wollen mit Partnern aus Schweden die Ostsee klimaneutral machen."
    )
    assert programme(advice, "interreg-ostsee").verdict == "check"


def test_a_loan_for_transfer_pays_for_no_research(advisers: Advisers) -> None:
    text = "GmbH in Hamburg, gegründet 2008, 40 Beschäftigte, Umsatz 6 Mio. Euro. Wir wollen einen neuen Werkstoff erforschen."
    found = programme(advise(advisers, text), "hamburg-kredit-wachstum")
    assert found.verdict == "not_eligible" and [c.name for c in found.criteria] == ["purpose"]


@pytest.mark.parametrize(("place", "verdict"), [("Hamburg", "likely"), ("Schwerin", "check")])
def test_a_programme_of_the_city_is_not_likely_for_others(advisers: Advisers, place: str, verdict: str) -> None:
    text = f"GmbH mit Sitz in {place}, 26 Leute, 3 Mio. Euro Umsatz, seit 2001. Wir wollen einen neuartigen Kleber entwickeln."
    assert programme(advise(advisers, text), "hamburg-kredit-innovation").verdict == verdict
