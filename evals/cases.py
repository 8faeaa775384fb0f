"""Evaluation cases: what is asked, and what a good reply holds."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Annotated, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, StringConstraints, model_validator

from assistant.domain.answers import Reason, ReplyStatus
from assistant.language.normalise import fold
from evals.case_files import case_path, read_models

FOLDER = Path(__file__).parent / "cases"
DAY = date(2026, 11, 23)

Category = Literal[
    "amount", "rate", "deadline", "who", "duration", "start", "combination", "contact", "apply", "definition", "history",
    "status", "members", "place", "list", "comparison", "conflict", "reason", "project", "other",
]  # fmt: skip
Style = Literal["plain", "paraphrase", "typo", "short", "technical"]
Text = Annotated[str, StringConstraints(min_length=1)]


def listed(value: object) -> object:
    """A single text as a list of one, so that files may leave the brackets out."""
    return (value,) if isinstance(value, str) else value


Forms = Annotated[tuple[Text, ...], BeforeValidator(listed)]
"""Accepted ways of writing one fact."""


class CaseBase(BaseModel):
    """What all cases have in common."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    id: Text
    set: str = ""
    day: date = DAY
    """The day on which the question is asked."""
    language: Literal["de", "en"] = "de"
    """Of the last question."""

    @property
    def key(self) -> str:
        """Identity across sets."""
        return f"{self.set}/{self.id}"


class Case(CaseBase):
    """One question or conversation; only the last turn is judged."""

    kind: Literal["question"] = "question"
    question: str = ""
    turns: tuple[Text, ...] = ()
    language: Literal["de", "en"]
    category: Category = "other"
    style: Style = "plain"
    status: Annotated[tuple[ReplyStatus, ...], BeforeValidator(listed)] = ("answered",)
    """What the reply may be."""
    reasons: tuple[Reason, ...] = ()
    """Which reasons an abstaining reply may give; empty when any will do."""
    documents: tuple[Text, ...] = ()
    """Ids without language suffix, of which one must be cited; empty when the question cannot be answered."""
    urls: tuple[Text, ...] = ()
    """Official addresses, of which one will do as well as one of `documents`; without https:// and www."""
    vital: tuple[Forms, ...] = ()
    """Facts that must stand in the reply or its quotations, each a list of accepted forms."""
    okay: tuple[Forms, ...] = ()
    """Facts that make the reply better."""
    expected: str = ""
    """A model answer in full sentences, to which the reply is likened."""
    forbidden: tuple[Text, ...] = ()
    """What must stand neither in the reply nor in its quotations."""
    group: str = ""
    """Cases of one group ask for the same thing and expect the same facts."""

    @model_validator(mode="after")
    def _fits_together(self) -> Case:
        if bool(self.question.strip()) == bool(self.turns):
            raise ValueError("a case has either a `question` or `turns`")
        if len(self.turns) == 1:
            raise ValueError("`turns` are at least two; a single one is a `question`")
        if not self.status or any(not forms for forms in (*self.vital, *self.okay)):
            raise ValueError("`status` and every list of forms hold at least one entry")
        if self.may_answer and not (self.documents or self.urls or self.vital or self.expected):
            raise ValueError("a case that may be answered names its `documents`, `urls` or `vital` facts")
        if self.names_sources and self.status == ("abstained",):
            raise ValueError("a case that cannot be answered has no `documents` and no `urls`")
        if self.reasons and "abstained" not in self.status:
            raise ValueError("`reasons` belong to the status abstained")
        return self

    @property
    def questions(self) -> tuple[str, ...]:
        """All turns, the judged one last."""
        return self.turns or (self.question,)

    @property
    def may_answer(self) -> bool:
        """Whether an answer is one of the right replies."""
        return "answered" in self.status or "partial" in self.status

    @property
    def may_refuse(self) -> bool:
        """Whether an abstention is one of the right replies."""
        return "abstained" in self.status

    @property
    def names_sources(self) -> bool:
        """Whether it says what must be cited."""
        return bool(self.documents or self.urls)

    @property
    def is_answerable(self) -> bool:
        """Whether the corpus holds an answer."""
        return bool(self.names_sources or self.vital or self.expected)


def load_cases(name: str, *, folder: Path = FOLDER) -> list[Case]:
    """Read a set of questions, `NAME.yaml` or `NAME.jsonl`.

    Raises:
        CaseFileError: Naming file, line and field of what does not fit.
    """
    return read_models(case_path(folder, name), Case, set=name)


def stands_in(forms: Sequence[str], folded_text: str) -> bool:
    """Whether one of the forms stands in a folded text; a figure only as a whole: "18" does not stand in "2018"."""
    return any(_form(form).search(folded_text) for form in forms)


@lru_cache(maxsize=8192)
def _form(form: str) -> re.Pattern[str]:
    folded = fold(form).strip()
    before = r"(?<!\d)(?<!\d[.,])" if folded[:1].isdigit() else ""
    after = r"(?!\d)(?![.,]\d)" if folded[-1:].isdigit() else ""
    return re.compile(before + re.escape(folded) + after)


def plain_address(url: str) -> str:
    """An address for comparison: without scheme, `www.`, fragment and final slash."""
    return re.sub(r"^https?://(www\.)?|^www\.", "", url.strip().lower()).split("#")[0].rstrip("/")
