"""Every figure that is shown stands in the quotation beside it."""

from __future__ import annotations

from datetime import date

import pytest

from assistant.domain.advice import ProgrammeAdvice
from assistant.domain.company import Request
from assistant.domain.values import Language
from assistant.funding.benefits import figures_stand
from assistant.service.parts import Advisers


def programme(advisers: Advisers, name: str, text: str, on: date = date(2026, 11, 23)) -> ProgrammeAdvice:
    advice = advisers.fund(advisers.understand(Request(description=text, on=on)))
    return next(p for p in advice.programmes if p.programme_id == f"funding/{name}")


@pytest.mark.parametrize(("heads", "cap", "other"), [("allein", "45.000", "75.000"), ("zu dritt", "75.000", "45.000")])
def test_the_amount_is_the_one_for_the_case(advisers: Advisers, heads: str, cap: str, other: str) -> None:
    text = "Ich arbeite allein und will in Hamburg gründen, Lebensunterhalt." if heads == "allein" else "Wir wollen zu dritt in Hamburg gründen, Lebensunterhalt."  # fmt: skip
    amount = programme(advisers, "innofounder", text).amount
    assert amount is not None and cap in amount.text and other not in amount.text


@pytest.mark.parametrize(("staff", "turnover", "rate"), [(30, "3 Mio.", "35"), (1200, "300 Mio.", "25")])
def test_the_rate_is_the_one_for_the_size(advisers: Advisers, staff: int, turnover: str, rate: str) -> None:
    text = f"GmbH in Hamburg, gegründet 2008, {staff} Beschäftigte, Umsatz {turnover} Euro. Wir wollen ein neues Verfahren entwickeln."
    found = programme(advisers, "forschungszulage", text).rate
    assert found is not None and f"{rate} Prozent" in found.text


@pytest.mark.parametrize(
    ("language", "text"),
    [
        (
            "de",
            "GmbH in Hamburg, gegründet 2008, 40 Beschäftigte, Umsatz 6 Mio. Euro. Wir wollen ein neues Verfahren entwickeln.",
        ),
        ("en", "Start-up in Hamburg, founded in March 2026, four people, no revenue yet. We are building a prototype."),
        ("de", "Wir wollen in Hamburg gründen und brauchen Geld für den Lebensunterhalt."),
    ],
)
def test_no_figure_without_its_quotation(advisers: Advisers, language: Language, text: str) -> None:
    advice = advisers.fund(advisers.understand(Request(description=text, on=date(2026, 11, 23))))
    shown = 0
    for found in advice.programmes:
        for cited in (
            found.amount,
            found.rate,
            found.duration,
            found.deadline,
            found.apply,
            *found.hints,
            *found.criteria,
        ):
            if cited is not None:
                shown += 1
                assert figures_stand(cited.text, cited.evidence), cited.text
    assert shown > 50 and advice.language == language


def test_a_date_that_has_passed_is_called_past(advisers: Advisers) -> None:
    text = "Wir entwickeln Computerspiele in Hamburg und brauchen Geld für einen Prototyp."
    found = programme(advisers, "gamecity-prototypenfoerderung", text).deadline
    assert found is not None and "vorbei" in found.text
