"""Two hundred chats at once, at Telegram's real limits, with the bot in a process of its own."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

from bots.telegram.testing.bot_api import TOKEN, BotApi
from bots.telegram.testing.people import Person

CHATS = 200
MEMORY_MB = 150
FIRST, SECOND = "Wie viel Euro zahlt InnoFounder je Person und Monat?", "Und wie lange?"


def peak_memory_mb(pid: int) -> float:
    """Largest resident memory the process ever had."""
    status = Path(f"/proc/{pid}/status").read_text(encoding="ascii")
    line = next(line for line in status.splitlines() if line.startswith("VmHWM:"))
    return int(line.split()[1]) / 1024


def test_every_question_of_a_crowd_is_answered_once_in_order_within_telegrams_limits(
    service_url: str, tmp_path: Path
) -> None:
    api = BotApi()
    people = [Person(api=api, id=300_000 + number) for number in range(CHATS)]
    with api.serving():
        environment = {
            **os.environ,
            "ASSISTANT_TELEGRAM_TOKEN": TOKEN,
            "ASSISTANT_TELEGRAM_API_URL": api.url,
            "ASSISTANT_TELEGRAM_SERVICE_URL": service_url,
            "ASSISTANT_DATA_DIR": str(tmp_path / "bot"),
            "ASSISTANT_TODAY": "2026-11-23",
        }
        command = [str(Path(sys.executable).with_name("assistant")), "telegram"]
        log_file = tmp_path / "log"
        with log_file.open("w") as stderr, subprocess.Popen(command, env=environment, stderr=stderr) as bot:
            try:
                api.wait_for(lambda: api.count("getUpdates"))
                for text in (FIRST, SECOND):
                    for person in people:
                        person.say(text)
                began = time.monotonic()
                api.wait_for(lambda: len(api.seen.messages) >= 2 * CHATS, within_s=120)
                took_s = time.monotonic() - began
                memory_mb = peak_memory_mb(bot.pid)
            finally:
                bot.send_signal(signal.SIGTERM)
        log = log_file.read_text(encoding="utf-8")
        assert bot.returncode == 0, log
    print(f"{2 * CHATS} answers in {took_s:.1f} s, peak memory {memory_mb:.0f} MB")
    assert api.seen.refusals == []
    for person in people:
        first, second = (message.text for message in api.messages_in(person.id))
        assert "2.500 Euro" in first
        assert "18 Monate" in second
    assert memory_mb <= MEMORY_MB
    assert TOKEN.partition(":")[2] not in log
    assert "stopped" in log and "error" not in log.lower()
