"""What the chat shows is what the service answers: the same text, citations and status for a hundred questions."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import httpx
import yaml

from bots.telegram.testing.bot_api import Sent
from bots.telegram.texts import say
from tests.integration.telegram.conftest import Stage

CASES = Path(__file__).parents[3] / "evals" / "cases"
TAKEN = {"qa": 55, "parity": 20, "unanswerable": 13, "attacks": 6, "conflicts": 6}
"""How many questions of which file, spread over it."""


def questions() -> list[str]:
    found: list[str] = []
    for name, count in TAKEN.items():
        cases = yaml.safe_load((CASES / f"{name}.yaml").read_text(encoding="utf-8"))["cases"]
        asked = [case["question"] for case in cases if case.get("question")]
        assert len(asked) >= count, f"{name} holds {len(asked)} questions"
        found += asked[:: len(asked) // count][:count]
    return found


def lines_of(text: str) -> list[str]:
    """The lines of a text, bullets in one form, empty ones left out."""
    lines = [line.strip() for line in text.split("\n") if line.strip()]
    return [f"• {line[2:].strip()}" if line[:2] in ("- ", "* ", "• ") else line for line in lines]


def shown_lines(messages: list[Sent]) -> list[str]:
    """What stands in the messages before hints, sources and date, part after part."""
    shown: list[str] = []
    for message in messages:
        lines = lines_of(message.text)
        shown += lines[1:] if len(messages) > 1 else lines
    return shown


def test_a_hundred_questions_are_answered_as_by_the_service(stage: Stage, service: httpx.Client) -> None:
    asked = questions()
    assert len(asked) == sum(TAKEN.values()) == 100
    people = [stage.person() for _ in asked]
    for person, question in zip(people, asked, strict=True):
        person.say(question)
    for person, question in zip(people, asked, strict=True):
        reply = service.post("/ask", json={"question": question}).json()
        messages = person.reads_whole()
        check_text(messages, reply)
        check_citations(messages, reply)
        if reply["citations"]:
            check_quotations(person.hears_whole("/quellen"), reply)


def check_text(messages: list[Sent], reply: dict[str, Any]) -> None:
    expected = lines_of(reply["text"])
    shown = shown_lines(messages)
    if len(messages) == 1:
        assert shown[: len(expected)] == expected
    else:
        remaining = iter(shown)
        assert all(line in remaining for line in expected), "every line, in this order"
    closing = say(reply["status"], reply["language"], day="")
    is_small_talk = reply["status"] == "answered" and not reply["citations"]
    assert is_small_talk or all(closing in message.text for message in messages)
    for notice in filter(None, reply["notices"]):
        assert notice in messages[-1].text
    if reply["next_step"]:
        assert reply["next_step"]["text"] in messages[-1].text


def check_citations(messages: list[Sent], reply: dict[str, Any]) -> None:
    label = "Beleg " if reply["language"] == "de" else "Quotation "
    buttons = [text.removeprefix(label) for message in messages for text in message.buttons if text.startswith(label)]
    assert sorted(map(int, set(buttons))) == [citation["n"] for citation in reply["citations"]]
    whole = "\n".join(message.text for message in messages)
    links = {link for message in messages for link in message.links}
    for citation in reply["citations"]:
        assert citation["title"] in whole
        assert not citation["url"] or citation["url"] in links


def check_quotations(messages: list[Sent], reply: dict[str, Any]) -> None:
    quoted = "".join(text for message in messages for text in message.marked("blockquote"))
    assert quoted == "".join(citation["quote"].strip() for citation in reply["citations"])
