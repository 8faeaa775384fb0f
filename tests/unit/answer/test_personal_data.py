"""Personal data in a question: noticed and masked; figures of an ordinary question are left alone."""

from __future__ import annotations

import pytest

from assistant.answer.personal_data import mask_personal_data, personal_data_in, without_personal_data
from assistant.domain.values import Language
from tests.unit.answer.make import drafted


@pytest.mark.parametrize(
    ("text", "kind", "masked"),
    [
        ("Ich bin erika.mustermann@example.org, was gibt es?", "email", "Ich bin […], was gibt es?"),
        ("Meine IBAN ist DE89 3704 0044 0532 0130 00.", "iban", "Meine IBAN ist […]."),
        ("Rufen Sie mich unter 040 42841-1234 an", "phone", "Rufen Sie mich unter […] an"),
        ("Call me at +49 170 1234567 please", "phone", "Call me at […] please"),
        ("Steuer-ID: 12 345 678 901", "tax", "[…]"),
    ],
)
def test_personal_data_is_noticed_and_masked(text: str, kind: str, masked: str) -> None:
    assert kind in personal_data_in(text)
    assert mask_personal_data(text) == masked


@pytest.mark.parametrize(
    "text",
    [
        "Gibt es 2.500 Euro oder 150.000 Euro?",
        "Zählt der 01.01.2026 oder der 31.12.2027?",
        "Wer sitzt in 20097 Hamburg, Besenbinderhof 31?",
        "Was sagt Artikel 25 der Verordnung (EU) Nr. 651/2014?",
        "Was steht in Drucksache 18/2651?",
        "Förderung 2021 bis 2027 mit 0,5 Prozent",
        "Wie alt darf eine GmbH mit 249 Mitarbeitenden sein?",
    ],
)
def test_ordinary_figures_are_no_personal_data(text: str) -> None:
    assert personal_data_in(text) == frozenset()
    assert mask_personal_data(text) == text


@pytest.mark.parametrize(
    ("text", "language", "asked"),
    [
        ("Wie hoch ist PROFI? erika@example.org", "de", "Wie hoch ist PROFI?"),
        ("Meine E-Mail ist erika@example.org. Wie hoch ist PROFI?", "de", "Wie hoch ist PROFI?"),
        ("Wie hoch ist PROFI? Sie erreichen mich unter 040 42841-1234.", "de", "Wie hoch ist PROFI?"),
        ("How high is it? Please call me back on +49 170 1234567.", "en", "How high is it?"),
        ("Erika (erika@example.org) gründet. Was gibt es?", "de", "Erika gründet. Was gibt es?"),
        ("Ich bin erika@example.org, was gibt es?", "de", "Ich bin, was gibt es?"),
        ("Meine IBAN ist DE89 3704 0044 0532 0130 00.", "de", "Meine IBAN ist."),
        ("erika@example.org", "de", ""),
        ("Was  kostet (das) ?", "de", "Was  kostet (das) ?"),
    ],
)
def test_what_is_asked_stays_when_personal_data_goes(text: str, language: Language, asked: str) -> None:
    assert without_personal_data(text, language) == asked


def test_the_person_is_told_to_leave_it_out() -> None:
    (notice,) = drafted("Ich bin erika@example.org, wie hoch ist der Zuschuss?").notices
    assert "lassen Sie sie weg" in notice
    (notice,) = drafted("I am erika@example.org, how much is the grant?").notices
    assert "leave it out" in notice
    assert drafted("Wie hoch ist der Zuschuss?").notices == ()
