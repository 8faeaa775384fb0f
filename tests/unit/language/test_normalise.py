"""Canonical text and folding: one form for every spelling, with exact offsets."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.language.normalise import canonical_text, clean_question, fold, fold_with_offsets

TEXTS = st.text(max_size=200) | st.text(alphabet="aäöüßÄ-\n\u00ad\u200b\u0308ﬁ .§1€", max_size=80)


@pytest.mark.parametrize(
    ("raw", "wanted"),
    [
        pytest.param("Fo\u0308rderung", "Förderung", id="decomposed umlaut"),
        pytest.param("För\u00adderung", "Förderung", id="soft hyphen"),
        pytest.param("Inno-\nvation", "Innovation", id="hyphen at a line end"),
        pytest.param("Forschungs-\nund Entwicklung", "Forschungs-\nund Entwicklung", id="hyphen that stays"),
        pytest.param("Luftfahrt-\nCluster", "Luftfahrt-\nCluster", id="hyphen before a capital"),
        pytest.param("Of\ufb01ce", "Office", id="ligature"),
        pytest.param("a\u200bb\ufeff", "ab", id="hidden characters"),
        pytest.param("eins\r\nzwei\rdrei", "eins\nzwei\ndrei", id="line ends"),
        pytest.param("a\n\n\n\n\nb", "a\n\nb", id="blank lines"),
    ],
)
def test_canonical_text_repairs(raw: str, wanted: str) -> None:
    assert canonical_text(raw) == wanted


@given(TEXTS)
def test_canonical_text_is_nfc_and_idempotent(raw: str) -> None:
    text = canonical_text(raw)
    assert canonical_text(text) == text
    assert unicodedata.is_normalized("NFC", text)
    assert text == text.strip()


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Förderung", "Foerderung"),
        ("Straße", "STRASSE"),
        ("Fo\u0308rderung", "förderung"),
        ("„Zuschuss“ – heute", '"zuschuss" - heute'),
        ("2\u00a0500\u202fEuro", "2 500 euro"),
    ],
)
def test_spellings_fold_to_the_same(one: str, other: str) -> None:
    assert fold(one) == fold(other)


@given(TEXTS)
def test_folded_characters_know_where_they_came_from(text: str) -> None:
    folded, offsets = fold_with_offsets(text)
    assert folded == fold(text)
    assert len(folded) == len(offsets)
    assert offsets == sorted(offsets)
    assert all(0 <= offset < len(text) for offset in offsets)
    assert fold(folded) == folded


@given(TEXTS)
def test_a_cleaned_question_is_one_line_without_hidden_characters(text: str) -> None:
    cleaned = clean_question(text)
    assert "\n" not in cleaned
    assert not any(unicodedata.category(char) in ("Cc", "Cf") for char in cleaned)
