"""Evaluation cases: what is asked, and what a good reply holds."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Literal

import yaml
from pydantic import BaseModel, ConfigDict, ValidationError

FOLDER = Path(__file__).parent / "cases"


class Case(BaseModel):
    """One question or conversation; only the last turn is judged."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    id: str
    q: str = ""
    turns: tuple[str, ...] = ()
    lang: Literal["de", "en"]
    documents: tuple[str, ...] = ()
    """Ids without language suffix, of which one must be cited; empty when the question cannot be answered."""
    facts: tuple[tuple[str, ...], ...] = ()
    """Each a list of accepted forms; all must appear in the reply or its quotations."""
    day: date = date(2026, 11, 23)
    set: str = ""

    @property
    def questions(self) -> tuple[str, ...]:
        """All turns, the judged one last."""
        return self.turns or (self.q,)

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
            cases.append(Case(**{"day": data.get("day", date(2026, 11, 23)), "set": name, **raw}))
        except (ValidationError, TypeError) as exc:
            detail = exc.errors()[0] if isinstance(exc, ValidationError) else {"loc": (), "msg": str(exc)}
            where = ".".join(map(str, detail["loc"]))
            raise CaseFileError(f"{path}: case {number} ({raw!r:.60}): {where}: {detail['msg']}") from exc
    ids = [case.id for case in cases]
    doubled = {i for i in ids if ids.count(i) > 1}
    if doubled:
        raise CaseFileError(f"{path}: ids stand twice: {', '.join(sorted(doubled))}")
    return cases
