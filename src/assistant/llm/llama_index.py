"""A language model behind LlamaIndex's `LLM`: translate, call, translate back, decide nothing."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Any, NamedTuple

import httpx
import structlog
from llama_index.core.base.llms.types import ChatMessage, ChatResponse, MessageRole
from llama_index.core.llms.llm import LLM

from assistant.domain.errors import ModelError, ModelRefused, ModelTimeout, ModelUnavailable
from assistant.domain.language_model import Message, ModelRequest, Piece, Usage

CONNECT_S = 5.0
CHARACTERS_PER_TOKEN = 3.5
"""German and English prose; only where the server does not report its tokens."""
CUT_SHARE = 0.5
"""Of the estimated tokens: tokenisers differ by less than this."""
_log = structlog.get_logger("assistant.llm")
_MILLION = Decimal(1_000_000)
_LIMIT_REACHED = frozenset({"length", "max_tokens", "MAX_TOKENS"})
_WAITABLE = frozenset({408, 409, 425, 429})
_NOT_UNDERSTOOD = frozenset({400, 415, 422, 501})
"""What servers answer to an option they do not know."""


class Prices(NamedTuple):
    """Of a million tokens, in any one currency."""

    input: Decimal = Decimal(0)
    output: Decimal = Decimal(0)


class LlamaChatModel:
    """See `assistant.domain.language_model.ChatModel`; blocks while it waits for the model."""

    def __init__(self, llm: LLM, *, name: str, is_openai_compatible: bool, prices: Prices, secret: str = "") -> None:
        """Wrap a LlamaIndex model; `secret` never shows in a message."""
        self._llm = llm
        self.name = name
        self._prices = prices
        self._secret = secret
        # Best first; what a server did not understand is left out once another way has worked.
        self._ways = [_SCHEMA_AND_USAGE, _USAGE, _PLAIN] if is_openai_compatible else [_PLAIN]

    @property
    def holds_schema(self) -> bool:
        """Whether requests are sent with a JSON schema, as far as is known by now."""
        return self._ways[0].has_schema

    def cost_of(self, usage: Usage) -> Decimal:
        """What that usage costs."""
        spent = usage.input_tokens * self._prices.input + usage.output_tokens * self._prices.output
        return spent / _MILLION

    def write(self, request: ModelRequest, *, within_s: float, should_stop: Callable[[], bool]) -> Iterator[Piece]:
        """Write in pieces; see `ChatModel.write`. Time is kept between the pieces only."""
        ways = [way for way in self._ways if request.schema or not way.has_schema]
        refused: list[_Way] = []
        for way in ways:
            try:
                yield from self._write(request, way, within_s, should_stop)
            except ModelRefused as exc:
                # A refusal comes instead of the first piece, so nothing is written twice.
                if exc.status not in _NOT_UNDERSTOOD or way is ways[-1]:
                    raise
                refused.append(way)
            else:
                if refused:
                    self._ways = [other for other in self._ways if other not in refused]
                return

    def _write(
        self, request: ModelRequest, way: _Way, within_s: float, should_stop: Callable[[], bool]
    ) -> Iterator[Piece]:
        counted = _Count(request.structured if way.has_schema else request.tagged)
        options = way.options(request.schema, within_s)
        try:
            for response in self._responses(counted.messages, options):
                yield counted.piece(response)
                if should_stop():
                    break
        except Exception as exc:  # every integration has exceptions of its own
            if counted.has_received:
                yield Piece(usage=counted.usage)
            raise _as_ours(exc, within_s, self._secret) from exc
        if counted.is_prompt_cut:
            _log.warning("the language model's server reads only part of a prompt; its context window is too small")
        yield Piece(usage=counted.usage, is_prompt_cut=counted.is_prompt_cut)

    def _responses(self, messages: Sequence[Message], options: Mapping[str, Any]) -> Iterator[ChatResponse]:
        chat = [ChatMessage(role=MessageRole(message.role), content=message.text) for message in messages]
        try:
            stream = self._llm.stream_chat(chat, **options)
        except NotImplementedError:  # some integrations only write in one go
            yield self._llm.chat(chat, **options)
            return
        try:
            yield from stream
        finally:
            stream.close()  # ends the connection, so that the server stops writing


class _Way(NamedTuple):
    """A way of sending requests."""

    has_schema: bool
    has_options: bool

    def options(self, schema: Mapping[str, Any] | None, within_s: float) -> dict[str, Any]:
        """What is sent besides the messages."""
        if not self.has_options:
            return {}
        options: dict[str, Any] = {
            "stream_options": {"include_usage": True},
            "timeout": httpx.Timeout(within_s, connect=min(CONNECT_S, within_s)),
        }
        if self.has_schema and schema is not None:
            json_schema = {"name": "answer", "strict": True, "schema": dict(schema)}
            options["response_format"] = {"type": "json_schema", "json_schema": json_schema}
        return options


_SCHEMA_AND_USAGE = _Way(has_schema=True, has_options=True)
_USAGE = _Way(has_schema=False, has_options=True)
_PLAIN = _Way(has_schema=False, has_options=False)


class _Count:
    """Reads responses one after the other and keeps count of text and tokens."""

    def __init__(self, messages: Sequence[Message]) -> None:
        self.messages = messages
        self._sent = sum(len(message.text) for message in messages)
        self._received = 0
        self._reported: tuple[int, int] | None = None

    @property
    def has_received(self) -> bool:
        """Whether the model has written anything."""
        return self._received > 0

    @property
    def is_prompt_cut(self) -> bool:
        """Whether the server counted far fewer tokens than it was sent; some cut silently what does not fit."""
        return self._reported is not None and self._reported[0] < CUT_SHARE * self._sent / CHARACTERS_PER_TOKEN

    @property
    def usage(self) -> Usage:
        """As reported by the server, or else estimated."""
        estimated = [int(length / CHARACTERS_PER_TOKEN) + 1 for length in (self._sent, self._received)]
        sent, received = self._reported or estimated
        return Usage(calls=1, input_tokens=sent, output_tokens=received)

    def piece(self, response: ChatResponse) -> Piece:
        """What a response adds."""
        text = response.delta
        if text is None:
            text = (response.message.content or "")[self._received :]
        self._received += len(text)
        counts = response.additional_kwargs
        if counts.get("prompt_tokens") is not None and counts.get("completion_tokens") is not None:
            self._reported = (int(counts["prompt_tokens"]), int(counts["completion_tokens"]))
        return Piece(text=text, is_cut=_finish_of(response.raw) in _LIMIT_REACHED)


def _finish_of(raw: Any) -> str | None:
    """Why the model stopped, where the server says so in one of the usual ways."""
    choices = _get(raw, "choices")
    first = choices[0] if choices else None
    found = _get(first, "finish_reason") or _get(raw, "stop_reason") or _get(raw, "finish_reason")
    return str(found) if found else None


def _get(value: Any, name: str) -> Any:
    return value.get(name) if isinstance(value, Mapping) else getattr(value, name, None)


def _as_ours(exc: Exception, within_s: float, secret: str) -> ModelError:
    """Our error for one of an integration; they share attributes, not classes."""
    response = getattr(exc, "response", None)
    status = getattr(exc, "status_code", None) or getattr(response, "status_code", None)
    if isinstance(status, int):
        if status in _WAITABLE or (status >= 500 and status not in _NOT_UNDERSTOOD):
            return ModelUnavailable(_seconds(getattr(response, "headers", {}).get("retry-after")))
        detail = " ".join(str(exc).split())[:200]
        return ModelRefused(status, detail.replace(secret, "***") if secret else detail)
    if isinstance(exc, TimeoutError | httpx.TimeoutException) or "Timeout" in type(exc).__name__:
        return ModelTimeout(within_s)
    return ModelUnavailable()


def _seconds(text: str | None) -> float | None:
    try:
        return max(0.0, float(text or ""))
    except ValueError:  # absent, or a date
        return None
