"""The gate: a run must not fall below the recorded baselines.

`baselines.json` holds, per set, the figures of the run that was last recorded, and how far each may fall:

* strict figures (`metrics.Metric.is_strict`: exact quotations, nothing forbidden, figures in their quotations, no false hope) not at all;
* every other figure by `tolerance.share`, or by so many cases as `tolerance.cases` says, whichever is more. In process the pipeline
  gives the same answers every time, so a drop is a change and no noise; the tolerance is there for changes that win more than they
  lose elsewhere, and for sets in which one case weighs a lot.

A figure that a run lacks, a set that was not asked, a failed or missing output: the gate stays shut.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ConfigDict, ValidationError

from evals.metrics import STRICT
from evals.runs import Run, write_whole
from evals.scoring import Scored
from evals.summary import Figure

BASELINES = Path(__file__).parent / "baselines.json"
GATED = (
    "all_right", "status", "answers", "refuses", "reason", "facts", "nugget_recall", "unsaid", "right_citation", "exact_quotation", "citation_recall",
    "figures_supported", "figures_right", "hit@5", "ndcg@10", "parity", "top_1", "top_3", "none_fits", "no_false_none", "never_matched", "minimal_pair",
    "verdicts", "expected_found", "no_false_hope", "amounts",
)  # fmt: skip
"""Figures that are recorded; the others follow from them or are only described."""


class BaselineError(ValueError):
    """The baselines cannot be read, or were never recorded."""


class Tolerance(BaseModel):
    """How far a figure that is not strict may fall."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    share: float = 0.02
    cases: float = 2.0


class Baseline(BaseModel):
    """One recorded figure."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    value: float
    cases: int


class Baselines(BaseModel):
    """What was recorded."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    recorded: str
    """When the run was made from which it is."""
    system: dict[str, Any]
    tolerance: Tolerance = Tolerance()
    sets: dict[str, dict[str, Baseline]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """What the gate says of one figure."""

    set: str
    metric: str
    baseline: float
    floor: float
    """The lowest value that passes."""
    value: float | None
    """None where the run has no such figure."""

    @property
    def passes(self) -> bool:
        """Whether it is high enough."""
        return self.value is not None and self.value >= self.floor - 1e-6  # baselines are rounded


def read_baselines(path: Path = BASELINES) -> Baselines:
    """What was recorded.

    Raises:
        BaselineError: If the file is missing or malformed.
    """
    try:
        return Baselines.model_validate_json(path.read_text(encoding="utf-8"))
    except OSError as exc:
        raise BaselineError(f"{path} cannot be read: {exc}; `assistant eval gate --record` writes it") from exc
    except ValidationError as exc:
        first = exc.errors()[0]
        raise BaselineError(f"{path}: {'.'.join(map(str, first['loc'])) or 'as a whole'}: {first['msg']}") from exc


def record_baselines(run: Run, figures: Sequence[Figure], path: Path = BASELINES) -> Baselines:
    """Record a run's figures; sets that it does not hold keep what was recorded of them before.

    Raises:
        BaselineError: If the run is not complete, or an existing file is malformed.
    """
    if not run.is_complete:
        raise BaselineError(f"{run.name} is not complete; a baseline is recorded of a whole run only")
    before = read_baselines(path) if path.exists() else None
    sets = {} if before is None else dict(before.sets)
    for name in run.manifest.sets:
        sets[name] = {
            figure.metric: Baseline(value=round(figure.interval.value, 6), cases=figure.cases)
            for figure in figures if figure.set == name and figure.metric in GATED
        }  # fmt: skip
    kept = ("reached", "index", "corpus_digest", "embedder", "versions")
    baselines = Baselines(
        recorded=run.manifest.started_at,
        system={name: run.manifest.system[name] for name in kept if name in run.manifest.system},
        tolerance=before.tolerance if before else Tolerance(),
        sets=dict(sorted(sets.items())),
    )
    write_whole(path, json.dumps(baselines.model_dump(), ensure_ascii=False, indent=1) + "\n")
    return baselines


def judge_figures(baselines: Baselines, figures: Sequence[Figure], sets: Sequence[str]) -> list[Verdict]:
    """What the gate says of every figure recorded of these sets.

    Raises:
        BaselineError: If nothing was recorded of one of them.
    """
    values = {(figure.set, figure.metric): figure.interval.value for figure in figures}
    found: list[Verdict] = []
    for name in sets:
        if name not in baselines.sets:
            raise BaselineError(
                f"no baseline was recorded of the set {name!r}; `assistant eval gate --record` records it"
            )
        for metric, baseline in baselines.sets[name].items():
            fall = 0.0 if metric in STRICT else _allowed_fall(baseline, baselines.tolerance)
            found.append(
                Verdict(
                    set=name, metric=metric, baseline=baseline.value, floor=baseline.value - fall, value=values.get((name, metric))
                )
            )  # fmt: skip
    return found


def _allowed_fall(baseline: Baseline, tolerance: Tolerance) -> float:
    return max(tolerance.share, tolerance.cases / max(1, baseline.cases))


def problems_of_run(run: Run, scored: Sequence[Scored]) -> list[str]:
    """Why a run cannot pass whatever its figures: outputs that are missing, or that the system failed to give."""
    outputs = [item for item in scored if not item.is_group]
    failed = [f"{item.set}/{item.case}: {item.error}" for item in outputs if item.error]
    missing = run.manifest.planned - len(outputs)
    problems = [f"the system failed at {len(failed)} cases, first at {failed[0]}"] if failed else []
    if missing:
        problems.append(f"{missing} of {run.manifest.planned} outputs are missing")
    return problems
