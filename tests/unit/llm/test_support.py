"""What a quotation supports, and what it does not."""

from __future__ import annotations

import pytest

from assistant import bootstrap
from assistant.llm.checks import Checks, Failed
from assistant.llm.contract import Quoted, WrittenSentence
from assistant.llm.passages import number_passages
from assistant.llm.support import Support, turns_round, unstated_figure
from tests.conftest import TODAY
from tests.unit.llm import statements
from tests.unit.llm.conftest import evidence_of
from tests.unit.llm.statements import DOES_NOT_HOLD, HOLDS, Said

SHEETS = ("funding/innofounder", "clusters/hamburg-aviation")
LEAST_ACCEPTED = 0.9
"""Of well-worded sentences; the others are repaired or replaced by their quotation."""


def verdict(said: Said, checks: Checks, opened: bootstrap.Searchable) -> Failed | None:
    document_id = next(document_id for document_id in SHEETS if said.evidence in opened.library.text(document_id))
    found = next(item for item in evidence_of(opened, document_id) if item.text == said.evidence)
    sheet = number_passages([found], language="de", library=opened.library, today=TODAY)
    sentence = WrittenSentence(text=said.text, quotes=(Quoted(label="S1", words=said.evidence),))
    checked = checks.check(sentence, sheet, language=said.language, prompt="")
    return checked if isinstance(checked, Failed) else None


def test_the_evidence_stands_in_the_corpus(opened: bootstrap.Searchable) -> None:
    texts = {said.evidence for said in (*HOLDS, *DOES_NOT_HOLD)}
    corpus = " ".join(opened.library.text(document_id) for document_id in SHEETS)
    assert texts and not [text for text in texts if text not in corpus]


@pytest.mark.parametrize("said", DOES_NOT_HOLD, ids=lambda said: said.text[:60])
def test_what_the_quotation_does_not_say_is_refused(said: Said, checks: Checks, opened: bootstrap.Searchable) -> None:
    failed = verdict(said, checks, opened)
    assert failed is not None and failed.fault in {"figure", "turned_round", "name", "unsupported"}


def test_most_well_worded_sentences_are_accepted(checks: Checks, opened: bootstrap.Searchable) -> None:
    refused = [
        f"{failed.fault} {failed.detail}: {said.text}" for said in HOLDS if (failed := verdict(said, checks, opened))
    ]
    assert len(refused) <= (1 - LEAST_ACCEPTED) * len(HOLDS), refused


@pytest.mark.parametrize(
    ("text", "evidence"),
    [
        ("It pays EUR 2,500.", "Es zahlt 2.500 Euro."), ("Bis zu 1,5 Mio. Euro.", "Up to 1.5 million euros."), ("Die Quote beträgt 50 %.", "50 percent"),
        ("Frist ist der 31. März 2026.", "31.03.2026"), ("Die Frist endet im März 2026.", "Frist: 31.03.2026"), ("Seit 2019 gibt es das.", "am 1. Januar 2019 gegründet"),
        ("Drei Personen.", "3 Personen"), ("Es gilt § 7.", "nach § 7 gilt"), ("Zwischen 300 und 500 Euro.", "300 bis 500 Euro"),
    ],
)  # fmt: skip
def test_a_figure_is_the_same_in_both_languages_formats(text: str, evidence: str) -> None:
    assert unstated_figure(text, evidence) is None


@pytest.mark.parametrize(
    ("text", "evidence"),
    [
        ("Es zahlt 2.501 Euro.", "Es zahlt 2.500 Euro."), ("Es sind 2,5 Euro.", "Es zahlt 2.500 Euro."), ("50 Prozent.", "50 Euro"), ("Der 31.03.2027.", "31.03.2026"),
        ("Im April 2026.", "31.03.2026"), ("Nach § 8.", "nach § 7"), ("Es dauert 18 Jahre.", "18 Monate"), ("1,1 Mrd. Euro", "1,1 Mio. Euro"), ("Vier Personen.", "3 Personen"),
    ],
)  # fmt: skip
def test_a_figure_that_is_not_stated_is_found(text: str, evidence: str) -> None:
    assert unstated_figure(text, evidence) is not None


def test_denying_and_turning_a_limit_round_is_noticed_in_both_languages() -> None:
    assert turns_round("Es wird nicht gezahlt.", statements.MONTHLY)
    assert turns_round("It can be combined with InnoRampUp.", statements.COMBINE)
    assert turns_round("At least 18 months.", statements.LONGEST)
    assert not turns_round("At most 18 months.", statements.LONGEST)


def test_the_subject_alone_does_not_carry_a_sentence(support: Support) -> None:
    text, evidence = "InnoFounder tanzt im Regen.", statements.MONTHLY
    assert support.foreign_word(text, "de", evidence, "de", subject="InnoFounder")
