"""Models are loaded by address or import path; what cannot be loaded stops the start and is named."""

from __future__ import annotations

from typing import Any

import pytest

from assistant.domain.errors import ConfigError
from assistant.domain.language_model import Message, ModelRequest, Piece
from assistant.llm.llama_index import LlamaChatModel, Prices
from assistant.llm.loading import load_model

ECHO = ModelRequest(tagged=(Message(role="user", text="Guten Tag"),), schema={"type": "object"})


def load(name: str, **fields: Any) -> LlamaChatModel:
    values: dict[str, Any] = {
        "model": None,
        "api_key": None,
        "options": {},
        "prices": Prices(),
        "timeout_s": 5.0,
        **fields,
    }
    return load_model(name, **values)


def test_any_llamaindex_model_can_be_named_by_its_import_path() -> None:
    model = load("llama_index.core.llms.mock.MockLLM", model="echo")
    pieces: list[Piece] = list(model.write(ECHO, within_s=5, should_stop=lambda: False))
    assert model.name == "echo"
    assert "Guten Tag" in "".join(piece.text for piece in pieces)
    usage = pieces[-1].usage
    assert usage is not None and usage.calls == 1 and usage.input_tokens > 0, "estimated where nothing is reported"


@pytest.mark.parametrize(
    ("name", "fields", "words"),
    [
        ("https://models.example/v1", {}, "ASSISTANT_LLM_MODEL"), ("gpt", {"model": "x"}, "neither an address nor a class"), ("json.JSONDecoder", {}, "no LlamaIndex LLM"),
        ("llama_index.core.llms.mock.NoSuchLLM", {}, "neither an address nor a class"), ("https://models.example/v1", {"model": "m", "options": {"temperature": "hot"}}, "cannot be used"),
    ],
)  # fmt: skip
def test_what_cannot_be_loaded_is_named(name: str, fields: dict[str, Any], words: str) -> None:
    with pytest.raises(ConfigError, match=words):
        load(name, **fields)


def test_the_key_never_stands_in_an_error() -> None:
    with pytest.raises(ConfigError) as error:
        load("llama_index.core.llms.mock.MockLLM", api_key="sk-geheim", options={"max_tokens": "sk-geheim"})
    assert "sk-geheim" not in str(error.value)
