"""The way of a question: one list of steps, each a file of its name.

understand → follow_up → route → company_advice → overview → search → evidence → resolve → clarify → gate → write → verify → render
"""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import NamedTuple

from assistant.answer.draft import Step
from assistant.answer.render import Render
from assistant.answer.understand import begin
from assistant.domain.answers import Question, Reply


class NamedStep(NamedTuple):
    """A step and the name under which its time is recorded."""

    name: str
    run: Step


class Assistant:
    """Answers questions; pure apart from what its steps were handed."""

    def __init__(self, steps: Sequence[NamedStep], verify: Step, render: Render, *, index: str) -> None:
        self._steps = tuple(steps)
        self._verify = verify
        self._render = render
        self.index = index

    def answer(
        self,
        question: Question,
        *,
        on_step: Callable[[str], None] = lambda name: None,
        on_part: Callable[[Reply], None] | None = None,
        should_stop: Callable[[], bool] = lambda: False,
    ) -> Reply:
        """Run the steps until one has decided, then check and render.

        Args:
            question: What is asked.
            on_step: Hears each step's name as it begins.
            on_part: Hears of a reply that is written slowly each time a checked sentence is added; the final one begins with it.
            should_stop: Asked now and then; when it says so, steps that take long end with what they have.
        """
        started = time.perf_counter()
        timings: dict[str, float] = {}
        draft = replace(begin(question), should_stop=should_stop)
        if on_part is not None:
            draft = replace(draft, publish=lambda part: on_part(self._render(self._verify(part), index=self.index)))
        for name, step in self._steps:
            on_step(name)
            before = time.perf_counter()
            draft = step(draft)
            timings[name] = _milliseconds(before)
            if draft.outcome is not None:
                break
        on_step("verify")
        before = time.perf_counter()
        reply = self._render(self._verify(draft), index=self.index)
        timings["verify"] = _milliseconds(before)
        timings["total"] = _milliseconds(started)
        return replace(reply, timings_ms=timings)


def _milliseconds(since: float) -> float:
    return round((time.perf_counter() - since) * 1000, 2)
