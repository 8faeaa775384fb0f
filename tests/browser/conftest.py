"""The real service as a process of its own, and Chromium to visit it."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Protocol
from urllib.parse import urlsplit

import httpx
import pytest
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from assistant.config import Settings
from tests.browser.other_site import OtherSite
from tests.browser.slow_service import SlowService
from tests.conftest import TODAY, needs
from tests.model_server.server import ModelServer, running_model_server

CHROMIUM = "/usr/bin/chromium"
ARGUMENTS = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
]  # fmt: skip
START_S = 60
PATIENCE_MS = 10_000
WEB = Path(__file__).parents[2] / "bots" / "web"


class Visit(Protocol):
    """Opens a page as a person whose browser is set up as told."""

    def __call__(
        self, path: str = "/de/", *, width: int = 1280, at: str = "", may_complain: bool = False, **options: object
    ) -> Page:
        """`at` is another address than the service's own; `may_complain` where the console is expected to hold an error."""


@contextmanager
def served(data_dir: Path, **settings: str) -> Iterator[str]:
    """`assistant serve` over a data folder; gives its address."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    environment = {name: value for name, value in os.environ.items() if not name.startswith("ASSISTANT_")}
    environment |= {
        "ASSISTANT_DATA_DIR": str(data_dir),
        "ASSISTANT_TODAY": str(TODAY),
        "ASSISTANT_RATE_LIMIT": "100000/minute",
        **settings,
    }
    command = [sys.executable, "-m", "assistant.cli", "serve", "--port", str(port)]
    service = subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    address = f"http://127.0.0.1:{port}"
    try:
        deadline = time.monotonic() + START_S
        while True:
            assert service.poll() is None, "the service stopped at its start"
            assert time.monotonic() < deadline, "the service does not become ready"
            try:
                if httpx.get(f"{address}/health/ready").status_code == 200:
                    break
            except httpx.TransportError:
                time.sleep(0.1)
        yield address
    finally:
        service.terminate()
        service.wait(30)


@pytest.fixture(scope="session")
def other_site() -> Iterator[OtherSite]:
    """A website of somebody else, which the operator has allowed to show the widget."""
    with OtherSite() as site:
        yield site


@pytest.fixture(scope="session")
def address(settings: Settings, other_site: OtherSite) -> Iterator[str]:
    """Where the service answers, over the session's corpus."""
    if not (WEB / "dist" / "manifest.json").exists():
        pytest.fail("the pages are not built; `make page` builds them")
    with served(settings.data_dir, ASSISTANT_ALLOWED_ORIGINS=f'["{other_site.address}"]') as address:
        yield address


@pytest.fixture(scope="session")
def model() -> Iterator[ModelServer]:
    """A language model that answers well, as slowly as its `pause_s` says."""
    with running_model_server() as model:
        yield model


@pytest.fixture(scope="session")
def worded_address(settings: Settings, other_site: OtherSite, model: ModelServer) -> Iterator[str]:
    """Where a service answers whose answers are worded by that model."""
    with served(
        settings.data_dir,
        ASSISTANT_ALLOWED_ORIGINS=f'["{other_site.address}"]',
        ASSISTANT_LLM=model.url,
        ASSISTANT_LLM_MODEL="good",
    ) as address:
        yield address


@pytest.fixture
def slow(address: str) -> Iterator[SlowService]:
    """The same service behind a connection that lets through one event at a time."""
    with SlowService(address) as slow:
        yield slow


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Chromium, once for all visits."""
    needs("chromium")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        yield browser
        browser.close()


@pytest.fixture
def visit(browser: Browser, address: str) -> Iterator[Visit]:
    """Opens pages; whatever a test does, no page may speak to a foreign host, and none may complain on its console."""
    contexts: list[BrowserContext] = []
    foreign: list[str] = []
    complaints: list[str] = []

    def open_page(
        path: str = "/de/", *, width: int = 1280, at: str = "", may_complain: bool = False, **options: object
    ) -> Page:
        base = at or address
        known = {urlsplit(base).netloc, urlsplit(address).netloc}
        chosen: dict[str, object] = {"locale": "de-DE", "viewport": {"width": width, "height": 800}, **options}
        context = browser.new_context(base_url=base, **chosen)  # type: ignore[arg-type]
        context.set_default_timeout(PATIENCE_MS)
        contexts.append(context)
        page = context.new_page()
        context.on("request", lambda request: _is_foreign(request.url, known) and foreign.append(request.url))
        if not may_complain:
            page.on("console", lambda message: message.type in ("error", "warning") and complaints.append(message.text))
            page.on("pageerror", lambda error: complaints.append(str(error)))
        page.goto(path)
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert foreign == []
    assert complaints == []


def _is_foreign(url: str, known: set[str]) -> bool:
    parts = urlsplit(url)
    return parts.scheme not in ("data", "blob") and parts.netloc not in known
