"""The real bot and the real service, both over real connections, between people on a Telegram of the project's own."""

from __future__ import annotations

import asyncio
import contextlib
import itertools
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import Any

import httpx
import pytest
import structlog
import uvicorn
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from assistant import bootstrap
from assistant.config import Settings
from bots.telegram.pacing import Pace
from bots.telegram.running import run
from bots.telegram.settings import BotSettings
from bots.telegram.testing.bot_api import TOKEN, BotApi
from bots.telegram.testing.limits import Rates
from bots.telegram.testing.people import Person
from tests.conftest import TODAY

HURRIED = Pace(overall_s=0.001, chat_s=0.04, group_s=0.065, group_burst=10)
"""About a hundredth of the real times, so that conversations of many messages are quick to test."""
HURRIED_RATES = Rates(per_second=1500, chat_interval_s=0.01, minute_s=0.6, draft_interval_s=0.9)
_numbers = itertools.count(100_001)


@pytest.fixture(autouse=True)
def _logs_as_before() -> Iterator[None]:
    """The command line sets up logging for its whole process."""
    yield
    structlog.reset_defaults()


@dataclass
class Front:
    """Stands before the service and lets it misbehave, for one question after the other."""

    app: ASGIApp
    moods: list[str] = field(default_factory=list)
    """What happens to the next requests: down, busy, cut, mute, slow."""
    seen: list[tuple[str, dict[str, str]]] = field(default_factory=list)
    """Path and headers of each request."""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve, or not."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        headers = {name.decode().lower(): value.decode() for name, value in scope["headers"]}
        self.seen.append((scope["path"], headers))
        mood = self.moods.pop(0) if self.moods and scope["method"] in ("POST", "DELETE") else ""
        if mood == "down":
            await _respond(send, 503, b"<html>down</html>")
        elif mood == "busy":
            body = (
                b'{"error": {"code": "rate_limited", "message": "Zu viele Fragen.", "request_id": "1", "details": {}}}'
            )
            await _respond(send, 429, body, retry_after=b"1")
        elif mood == "mute":
            await asyncio.sleep(30)
        elif mood == "slow":
            await asyncio.sleep(2.6)
            await self.app(scope, receive, send)
        elif mood == "cut":
            await self.app(scope, receive, _cut_after(send, chunks=3))
        else:
            await self.app(scope, receive, send)


async def _respond(send: Send, status: int, body: bytes, retry_after: bytes = b"5") -> None:
    await send({"type": "http.response.start", "status": status, "headers": [(b"retry-after", retry_after)]})
    await send({"type": "http.response.body", "body": body})


def _cut_after(send: Send, *, chunks: int) -> Callable[[Message], Any]:
    sent = 0

    async def cut(message: Message) -> None:
        nonlocal sent
        if message["type"] == "http.response.body" and message.get("body"):
            sent += 1
            if sent > chunks:
                raise ConnectionResetError
        await send(message)

    return cut


@contextlib.contextmanager
def serving(app: ASGIApp) -> Iterator[str]:
    """The application behind a real socket, at the address given."""
    server = uvicorn.Server(uvicorn.Config(app, port=0, log_config=None, log_level="critical"))
    thread = threading.Thread(target=server.run)
    thread.start()
    while not server.started:
        assert thread.is_alive()
        time.sleep(0.01)
    try:
        yield f"http://127.0.0.1:{server.servers[0].sockets[0].getsockname()[1]}"
    finally:
        server.should_exit = server.force_exit = True
        thread.join(30)


@pytest.fixture(scope="session")
def front(settings: Settings) -> Front:
    """The service with something in front of it that can make it misbehave."""
    return Front(bootstrap.build_app(settings))


@pytest.fixture(scope="session")
def service_url(front: Front) -> Iterator[str]:
    """Where the service is."""
    with serving(front) as url:
        yield url


@pytest.fixture
def service(service_url: str) -> Iterator[httpx.Client]:
    """The service as any other client sees it."""
    with httpx.Client(base_url=f"{service_url}/api/v1", timeout=30) as client:
        yield client


@dataclass(frozen=True)
class Stage:
    """A Telegram with a running bot."""

    api: BotApi
    settings: BotSettings

    def person(self, **more: Any) -> Person:
        """Somebody who has never written to the bot."""
        return Person(api=self.api, id=next(_numbers), **more)

    def group(self) -> int:
        """A group that the bot is in."""
        return -next(_numbers)


@contextlib.contextmanager
def running(settings: BotSettings) -> Iterator[None]:
    """The bot, in a thread of its own; it must end by itself when told to."""
    stop, started = asyncio.Event(), threading.Event()
    loops: list[asyncio.AbstractEventLoop] = []
    failures: list[BaseException] = []

    async def main() -> None:
        loops.append(asyncio.get_running_loop())
        await run(settings, stop=stop, on_started=started.set)

    def target() -> None:
        try:
            asyncio.run(main())
        except BaseException as exc:
            failures.append(exc)
        finally:
            started.set()

    thread = threading.Thread(target=target)
    thread.start()
    assert started.wait(30), "the bot did not start"
    try:
        if failures:
            raise failures[0]
        yield
    finally:
        if thread.is_alive():
            loops[0].call_soon_threadsafe(stop.set)
        thread.join(60)
        assert not thread.is_alive(), "the bot did not stop"
    assert not failures, failures


def bot_settings(api: BotApi, service_url: str, data_dir: Path, **more: Any) -> BotSettings:
    """Settings for tests: hurried, on a fixed day."""
    values: dict[str, Any] = {
        "token": TOKEN,
        "service_url": service_url,
        "data_dir": data_dir,
        "retention": timedelta(days=30),
        "api_url": api.url,
        "pace": HURRIED,
        "today": TODAY,
        "questions_per_minute": 600,
        "telegram_patience_s": 2.0,
        "service_patience_s": 30.0,
    }
    return BotSettings(**{**values, **more})


@pytest.fixture(scope="module")
def stage(service_url: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stage]:
    """One bot for the tests of a module; each uses people of its own. Telegram must not have refused anything."""
    api = BotApi(HURRIED_RATES)
    with api.serving():
        settings = bot_settings(api, service_url, tmp_path_factory.mktemp("bot"))
        with running(settings):
            yield Stage(api, settings)
        assert not api.seen.refusals


OwnStage = Callable[..., contextlib.AbstractContextManager[Stage]]


@pytest.fixture
def own_stage(front: Front, service_url: str, tmp_path: Path) -> Iterator[OwnStage]:
    """Makes bots for tests that let things go wrong."""

    @contextlib.contextmanager
    def make(*, rates: Rates = HURRIED_RATES, has_drafts: bool = True, **more: Any) -> Iterator[Stage]:
        api = BotApi(rates, has_drafts=has_drafts)
        with api.serving():
            settings = bot_settings(api, more.pop("service_url", service_url), tmp_path / "bot", **more)
            with running(settings):
                yield Stage(api, settings)

    yield make
    front.moods.clear()
