"""A conversation between a made-up company and the real bot, as a page, a picture and plain words.

`python -m bots.telegram.testing.transcript docs/telegram-conversation` plays it and writes `.md` and `.png`. Everything the
bot says comes from a running service; the picture needs Playwright and Chromium.
"""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import html
import os
import socket
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from datetime import date, timedelta
from pathlib import Path
from typing import NamedTuple

import httpx
from jinja2 import Environment, FileSystemLoader

from bots.telegram.pacing import Pace
from bots.telegram.running import run
from bots.telegram.settings import BotSettings
from bots.telegram.testing.bot_api import TOKEN, BotApi, Sent
from bots.telegram.testing.limits import Rates
from bots.telegram.testing.people import Person

PERSON = 501
PAGE_WIDTH = 420
READY_WITHIN_S = 120.0
CHROMIUM = "/usr/bin/chromium"
QUICK = Pace(overall_s=0.001, chat_s=0.04)
QUICK_RATES = Rates(per_second=1500, chat_interval_s=0.01)
_Marks = dict[str, tuple[str, str]]
_HTML: _Marks = {
    "bold": ("<b>", "</b>"), "italic": ("<i>", "</i>"), "text_link": ("<u>", "</u>"),
    "blockquote": ("<q>", "</q>"), "expandable_blockquote": ("<q>", "</q>"),
}  # fmt: skip
_MARKDOWN: _Marks = {
    "bold": ("**", "**"), "italic": ("*", "*"), "text_link": ("", ""), "blockquote": ("„", "“"),
    "expandable_blockquote": ("", ""),
}  # fmt: skip


class Say(NamedTuple):
    """The person writes."""

    text: str


class Tap(NamedTuple):
    """The person taps the button that begins so, below the last message that has one."""

    label: str


Step = Say | Tap
SCENES: tuple[tuple[Step, ...], ...] = (
    (
        Say("Wie viel Euro zahlt InnoFounder je Person und Monat?"),
        Tap("Beleg 1"),
        Say("Und wie lange?"),
    ),
    (
        Say("/cluster"),
        Say("Wir entwickeln Rotorblatt-Sensorik für Offshore-Windparks, 14 Leute, Harburg."),
        Tap("Ergebnis zeigen"),
    ),
    (
        Tap("1. "),
        Tap("Beleg "),
    ),
)
"""One conversation, shown side by side."""


class Line(NamedTuple):
    """What one side said."""

    person: str | None
    """The words written or tapped; None where the bot speaks."""
    bot: Sent | None = None


def play(person: Person, steps: Sequence[Step]) -> list[Line]:
    """Lead the conversation; after each step the whole answer is waited for."""
    lines: list[Line] = []
    for step in steps:
        before = person.api.messages_in(person.id)
        if isinstance(step, Say):
            person.say(step.text)
            lines.append(Line(step.text))
        else:
            message = next(sent for sent in reversed(before) if any(b.startswith(step.label) for b in sent.buttons))
            person.tap(message, step.label)
            lines.append(Line(next(b for b in message.buttons if b.startswith(step.label))))
        lines += [Line(None, sent) for sent in person.reads_whole(len(before))]
    return lines


def with_marks(sent: Sent, marks: _Marks, escape: Callable[[str], str]) -> str:
    """The text of a message with its entities written out."""
    units = sent.text.encode("utf-16-le")
    edges: list[tuple[int, int, int, str]] = []  # position, 0 closes before 1 opens, inner ones first, mark
    for entity in sent.entities:
        start, length = entity["offset"], entity["length"]
        opening, closing = marks[entity["type"]]
        edges += [(start, 1, -length, opening), (start + length, 0, -start, closing)]
    written, position = "", 0
    for at, _, _, mark in sorted(edges):
        written += escape(units[2 * position : 2 * at].decode("utf-16-le")) + mark
        position = at
    return written + escape(units[2 * position :].decode("utf-16-le"))


def as_markdown(lines: Sequence[Line]) -> str:
    """The conversation in words, for readers of text and for screen readers."""
    blocks = []
    for line in lines:
        if line.bot is None:
            blocks.append(f"**Person:** {line.person}")
            continue
        text = with_marks(line.bot, _MARKDOWN, _no_escape).strip()
        quoted = "\n".join(f"> {part}  " if part else ">" for part in f"**Clusterlotse:** {text}".split("\n"))
        buttons = " ".join(f"`{label}`" for label in line.bot.buttons)
        blocks.append(quoted + (f"\n>\n> {buttons}" if buttons else ""))
    return "\n\n".join(blocks) + "\n"


def as_page(scenes: Sequence[Sequence[Line]]) -> str:
    """The conversation as a chat looks, scene beside scene."""
    environment = Environment(loader=FileSystemLoader(Path(__file__).parent), autoescape=True)
    shown = [
        [
            {
                "person": line.person,
                "html": with_marks(line.bot, _HTML, html.escape) if line.bot else "",
                "rows": [[button["text"] for button in row] for row in line.bot.rows] if line.bot else [],
            }
            for line in lines
        ]
        for lines in scenes
    ]
    return environment.get_template("transcript.html").render(scenes=shown, width=PAGE_WIDTH)


def photograph(page: str, target: Path, *, width: int) -> None:
    """Write a picture of the page."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        tab = browser.new_page(viewport={"width": width, "height": 800}, device_scale_factor=1.25)
        tab.set_content(page)
        tab.screenshot(path=target, full_page=True)
        browser.close()


@contextlib.contextmanager
def running_bot(service_url: str, today: date) -> Iterator[BotApi]:
    """The bot between a Telegram of our own and a service."""
    api = BotApi(QUICK_RATES)
    stop, started = asyncio.Event(), threading.Event()
    loops: list[asyncio.AbstractEventLoop] = []
    with api.serving(), tempfile.TemporaryDirectory() as folder:
        settings = BotSettings(
            token=TOKEN,
            service_url=service_url,
            data_dir=Path(folder),
            retention=timedelta(days=30),
            api_url=api.url,
            pace=QUICK,
            today=today,
        )

        async def main() -> None:
            loops.append(asyncio.get_running_loop())
            await run(settings, stop=stop, on_started=started.set)

        thread = threading.Thread(target=asyncio.run, args=(main(),))
        thread.start()
        assert started.wait(30), "the bot did not start"
        try:
            yield api
        finally:
            loops[0].call_soon_threadsafe(stop.set)
            thread.join()


@contextlib.contextmanager
def running_service(today: date) -> Iterator[str]:
    """The service in a process of its own, over the corpus that is ingested."""
    with socket.socket() as made:
        made.bind(("127.0.0.1", 0))
        port = made.getsockname()[1]
    environment = {**os.environ, "ASSISTANT_PORT": str(port), "ASSISTANT_TODAY": today.isoformat()}
    command = [str(Path(sys.executable).with_name("assistant")), "serve"]
    url = f"http://127.0.0.1:{port}"
    with subprocess.Popen(command, env=environment) as process:
        try:
            _wait_until_ready(url)
            yield url
        finally:
            process.terminate()


def _wait_until_ready(url: str) -> None:
    ends = time.monotonic() + READY_WITHIN_S
    while time.monotonic() < ends:
        with contextlib.suppress(httpx.TransportError):
            if httpx.get(f"{url}/health/ready").is_success:
                return
        time.sleep(0.2)
    raise TimeoutError(f"the service was not ready within {READY_WITHIN_S:g} s")


def _no_escape(text: str) -> str:
    return text


def main() -> None:
    """Play the conversation and write it down."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("target", type=Path, help="path without ending; .md and .png are written")
    parser.add_argument("--service", help="address of a running service; without it one is started")
    parser.add_argument("--today", type=date.fromisoformat, default=date.today(), help="the date shown")
    given = parser.parse_args()
    service = contextlib.nullcontext(given.service) if given.service else running_service(given.today)
    with service as url, running_bot(url, given.today) as api:
        person = Person(api=api, id=PERSON)
        person.hears("/start")  # so that the consent line does not stand below the first answer
        scenes = [play(person, steps) for steps in SCENES]
    assert not api.seen.refusals, api.seen.refusals
    given.target.with_suffix(".md").write_text(
        as_markdown([line for lines in scenes for line in lines]), encoding="utf-8"
    )
    photograph(as_page(scenes), given.target.with_suffix(".png"), width=PAGE_WIDTH * len(scenes))


if __name__ == "__main__":
    main()
