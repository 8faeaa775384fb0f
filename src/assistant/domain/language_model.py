"""What a language model is asked, what it writes, and what that took; standard library only."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Literal, Protocol

Role = Literal["system", "user", "assistant"]
Fallback = Literal[
    "budget_spent", "busy", "unavailable", "refused", "timeout", "unreadable", "not_possible", "nothing_held", "cancelled", "no_passages", "cut_short", "prompt_cut",
]  # fmt: skip
"""Why the model's text was not used, or not alone."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Message:
    """One message of a conversation with a model."""

    role: Role
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ModelRequest:
    """One thing a model is asked, in the two forms in which it may answer."""

    tagged: tuple[Message, ...]
    """Asks for tagged text, which every model can write."""
    structured: tuple[Message, ...] = ()
    """Asks for JSON of `schema`; sent instead where the model's server can hold it to a schema. Empty for a request without one."""
    schema: Mapping[str, Any] | None = None
    """JSON schema of the answer."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Usage:
    """Tokens of one or more calls."""

    calls: int = 0
    input_tokens: int = 0
    output_tokens: int = 0

    def __add__(self, other: Usage) -> Usage:
        return Usage(
            calls=self.calls + other.calls,
            input_tokens=self.input_tokens + other.input_tokens,
            output_tokens=self.output_tokens + other.output_tokens,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """A piece of what a model writes."""

    text: str = ""
    usage: Usage | None = None
    """With the last piece."""
    is_cut: bool = False
    """The model stopped because its limit was reached, not because it had finished."""
    is_prompt_cut: bool = False
    """The model's server read only a part of what it was sent."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ModelRecord:
    """What a language model had to do with one reply."""

    name: str
    prompts: tuple[str, ...]
    """Name, version and digest of each prompt that was sent, such as `write.de@1:3f2a90c41b7e`."""
    usage: Usage
    cost: Decimal
    """In the currency of the prices that were set; 0 where none are."""
    seconds: float
    """Waited for the model."""
    sentences: int = 0
    """Of the reply, how many the model wrote."""
    dropped: int = 0
    """How many more it wrote that did not hold."""
    fallback: Fallback | None = None


class ChatModel(Protocol):
    """Writes text on request."""

    @property
    def name(self) -> str:
        """As shown to people."""

    def write(self, request: ModelRequest, *, within_s: float, should_stop: Callable[[], bool]) -> Iterator[Piece]:
        """Write in pieces, as they come; the last one brings the usage.

        Args:
            request: What is asked.
            within_s: Seconds after which the writing is broken off, waiting for a free place included.
            should_stop: Asked now and then; when it says so, the writing ends without an error.

        Raises:
            ModelError: At any piece; what came before it stays valid.
        """

    def cost_of(self, usage: Usage) -> Decimal:
        """What that usage costs."""


class Entailment(Protocol):
    """Judges whether a text follows from another."""

    def probability(self, *, premise: str, claim: str) -> float:
        """How probably `claim` follows from `premise`, 0 to 1; either may be German or English.

        Raises:
            ModelError: If it cannot be judged.
        """
