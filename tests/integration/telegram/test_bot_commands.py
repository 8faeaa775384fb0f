"""Every command, in both languages, as people meet it in a private chat."""

from __future__ import annotations

import httpx
import pytest

from bots.telegram.commands import COMMANDS
from bots.telegram.texts import say
from tests.integration.telegram.conftest import Stage

AMOUNT = "Wie viel Euro zahlt InnoFounder je Person und Monat?"


def test_the_menu_and_the_descriptions_are_there_in_both_languages(stage: Stage) -> None:
    seen = stage.api.seen
    for language, code in (("de", ""), ("en", "en")):
        everything = seen.commands[("all_private_chats", code)]
        assert [entry["command"] for entry in everything] == [command.name(language) for command in COMMANDS]
        assert {entry["command"] for entry in seen.commands[("all_group_chats", code)]} < {
            entry["command"] for entry in everything
        }
        assert seen.descriptions[("long", code)] and seen.descriptions[("short", code)]
    assert "Maschine" in seen.descriptions[("short", "")]
    assert "machine" in seen.descriptions[("short", "en")]


@pytest.mark.parametrize(
    ("code", "greeting"), [("de", "Guten Tag!"), ("de-AT", "Guten Tag!"), ("en", "Hello!"), ("fr", "Hello!")]
)
def test_start_greets_says_what_is_stored_and_offers_first_questions(stage: Stage, code: str, greeting: str) -> None:
    (message,) = stage.person(language_code=code).hears("/start")
    assert message.text.startswith(greeting)
    assert "30" in message.text and ("gespeichert" in message.text or "are kept" in message.text)
    assert len(message.buttons) == 5


@pytest.mark.parametrize("language", ["de", "en"])
@pytest.mark.parametrize("key", ["starters", "human_questions"])
def test_every_question_that_the_bot_offers_of_its_own_has_an_answer(
    service: httpx.Client, key: str, language: str
) -> None:
    for question in say(key, language).split("\n"):
        assert service.post("/ask", json={"question": question}).json()["citations"], question


def test_a_first_question_can_be_tapped(stage: Stage) -> None:
    person = stage.person()
    (greeting,) = person.hears("/start")
    (answer,) = person.taps(greeting, "Wie viel zahlt InnoFounder?")
    assert answer.text.startswith("Wie viel zahlt InnoFounder?\n\n")
    assert "Beleg 1" in answer.buttons


@pytest.mark.parametrize(
    ("command", "line"),
    [("/hilfe", "/loeschen: Alles über Sie löschen"), ("/help", "/delete: Delete everything about you")],
)
def test_help_lists_every_command_in_the_language_of_its_name(stage: Stage, command: str, line: str) -> None:
    (message,) = stage.person().hears(command)
    assert line in message.text
    assert message.text.count("\n/") == len(COMMANDS)


def test_the_language_can_be_chosen_and_given_back(stage: Stage) -> None:
    person = stage.person()
    (question,) = person.hears("/sprache")
    (confirmed,) = person.taps(question, "English")
    assert confirmed.text == "From now on I answer in English."
    (answer,) = person.hears(AMOUNT)
    assert "Answer with sources by Clusterlotse, 23 November 2026" in answer.text
    (again,) = person.hears("/language")
    (confirmed,) = person.taps(again, "In the language of the question")
    (answer,) = person.hears(AMOUNT)
    assert "Belegte Auskunft von Clusterlotse, 23. November 2026" in answer.text


def test_new_begins_a_conversation_without_what_was_said_before(stage: Stage) -> None:
    person = stage.person()
    person.hears(AMOUNT)
    (follow_up,) = person.hears("Und wie lange?")
    assert "Verstanden als: " in follow_up.text
    (fresh,) = person.hears("/neu")
    assert fresh.text == "Neues Gespräch. Was möchten Sie wissen?"
    (without,) = person.hears("Und wie lange?")
    assert "Verstanden als: " not in without.text


def test_sources_shows_every_quotation_of_the_last_answer(stage: Stage) -> None:
    person = stage.person()
    (answer,) = person.hears(AMOUNT)
    numbers = [label.split()[1] for label in answer.buttons if label.startswith("Beleg")]
    (sources,) = person.hears("/quellen")
    assert sources.text.startswith("Alle Belege der letzten Antwort")
    assert [f"Beleg {n}\n" in sources.text for n in numbers] == [True] * len(numbers)
    assert len(sources.marked("blockquote")) == len(numbers)
    assert sources.text.endswith("23. November 2026")


def test_sources_without_an_answer_says_what_answers_rest_on(stage: Stage) -> None:
    (message,) = stage.person(language_code="en").hears("/sources")
    assert message.text.startswith("There is no answer yet")
    assert "fact sheets" in message.text


def test_human_says_that_a_machine_answers_and_leads_to_the_offices(stage: Stage) -> None:
    person = stage.person()
    (message,) = person.hears("/mensch")
    assert message.text.startswith("Hier antwortet nur eine Maschine.")
    (answer,) = person.taps(message, message.buttons[0])
    assert "Beleg 1" in answer.buttons


@pytest.mark.parametrize(
    ("command", "text"), [("/daten", "Über Sie ist nichts gespeichert."), ("/privacy", "Nothing about you is stored.")]
)
def test_privacy_says_when_nothing_is_stored(stage: Stage, command: str, text: str) -> None:
    (message,) = stage.person().hears(command)
    assert message.text.startswith(text)
    assert message.buttons == []


def test_an_unknown_command_leads_to_the_help(stage: Stage) -> None:
    person = stage.person()
    assert person.hears("/quatsch")[0].text == "Diesen Befehl kenne ich nicht. /hilfe zeigt alle Befehle."
    assert stage.person(language_code="en").hears("/nonsense")[0].text.endswith("/help lists all commands.")
