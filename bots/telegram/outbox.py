"""Sends messages: whole, once, in order, and shows that an answer is on its way."""

from __future__ import annotations

import asyncio
import contextlib
import time
from collections.abc import AsyncIterator, Sequence

import httpx
import structlog
from telegram import Bot, LinkPreviewOptions, ReplyParameters
from telegram.constants import ChatAction
from telegram.error import BadRequest, Forbidden, InvalidToken, NetworkError, TelegramError, TimedOut

from bots.telegram.pacing import LeftOut
from bots.telegram.parts import MAX_UNITS, Part, Rows, keyboard
from bots.telegram.places import Place
from bots.telegram.richtext import pieces, plain
from bots.telegram.service import Event
from bots.telegram.texts import say

PAUSES_S = (1.0, 3.0, 9.0)
"""Before each new attempt, when Telegram's servers fail."""
FIRST_SIGN_S = 0.4
"""An answer that is quicker needs no sign that it is coming."""
DRAFT_EVERY_S = 1.0
DRAFT_SHOWN_S = 20.0
"""Telegram shows a draft for 30 seconds; an unchanged one is sent again before that."""
TYPING_EVERY_S = 4.5
"""Telegram shows "typing" for five seconds."""
SIGN_TIMEOUT_S = 5.0
_NO_PREVIEW = LinkPreviewOptions(is_disabled=True)
_log = structlog.get_logger("clusterlotse.telegram")


class Outbox:
    """Everything that is sent into chats goes through here."""

    def __init__(self, bot: Bot) -> None:
        self._bot = bot
        self._knows_drafts = True

    async def send(self, place: Place, parts: Sequence[Part]) -> None:
        """Send the parts one after the other; only one that failed is sent again.

        Raises:
            TelegramError: If a part cannot be sent; `Forbidden` when the person has blocked the bot.
        """
        for position, part in enumerate(parts):
            await self._send_one(place if position == 0 else place.replying_to(None), part)

    async def say(self, place: Place, text: str) -> None:
        """Send a plain text."""
        await self.send(place, [Part(plain(text))])

    async def _send_one(self, place: Place, part: Part) -> None:
        timeouts = 0
        for pause_s in (*PAUSES_S, None):
            try:
                await self._send_message(place, part)
                return
            except BadRequest as exc:
                # Says nothing about the next attempt; what is refused is the form, so the words go out without it.
                _log.error("telegram refused a message's form", why=exc.message, entities=len(part.text.spans))
                await self._send_message(place, Part(plain(part.text.plain), _without_links(part)))
                return
            except TimedOut as exc:
                timeouts += not isinstance(exc.__cause__, httpx.ConnectTimeout | httpx.PoolTimeout)
                if timeouts > 1 or pause_s is None:  # it may have arrived; twice is better than never, but enough
                    raise
            except NetworkError:
                if pause_s is None:
                    raise
            await asyncio.sleep(pause_s)

    async def _send_message(self, place: Place, part: Part) -> None:
        await self._bot.send_message(
            place.chat_id,
            part.text.plain,
            entities=part.text.entities(),
            reply_markup=keyboard(part.rows),
            link_preview_options=_NO_PREVIEW,
            message_thread_id=place.thread_id,
            reply_parameters=ReplyParameters(place.reply_to, allow_sending_without_reply=True)
            if place.reply_to is not None
            else None,
        )

    # --- signs of life -----------------------------------------------------------------------------------------------

    @contextlib.asynccontextmanager
    async def waiting(self, place: Place, draft_id: int) -> AsyncIterator[Progress]:
        """While the body runs, show that an answer is coming: a growing draft, or "typing" where drafts do not work."""
        progress = Progress(place)
        finished = asyncio.Event()
        showing = asyncio.create_task(self._show(progress, draft_id, finished))
        try:
            yield progress
        finally:
            finished.set()
            # Waited for, because a draft that arrived after the answer would hang below it.
            (failure,) = await asyncio.gather(showing, return_exceptions=True)
            if isinstance(failure, Exception):  # no reason to withhold the answer
                _log.error("sign of life failed", error=type(failure).__name__)

    async def _show(self, progress: Progress, draft_id: int, finished: asyncio.Event) -> None:
        place = progress.place
        has_drafts = place.is_private and self._knows_drafts
        shown, shown_at = "", 0.0
        pause_s = FIRST_SIGN_S
        while not await _happens(finished, within_s=pause_s):
            try:
                if has_drafts:
                    pause_s = DRAFT_EVERY_S
                    text = progress.text
                    is_due = text != shown or time.monotonic() - shown_at > DRAFT_SHOWN_S
                    if is_due:
                        await self._bot.send_message_draft(
                            place.chat_id, draft_id or 1, text, read_timeout=SIGN_TIMEOUT_S
                        )
                        shown, shown_at = text, time.monotonic()
                else:
                    pause_s = TYPING_EVERY_S
                    await self._bot.send_chat_action(
                        place.chat_id,
                        ChatAction.TYPING,
                        message_thread_id=place.thread_id,
                        read_timeout=SIGN_TIMEOUT_S,
                    )
            except (BadRequest, InvalidToken) as exc:
                if not has_drafts:
                    return
                # An older Bot API server knows no drafts, which the library takes for a wrong token.
                self._knows_drafts = not isinstance(exc, InvalidToken)
                has_drafts, pause_s = False, 0.0
            except Forbidden:
                return
            except LeftOut:
                pause_s = DRAFT_EVERY_S
            except TelegramError as exc:
                _log.info("sign of life not sent", error=type(exc).__name__)


class Progress:
    """What is known of an answer that is being made."""

    def __init__(self, place: Place) -> None:
        self.place = place
        self._status = ""
        self._written = ""

    def on_event(self, event: Event) -> None:
        """Note an event of the stream."""
        if event.name == "status":
            self._status = str(event.data["status"])
        elif event.name == "text":
            self._written += str(event.data["text"])

    @property
    def text(self) -> str:
        """The words so far, or what is being done."""
        if self._written.strip():
            written = self._written.strip()
            return next(pieces(plain(written), max_units=MAX_UNITS)).plain
        return say(self._status or "searching", self.place.language)


async def _happens(event: asyncio.Event, *, within_s: float) -> bool:
    try:
        await asyncio.wait_for(event.wait(), within_s)
    except TimeoutError:
        return False
    return True


def _without_links(part: Part) -> Rows:
    return tuple(tuple(button for button in row if button.callback) for row in part.rows)
