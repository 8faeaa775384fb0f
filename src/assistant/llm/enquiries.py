"""Takes an enquiry apart into the questions it holds."""

from __future__ import annotations

import re
from collections.abc import Callable

from assistant.domain.errors import ModelError
from assistant.domain.language_model import ChatModel, ModelRequest
from assistant.domain.values import Language
from assistant.language.sentences import sentence_spans
from assistant.llm.faithful import adds_nothing, first_line
from assistant.llm.prompts import load_prompt

WITHIN_S = 8.0
MAX_QUESTIONS = 10
MAX_CHARACTERS = 400
"""Of one question."""


def split_enquiry(
    text: str, language: Language, model: ChatModel | None, *, should_stop: Callable[[], bool] = lambda: False
) -> tuple[str, ...]:
    """The questions of an enquiry in its own words, in order; the whole enquiry where it asks none outright.

    A model's questions are used only if they say nothing that the enquiry does not say and are no fewer than the sentences that
    end with a question mark.
    """
    asked = _asked_outright(text, language)
    proposed = _proposed(text, language, model, should_stop) if model is not None else ()
    if proposed and len(proposed) >= len(asked):
        return proposed
    return asked or (" ".join(text.split()),)


def _asked_outright(text: str, language: Language) -> tuple[str, ...]:
    sentences = (" ".join(text[span.start : span.end].split()) for span in sentence_spans(text, language))
    return tuple(dict.fromkeys(sentence for sentence in sentences if sentence.endswith("?")))[:MAX_QUESTIONS]


def _proposed(text: str, language: Language, model: ChatModel, should_stop: Callable[[], bool]) -> tuple[str, ...]:
    request = ModelRequest(tagged=load_prompt("split", language).render({"letter": text.replace("<", "‹")}))
    try:
        said = "".join(piece.text for piece in model.write(request, within_s=WITHIN_S, should_stop=should_stop))
    except ModelError:
        return ()
    lines = [line for line in (first_line(line) for line in re.split(r"\n+", said)) if line]
    if not lines or len(lines) > MAX_QUESTIONS:
        return ()
    faithful = all(adds_nothing(line, text, max_characters=MAX_CHARACTERS) for line in lines)
    return tuple(lines) if faithful else ()
