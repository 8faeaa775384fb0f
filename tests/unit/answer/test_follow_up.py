"""What a question means in its conversation."""

from __future__ import annotations

from datetime import date

import pytest

from assistant.answer.draft import Draft
from assistant.answer.follow_up import FollowUp
from assistant.answer.names import NameIndex
from assistant.answer.understand import begin
from assistant.domain.answers import Question, Turn
from assistant.domain.values import Language
from assistant.store.library import StoredLibrary

PROFI_OPTIONS = (
    "Wie hoch ist die Quote bei PROFI?",
    "Wie hoch ist die Quote bei PROFI Impuls?",
    "Wie hoch ist die Quote bei PROFI Transfer Plus?",
)


@pytest.fixture(scope="module")
def names(library: StoredLibrary) -> NameIndex:
    return NameIndex(library)


def turn(question: str, *document_ids: str, language: Language = "de", options: tuple[str, ...] = ()) -> Turn:
    return Turn(question=question, language=language, document_ids=document_ids, options=options)


def follow(names: NameIndex, question: str, *turns: Turn) -> Draft:
    draft = begin(Question(text=question, conversation_id="c", history=turns, today=date(2026, 11, 23)))
    found = names.find(draft.text)
    draft = Draft(
        **{
            **{name: getattr(draft, name) for name in Draft.__slots__},
            "document_ids": found.document_ids,
            "name_words": found.words,
        }
    )
    return FollowUp(names)(draft)


FOUNDER = turn("Wie hoch ist der Zuschuss bei InnoFounder?", "funding/innofounder")
AVIATION = turn("How many members does Hamburg Aviation have?", "clusters/hamburg-aviation", language="en")


@pytest.mark.parametrize(
    ("question", "turns", "wanted"),
    [
        pytest.param("Und wie lange?", (FOUNDER,), "InnoFounder: Und wie lange?", id="opening word"),
        pytest.param("Wer kann es beantragen?", (FOUNDER,), "InnoFounder: Wer kann es beantragen?", id="pronoun"),
        pytest.param(
            "Und bei InnoRampUp?", (FOUNDER,), "Wie hoch ist der Zuschuss bei InnoRampUp?", id="another subject"
        ),
        pytest.param(
            "Sorry, I meant Life Science Nord",
            (AVIATION,),
            "How many members does Life Science Nord have?",
            id="correction",
        ),
        pytest.param(
            "Und mit InnoRampUp zusammen?", (FOUNDER,), "InnoFounder: Und mit InnoRampUp zusammen?", id="combination"
        ),
        pytest.param(
            "Ach nein, Innovation meinte ich",
            (turn("Wie viel gibt der Hamburg-Kredit Wachstum?", "funding/hamburg-kredit-wachstum"),),
            "Wie viel gibt der Hamburg-Kredit Innovation?",
            id="sibling",
        ),
        pytest.param(
            "PROFI Transfer Plus",
            (turn("Wie hoch ist die Quote bei PROFI?", options=PROFI_OPTIONS),),
            PROFI_OPTIONS[2],
            id="option",
        ),
        pytest.param(
            "Impuls",
            (turn("Wie hoch ist die Quote bei PROFI?", options=PROFI_OPTIONS),),
            PROFI_OPTIONS[1],
            id="option by its word",
        ),
        pytest.param(
            "PROFI",
            (turn("Wie hoch ist die Quote bei PROFI?", options=PROFI_OPTIONS),),
            PROFI_OPTIONS[0],
            id="plain option",
        ),
        pytest.param(
            "Oops, mixed that up, I was after Life Science Nord",
            (AVIATION,),
            "How many members does Life Science Nord have?",
            id="correction with an excuse",
        ),
        pytest.param(
            "The micro one.",
            (turn("How long does the Hamburg-Kredit Wachstum run?", "funding/hamburg-kredit-wachstum", language="en"),),
            "How long does the Hamburg-Kredit Mikro run?",
            id="sibling by its English word",
        ),
        pytest.param(
            "Wie hoch ist die Quote beim zweiten?",
            (turn("Was unterscheidet PROFI Impuls von PROFI Transfer Plus?", "funding/profi-impuls"),),
            "PROFI Transfer Plus: wie hoch ist die quote ?",
            id="second one",
        ),
    ],
)
def test_a_question_that_leans_is_made_whole(
    names: NameIndex, question: str, turns: tuple[Turn, ...], wanted: str
) -> None:
    assert follow(names, question, *turns).rewritten == wanted


@pytest.mark.parametrize(
    ("question", "turns"),
    [
        pytest.param("Wie viele Mitglieder hat Hamburg Aviation?", (FOUNDER,), id="new subject"),
        pytest.param("Wie viele Mitglieder hat Hamburg Aviation?", (), id="no conversation"),
    ],
)
def test_a_whole_question_is_left_alone(names: NameIndex, question: str, turns: tuple[Turn, ...]) -> None:
    draft = follow(names, question, *turns)
    assert draft.rewritten is None
    assert draft.possible is None
    assert draft.text == question


def test_a_question_without_a_subject_may_lean_or_not(names: NameIndex) -> None:
    draft = follow(names, "Bis wann muss ich die Unterlagen einreichen?", FOUNDER)
    assert draft.rewritten is None
    assert draft.possible is not None
    assert draft.possible.text == "InnoFounder: Bis wann muss ich die Unterlagen einreichen?"


@pytest.mark.parametrize("question", ["Gibt es ein Netzwerk für Gaming?", "Is there a network for gaming?"])
def test_an_it_or_there_that_points_at_nothing_does_not_make_a_question_lean(names: NameIndex, question: str) -> None:
    assert follow(names, question, FOUNDER).rewritten is None


def test_the_same_again_in_english(names: NameIndex) -> None:
    draft = follow(names, "And in English?", FOUNDER)
    assert draft.text == FOUNDER.question
    assert (draft.language, draft.text_language) == ("en", "de")


@pytest.mark.parametrize(
    ("question", "language"),
    [
        ("and in English?", "en"),
        ("Sorry, my boss reads this too, could you repeat that in English please?", "en"),
        ("English version please", "en"),
        ("Können Sie mir das bitte noch einmal auf Deutsch schreiben, meine Kollegin spricht kein Englisch?", "de"),
        ("auf Deutsch bitte", "de"),
    ],
)
def test_the_same_is_said_again_in_the_other_language(names: NameIndex, question: str, language: Language) -> None:
    draft = follow(names, question, FOUNDER)
    assert draft.rewritten == FOUNDER.question
    assert draft.language == language
