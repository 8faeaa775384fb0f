"""The extractive writer: what answers leads, newer before older, nothing twice."""

from __future__ import annotations

import pytest

from assistant.answer.write import choose_sentences, order_sentences, states_older
from assistant.domain.answers import Evidence
from assistant.domain.values import Passage, Sentence


def evidence(text: str, score: float, *, document_id: str = "funding/x", start: int = 0) -> Evidence:
    passage = Passage(
        id=f"{document_id}-{start}", document_id=document_id, version_id="v", ordinal=0, start=start, end=start + len(text), text=text, heading=(),
        block="prose", language="de", kind="funding", title="X", page=None, sentences=(),
    )  # fmt: skip
    sentence = Sentence(start=start, end=start + len(text), block="prose")
    return Evidence(passage=passage, sentence=sentence, text=text, sources=(), score=score)


NEW = evidence("Die Quote von X reicht bis 60 Prozent.", 0.81, start=10)
OLD = evidence("In der überholten Fassung von X lag die Quote bei 80 Prozent.", 0.95, start=90)
EXTRA = evidence("Bei X zählen Personalkosten zu den Ausgaben.", 0.3, start=0)
OTHER = evidence("Y zahlt 40 Prozent.", 0.7, document_id="funding/y", start=5)


def test_an_older_state_comes_last_however_well_it_fits() -> None:
    assert order_sentences([OLD, NEW, EXTRA]) == [NEW, EXTRA, OLD]


def test_among_equals_the_order_of_the_document_decides() -> None:
    first, second = evidence("300 Mitglieder 2025.", 0.9, start=0), evidence("270 Mitglieder 2023.", 0.95, start=50)
    assert order_sentences([second, first]) == [first, second]


def test_what_answers_best_leads_before_what_stands_earlier() -> None:
    assert order_sentences([NEW, EXTRA]) == [NEW, EXTRA]


def test_other_documents_follow_the_leading_one() -> None:
    assert order_sentences([NEW, OTHER]) == [NEW, OTHER]


def test_weak_and_repeated_sentences_stay_out() -> None:
    same = evidence("Die Quote von X reicht bis 60 Prozent!", 0.8, start=200)
    assert choose_sentences([NEW, same, EXTRA], limit=4, floor=0.4) == [NEW]
    assert choose_sentences([NEW, OTHER, EXTRA], limit=2, floor=0.1) == [NEW, OTHER]
    assert choose_sentences([], limit=4, floor=0.1) == []


@pytest.mark.parametrize(
    ("text", "older"),
    [
        ("Nach der früheren Richtlinie galten 50 Prozent.", True),
        ("An older version paid EUR 5,000.", True),
        ("Seit 2025 gelten 35 Prozent.", False),
        ("The rate is 35 per cent.", False),
    ],
)
def test_sentences_say_that_they_are_older(text: str, older: bool) -> None:
    assert states_older(text) is older
