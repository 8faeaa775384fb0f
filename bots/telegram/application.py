"""Builds the bot: the library's application, with our order, pace and handlers."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from telegram.ext import (
    Application,
    ApplicationBuilder,
    CallbackQueryHandler,
    ChatMemberHandler,
    InlineQueryHandler,
    MessageHandler,
    filters,
)

from bots.telegram.kit import Kit
from bots.telegram.outbox import Outbox
from bots.telegram.pacing import Pacer
from bots.telegram.pseudonyms import Pseudonyms, load_key
from bots.telegram.routing import Router
from bots.telegram.service import Service
from bots.telegram.settings import BotSettings
from bots.telegram.store import Store
from bots.telegram.turns import Turns

HAMBURG = ZoneInfo("Europe/Berlin")
CONNECTIONS = 64
WAIT_FOR_CONNECTION_S = 60.0
_App = Application[Any, Any, Any, Any, Any, Any]


@dataclass(frozen=True, slots=True)
class Bot:
    """A bot that is built and not yet running."""

    application: _App
    router: Router
    store: Store
    service: Service


def build_bot(settings: BotSettings) -> Bot:
    """Everything, wired; nothing is sent or asked yet."""
    # Before the first message: without it the library warns whenever it reads how long Telegram wants it to wait.
    os.environ.setdefault("PTB_TIMEDELTA", "true")
    store = Store(settings.data_dir)
    pseudonyms = Pseudonyms(load_key(settings.data_dir, settings.hash_key))
    builder = (
        ApplicationBuilder()
        .token(settings.token)
        .base_url(f"{settings.api_url}/bot")
        .rate_limiter(Pacer(store, pseudonyms, settings.pace))
        .concurrent_updates(Turns(store, pseudonyms, is_shared=settings.webhook is not None))
        .job_queue(None)
        .connection_pool_size(CONNECTIONS)
        .pool_timeout(WAIT_FOR_CONNECTION_S)
        .read_timeout(settings.telegram_patience_s)
    )
    application = builder.updater(None).build() if settings.webhook else builder.build()
    service = Service(settings.service_url, patience_s=settings.service_patience_s)
    kit = Kit(
        store=store,
        pseudonyms=pseudonyms,
        service=service,
        outbox=Outbox(application.bot),
        today=_clock(settings.today),
        retention_days=settings.retention.days,
        questions_per_minute=settings.questions_per_minute,
        username=lambda: str(application.bot.username),
    )
    router = Router(kit)
    _add_handlers(application, router)
    return Bot(application, router, store, service)


def _add_handlers(application: _App, router: Router) -> None:
    application.add_handlers(
        [
            MessageHandler(filters.UpdateType.MESSAGE & ~filters.StatusUpdate.ALL, router.on_message),
            MessageHandler(filters.UpdateType.EDITED_MESSAGE, router.on_edited),
            CallbackQueryHandler(router.on_button),
            InlineQueryHandler(router.on_inline),
            ChatMemberHandler(router.on_membership, ChatMemberHandler.MY_CHAT_MEMBER),
        ]
    )
    application.add_error_handler(router.on_error)


def _clock(fixed: date | None) -> Callable[[], date]:
    return lambda: fixed or datetime.now(HAMBURG).date()
