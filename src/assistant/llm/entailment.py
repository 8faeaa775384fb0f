"""Judges of whether a sentence follows from its quotation: the model itself, or one of the operator's own."""

from __future__ import annotations

import importlib
from collections.abc import Callable

from assistant.domain.errors import ConfigError, ModelOutputInvalid
from assistant.domain.language_model import ChatModel, Entailment, ModelRequest
from assistant.language.detect import language_of
from assistant.language.normalise import fold
from assistant.llm.prompts import load_prompt

WITHIN_S = 5.0
_YES, _NO = ("ja", "yes"), ("nein", "no")


class AskedEntailment:
    """Asks a language model for a yes or no."""

    def __init__(self, model: ChatModel, *, should_stop: Callable[[], bool] = lambda: False) -> None:
        self._model = model
        self._should_stop = should_stop

    def probability(self, *, premise: str, claim: str) -> float:
        """1 for a yes, 0 for a no; see `assistant.domain.language_model.Entailment`."""
        prompt = load_prompt("entail", language_of(claim))
        plain = {"premise": premise.replace("<", "‹"), "claim": claim.replace("<", "‹")}
        request = ModelRequest(tagged=prompt.render(plain))
        pieces = self._model.write(request, within_s=WITHIN_S, should_stop=self._should_stop)
        said = fold("".join(piece.text for piece in pieces)).strip(" .!\"'*")
        if said.startswith(_YES):
            return 1.0
        if said.startswith(_NO):
            return 0.0
        raise ModelOutputInvalid(f"neither yes nor no: {said[:40]!r}")


def load_entailment(name: str, model: ChatModel) -> Entailment | None:
    """The judge that the settings name; None for `none`.

    Raises:
        ConfigError: If it cannot be loaded, or judges nothing.
    """
    if name == "none":
        return None
    if name == "model":
        return AskedEntailment(model)
    module_name, _, class_name = name.rpartition(".")
    try:
        judge: Entailment = getattr(importlib.import_module(module_name), class_name)()
    except Exception as exc:  # whatever it raises, the operator must learn which setting is wrong
        raise ConfigError(f"ASSISTANT_LLM_ENTAILMENT {name!r} cannot be loaded: {exc}") from exc
    if not callable(getattr(judge, "probability", None)):
        raise ConfigError(f"ASSISTANT_LLM_ENTAILMENT {name!r} has no method `probability`")
    return judge
