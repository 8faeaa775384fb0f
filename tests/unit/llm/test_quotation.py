"""Quotations are found as they stand, with slips, and with words left out; others are not."""

from __future__ import annotations

import pytest

from assistant import bootstrap
from assistant.llm.quotation import find_in_any, find_quotation, find_span
from tests.unit.llm.conftest import sheet_of
from tests.unit.llm.statements import CEILING, MONTHLY


@pytest.mark.parametrize(
    "words",
    [
        "zahlt 2.500 Euro je Person und Monat", "ZAHLT 2.500 EURO JE PERSON UND MONAT", "„zahlt 2.500 Euro je Person und Monat“.", "zahlt  2.500\nEuro je Person",
        "zahlt 2.500 Euro je Persn und Monat", "wenn die Person in Volzeit arbeitet", "InnoFounder zahlt … wenn die Person in Vollzeit arbeitet",
        "InnoFounder zahlt [...] Vollzeit arbeitet", "in Vollzeit",
    ],
)  # fmt: skip
def test_a_quotation_leads_to_its_sentence(opened: bootstrap.Searchable, words: str) -> None:
    passage = next(p for p in sheet_of(opened, "funding/innofounder").passages if MONTHLY in p.text)
    text = opened.library.text("funding/innofounder")
    sentences = find_quotation(words, passage)
    assert MONTHLY in [text[sentence.start : sentence.end] for sentence in sentences]


@pytest.mark.parametrize(
    "words",
    ["", " … ", "zahlt monatlich einen großzügigen Zuschuss an alle", "InnoFounder zahlt … ein Auto", "Euro", "x" * 5000, "der", '"'],
)  # fmt: skip
def test_other_words_are_not_found(opened: bootstrap.Searchable, words: str) -> None:
    assert not any(find_quotation(words, passage) for passage in sheet_of(opened, "funding/innofounder").passages)


def test_a_quotation_may_not_span_half_a_page(opened: bootstrap.Searchable) -> None:
    passage = max(sheet_of(opened, "funding/innofounder").passages, key=lambda p: len(p.passage.sentences))
    assert len(passage.passage.sentences) > 3
    assert not find_quotation(passage.passage.text, passage)


def test_a_wrong_label_does_no_harm(opened: bootstrap.Searchable) -> None:
    found = find_in_any(CEILING, sheet_of(opened, "funding/innofounder").passages)
    assert found is not None and CEILING in found[0].text


def test_a_span_is_exact_in_a_text_whose_folding_changes_its_length() -> None:
    text = "Größe und Maß: Die Förderung läuft über Jahre."
    span = find_span("die foerderung laeuft ueber jahre", text)
    assert span is not None and text[span.start : span.end] == "Die Förderung läuft über Jahre"
