"""The real service as a process of its own, and Chromium to visit it."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from urllib.parse import urlsplit

import httpx
import pytest
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from assistant.config import Settings
from tests.conftest import TODAY, needs

CHROMIUM = "/usr/bin/chromium"
ARGUMENTS = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
]  # fmt: skip
START_S = 60
PATIENCE_MS = 10_000
Visit = Callable[..., Page]


@pytest.fixture(scope="session")
def address(settings: Settings) -> Iterator[str]:
    """Where `assistant serve` answers, over the session's corpus."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    environment = {name: value for name, value in os.environ.items() if not name.startswith("ASSISTANT_")}
    environment |= {
        "ASSISTANT_DATA_DIR": str(settings.data_dir),
        "ASSISTANT_TODAY": str(TODAY),
        "ASSISTANT_RATE_LIMIT": settings.rate_limit,
    }
    command = [sys.executable, "-m", "assistant.cli", "serve", "--port", str(port)]
    service = subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    found = f"http://127.0.0.1:{port}"
    try:
        deadline = time.monotonic() + START_S
        while True:
            assert service.poll() is None, "the service stopped at its start"
            assert time.monotonic() < deadline, "the service does not become ready"
            try:
                if httpx.get(f"{found}/health/ready").status_code == 200:
                    break
            except httpx.TransportError:
                time.sleep(0.1)
        yield found
    finally:
        service.terminate()
        service.wait(30)


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
    """Opens pages as a person whose browser is set up as told.

    Whatever a test does, no page may speak to another host, and none may complain on its console.
    """
    contexts: list[BrowserContext] = []
    foreign: list[str] = []
    complaints: list[str] = []

    def open_page(path: str = "/", *, width: int = 1280, may_complain: bool = False, **options: object) -> Page:
        chosen: dict[str, object] = {"locale": "de-DE", "viewport": {"width": width, "height": 800}, **options}
        context = browser.new_context(base_url=address, **chosen)  # type: ignore[arg-type]
        context.set_default_timeout(PATIENCE_MS)
        contexts.append(context)
        page = context.new_page()
        page.on("request", lambda request: _is_foreign(request.url, address) and foreign.append(request.url))
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


def _is_foreign(url: str, address: str) -> bool:
    parts = urlsplit(url)
    return parts.scheme not in ("data", "blob") and parts.netloc != urlsplit(address).netloc
