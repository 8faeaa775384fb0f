"""The figures of the last evaluation, as its run stored them."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path


@dataclass(frozen=True, slots=True, kw_only=True)
class Figures:
    """One run over all sets of cases."""

    day: date
    scores: Mapping[str, Mapping[str, float]]
    """Per set of cases and score: the mean, 0 to 1."""


def last_figures(folder: Path) -> Figures | None:
    """The newest run below the folder that can be read; None where there is none."""
    for run in sorted(folder.glob("*/summary.json"), reverse=True):
        try:
            day = datetime.strptime(run.parent.name[:8], "%Y%m%d").date()
            scores = json.loads(run.read_text(encoding="utf-8"))
        except (ValueError, OSError):
            continue
        if isinstance(scores, dict) and all(isinstance(values, dict) for values in scores.values()):
            return Figures(day=day, scores=scores)
    return None
