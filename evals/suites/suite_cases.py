"""Cases of the outside suites, whose formats others laid down."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from evals.cases import CaseBase, Text


class SuiteCase(CaseBase):
    """A question of an outside suite."""

    question: Text
    category: str = ""
    """What reports group by."""
    style: str = ""

    @property
    def questions(self) -> tuple[str, ...]:
        """What is asked."""
        return (self.question,)


class SpanCase(SuiteCase):
    """A question in SQuAD format: a paragraph holds the words that answer it, or none does."""

    kind: Literal["span"] = "span"
    document: Text
    """Id of the paragraph for which the question was written."""
    answers: tuple[Text, ...] = ()
    """Accepted answers, word for word from the paragraph; empty where it does not answer."""

    @property
    def is_answerable(self) -> bool:
        """Whether a paragraph answers."""
        return bool(self.answers)


class RankingCase(SuiteCase):
    """A query in BEIR format: which documents of the corpus are relevant to it."""

    kind: Literal["ranking"] = "ranking"
    relevant: Mapping[Text, int]
    """Grade of each relevant document, from 1."""


class LineCase(SuiteCase):
    """A question of OMoS-QA: which lines of a given page answer it."""

    kind: Literal["lines"] = "lines"
    document: Text
    lines: tuple[str, ...]
    """The page, line by line."""
    answer_lines: tuple[int, ...]
    """Positions in `lines`; empty where the page does not answer."""

    @property
    def is_answerable(self) -> bool:
        """Whether the page answers."""
        return bool(self.answer_lines)
