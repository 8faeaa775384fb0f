"""Prompts exist in both languages, fill every gap, and are told apart by their digest."""

from __future__ import annotations

import re
from typing import get_args

import jinja2
import pytest

from assistant.domain.answers import Style
from assistant.domain.values import LANGUAGES, Language
from assistant.llm.prompts import Task, load_prompt

VALUES = {
    "style": "standard", "language": "de", "today": "23.11.2026", "passages": (), "question": "Was?", "is_json": False, "instructions": "I", "request": "R",
    "failed": [{"text": "T", "reason": "G"}], "turns": ["A"], "letter": "L", "premise": "P", "claim": "C",
}  # fmt: skip


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("task", get_args(Task))
def test_every_prompt_has_both_languages_and_a_name_that_tells_its_state(task: Task, language: Language) -> None:
    prompt = load_prompt(task, language)
    assert re.fullmatch(rf"{task}\.{language}@\d+:[0-9a-f]{{12}}", prompt.name)
    system, user = prompt.render(VALUES)
    assert (system.role, user.role) == ("system", "user") and system.text and user.text
    assert "{" + "{" not in system.text + user.text and "===" not in system.text + user.text


def test_a_missing_value_is_noticed() -> None:
    with pytest.raises(jinja2.UndefinedError):
        load_prompt("write", "de").render({})


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_style_and_form_has_words_of_its_own(language: Language) -> None:
    prompt = load_prompt("write", language)
    rendered = {
        prompt.render({**VALUES, "style": style, "is_json": is_json})[0].text
        for style in get_args(Style)
        for is_json in (False, True)
    }
    assert len(rendered) == 2 * len(get_args(Style))


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_prompt_holds_an_address(language: Language) -> None:
    for task in get_args(Task):
        prompt = load_prompt(task, language)
        assert not re.search(r"https?:|www\.|@\w", prompt.system + prompt.user)
