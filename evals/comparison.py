"""Two runs of the same cases side by side: paired differences with significance, cases won and lost."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from dataclasses import dataclass

from evals.cases import Case
from evals.intervals import Difference, adjust_by_holm, paired_difference
from evals.metrics import METRICS
from evals.runs import AnyCase, Run
from evals.scoring import Scored, asks_same, read_scores
from evals.summary import HEADLINES

SIGNIFICANT = 0.05


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """How one figure of one set changed."""

    set: str
    metric: str
    first: float
    second: float
    difference: Difference
    adjusted_p: float
    """After Holm, over all figures compared."""
    cases: int
    """Cases that both runs hold and that were judged in both."""

    @property
    def is_significant(self) -> bool:
        """Whether chance alone is an unlikely explanation."""
        return self.adjusted_p < SIGNIFICANT


@dataclass(frozen=True, slots=True, kw_only=True)
class Turned:
    """A case that came out better or worse."""

    set: str
    case: str
    metric: str
    question: str
    first: float
    second: float
    reason: str
    """Why the second run has its score."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """The second run against the first."""

    first: str
    second: str
    changes: tuple[Change, ...]
    won: tuple[Turned, ...]
    lost: tuple[Turned, ...]
    notes: tuple[str, ...] = ()
    """What limits the comparison: cases that only one run holds, expectations that changed, another day or embedder."""


def compare_runs(first: Run, second: Run) -> Comparison:
    """Compare case by case what both runs asked."""
    cases_first = {(case.set, case.id): case for case in first.cases()}
    cases_second = {(case.set, case.id): case for case in second.cases()}
    same = {key for key in cases_first.keys() & cases_second.keys() if asks_same(cases_first[key], cases_second[key])}
    values_first, values_second = _values(read_scores(first)), _values(read_scores(second))
    changes: list[Change] = []
    for set_name, metric in dict.fromkeys((s, m) for s, _, m in values_first):
        keys = [
            key for key in values_first
            if key[0] == set_name and key[2] == metric and key in values_second and (_is_group(key) or key[:2] in same)
        ]  # fmt: skip
        if not keys:
            continue
        one, other = [values_first[key].value for key in keys], [values_second[key].value for key in keys]
        clusters = [_cluster(key, cases_first) for key in keys]
        changes.append(
            Change(
                set=set_name, metric=metric, first=sum(one) / len(one), second=sum(other) / len(other),
                difference=paired_difference(one, other, clusters), adjusted_p=1.0, cases=len(keys),
            )
        )  # fmt: skip
    adjusted = adjust_by_holm([change.difference.p_value for change in changes])
    order = {name: number for number, name in enumerate(METRICS)}
    sets = list(dict.fromkeys(change.set for change in changes))
    with_p = [_with_p(change, p) for change, p in zip(changes, adjusted, strict=True)]
    return Comparison(
        first=first.name,
        second=second.name,
        changes=tuple(sorted(with_p, key=lambda c: (sets.index(c.set), order.get(c.metric, len(order))))),
        won=tuple(_turned(values_first, values_second, cases_second, same, better=True)),
        lost=tuple(_turned(values_first, values_second, cases_second, same, better=False)),
        notes=tuple(_notes(first, second, cases_first, cases_second, same)),
    )


@dataclass(slots=True)
class _Value:
    """Mean over the repetitions of a case."""

    value: float
    reason: str


_Key = tuple[str, str, str]
"""Set, case or group, metric."""


def _values(scored: list[Scored]) -> dict[_Key, _Value]:
    gathered: dict[_Key, list[tuple[float, str]]] = {}
    for item in scored:
        for score in item.scores:
            if score.value is not None:
                gathered.setdefault((item.set, item.case, score.name), []).append((score.value, score.reason))
    return {
        key: _Value(sum(value for value, _ in found) / len(found), min(found)[1]) for key, found in gathered.items()
    }


def _is_group(key: _Key) -> bool:
    return key[1].startswith(("group:", "pair:"))


def _cluster(key: _Key, cases: Mapping[tuple[str, str], AnyCase]) -> Hashable:
    case = cases.get(key[:2])
    return case.group if isinstance(case, Case) and case.group else key[1]


def _with_p(change: Change, adjusted: float) -> Change:
    return Change(
        set=change.set, metric=change.metric, first=change.first, second=change.second, difference=change.difference,
        adjusted_p=adjusted, cases=change.cases,
    )  # fmt: skip


def _turned(
    first: Mapping[_Key, _Value],
    second: Mapping[_Key, _Value],
    cases: Mapping[tuple[str, str], AnyCase],
    same: set[tuple[str, str]],
    *,
    better: bool,
) -> list[Turned]:
    """Cases whose headline score rose, or fell; the largest change first."""
    found: list[Turned] = []
    for key in first:
        metric = key[2]
        if key not in second or key[:2] not in same or metric not in (*HEADLINES, "line_recall"):
            continue
        before, after = first[key].value, second[key].value
        if (after > before) is better and after != before:
            found.append(
                Turned(
                    set=key[0], case=key[1], metric=metric, question=cases[key[:2]].questions[-1], first=before, second=after,
                    reason=second[key].reason if not better else first[key].reason,
                )
            )  # fmt: skip
    return sorted(found, key=lambda t: (-abs(t.second - t.first), t.set, t.case))


def _notes(
    first: Run,
    second: Run,
    cases_first: Mapping[tuple[str, str], AnyCase],
    cases_second: Mapping[tuple[str, str], AnyCase],
    same: set[tuple[str, str]],
) -> list[str]:
    notes: list[str] = []
    for run, own, other in ((first, cases_first, cases_second), (second, cases_second, cases_first)):
        alone = len(own.keys() - other.keys())
        if alone:
            notes.append(f"{alone} cases stand only in {run.name}")
        if not run.is_complete:
            notes.append(f"{run.name} is not complete")
    changed = len(cases_first.keys() & cases_second.keys()) - len(same)
    if changed:
        notes.append(f"{changed} cases ask something else in the two runs and are left out")
    expected = sum(_expects(cases_first[key]) != _expects(cases_second[key]) for key in same)
    if expected:
        notes.append(f"{expected} cases expect something else in the two runs; score both anew with --refresh-cases")
    if not same:
        notes.append("the two runs have no case in common")
    return notes


def _expects(case: AnyCase) -> str:
    return case.model_dump_json()
