"""Loads the model that the settings name."""

from __future__ import annotations

import importlib
from collections.abc import Mapping
from typing import Any

from llama_index.core.llms.llm import LLM

from assistant.domain.errors import ConfigError
from assistant.llm.llama_index import LlamaChatModel, Prices

MAX_TOKENS = 1500
"""A detailed answer with its quotations, and then as much again; `max_tokens` among the options changes it."""


def load_model(
    name: str, *, model: str | None, api_key: str | None, options: Mapping[str, Any], prices: Prices, timeout_s: float
) -> LlamaChatModel:
    """Load an OpenAI-compatible model by its server's address, or a LlamaIndex LLM by import path.

    Args:
        name: `https://HOST/v1`, or `package.module.Class`.
        model: The model's name at that address; for an import path only how it is called here.
        api_key: For either; None where none is needed.
        options: Passed on to LlamaIndex's class.
        prices: For counting what replies cost.
        timeout_s: Seconds that the server may be silent.

    Raises:
        ConfigError: If nothing can be loaded by these settings.
    """
    is_address = name.startswith(("http://", "https://"))
    llm = _open_address(name, model, api_key, options, timeout_s) if is_address else _load_path(name, api_key, options)
    return LlamaChatModel(
        llm,
        name=model or llm.metadata.model_name or type(llm).__name__,
        is_openai_compatible=is_address,
        prices=prices,
        secret=api_key or "",
    )


def _open_address(
    address: str, model: str | None, api_key: str | None, options: Mapping[str, Any], timeout_s: float
) -> LLM:
    from llama_index.llms.openai_like import OpenAILike

    if not model:
        raise ConfigError(f"ASSISTANT_LLM is an address ({address!r}), so ASSISTANT_LLM_MODEL must name a model there")
    chosen: dict[str, Any] = {"temperature": 0.0, "max_tokens": MAX_TOKENS, **options}
    try:
        return OpenAILike(
            model=model,
            api_base=address.rstrip("/"),
            api_key=api_key or "none",  # without one the library would look for a key of its own
            is_chat_model=True,
            max_retries=0,  # repeated by us, within the time of a reply
            timeout=timeout_s,
            **chosen,
        )
    except Exception as exc:  # whatever the library raises, the operator must learn which setting is wrong
        raise ConfigError(f"ASSISTANT_LLM {address!r} cannot be used: {exc}") from exc


def _load_path(name: str, api_key: str | None, options: Mapping[str, Any]) -> LLM:
    module_name, _, class_name = name.rpartition(".")
    key = {"api_key": api_key} if api_key else {}
    try:
        loaded = getattr(importlib.import_module(module_name), class_name)(**{**key, **options})
    except Exception as exc:  # as above
        detail = str(exc).replace(api_key, "***") if api_key else str(exc)
        raise ConfigError(
            f"ASSISTANT_LLM {name!r} is neither an address nor a class that can be loaded: {detail}"
        ) from exc
    if not isinstance(loaded, LLM):
        raise ConfigError(f"ASSISTANT_LLM {name!r} is no LlamaIndex LLM")
    return loaded
