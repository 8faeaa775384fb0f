"""Finds the questions of a letter that no question mark shows: a model proposes them, in the letter's own words."""

from __future__ import annotations

import re
import time
from collections.abc import Callable
from decimal import Decimal

import structlog

from assistant.answer.enquiry_text import Divided, Piece, wants_an_answer
from assistant.answer.personal_data import mask_personal_data
from assistant.domain.errors import ModelError
from assistant.domain.language_model import ChatModel, ModelRecord, ModelRequest, Usage
from assistant.domain.values import Language
from assistant.language.normalise import clean_question
from assistant.llm.faithful import adds_nothing, first_line
from assistant.llm.prompts import load_prompt

WITHIN_S = 8.0
MOST_PROPOSED = 10
MAX_CHARACTERS = 400
"""Of one question."""
_log = structlog.get_logger("assistant.llm")


class ModelDivision:
    """Divides an enquiry further than its question marks do; without a usable proposal it stays divided as it was."""

    def __init__(self, model: ChatModel, *, clock: Callable[[], float] = time.monotonic) -> None:
        self._model = model
        self._clock = clock

    def __call__(self, text: str, divided: Divided, language: Language, should_stop: Callable[[], bool]) -> Divided:
        """The model's questions, if they say nothing that the enquiry does not say and are more than those that a mark shows."""
        letter = mask_personal_data(clean_question(text))
        prompt = load_prompt("split", language)
        request = ModelRequest(tagged=prompt.render({"letter": letter.replace("<", "‹")}))
        started, said, usage = self._clock(), "", Usage()
        try:
            for piece in self._model.write(request, within_s=WITHIN_S, should_stop=should_stop):
                said += piece.text
                usage = piece.usage or usage
        except ModelError as exc:
            _log.warning("the language model did not divide an enquiry", why=str(exc))
            said = ""
        record = ModelRecord(
            name=self._model.name,
            prompts=(prompt.name,),
            usage=usage,
            cost=self._model.cost_of(usage) if usage.calls else Decimal(0),
            seconds=round(self._clock() - started, 3),
        )
        questions = _faithful_questions(said, letter)
        if len(questions) < max(1, len(divided.questions)):
            return Divided(pieces=divided.pieces, model=record)
        statements = tuple(piece for piece in divided.pieces if not piece.is_question)
        asked = tuple(Piece(text=question, is_question=True) for question in questions)
        return Divided(pieces=(*statements, *asked), model=record)


def _faithful_questions(said: str, letter: str) -> tuple[str, ...]:
    """The lines of a model's answer, each once; none at all if one of them adds anything, or there are too many."""
    lines = [line for line in (first_line(line) for line in re.split(r"\n+", said)) if line]
    if len(lines) > MOST_PROPOSED or not all(
        adds_nothing(line, letter, max_characters=MAX_CHARACTERS) for line in lines
    ):
        return ()
    return tuple(dict.fromkeys(line for line in lines if wants_an_answer(line)))
