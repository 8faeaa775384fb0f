"""Answer spans, counted by hand."""

from __future__ import annotations

import pytest

from evals.scorers.spans import best_span_f1, score_spans, token_f1, words_of
from evals.suites.suite_cases import SpanCase
from tests.unit.evals.make import AMOUNT, make_refusal, make_reply, values


def span_case(*answers: str) -> SpanCase:
    return SpanCase(
        id="1", set="squad", question="Wie viel?", document="funding/innofounder", answers=answers, language="de"
    )


def test_articles_case_and_punctuation_do_not_count() -> None:
    assert words_of("Die IFB, Hamburg!") == words_of("ifb hamburg")


def test_token_f1_by_hand() -> None:
    """Two shared words; 2·2 / (3 + 4)."""
    assert token_f1(["2", "500", "euro"], ["2", "500", "im", "monat"]) == pytest.approx(4 / 7)
    assert token_f1([], []) == 1.0 and token_f1(["a"], []) == 0.0


def test_the_best_span_is_found_within_a_sentence() -> None:
    assert best_span_f1("innofounder zahlt 2 500 euro im monat".split(), ["2", "500", "euro"]) == 1.0
    # "2 500 euro im monat" against "2 euro": best is "2 500 euro", 2·2 / (3 + 2)
    assert best_span_f1("zahlt 2 500 euro im monat".split(), ["2", "euro"]) == pytest.approx(4 / 5)


def test_an_answer_in_the_quotation_is_right_though_the_reply_is_longer() -> None:
    found = values(score_spans(span_case("2.500 Euro"), make_reply()))
    assert found["answer_in_quotation"] == found["span_exact"] == found["span_f1"] == found["right_citation"] == 1.0
    assert found["reply_f1"] == pytest.approx(2 * 3 / (len(words_of(AMOUNT)) + 3))


def test_the_best_of_several_answers_counts() -> None:
    assert values(score_spans(span_case("drei Taler", "im Monat"), make_reply()))["answer_in_quotation"] == 1.0


def test_refusing_is_right_only_where_no_paragraph_answers() -> None:
    assert values(score_spans(span_case(), make_refusal())) == {"refuses": 1.0}
    assert values(score_spans(span_case(), make_reply())) == {"refuses": 0.0}
    assert set(values(score_spans(span_case("2.500"), make_refusal())).values()) == {0.0}
