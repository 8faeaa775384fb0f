"""The value that travels through the steps of an answer."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from assistant.answer.lines import Lines
from assistant.domain.answers import Evidence, Hit, NextStep, Query, Question, Reason
from assistant.domain.language_model import ModelRecord
from assistant.domain.values import Language
from assistant.language.words import plain_words
from assistant.learned.wording import Wording

ASKING_WORDS = 3
"""Least words of a sentence that asks something by itself."""
_PIECE_END = re.compile(r"(?<=[.!?:;])\s+|\s--\s")
Shape = Literal["lead", "text", "item", "heading"]


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentReading:
    """A document read for a question, line by line."""

    lines: Lines
    features: NDArray[np.float32]
    """float32 (n_lines, len(FEATURES)); see `line_features`."""
    probabilities: NDArray[np.float32]
    """float32 (n_lines,): that each line belongs to the answer; 0 for headings, which are never quoted."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """One piece of an answer: a claim with its evidence, or a heading without any."""

    text: str
    evidence: tuple[Evidence, ...] = ()
    shape: Shape = "text"


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What is to be said: statements, or the reason why nothing is."""

    status: Literal["answered", "partial", "clarify", "abstained"]
    reason: Reason | str | None = None
    statements: tuple[Statement, ...] = ()
    message: str = ""
    """Text without claims: a greeting, the sentence of an abstention, a clarifying question."""
    next_step: NextStep | None = None
    options: tuple[str, ...] = ()
    suggestions: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Rewritten:
    """A question made self-contained."""

    text: str
    document_ids: tuple[str, ...] = ()
    """What it is about, without language suffix."""
    language: Language | None = None
    """Of the reply, where that was asked for."""
    is_sure: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """Everything known of a question so far; each step returns a new one."""

    question: Question
    text: str
    """The question as searched: cleaned, and self-contained once the conversation has been used."""
    language: Language
    """Of the reply."""
    text_language: Language
    """Of the question as searched."""
    rewritten: str | None = None
    possible: Rewritten | None = None
    """What the question may mean in the conversation, where that is not sure."""
    document_ids: tuple[str, ...] = ()
    """Documents whose subject the question names, without language suffix."""
    name_words: frozenset[str] = frozenset()
    """Folded words of the text by which they are named."""
    query: Query | None = None
    hits: tuple[Hit, ...] = ()
    evidence: tuple[Evidence, ...] = ()
    """Sentences that may belong to the answer, best first."""
    readings: tuple[DocumentReading, ...] = ()
    """The documents that were read, the likeliest first."""
    known_words: float = 1.0
    """Share of the question's words, by rarity, that occur in the corpus."""
    wording: Wording = field(default_factory=Wording)
    """Whether questions of such wording are answered by fact sheets, whatever their subject."""
    answerable: float | None = None
    """Probability that the evidence answers the question, 0 to 1."""
    outcome: Outcome | None = None
    """Set by the step that decides; later steps only check and render."""
    notices: tuple[str, ...] = ()
    model: ModelRecord | None = None
    """What a language model had to do with it so far."""
    publish: Callable[[Draft], None] = field(default=lambda draft: None, compare=False, repr=False)
    """Told of an outcome that grows; what it was told once stays at the beginning of the final outcome."""
    should_stop: Callable[[], bool] = field(default=lambda: False, compare=False, repr=False)
    """Says that nobody wants to wait any longer; what takes long then ends with what there is."""
    trace: Mapping[str, Any] = field(default_factory=dict)

    def noting(self, step: str, **seen: Any) -> Draft:
        """A copy that records what a step saw."""
        return replace(self, trace={**self.trace, step: {**self.trace.get(step, {}), **seen}})


def nameless_words(draft: Draft) -> list[str]:
    """Folded words of what is asked, in order, without the names of its subject.

    What is said before and after a question mark's sentence ("Du blöde Maschine: …", "Ich bin unter … erreichbar.") is left out; where
    nothing is left, all words count.
    """
    pieces = [
        piece
        for piece in _PIECE_END.split(draft.text)
        if piece.rstrip().endswith("?") and len(piece.split()) >= ASKING_WORDS
    ]
    words = plain_words(" ".join(pieces) or draft.text)
    return [word for word in words if word not in draft.name_words] or words


Step = Callable[[Draft], Draft]
