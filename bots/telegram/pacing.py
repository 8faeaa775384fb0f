"""How fast the bot sends: below Telegram's limits, and waiting when Telegram says wait.

The library's own limiter knows no limit per chat, lets a second's worth of messages through at once, and counts in one
process only; this one counts in the store, so that several processes keep the limits together.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine
from dataclasses import dataclass
from typing import Any

import structlog
from telegram.error import RetryAfter, TelegramError
from telegram.ext import BaseRateLimiter

from bots.telegram.pseudonyms import Pseudonyms
from bots.telegram.store import Store

ALL = "all"
LONGEST_WAIT_S = 15 * 60.0
"""A message that Telegram wants later than this is given up."""
PROGRESS = frozenset({"sendChatAction", "sendMessageDraft"})
"""What only shows that an answer is coming: left out when answers are waiting, and never repeated."""
PROGRESS_BURST = 2
"""So many may go beside the messages of a moment."""
ON_THE_WAY = 8
"""Requests sent and not yet answered by Telegram: where a line stalls, so many arrive at once, and with a second's worth behind them still keep the limit."""
_log = structlog.get_logger("clusterlotse.telegram")
_Result = bool | dict[str, Any] | list[dict[str, Any]]


class LeftOut(TelegramError):
    """Not sent, because it only shows that an answer is coming and others have answers waiting."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Pace:
    """Seconds between two messages, more than Telegram asks for: on a busy machine some leave late, and close together.

    Telegram's limits: 30 messages a second in all, one a second in a chat, 20 a minute in a group.
    Source: core.telegram.org/bots/faq#my-bot-is-hitting-limits-how-do-i-avoid-this, read in November 2026.
    """

    overall_s: float = 1 / 20
    chat_s: float = 1.1
    sign_s: float = 1.1
    """Between two signs of life in a chat."""
    group_s: float = 6.5
    group_burst: int = 10
    """So many at once after a pause: 10 + 60 / 6.5 stays below 20 in any minute."""


class Pacer(BaseRateLimiter[None]):
    """Delays each request until its turn, and repeats it when Telegram asked to wait: this one request, nothing else."""

    def __init__(self, store: Store, pseudonyms: Pseudonyms, pace: Pace) -> None:
        self._store = store
        self._pseudonyms = pseudonyms
        self._pace = pace
        self._line = asyncio.Lock()
        self._on_the_way = asyncio.Semaphore(ON_THE_WAY)
        self._refused: set[str] = set()

    async def initialize(self) -> None:
        """Needs nothing."""

    async def shutdown(self) -> None:
        """Holds nothing."""

    async def process_request(
        self,
        callback: Callable[..., Coroutine[Any, Any, _Result]],
        args: Any,
        kwargs: dict[str, Any],
        endpoint: str,
        data: dict[str, Any],
        rate_limit_args: None,
    ) -> _Result:
        """Send in turn.

        Raises:
            RetryAfter: Where waiting is of no use.
            LeftOut: For a sign of life that there is no room for.
        """
        chat_id = int(data["chat_id"]) if data.get("chat_id") is not None else None
        is_message = endpoint not in PROGRESS
        if not is_message and chat_id is not None and not self._has_room(chat_id):
            raise LeftOut("answers go first")
        while True:
            if is_message and chat_id is not None:
                await self._wait_for_chat(chat_id)
            try:
                return await self._send(lambda: callback(*args, **kwargs), chat_id, waits=is_message)
            except RetryAfter as exc:
                # The public attribute warns of its coming change of type each time it is read.
                wait_s = exc._retry_after.total_seconds()
                if chat_id is None or wait_s > LONGEST_WAIT_S:
                    raise
                self._hold(chat_id, wait_s)
                if not is_message:
                    raise

    async def _send(
        self, request: Callable[[], Coroutine[Any, Any, _Result]], chat_id: int | None, *, waits: bool
    ) -> _Result:
        if chat_id is None:
            return await request()
        # Slots are taken when they begin, one waiter at a time: had each booked its own ahead, those that come late
        # because the process was busy would leave together.
        async with self._line:
            while waits and (wait_s := self._store.try_slot(ALL, interval_s=self._pace.overall_s, burst=1)):
                await asyncio.sleep(wait_s)
            await self._on_the_way.acquire()
        try:
            return await request()
        finally:
            self._on_the_way.release()

    def _has_room(self, chat_id: int) -> bool:
        """Whether a sign of life can go now, beside the messages."""
        scope = f"signs {self._pseudonyms.chat(chat_id)}"
        return not (
            self._line.locked()
            or self._on_the_way.locked()
            or self._store.try_slot(scope, interval_s=self._pace.sign_s, burst=1)
            or self._store.try_slot(ALL, interval_s=self._pace.overall_s, burst=PROGRESS_BURST)
        )

    async def _wait_for_chat(self, chat_id: int) -> None:
        scope = self._pseudonyms.chat(chat_id)
        if chat_id < 0:
            wait_s = self._store.take_slot(
                f"group {scope}", interval_s=self._pace.group_s, burst=self._pace.group_burst
            )
            await asyncio.sleep(wait_s)
        # Asked again after each sleep: Telegram may have put the chat on hold meanwhile.
        while wait_s := self._store.try_slot(scope, interval_s=self._pace.chat_s, burst=1):
            await asyncio.sleep(wait_s)

    def _hold(self, chat_id: int, wait_s: float) -> None:
        """Leave the chat alone as long as Telegram said; all chats, when it says so of several at once."""
        scope = self._pseudonyms.chat(chat_id)
        _log.warning("telegram asked to wait", seconds=wait_s, chats=len(self._refused | {scope}))
        self._store.hold(scope, wait_s)
        if self._refused - {scope}:
            self._store.hold(ALL, wait_s)
        self._refused.add(scope)
        asyncio.get_running_loop().call_later(wait_s, self._refused.discard, scope)
