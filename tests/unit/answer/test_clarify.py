"""Asking back: only where several bearers of one name answer the question."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pytest

from assistant.answer.clarify import Clarify
from assistant.answer.draft import DocumentReading, Draft
from assistant.answer.line_features import FEATURES
from assistant.answer.lines import LineReader
from assistant.answer.names import NameIndex
from assistant.language.analysis import Analyser
from assistant.language.compounds import CompoundLexicon
from assistant.learned.embedder import StaticEmbedder
from assistant.store.library import StoredLibrary
from tests.unit.answer.make import drafted

PROFI, IMPULS, TRANSFER = (
    "funding/profi-programm-fuer-innovation",
    "funding/profi-impuls",
    "funding/profi-transfer-plus",
)
QUESTION = "Wie hoch ist die Förderquote bei PROFI?"


class Reader:
    """Reads documents as if the selector had found their best line to be so likely."""

    def __init__(self, library: StoredLibrary) -> None:
        self._library = library
        self._lines = LineReader(library, Analyser(CompoundLexicon.from_words({})), StaticEmbedder.load())
        self.clarify = Clarify(NameIndex(library))

    def ask(self, text: str, best: Mapping[str, float], **values: object) -> Draft:
        readings = []
        for document_id, probability in best.items():
            lines = self._lines.read(document_id, self._library.passages(document_id))
            probabilities = np.zeros(len(lines), dtype=np.float32)
            probabilities[-1] = probability
            features = np.zeros((len(lines), len(FEATURES)), dtype=np.float32)
            readings.append(DocumentReading(lines=lines, features=features, probabilities=probabilities))
        return self.clarify(drafted(text, readings=tuple(readings), **values))


@pytest.fixture(scope="module")
def reader(library: StoredLibrary) -> Reader:
    return Reader(library)


def test_a_shared_name_that_several_answer_is_asked_back(reader: Reader) -> None:
    outcome = reader.ask(QUESTION, {PROFI: 0.8, IMPULS: 0.7, TRANSFER: 0.6}).outcome
    assert outcome is not None
    assert outcome.status == "clarify"
    assert outcome.message == "„PROFI“ heißen mehrere Angebote. Welches meinen Sie?"
    assert set(outcome.options) == {
        "Wie hoch ist die Förderquote bei PROFI?",
        "Wie hoch ist die Förderquote bei PROFI Impuls?",
        "Wie hoch ist die Förderquote bei PROFI Transfer Plus?",
    }


def test_only_those_are_offered_that_answer(reader: Reader) -> None:
    outcome = reader.ask(QUESTION, {PROFI: 0.1, IMPULS: 0.7, TRANSFER: 0.6}).outcome
    assert outcome is not None
    assert [option.rpartition(" bei ")[2] for option in outcome.options] == ["PROFI Impuls?", "PROFI Transfer Plus?"]


def test_a_single_one_that_answers_is_taken_to_be_meant(reader: Reader) -> None:
    draft = reader.ask(QUESTION, {PROFI: 0.05, IMPULS: 0.1, TRANSFER: 0.9})
    assert draft.outcome is None
    assert draft.trace["clarify"]["answering"] == [TRANSFER]


def test_where_none_answers_nothing_is_asked(reader: Reader) -> None:
    assert reader.ask(QUESTION, {PROFI: 0.0, IMPULS: 0.0, TRANSFER: 0.0}).outcome is None


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("Wie hoch ist die Förderquote bei PROFI Impuls?", id="full name"),
        pytest.param("Wie hoch ist der Zuschuss bei InnoFounder?", id="name of its own"),
        pytest.param("Welche PROFI-Programme gibt es?", id="list"),
        pytest.param("Was unterscheidet die PROFI-Programme?", id="comparison"),
        pytest.param("Was ist PROFI?", id="definition"),
        pytest.param("Wie wird das Wetter?", id="no name"),
    ],
)
def test_what_leaves_nothing_open_is_not_asked_back(reader: Reader, text: str) -> None:
    assert reader.ask(text, {PROFI: 0.8, IMPULS: 0.7, TRANSFER: 0.6}).outcome is None


def test_what_the_conversation_has_settled_is_not_asked_again(reader: Reader) -> None:
    draft = reader.ask(QUESTION, {PROFI: 0.8, IMPULS: 0.7}, rewritten=QUESTION)
    assert draft.outcome is None


@pytest.mark.parametrize(
    "opening",
    [
        "How high is",
        "What is",
    ],
)  # fmt: skip
def test_an_english_question_is_asked_back_in_english(reader: Reader, opening: str) -> None:
    outcome = reader.ask(f"{opening} the funding rate of PROFI?", {IMPULS: 0.7, TRANSFER: 0.6}).outcome
    assert outcome is not None
    assert outcome.message == "Several offers are called “PROFI”. Which one do you mean?"
    assert set(outcome.options) == {
        f"{opening} the funding rate of PROFI Impuls?",
        f"{opening} the funding rate of PROFI Transfer Plus?",
    }


def test_options_are_questions_that_need_no_asking_back(reader: Reader) -> None:
    outcome = reader.ask(QUESTION, {IMPULS: 0.7, TRANSFER: 0.6}).outcome
    assert outcome is not None
    for option in outcome.options:
        assert reader.ask(option, {IMPULS: 0.7, TRANSFER: 0.6}).outcome is None
