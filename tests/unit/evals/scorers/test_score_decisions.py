"""To answer, to refuse, to ask back: each way of being wrong is a figure of its own."""

from __future__ import annotations

import pytest

from evals.scorers.decisions import score_decision
from tests.unit.evals.make import make_case, make_refusal, make_reply, values

UNANSWERABLE = {"status": "abstained", "reasons": ("no_match",)}


def test_refused_although_answerable() -> None:
    assert values(score_decision(make_case(), make_refusal())) == {"status": 0.0, "answers": 0.0}


def test_answered_although_not_answerable() -> None:
    assert values(score_decision(make_case(**UNANSWERABLE), make_reply())) == {"status": 0.0, "refuses": 0.0}


@pytest.mark.parametrize(("reason", "right"), [("no_match", 1.0), ("out_of_scope", 0.0)])
def test_a_refusal_gives_the_right_reason(reason: str, right: float) -> None:
    found = values(score_decision(make_case(**UNANSWERABLE), make_refusal(reason)))
    assert found == {"status": 1.0, "refuses": 1.0, "reason": right}


def test_asking_back_is_neither_refusing_nor_answering() -> None:
    reply = make_reply((("Was meinen Sie?", ()),), status="clarify", reason="name")
    assert values(score_decision(make_case(), reply)) == {"status": 0.0, "answers": 1.0}


def test_a_case_that_may_go_either_way_is_judged_by_its_status_only() -> None:
    either = make_case(status=("answered", "abstained"))
    assert values(score_decision(either, make_refusal())) == {"status": 1.0}
