"""What is asked and not said: figures, years and words that stand neither in the document nor in the likely lines."""

from __future__ import annotations

import pytest

from assistant.answer.uncovered import UNCOVERED, Vocabulary, measure_uncovered
from assistant.language.words import plain_words

DOCUMENT = Vocabulary.of(
    plain_words("Der sechste Aufruf öffnete 2025. Firmen aus Europa nehmen teil. Die Förderquote beträgt 50 Prozent.")
)
LINES = [(0.9, "Firmen aus Europa nehmen teil."), (0.5, "Die Förderquote beträgt 50 Prozent."), (0.01, "Der sechste Aufruf öffnete 2025.")]  # fmt: skip


def measure(question: str) -> dict[str, float]:
    return measure_uncovered(plain_words(question), DOCUMENT, LINES, ordinary={"nehmen", "firmen", "auch", "japan"})


def test_everything_that_is_asked_is_said() -> None:
    values = measure("Nehmen Firmen teil?")
    assert tuple(values) == UNCOVERED
    assert values["new_words"] == values["new_words_in_line_share"] == 0


def test_a_qualifier_that_no_line_states_is_noticed() -> None:
    values = measure("Nehmen Firmen aus Japan teil?")
    assert values["new_words"] == 1
    assert values["strange_words"] == 0
    assert values["longest_new_word"] == len("japan")
    assert measure("Nehmen Firmen aus Wladiwostok teil?")["strange_words"] == 1


def test_a_year_the_document_does_not_know_is_noticed() -> None:
    assert measure("Welche Firmen nehmen 2027 teil?")["new_figures"] == 1
    known = measure("Welche Firmen nahmen 2025 teil?")
    assert known["new_figures"] == 0
    assert known["new_years_in_line"] == 1


def test_likely_lines_may_answer_together() -> None:
    values = measure("Welche Förderquote gilt für Firmen?")
    assert values["new_words_in_line_share"] > values["new_words_likely_share"]
    assert values["new_words_likely_share"] == pytest.approx(
        measure("Welche Förderquote gilt für Firmen?")["new_words_first_share"]
    )


@pytest.mark.parametrize("word", ["foerderquoten", "europaeisch", "quote"])
def test_another_form_and_a_part_of_a_word_count_as_said(word: str) -> None:
    assert DOCUMENT.says(word)


def test_a_short_word_is_only_said_as_it_stands() -> None:
    assert not DOCUMENT.says("euro")
