"""Citations: the right source, word for word, and enough of it."""

from __future__ import annotations

import pytest

from evals.runs import StoredText
from evals.scorers.citations import score_alce, score_exactness, score_right_citation, supports
from tests.unit.evals.make import (
    AMOUNT,
    DURATION,
    TEXT,
    TEXTS,
    make_case,
    make_citation,
    make_refusal,
    make_reply,
    values,
)


def test_a_document_or_an_official_address_will_do() -> None:
    reply = make_reply()
    assert score_right_citation(make_case(), reply).value == 1
    by_address = make_case(documents=(), urls=("https://ifbhh.de/innofounder/#antrag",))
    assert score_right_citation(by_address, reply).value == 1
    assert score_right_citation(make_case(documents=("funding/innorampup",)), reply).value == 0


def test_a_question_that_is_refused_cites_nothing_right() -> None:
    assert score_right_citation(make_case(), make_refusal()).value == 0
    may_refuse = make_case(status=("answered", "abstained"))
    assert score_right_citation(may_refuse, make_refusal()) is None


def test_one_altered_character_makes_a_quotation_inexact() -> None:
    assert score_exactness(make_reply().citations, TEXTS).value == 1
    altered = make_reply(((AMOUNT, (AMOUNT, DURATION)),))
    altered.citations[1].quote = DURATION.replace("18", "19")
    found = score_exactness(altered.citations, TEXTS)
    assert found.value == 0.5 and "19 Monate" in found.reason


def test_a_quotation_whose_text_is_not_there_is_not_judged() -> None:
    found = score_exactness(make_reply().citations, {"funding/innofounder": [StoredText("v2", TEXT)]})
    assert found.value is None and "another version" in found.reason
    assert score_exactness(make_reply().citations, {}).value is None
    assert score_exactness([], TEXTS) is None


def test_citation_recall_and_precision_by_hand() -> None:
    """Two statements, one uncited: recall 1/2. Three citations, of which the second says nothing of its statement: precision 1/2."""
    reply = make_reply(((AMOUNT, (AMOUNT, DURATION)), ("Das ist viel Geld.", ())))
    assert values(score_alce(make_case(), reply)) == {"citation_recall": 0.5, "citation_precision": 0.5}


def test_citations_that_only_together_support_are_both_needed() -> None:
    both = f"{AMOUNT} {DURATION}"
    assert values(score_alce(make_case(), make_reply(((both, (AMOUNT, DURATION)),)))) == {
        "citation_recall": 1.0,
        "citation_precision": 1.0,
    }


def test_a_citation_of_an_unsupported_statement_is_not_needed() -> None:
    reply = make_reply((("InnoFounder zahlt 9.000 Euro im Monat.", (AMOUNT,)),))
    assert values(score_alce(make_case(), reply)) == {"citation_recall": 0.0, "citation_precision": 0.0}


def test_an_answer_without_any_citation_has_recall_zero_and_no_precision() -> None:
    assert values(score_alce(make_case(), make_reply((("InnoFounder zahlt gut.", ()),)))) == {
        "citation_recall": 0.0,
        "citation_precision": None,
    }


def test_abstentions_are_not_judged_by_their_citations() -> None:
    assert score_alce(make_case(), make_refusal()) == []


@pytest.mark.parametrize(
    ("text", "supported"),
    [
        ("InnoFounder zahlt 2.500 Euro im Monat", True),
        ("Im Monat zahlt InnoFounder 2.500 Euro.", True),
        ("InnoFounder zahlt 2.600 Euro im Monat.", False),
        ("InnoFounder zahlt 2.500 Euro im Monat an Bauern, Fischer und Bäcker.", False),
    ],
)
def test_a_statement_is_supported_by_its_figures_and_words(text: str, supported: bool) -> None:
    assert supports([AMOUNT], text, "de") is supported


def test_nothing_supports_without_quotations() -> None:
    assert not supports([], AMOUNT, "de")
    assert make_citation(1, AMOUNT)["start"] == 0
