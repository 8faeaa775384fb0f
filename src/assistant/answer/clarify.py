"""Seventh step: asks back where several offers share the name in the question and more than one of them answers it."""

from __future__ import annotations

import re
from dataclasses import replace

from rapidfuzz import fuzz

from assistant.answer.draft import Draft, Outcome
from assistant.answer.names import NameIndex
from assistant.answer.plain_question import asks_plainly_for_figure, records_asked_field
from assistant.answer.question_type import asked_fields, asks_for_comparison
from assistant.answer.texts import text_for
from assistant.language.names import words_of_name
from assistant.language.normalise import fold

SHARE_OF_BEST = 0.5
"""Another bearer of the name answers as well when its best line reaches this share of the best one's probability."""
SAME_WORD = 85.0
"""Of 100; from here on a word is a telling one in spite of a typing error."""
_ALL_OF_THEM = re.compile(
    r"\b(welche|alle|which|what|all)\b.*\b(gibt es|are there|exist\w*|programmes?|programmen?|module?n?|modules|varianten|arten|kinds|types|kredite|loans)\b"
)


class Clarify:
    """Decides between bearers of one name by what was found, and asks only where that leaves it open."""

    def __init__(self, names: NameIndex) -> None:
        self._names = names

    def __call__(self, draft: Draft) -> Draft:
        """Set a clarifying outcome, or leave the draft."""
        named = self._names.find(draft.text)
        if named.shared_name is None or draft.rewritten or not draft.readings:
            return draft
        if (
            asks_for_comparison(draft.text)
            or _ALL_OF_THEM.search(fold(draft.text))
            or set(asked_fields(draft.text)) == {"definition"}
        ):
            return draft  # all of them are meant
        best = {
            reading.lines.document_id.removesuffix(".en"): float(reading.probabilities.max())
            for reading in draft.readings
        }
        strongest = max((best.get(choice, 0.0) for choice in named.choices), default=0.0)
        recording = _recording(draft)
        told = [choice for choice in named.choices if self._is_told(choice, draft)]
        if len(told) == 1:
            return draft
        answering = [
            choice for choice in named.choices
            if choice in recording or best.get(choice, 0.0) >= SHARE_OF_BEST * strongest > 0
        ]  # fmt: skip
        draft = draft.noting("clarify", shared=named.shared_name, answering=answering)
        if len(answering) < 2:
            return draft
        options = tuple(
            _replace_name(draft.text, named.shared_name, self._names.short_name(choice, draft.language))
            for choice in answering
        )
        outcome = Outcome(
            status="clarify",
            reason=text_for("clarify_reason", draft.language),
            message=text_for("clarify_name", draft.language, name=named.shared_name),
            options=options,
            suggestions=options[:3],
        )
        return replace(draft, outcome=outcome)

    def _is_told(self, choice: str, draft: Draft) -> bool:
        """Whether the question holds a word that only this bearer's name has, rightly spelt or nearly so."""
        words = words_of_name(draft.text)
        return any(
            fuzz.ratio(word, telling) >= SAME_WORD for telling in self._names.telling_words(choice) for word in words
        )


def _recording(draft: Draft) -> set[str]:
    """Documents, without language suffix, that record the figure a question asks for most clearly."""
    if not asks_plainly_for_figure(draft):
        return set()
    return {reading.lines.document_id.removesuffix(".en") for reading in draft.readings if records_asked_field(reading)}


def _replace_name(question: str, shared: str, name: str) -> str:
    text, count = re.subn(
        re.escape(shared).replace(r"\ ", r"[\s-]+").replace(r"\-", r"[\s-]?"),
        lambda _: name,
        question,
        count=1,
        flags=re.IGNORECASE,
    )
    return text if count else f"{name}: {question}"
