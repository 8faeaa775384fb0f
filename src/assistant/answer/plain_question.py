"""A plain question for a figure that sheets record: a telling word or two beside the name, and nothing more special."""

from __future__ import annotations

from assistant.answer.draft import DocumentReading, Draft, nameless_words
from assistant.answer.evidence import FIELD_STRENGTHS
from assistant.answer.line_features import FEATURES
from assistant.answer.question_type import Field, asked_fields
from assistant.language.analysis import STOP_WORDS

PLAIN_WORDS = 2
"""Telling words beside the name up to which a question is plain."""
FIGURES: frozenset[Field] = frozenset({"amounts", "rates", "duration", "deadlines"})
_FIELD = FEATURES.index("field")


def asks_plainly_for_figure(draft: Draft) -> bool:
    """Whether the question asks for one of `FIGURES` and for nothing beside."""
    words = {word for word in nameless_words(draft) if word not in STOP_WORDS}
    return len(words) <= PLAIN_WORDS and any(field in FIGURES for field in asked_fields(draft.text)[:1])


def records_asked_field(reading: DocumentReading) -> bool:
    """Whether the document records the field that the question asks for most clearly."""
    return bool(reading.features[:, _FIELD].max() >= FIELD_STRENGTHS[0])
