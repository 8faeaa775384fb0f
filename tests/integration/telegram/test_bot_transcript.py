"""The conversation for the manual: played by the real bot, in words and as a page."""

from __future__ import annotations

from bots.telegram.testing.transcript import SCENES, as_markdown, as_page, play
from tests.integration.telegram.conftest import Stage


def test_the_conversation_of_the_manual_can_be_played(stage: Stage) -> None:
    person = stage.person()
    person.hears("/start")
    scenes = [play(person, steps) for steps in SCENES]
    answers = [line.bot.text for lines in scenes for line in lines if line.bot is not None]
    assert len(answers) >= sum(len(steps) for steps in SCENES)
    words = as_markdown([line for lines in scenes for line in lines])
    assert "**Person:** /cluster" in words
    assert "> `Beleg 1`" in words
    page = as_page(scenes)
    assert page.count("<section>") == len(SCENES)
    assert "<b>" in page and "<q>" in page


def test_words_of_people_and_sources_cannot_become_marks_of_the_page(stage: Stage) -> None:
    person = stage.person()
    lines = play(person, SCENES[0][:1])
    hostile = lines[0]._replace(person="<script>alert(1)</script>")
    assert "<script>" not in as_page([[hostile]])
