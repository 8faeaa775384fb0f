"""Vital, okay and forbidden facts, counted by hand."""

from __future__ import annotations

import pytest

from evals.scorers.facts import score_facts, score_forbidden, score_overlap
from tests.unit.evals.make import AMOUNT, DURATION, make_case, make_refusal, make_reply, values

CASE = make_case(vital=(("2.500", "2,500"), ("18 Monate", "18 months")), okay=(("Vollzeit",), ("IFB",)))


def test_nugget_recall_by_hand() -> None:
    """One of two vital facts, none of two okay ones."""
    assert values(score_facts(CASE, make_reply())) == {"facts": 0.0, "vital_recall": 0.5, "nugget_recall": 0.25}
    full = make_reply(((AMOUNT, (AMOUNT,)), (DURATION, (DURATION,))))
    assert values(score_facts(CASE, full)) == {"facts": 1.0, "vital_recall": 1.0, "nugget_recall": 0.5}


def test_a_fact_may_stand_in_the_quotation() -> None:
    reply = make_reply((("So viel wird gezahlt.", (AMOUNT,)),))
    assert values(score_facts(make_case(), reply))["facts"] == 1.0


def test_a_refusal_holds_no_fact() -> None:
    assert values(score_facts(CASE, make_refusal())) == {"facts": 0.0, "vital_recall": 0.0, "nugget_recall": 0.0}


def test_the_missing_fact_is_named() -> None:
    assert "18 Monate or 18 months" in score_facts(CASE, make_reply())[0].reason


@pytest.mark.parametrize(("text", "value"), [("zahlt 2.500", 0.0), ("1 Million", 1.0), ("500 Euro", 1.0)])
def test_forbidden_words_are_found_wherever_they_stand(text: str, value: float) -> None:
    assert score_forbidden(make_case(forbidden=(text,)), make_reply()).value == value


def test_nothing_is_forbidden_unless_the_case_says_so() -> None:
    assert score_forbidden(make_case(), make_reply()) is None


def test_likeness_to_a_model_answer_counts_telling_words() -> None:
    case = make_case(vital=(), expected="InnoFounder zahlt monatlich Unterhalt")
    found = score_overlap(case, make_reply())
    assert found.value == pytest.approx(3 / 4) and "unterhalt" in found.reason
    assert score_overlap(make_case(), make_reply()) is None
