"""What a button carries: at most 64 bytes, and all that is needed, so that any process can serve any button."""

from __future__ import annotations

import base64
import uuid
from dataclasses import dataclass
from typing import Literal

MAX_BYTES = 64
Action = Literal[
    "quote",  # show a citation of a stored reply
    "suggest",  # ask a suggested question
    "option",  # ask one of the clarifying options
    "good",
    "bad",
    "retry",  # ask again the question to which this message replies
    "starter",  # ask one of the bot's own example questions
    "contact",  # ask one of the questions after contacts
    "language",
    "erase",
    "find",  # begin a finder
    "step",  # a finder's buttons
    "result",  # show more of a finder's result
    "shelf",  # show a citation of it
]
_LETTER: dict[Action, str] = {
    "quote": "c", "suggest": "s", "option": "o", "good": "y", "bad": "n", "retry": "r", "starter": "q", "contact": "k",
    "language": "l", "erase": "e", "find": "g", "step": "d", "result": "f", "shelf": "m",
}  # fmt: skip
_ACTION = {letter: action for action, letter in _LETTER.items()}


@dataclass(frozen=True, slots=True)
class Callback:
    """One button's meaning."""

    action: Action
    subject: str = ""
    """Id of a reply or result, a language, a finder."""
    argument: str = ""

    def encode(self) -> str:
        """As it travels.

        Raises:
            ValueError: If it does not fit.
        """
        subject = (
            shorten(self.subject) if self.action in ("quote", "suggest", "option", "good", "bad") else self.subject
        )
        data = f"{_LETTER[self.action]}.{subject}.{self.argument}"
        if len(data.encode()) > MAX_BYTES:
            raise ValueError(f"{data!r} is longer than {MAX_BYTES} bytes")
        return data


def read_callback(data: str) -> Callback | None:
    """The meaning of a button; None for one that no version of the bot ever made."""
    letter, _, rest = data.partition(".")
    subject, _, argument = rest.partition(".")
    action = _ACTION.get(letter)
    if action is None:
        return None
    if action in ("quote", "suggest", "option", "good", "bad"):
        try:
            subject = lengthen(subject)
        except ValueError:
            return None
    return Callback(action, subject, argument)


def shorten(reply_id: str) -> str:
    """A UUID in 22 characters."""
    return base64.urlsafe_b64encode(uuid.UUID(reply_id).bytes).decode().rstrip("=")


def lengthen(short: str) -> str:
    """The UUID again.

    Raises:
        ValueError: If it is none.
    """
    return str(uuid.UUID(bytes=base64.urlsafe_b64decode(short + "==")))
