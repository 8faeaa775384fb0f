"""Numbers: supported by the quotation of the very statement, and those that were expected."""

from __future__ import annotations

import pytest

from evals.scorers.figures import figures_of, score_figures
from tests.unit.evals.make import AMOUNT, DURATION, make_case, make_reply, values


def test_a_figure_must_stand_in_the_quotation_of_its_own_statement() -> None:
    """2,500 euros stands in a quotation, but in that of the other statement."""
    reply = make_reply(((AMOUNT, (DURATION,)), (DURATION, (AMOUNT, DURATION))))
    assert values(score_figures(make_case(), reply))["figures_supported"] == 0.5


def test_an_altered_amount_is_caught() -> None:
    reply = make_reply((("InnoFounder zahlt 2.600 Euro im Monat.", (AMOUNT,)),))
    found = values(score_figures(make_case(), reply))
    assert found == {"figures_supported": 0.0, "figures_right": 1.0}  # the right one stands in the quotation


@pytest.mark.parametrize("form", ["2.500 Euro", "2,500 euros", "EUR 2500"])
def test_numbers_are_one_however_they_are_written(form: str) -> None:
    assert values(score_figures(make_case(vital=((form,),)), make_reply()))["figures_right"] == 1.0


def test_a_part_of_a_number_is_another_number() -> None:
    assert values(score_figures(make_case(vital=(("500 Euro",),)), make_reply()))["figures_right"] == 0.0


def test_german_and_english_figures_meet() -> None:
    assert figures_of("75.000 Euro und 7,5 Prozent") == figures_of("75,000 euros and 7.5 per cent")


def test_repeated_questions_and_next_steps_of_an_enquiry_state_no_figures() -> None:
    step = {"text": "Vielleicht hilft die IFB (ifbhh.de).", "url": "https://www.ifbhh.de/"}
    part = {"question": "Gibt es 9.999 Euro?", "start": 0, "end": 1, "status": "abstained", "reason": "no_match"}
    reply = make_reply(
        ((AMOUNT, (AMOUNT,)), ("**2. Gibt es 9.999 Euro?**", ()), (step["text"], ())),
        parts=[{**part, "next_step": step, "rewritten_question": None}],
    )
    assert values(score_figures(make_case(), reply))["figures_supported"] == 1.0
