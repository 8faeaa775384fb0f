"""Follow-up questions that the rules left as they are: a model proposes a self-contained wording, the search decides on it."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import replace

import structlog

from assistant.answer.draft import Draft, Rewritten
from assistant.answer.names import NameIndex
from assistant.answer.personal_data import mask_personal_data
from assistant.domain.errors import ModelError
from assistant.domain.language_model import ChatModel, ModelRequest, Usage
from assistant.llm.faithful import adds_nothing, first_line
from assistant.llm.prompts import load_prompt
from assistant.llm.records import record_call

WITHIN_S = 4.0
MAX_WORDS = 14
"""Of a question that may lean on the conversation; a longer one says what it is about."""
MAX_CHARACTERS = 200
TURNS = 3
_log = structlog.get_logger("assistant.llm")


class ModelFollowUp:
    """Proposes what a question means in its conversation; without a usable proposal the draft stays as it is."""

    def __init__(self, model: ChatModel, names: NameIndex, *, clock: Callable[[], float] = time.monotonic) -> None:
        self._model = model
        self._names = names
        self._clock = clock

    def __call__(self, draft: Draft) -> Draft:
        """Set `possible`, which the step `resolve` compares with the question as it stands."""
        if not draft.question.history or draft.rewritten or draft.possible is not None or draft.document_ids:
            return draft
        if len(draft.text.split()) > MAX_WORDS:
            return draft
        turns = [mask_personal_data(turn.question) for turn in draft.question.history[-TURNS:]]
        prompt = load_prompt("follow_up", draft.text_language)
        plain = {
            "turns": [turn.replace("<", "‹") for turn in turns],
            "question": mask_personal_data(draft.text).replace("<", "‹"),
        }
        started, text, usage = self._clock(), "", Usage()
        try:
            request = ModelRequest(tagged=prompt.render(plain))
            for piece in self._model.write(request, within_s=WITHIN_S, should_stop=draft.should_stop):
                text += piece.text
                usage = piece.usage or usage
        except ModelError as exc:
            _log.warning("the language model did not rewrite a follow-up", why=str(exc))
        draft = record_call(draft, self._model, prompts=(prompt.name,), usage=usage, seconds=self._clock() - started)
        proposed = self._accepted(first_line(text), draft, turns)
        return (
            draft if proposed is None else replace(draft, possible=proposed).noting("follow_up", proposed=proposed.text)
        )

    def _accepted(self, text: str, draft: Draft, turns: list[str]) -> Rewritten | None:
        names = [
            self._names.short_name(document_id, draft.language)
            for turn in draft.question.history[-TURNS:]
            for document_id in turn.document_ids
        ]
        if not adds_nothing(text, " ".join([draft.text, *turns, *names]), max_characters=MAX_CHARACTERS):
            return None
        named = self._names.find(text).document_ids
        if not named or text == draft.text:
            return None
        return Rewritten(text=text, document_ids=named, is_sure=False)
