"""The page on the language model names every setting, fault, fallback and style, and no others."""

from __future__ import annotations

import re
from pathlib import Path
from typing import get_args

from assistant.config import Settings
from assistant.domain.answers import Style
from assistant.domain.language_model import Fallback
from assistant.llm.checks import Fault

PAGE = (Path(__file__).parents[3] / "docs" / "language-model.md").read_text(encoding="utf-8")


def test_every_setting_stands_in_the_page_and_no_other() -> None:
    settings = {f"ASSISTANT_{name.upper()}" for name in Settings.model_fields if name.startswith("llm")}
    assert settings and set(re.findall(r"ASSISTANT_LLM\w*", PAGE)) == settings


def test_the_defaults_are_those_of_the_settings() -> None:
    for name in ("timeout_s", "concurrency", "queue"):
        default = Settings.model_fields[f"llm_{name}"].default
        assert f"| `ASSISTANT_LLM_{name.upper()}` | {default:g} |" in PAGE


def test_every_fault_fallback_and_style_is_explained() -> None:
    for name in (*get_args(Fault), *get_args(Fallback), *get_args(Style)):
        assert f"`{name}`" in PAGE, name
