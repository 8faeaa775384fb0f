"""The manual names every command and every setting."""

from __future__ import annotations

from pathlib import Path

from assistant.config import Settings
from bots.telegram.commands import COMMANDS

MANUAL = (Path(__file__).parents[3] / "docs" / "telegram.md").read_text(encoding="utf-8")


def test_every_command_stands_in_the_manual() -> None:
    for command in COMMANDS:
        assert f"| `/{command.german}` | `/{command.english}` |" in MANUAL


def test_every_setting_stands_in_the_manual() -> None:
    names = [f"`ASSISTANT_{name.upper()}`" for name in Settings.model_fields if name.startswith("telegram_")]
    assert names
    assert [name for name in names if name not in MANUAL] == []
