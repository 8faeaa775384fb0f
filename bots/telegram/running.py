"""Starts and stops the bot cleanly, by long polling or behind a webhook."""

from __future__ import annotations

import asyncio
import contextlib
import signal
import threading
from collections.abc import AsyncIterator, Callable, Iterator
from datetime import timedelta

import structlog
import uvicorn
from telegram import Update
from telegram.error import Conflict, InvalidToken, NetworkError, RetryAfter, TelegramError

from bots.telegram.application import Bot, build_bot
from bots.telegram.commands import register
from bots.telegram.logs import redact_library_logs
from bots.telegram.routing import UPDATES
from bots.telegram.settings import BotSettings, Webhook
from bots.telegram.webhook import webhook_app

POLL_S = timedelta(seconds=25)
TRY_AGAIN_S = (1.0, 2.0, 5.0, 10.0, 30.0)
"""While Telegram cannot be reached at the start."""
FINISH_S = 30.0
"""How long a stopping bot goes on with what it has begun."""
TIDY_EVERY_S = 300.0
_log = structlog.get_logger("clusterlotse.telegram")


class TokenRefused(Exception):
    """Telegram does not know the token."""


async def run(
    settings: BotSettings, *, stop: asyncio.Event | None = None, on_started: Callable[[], None] = lambda: None
) -> None:
    """Run until `stop` is set or the process is told to end.

    Raises:
        TokenRefused: If Telegram does not know the token.
    """
    stop = stop or asyncio.Event()
    redact_library_logs(settings.token)
    bot = build_bot(settings)
    try:
        with _ended_by_signals(stop):
            if not await _reached(bot, stop):
                return
            async with _running(bot, settings, stop):
                on_started()
                await stop.wait()
    finally:
        await bot.application.shutdown()
        await bot.application.bot.shutdown()  # the application skips it when it never made contact
        await bot.service.close()
        bot.store.close()
        _log.info("stopped")


async def _reached(bot: Bot, stop: asyncio.Event) -> bool:
    """Make contact with Telegram, as long as it takes; False when told to stop meanwhile."""
    attempt = 0
    while not stop.is_set():
        try:
            await bot.application.initialize()
            await register(bot.application.bot)
            return True
        except InvalidToken:
            # The library's message holds the token.
            raise TokenRefused("Telegram does not know this token; BotFather shows the right one") from None
        except RetryAfter as exc:
            pause_s = exc._retry_after.total_seconds()
            _log.warning("telegram asked to wait", seconds=pause_s)
        except NetworkError as exc:
            pause_s = TRY_AGAIN_S[min(attempt, len(TRY_AGAIN_S) - 1)]
            attempt += 1
            _log.warning("telegram not reached, trying again", seconds=pause_s, error=type(exc).__name__)
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(stop.wait(), pause_s)
    return False


@contextlib.asynccontextmanager
async def _running(bot: Bot, settings: BotSettings, stop: asyncio.Event) -> AsyncIterator[None]:
    tidying = asyncio.create_task(_tidy(bot, settings.retention))
    await bot.application.start()
    try:
        receiving = _webhook(bot, settings.webhook, stop) if settings.webhook else _polling(bot)
        async with receiving:
            _log.info("running", bot=bot.application.bot.username, by="webhook" if settings.webhook else "polling")
            yield
    finally:
        tidying.cancel()
        try:
            # Only what Telegram or the service holds up for longer is given up.
            await asyncio.wait_for(bot.application.stop(), FINISH_S)
        except TimeoutError:
            _log.warning("stopped before everything was answered")


@contextlib.asynccontextmanager
async def _polling(bot: Bot) -> AsyncIterator[None]:
    updater = bot.application.updater
    assert updater is not None, "built for polling"
    await updater.start_polling(
        timeout=POLL_S, allowed_updates=UPDATES, bootstrap_retries=-1, error_callback=_on_polling_error
    )
    try:
        yield
    finally:
        await updater.stop()


def _on_polling_error(error: TelegramError) -> None:
    if isinstance(error, Conflict):
        _log.error("another process polls with the same token; only one can, unless a webhook is used")
    else:
        _log.warning("polling failed, trying again", error=type(error).__name__)


@contextlib.asynccontextmanager
async def _webhook(bot: Bot, webhook: Webhook, stop: asyncio.Event) -> AsyncIterator[None]:
    async def accept(data: dict[str, object]) -> None:
        try:
            update = Update.de_json(data, bot.application.bot)
        except (KeyError, TypeError, ValueError, AttributeError) as exc:
            # Refused, it would come back for a day and hold up all that follow.
            _log.error("update not understood", update_id=data["update_id"], error=type(exc).__name__)
            return
        await bot.application.update_queue.put(update)

    app = webhook_app(webhook, accept)
    server = uvicorn.Server(
        uvicorn.Config(
            app, host=webhook.host, port=webhook.port, log_config=None, access_log=False, server_header=False,
            lifespan="off",
        )
    )  # fmt: skip
    serving = asyncio.create_task(server.serve())
    serving.add_done_callback(lambda _: stop.set())  # a port in use ends the bot instead of leaving it deaf
    while not server.started and not serving.done():
        await asyncio.sleep(0.01)
    try:
        if server.started:
            await bot.application.bot.set_webhook(
                webhook.url, allowed_updates=UPDATES, secret_token=webhook.secret, drop_pending_updates=False
            )
        yield
    finally:
        server.should_exit = True
        await serving


async def _tidy(bot: Bot, retention: timedelta) -> None:
    """Delete what is older than it may be, and what people deleted while the service was away."""
    while True:
        try:
            bot.store.delete_older_than(retention.total_seconds())
            await bot.router.personal.erase_left_over()
        except Exception as exc:  # the next time may be better
            _log.error("old entries not deleted", error=type(exc).__name__)
        await asyncio.sleep(TIDY_EVERY_S)


@contextlib.contextmanager
def _ended_by_signals(stop: asyncio.Event) -> Iterator[None]:
    """Let Ctrl+C and SIGTERM set `stop`; only the main thread gets signals."""
    loop = asyncio.get_running_loop()
    numbers = (signal.SIGINT, signal.SIGTERM) if threading.current_thread() is threading.main_thread() else ()
    for number in numbers:
        loop.add_signal_handler(number, stop.set)
    try:
        yield
    finally:
        for number in numbers:
            loop.remove_signal_handler(number)
