"""Sentence boundaries in German and English administrative text."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.domain.values import Language
from assistant.language.sentences import sentence_spans


def sentences(text: str, language: Language = "de") -> list[str]:
    return [text[span.start : span.end] for span in sentence_spans(text, language)]


@pytest.mark.parametrize(
    "text",
    [
        "Nach Art. 25 Abs. 2 AGVO sind 50 Prozent zulässig.",
        "Der Zuschuss beträgt max. 1,5 Mio. Euro i. H. v. 50 Prozent.",
        "Förderfähig sind z. B. Personalkosten und ggf. Reisekosten.",
        "Die 2. Änderung der Richtlinie gilt seit dem 1. Januar 2025.",
        "Der 12. Aufruf endete am 31. Dezember 2025.",
        "Das Luftfahrtcluster Metropolregion Hamburg e. V. wurde 2011 gegründet.",
        "Siehe § 3 Nr. 4 der Richtlinie.",
        "Die Studie von Dr. Meyer und Prof. Schmidt liegt vor.",
        "Der Umsatz lag bei ca. 20 Mrd. Euro im Jahr.",
    ],
)
def test_abbreviations_and_ordinals_do_not_end_a_sentence(text: str) -> None:
    assert sentences(text) == [text]


def test_real_ends_are_found() -> None:
    text = "InnoFounder zahlt 2.500 Euro. Wie lange? Höchstens 18 Monate! Das gilt seit 2021. Danach ist Schluss."
    assert sentences(text) == [
        "InnoFounder zahlt 2.500 Euro.", "Wie lange?", "Höchstens 18 Monate!", "Das gilt seit 2021.", "Danach ist Schluss.",
    ]  # fmt: skip


def test_english_sentences() -> None:
    text = "The grant covers e.g. staff costs of Acme Ltd. and others. It ends on 3 May 2026. Apply by then."
    assert sentences(text, "en") == [
        "The grant covers e.g. staff costs of Acme Ltd. and others.", "It ends on 3 May 2026.", "Apply by then.",
    ]  # fmt: skip


def test_a_blank_line_ends_a_sentence() -> None:
    assert sentences("Überschrift ohne Punkt\n\nDer Text beginnt hier.") == [
        "Überschrift ohne Punkt",
        "Der Text beginnt hier.",
    ]


@given(st.text(max_size=300) | st.text(alphabet="aB. \n1?!ZÄ", max_size=120), st.sampled_from(["de", "en"]))
def test_spans_are_ordered_disjoint_and_lose_nothing(text: str, language: Language) -> None:
    spans = sentence_spans(text, language)
    position = 0
    for span in spans:
        assert position <= span.start < span.end <= len(text)
        assert not text[position : span.start].strip()
        position = span.end
    assert not text[position:].strip()
