"""Reads a prompt the way a model does: rules, passages, question, and what it was told to mend."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any

_PASSAGE = re.compile(r'<passage id="(S\d+)">\n(.*?)\n(.*?)\n</passage>', re.DOTALL)
_QUESTION = re.compile(r"<question>\n(.*?)\n</question>", re.DOTALL)
_REJECTED = re.compile(r'<rejected number="\d+" reason="([^"]*)">(.*?)</rejected>', re.DOTALL)


@dataclass(frozen=True, kw_only=True)
class Given:
    """What a request holds."""

    system: str
    user: str
    passages: dict[str, list[str]]
    """Lines of each passage by its label."""
    question: str
    rejected: list[str]
    """Sentences that are to be written anew; empty in a first request."""
    wants_json: bool
    model: str
    body: dict[str, Any] = field(repr=False)

    @property
    def best(self) -> list[tuple[str, str]]:
        """Labels and lines, those first that share the most words with the question."""
        asked = set(_words(self.question))
        lines = [(label, line) for label, lines in self.passages.items() for line in lines]
        return sorted(lines, key=lambda item: -len(asked & set(_words(item[1]))))


def read_request(body: dict[str, Any]) -> Given:
    """Read the body of a request."""
    system = "\n".join(message["content"] for message in body["messages"] if message["role"] == "system")
    user = "\n".join(message["content"] for message in body["messages"] if message["role"] != "system")
    question = _QUESTION.search(user)
    return Given(
        system=system,
        user=user,
        passages={label: text.split("\n") for label, _, text in _PASSAGE.findall(user)},
        question=question[1] if question else "",
        rejected=[text for _, text in _REJECTED.findall(user)],
        wants_json="response_format" in body,
        model=body["model"],
        body=body,
    )


def _words(text: str) -> list[str]:
    return [word[:6] for word in re.findall(r"\w{4,}", text.lower())]
