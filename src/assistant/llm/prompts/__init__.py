"""The prompts, each a file with a version, and what goes with a reply to tell which ones were sent."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Literal

from jinja2 import Environment, StrictUndefined, Template

from assistant.domain.language_model import Message
from assistant.domain.values import Language

Task = Literal["write", "repair", "follow_up", "split", "entail"]

_FOLDER = Path(__file__).parent
_PARTS = ("=== system\n", "=== user\n")
# No HTML is made; escaping would change the words that the model is to quote.
_JINJA = Environment(undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True, autoescape=False)


@cache
def _template(text: str) -> Template:
    return _JINJA.from_string(text)


@dataclass(frozen=True, slots=True, kw_only=True)
class Prompt:
    """A prompt as it is kept."""

    name: str
    """Task, language, version and digest of the file: `write.de@1:3f2a90c41b7e`."""
    system: str
    user: str

    def render(self, values: Mapping[str, Any]) -> tuple[Message, ...]:
        """The messages, with the gaps filled.

        Raises:
            jinja2.UndefinedError: If a value is missing.
        """
        system, user = (_template(text).render(values).strip() for text in (self.system, self.user))
        return Message(role="system", text=system), Message(role="user", text=user)


@cache
def load_prompt(task: Task, language: Language) -> Prompt:
    """Read a prompt's file."""
    raw = (_FOLDER / f"{task}.{language}.md").read_text(encoding="utf-8")
    head, _, rest = raw.partition(_PARTS[0])
    system, _, user = rest.partition(_PARTS[1])
    version = head.removeprefix("version:").strip()
    digest = hashlib.sha256(raw.encode()).hexdigest()[:12]
    return Prompt(name=f"{task}.{language}@{version}:{digest}", system=system, user=user)
