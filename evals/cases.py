"""Evaluation cases: what is asked, and what a good reply holds."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Annotated, Literal

import yaml
from pydantic import BaseModel, BeforeValidator, ConfigDict, StringConstraints, ValidationError, model_validator

from assistant.domain.answers import Reason, ReplyStatus
from assistant.language.normalise import fold

FOLDER = Path(__file__).parent / "cases"
DAY = date(2026, 11, 23)

Category = Literal[
    "amount", "rate", "deadline", "who", "duration", "start", "combination", "contact", "apply", "definition", "history",
    "status", "members", "place", "list", "comparison", "conflict", "reason", "project", "other",
]  # fmt: skip
Style = Literal["plain", "paraphrase", "typo", "short", "technical"]
Text = Annotated[str, StringConstraints(min_length=1)]
Forms = Annotated[tuple[Text, ...], BeforeValidator(lambda value: (value,) if isinstance(value, str) else value)]


class Case(BaseModel):
    """One question or conversation; only the last turn is judged."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    id: Text
    question: str = ""
    turns: tuple[Text, ...] = ()
    language: Literal["de", "en"]
    """Of the last question."""
    category: Category = "other"
    style: Style = "plain"
    status: Annotated[tuple[ReplyStatus, ...], BeforeValidator(lambda v: (v,) if isinstance(v, str) else v)] = (
        "answered",
    )
    """What the reply may be."""
    reasons: tuple[Reason, ...] = ()
    """Which reasons an abstaining reply may give; empty when any will do."""
    documents: tuple[Text, ...] = ()
    """Ids without language suffix, of which one must be cited; empty when the question cannot be answered."""
    vital: tuple[Forms, ...] = ()
    """Facts that must stand in the reply or its quotations, each a list of accepted forms."""
    okay: tuple[Forms, ...] = ()
    """Facts that make the reply better."""
    forbidden: tuple[Text, ...] = ()
    """What must stand neither in the reply nor in its quotations."""
    group: str = ""
    """Cases of one group ask for the same thing and expect the same facts."""
    day: date = DAY
    set: str = ""

    @model_validator(mode="after")
    def _fits_together(self) -> Case:
        if bool(self.question.strip()) == bool(self.turns):
            raise ValueError("a case has either a `question` or `turns`")
        if len(self.turns) == 1:
            raise ValueError("`turns` are at least two; a single one is a `question`")
        if not self.status or any(not forms for forms in (*self.vital, *self.okay)):
            raise ValueError("`status` and every list of forms hold at least one entry")
        if self.may_answer and not self.documents:
            raise ValueError("a case that may be answered names its `documents`")
        if self.documents and self.status == ("abstained",):
            raise ValueError("a case that cannot be answered has no `documents`")
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
    def is_answerable(self) -> bool:
        """Whether the corpus holds an answer."""
        return bool(self.documents)


class CaseFileError(ValueError):
    """A case file is malformed; the message names the file, the case and the field."""


def load_cases(name: str, *, folder: Path = FOLDER) -> list[Case]:
    """Read a set of cases.

    Raises:
        CaseFileError: Naming what does not fit.
    """
    path = folder / f"{name}.yaml"
    try:
        data = yaml.safe_load(path.read_text(encoding="utf-8"))
    except (OSError, yaml.YAMLError) as exc:
        raise CaseFileError(f"{path}: {exc}") from exc
    if not isinstance(data, dict) or not isinstance(data.get("cases"), list):
        raise CaseFileError(f"{path}: a case file holds `day` and a list `cases`")
    cases: list[Case] = []
    for number, raw in enumerate(data["cases"], start=1):
        try:
            cases.append(Case(**{"day": data.get("day", DAY), "set": name, **raw}))
        except (ValidationError, TypeError) as exc:
            detail = exc.errors()[0] if isinstance(exc, ValidationError) else {"loc": (), "msg": str(exc)}
            named = raw.get("id", "without id") if isinstance(raw, dict) else f"{raw!r:.60}"
            where = ".".join(map(str, detail["loc"])) or "as a whole"
            raise CaseFileError(f"{path}: case {number} ({named}): {where}: {detail['msg']}") from exc
    ids = [case.id for case in cases]
    doubled = {i for i in ids if ids.count(i) > 1}
    if doubled:
        raise CaseFileError(f"{path}: ids stand twice: {', '.join(sorted(doubled))}")
    return cases


def stands_in(forms: Sequence[str], folded_text: str) -> bool:
    """Whether one of the forms stands in a folded text; a figure only as a whole: "18" does not stand in "2018"."""
    return any(_form(form).search(folded_text) for form in forms)


@lru_cache(maxsize=8192)
def _form(form: str) -> re.Pattern[str]:
    folded = fold(form).strip()
    before = r"(?<!\d)(?<!\d[.,])" if folded[:1].isdigit() else ""
    after = r"(?!\d)(?![.,]\d)" if folded[-1:].isdigit() else ""
    return re.compile(before + re.escape(folded) + after)
