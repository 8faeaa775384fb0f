"""What a question is: its language, what it names, what is misspelt, and what is no question at all."""

from __future__ import annotations

from dataclasses import replace

import pytest

from assistant.answer.draft import Draft
from assistant.answer.names import NameIndex
from assistant.answer.texts import text_for
from assistant.answer.understand import Understand, begin
from assistant.domain.answers import Question, Turn
from assistant.domain.values import Language
from assistant.language.spelling import SpellingCorrector
from assistant.store.library import StoredLibrary
from tests.conftest import TODAY

WORDS = {"Zuschuss": 40, "Förderung": 90, "Mitglieder": 30, "Cluster": 200, "members": 20, "funding": 30}


@pytest.fixture(scope="module")
def step(library: StoredLibrary) -> Understand:
    def is_known(word: str) -> bool:
        return word in {"hoch", "viele", "welche", "haben", "gibt", "does", "pay", "much", "have"}

    return Understand(NameIndex(library), spelling=SpellingCorrector(WORDS, is_known=is_known))


def question(text: str, *, language: Language | None = None, history: tuple[Turn, ...] = ()) -> Question:
    return Question(text=text, conversation_id="c", language=language, history=history, today=TODAY)


def understand(step: Understand, text: str) -> Draft:
    return step(begin(question(text)))


# --- language --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Wie hoch ist der Zuschuss bei InnoFounder?", "de"),
        ("How much does InnoFounder pay?", "en"),
        ("Hamburg Aviation members", "en"),
        ("Mitgliederzahl Hamburg Aviation", "de"),
    ],
)
def test_the_reply_is_in_the_language_of_the_question(text: str, language: Language) -> None:
    draft = begin(question(text))
    assert (draft.language, draft.text_language) == (language, language)


def test_a_wished_language_is_that_of_the_reply_but_not_of_the_search() -> None:
    draft = begin(question("Wie hoch ist der Zuschuss bei InnoFounder?", language="en"))
    assert (draft.language, draft.text_language) == ("en", "de")


def test_a_word_without_a_language_follows_the_conversation() -> None:
    english = Turn(question="How much does InnoFounder pay?", language="en", document_ids=("funding/innofounder",))
    assert begin(question("InnoRampUp?", history=(english,))).language == "en"
    assert begin(question("InnoRampUp?")).language == "de"


# --- what is no question ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize("text", ["?", "...!?", "— – -", "\u200b\u200b!", "🙂🙂", "***"])
def test_signs_without_a_word_are_asked_to_be_a_question(step: Understand, text: str) -> None:
    outcome = understand(step, text).outcome
    assert outcome is not None
    assert outcome.status == "clarify"
    assert outcome.message == text_for("unreadable", "de")


@pytest.mark.parametrize(
    "text",
    [
        "Quelles aides existent pour les jeunes entreprises à Hambourg ?",
        "¿Qué ayudas económicas existen para las empresas nuevas de la ciudad de Hamburgo?",
        "Hamburg'daki yeni şirketler için hangi destekler var?",
        "Какие программы поддержки есть для стартапов в Гамбурге?",
    ],
    ids=["French", "Spanish", "Turkish", "Russian"],
)
def test_other_languages_are_told_which_ones_are_spoken(step: Understand, text: str) -> None:
    outcome = understand(step, text).outcome
    assert outcome is not None
    assert outcome.status == "clarify"
    assert outcome.message in (text_for("other_language", "de"), text_for("other_language", "en"))


@pytest.mark.parametrize(
    "text",
    [
        "Cluster Hamburg Liste",
        "quote profi",
        "Was kostet das?",
        "Förderung?",
        "KMU Definition EU",
        "start up geld hamburg",
    ],
)
def test_a_few_words_are_not_taken_for_another_language(step: Understand, text: str) -> None:
    assert understand(step, text).outcome is None


# --- names and spelling ----------------------------------------------------------------------------------------------


def test_names_are_found_and_their_words_noted(step: Understand) -> None:
    draft = understand(step, "Wie hoch ist der Zuschuss bei InnoFounder?")
    assert draft.document_ids == ("funding/innofounder",)
    assert draft.name_words == {"innofounder"}


def test_a_typing_error_is_corrected_and_the_person_told(step: Understand) -> None:
    draft = understand(step, "Wie hoch ist der Zuschus bei InnoFounder?")
    assert draft.text == "Wie hoch ist der Zuschuss bei InnoFounder?"
    assert draft.notices == ("Gesucht habe ich nach „Zuschuss“.",)
    assert draft.question.text == "Wie hoch ist der Zuschus bei InnoFounder?"


def test_the_english_notice_has_english_quotation_marks(step: Understand) -> None:
    draft = understand(step, "How many membres does Hamburg Aviation have?")
    assert draft.notices == ("I searched for “members”.",)


def test_what_is_spelt_right_is_left_alone(step: Understand) -> None:
    draft = understand(step, "Welche Förderung gibt es?")
    assert draft.text == "Welche Förderung gibt es?"
    assert draft.notices == ()


@pytest.mark.parametrize(
    "written",
    [
        "Wie hoch ist der Zu\u00adschuss?",
        "Wie\u200b hoch ist\tder \n Zuschuss?",
        "Wie hoch ist der Zuschuss\u202e?",
        "  Wie hoch ist der Zuschuss?  ",
    ],
    ids=["soft hyphen", "zero width", "direction", "blanks"],
)
def test_hidden_characters_and_blanks_do_not_reach_the_search(written: str) -> None:
    assert begin(question(written)).text == "Wie hoch ist der Zuschuss?"


def test_decomposed_umlauts_are_composed() -> None:
    assert begin(question("Fo\u0308rderung")).text == "Förderung"


def test_what_is_understood_can_be_explained(step: Understand) -> None:
    seen = understand(step, "Wie hoch ist der Zuschus bei InnoFounder?").trace["understand"]
    assert seen["language"] == "de"
    assert seen["named"] == ["funding/innofounder"]
    assert seen["corrected"] == [["Zuschus", "Zuschuss"]]


def test_an_outcome_is_not_overwritten_by_names(step: Understand) -> None:
    draft = begin(question("?"))
    assert step(replace(draft, text="?!")).document_ids == ()
