"""What the operator tells the bot."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path

from bots.telegram.pacing import Pace

TELEGRAM = "https://api.telegram.org"


@dataclass(frozen=True, slots=True, kw_only=True)
class Webhook:
    """Telegram calls the bot, instead of being asked for news again and again."""

    url: str
    """The public https address; its path is served on `host` and `port`."""
    secret: str = field(repr=False)
    """Telegram sends it along; whoever does not know it is refused."""
    host: str = "127.0.0.1"
    port: int = 8081


@dataclass(frozen=True, slots=True, kw_only=True)
class BotSettings:
    """The bot's settings; secrets never appear in `repr`."""

    token: str = field(repr=False)
    service_url: str
    data_dir: Path
    retention: timedelta
    hash_key: str | None = field(default=None, repr=False)
    """Key of the hashes that stand for people and chats; None makes one in the data folder at the first start."""
    questions_per_minute: int = 20
    """Of one person, and of one group."""
    webhook: Webhook | None = None
    api_url: str = TELEGRAM
    telegram_patience_s: float = 20.0
    """How long Telegram may take to answer a request."""
    service_patience_s: float = 90.0
    """How long the service may take to answer a question, waiting for a turn included."""
    pace: Pace = field(default_factory=Pace)
    today: date | None = None
    """Fixes the date shown under answers."""
