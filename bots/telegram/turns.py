"""Each update once, and those of a chat one after the other in the order in which Telegram numbered them."""

from __future__ import annotations

import asyncio
import contextlib
import heapq
import secrets
from collections.abc import AsyncIterator, Awaitable, Coroutine
from typing import Any

import structlog
from telegram import Update
from telegram.ext import BaseUpdateProcessor

from bots.telegram.pseudonyms import Pseudonyms
from bots.telegram.store import Store

WAITING_AT_MOST = 100_000
"""Updates in the process, most of them waiting for their turn; they cost next to nothing."""
DEAD_AFTER_S = 30.0
"""A process that was not heard of for so long holds nobody up any more."""
TURN_ASKED_EVERY_S = 0.1
_log = structlog.get_logger("clusterlotse.telegram")


class Turns(BaseUpdateProcessor):
    """Lets updates of different chats run side by side.

    With `is_shared`, other processes get updates of the same chats, so the line of a chat stands in the store.
    """

    def __init__(self, store: Store, pseudonyms: Pseudonyms, *, is_shared: bool) -> None:
        super().__init__(WAITING_AT_MOST)
        self._store = store
        self._pseudonyms = pseudonyms
        self._is_shared = is_shared
        self._holder = secrets.token_hex(8)
        self._lines: dict[int, list[tuple[int, asyncio.Future[None]]]] = {}
        self._keeping: asyncio.Task[None] | None = None

    async def initialize(self) -> None:
        """Begin to keep this process's turns, where they are shared."""
        if self._is_shared:
            self._keeping = asyncio.create_task(self._keep())

    async def shutdown(self) -> None:
        """Keep no turn any more."""
        if self._keeping is not None:
            self._keeping.cancel()

    async def do_process_update(self, update: object, coroutine: Awaitable[Any]) -> None:
        """Handle the update when it is its turn; drop one that was handled before."""
        assert isinstance(update, Update), "Telegram sends updates only"
        assert isinstance(coroutine, Coroutine), "the library passes what it has not awaited yet"
        if not self._store.claim(update.update_id):
            _log.info("update came twice", update_id=update.update_id)
            coroutine.close()
            return
        chat = update.effective_chat
        if chat is None:  # inline queries; only the newest of a person counts, so they need no order
            await coroutine
            return
        turn = self._turn_among_processes if self._is_shared else self._turn
        async with turn(chat.id, update.update_id):
            await coroutine

    @contextlib.asynccontextmanager
    async def _turn(self, chat_id: int, update_id: int) -> AsyncIterator[None]:
        line = self._lines.get(chat_id)
        if line is None:
            line = self._lines[chat_id] = []
        else:
            turn: asyncio.Future[None] = asyncio.get_running_loop().create_future()
            heapq.heappush(line, (update_id, turn))
            await turn
        try:
            yield
        finally:
            while line:
                following = heapq.heappop(line)[1]
                if not following.done():  # cancelled, when the bot is stopped by force
                    following.set_result(None)
                    break
            else:
                del self._lines[chat_id]

    @contextlib.asynccontextmanager
    async def _turn_among_processes(self, chat_id: int, update_id: int) -> AsyncIterator[None]:
        chat = self._pseudonyms.chat(chat_id)
        self._store.line_up(update_id, chat, self._holder, DEAD_AFTER_S)
        try:
            while not self._store.take_turn(update_id, chat):
                await asyncio.sleep(TURN_ASKED_EVERY_S)
            yield
        finally:
            self._store.end_turn(update_id)

    async def _keep(self) -> None:
        while True:
            await asyncio.sleep(DEAD_AFTER_S / 3)
            self._store.keep_turns(self._holder, DEAD_AFTER_S)
