"""Commands as people write them."""

from __future__ import annotations

import pytest

from bots.telegram.commands import COMMANDS, read_command
from bots.telegram.testing.limits import check_commands


@pytest.mark.parametrize(
    ("text", "id", "language"),
    [
        ("/start", "start", None),
        ("/hilfe", "help", "de"),
        ("/help", "help", "en"),
        ("/Hilfe", "help", "de"),
        ("/foerderung", "funding", "de"),
        ("/förderung", "funding", "de"),
        ("/FÖRDERUNG", "funding", "de"),
        ("/funding@clusterlotse_bot", "funding", "en"),
        ("/loeschen", "delete", "de"),
        ("/löschen bitte", "delete", "de"),
        ("/mensch", "human", "de"),
        ("/human", "human", "en"),
        ("/quellen", "sources", "de"),
        ("/neu", "new", "de"),
        ("/daten", "privacy", "de"),
        ("/sprache", "language", "de"),
        ("/cluster", "cluster", None),
    ],
)
def test_both_names_are_understood_and_tell_the_language(text: str, id: str, language: str | None) -> None:
    written = read_command(text, "clusterlotse_bot")
    assert written is not None and written.command is not None
    assert (written.command.id, written.language) == (id, language)


def test_what_follows_the_command_is_its_argument() -> None:
    written = read_command("/start  cluster\n", "clusterlotse_bot")
    assert written is not None and written.argument == "cluster"


@pytest.mark.parametrize("text", ["", "Wie hoch?", "1/2", "/hilfe@other_bot", " /"])
def test_what_is_no_command_of_ours_is_left_alone(text: str) -> None:
    assert read_command(text, "clusterlotse_bot") is None


def test_an_unknown_command_is_told_apart_from_a_question() -> None:
    written = read_command("/quatsch", "clusterlotse_bot")
    assert written is not None and written.command is None


@pytest.mark.parametrize("language", ["de", "en"])
def test_the_menu_keeps_telegrams_rules_and_names_nothing_twice(language: str) -> None:
    menu = [{"command": command.name(language), "description": command.description[language]} for command in COMMANDS]
    check_commands(menu)
    assert len({entry["command"] for entry in menu}) == len(menu) == 10
    # Longer descriptions are cut in the menu of a phone.
    assert all(len(entry["description"]) <= 40 for entry in menu)
