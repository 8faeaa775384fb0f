"""Figures of a run: means with intervals, broken down, with what could not be scored counted beside them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from evals.cases import Case
from evals.intervals import Interval, bootstrap_interval, mean_interval
from evals.metrics import METRICS
from evals.runs import AnyCase
from evals.scorers.score import Score
from evals.scoring import Scored


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """One figure of one set."""

    set: str
    metric: str
    interval: Interval
    cases: int
    """How many cases it is the mean of; repetitions of one case count once."""
    could_not: int = 0
    """Outputs to which it applies but that could not be judged; they are not in the mean."""
    failed: int = 0
    """Outputs that the system failed to give; they are not in the mean either."""


class Part(NamedTuple):
    """A figure of some of a set's cases."""

    by: str
    """What they were chosen by: `language`, `category` or `style`."""
    value: str
    figure: Figure


Cases = Mapping[tuple[str, str], AnyCase]


def figures_of_run(cases: Cases, scored: Sequence[Scored]) -> list[Figure]:
    """All figures, set by set, in the order of `METRICS`."""
    found: list[Figure] = []
    for name in dict.fromkeys(item.set for item in scored):
        own = [item for item in scored if item.set == name]
        found += _figures_of_set(name, own, cases)
    return found


def _figures_of_set(name: str, scored: Sequence[Scored], cases: Cases) -> list[Figure]:
    failed = sum(item.error is not None for item in scored)
    found = {
        metric: figure for metric, column in _columns(scored).items()
        if (figure := _mean_figure(name, metric, column, cases, failed)) is not None
    }  # fmt: skip
    found.update({figure.metric: figure for figure in _derived(name, scored, failed)})
    return [found[metric] for metric in METRICS if metric in found]


def _mean_figure(
    name: str, metric: str, column: Sequence[tuple[Scored, Score]], cases: Cases, failed: int
) -> Figure | None:
    judged = [(item, score.value) for item, score in column if score.value is not None]
    if not judged:
        return None
    interval = mean_interval([value for _, value in judged], [_cluster(item, cases) for item, _ in judged])
    return Figure(
        set=name, metric=metric, interval=interval, cases=len({item.case for item, _ in judged}),
        could_not=len(column) - len(judged), failed=0 if judged[0][0].is_group else failed,
    )  # fmt: skip


def _columns(scored: Sequence[Scored]) -> dict[str, list[tuple[Scored, Score]]]:
    columns: dict[str, list[tuple[Scored, Score]]] = {}
    for item in scored:
        for score in item.scores:
            columns.setdefault(score.name, []).append((item, score))
    return columns


def _cluster(item: Scored, cases: Cases) -> Hashable:
    """What an output is drawn together with: the variants of its question, else the repetitions of its case."""
    case = cases.get((item.set, item.case))
    return case.group if isinstance(case, Case) and case.group else item.case


# --- figures that are no means of scores -----------------------------------------------------------------------------


def _derived(name: str, scored: Sequence[Scored], failed: int) -> Iterable[Figure]:
    """F of lines, and precision, recall and F of refusing, for sets of which lines are judged."""
    for prefix in ("line", "written"):
        rows = [_values(item, f"{prefix}_precision", f"{prefix}_recall") for item in scored]
        known = np.array([row for row in rows if row is not None], dtype=np.float64)
        if len(known):
            yield _figure(name, f"{prefix}_f", known, lambda means: _f(means[:, 0], means[:, 1]), failed)
    if not any(score.name == "line_recall" for item in scored for score in item.scores):
        return
    # Columns: refused, unanswerable, both.
    decisions = np.array([row for row in (_refusal(item) for item in scored) if row is not None], dtype=np.float64)
    if len(decisions) and decisions[:, 1].any():
        statistics: dict[str, Callable[[NDArray[np.float64]], NDArray[np.float64]]] = {
            "no_answer_precision": lambda means: _ratio(means[:, 2], means[:, 0]),
            "no_answer_recall": lambda means: _ratio(means[:, 2], means[:, 1]),
            "no_answer_f": lambda means: _f(_ratio(means[:, 2], means[:, 0]), _ratio(means[:, 2], means[:, 1])),
        }
        for metric, statistic in statistics.items():
            yield _figure(name, metric, decisions, statistic, failed)


def _values(item: Scored, *names: str) -> tuple[float, ...] | None:
    by_name = {score.name: score.value for score in item.scores}
    values = [by_name.get(name) for name in names]
    return None if None in values else tuple(value for value in values if value is not None)


def _refusal(item: Scored) -> tuple[float, float, float] | None:
    for score in item.scores:
        if score.name == "refuses" and score.value is not None:
            return score.value, 1.0, score.value
        if score.name == "answers" and score.value is not None:
            return 1.0 - score.value, 0.0, 0.0
    return None


def _figure(
    name: str,
    metric: str,
    columns: NDArray[np.float64],
    statistic: Callable[[NDArray[np.float64]], NDArray[np.float64]],
    failed: int,
) -> Figure:
    interval = bootstrap_interval(columns, statistic)
    return Figure(set=name, metric=metric, interval=interval, cases=len(columns), failed=failed)


def _ratio(above: NDArray[np.float64], below: NDArray[np.float64]) -> NDArray[np.float64]:
    return np.divide(above, below, out=np.zeros_like(above), where=below > 0)


def _f(precision: NDArray[np.float64], recall: NDArray[np.float64]) -> NDArray[np.float64]:
    return _ratio(2 * precision * recall, precision + recall)


# --- breakdowns ------------------------------------------------------------------------------------------------------


HEADLINES = ("all_right", "line_f", "ndcg@10")
"""The figure that stands for a set: the first of these that it has."""


def headline_of(figures: Sequence[Figure]) -> Figure | None:
    """The figure that stands for a set."""
    by_name = {figure.metric: figure for figure in figures}
    return next((by_name[name] for name in HEADLINES if name in by_name), None)


def parts_of_run(cases: Cases, scored: Sequence[Scored], figures: Sequence[Figure]) -> list[Part]:
    """Each set's headline figure by language, category and style, where it has at least two of them."""
    found: list[Part] = []
    for name in dict.fromkeys(item.set for item in scored):
        headline = headline_of([figure for figure in figures if figure.set == name])
        if headline is None:
            continue
        own = [item for item in scored if item.set == name and not item.is_group]
        for by in ("language", "category", "style"):
            split: dict[str, list[Scored]] = {}
            for item in own:
                split.setdefault(str(getattr(cases[item.set, item.case], by, "")), []).append(item)
            if len(split) < 2:
                continue
            for value, items in sorted(split.items()):
                figure = _one_figure(name, headline.metric, items, cases)
                if figure is not None and value:
                    found.append(Part(by, value, figure))
    return found


def _one_figure(name: str, metric: str, scored: Sequence[Scored], cases: Cases) -> Figure | None:
    failed = sum(item.error is not None for item in scored)
    if (column := _columns(scored).get(metric)) is not None:
        return _mean_figure(name, metric, column, cases, failed)
    return next((figure for figure in _derived(name, scored, failed) if figure.metric == metric), None)


# --- the gate and the time -------------------------------------------------------------------------------------------


class Bin(NamedTuple):
    """Questions to whose answer the gate gave about the same probability."""

    low: float
    high: float
    mean: float
    """Mean probability."""
    answerable: float
    """Share of them that the corpus answers."""
    questions: int


class Reliability(NamedTuple):
    """How far the gate's probabilities can be taken at their word."""

    bins: tuple[Bin, ...]
    brier: float
    """Mean squared difference between probability and truth; 0 is perfect, 0.25 is a coin's."""
    threshold: float | None


def reliability(
    judged: Sequence[tuple[float, bool]], *, threshold: float | None, width: float = 0.1
) -> Reliability | None:
    """Sort the gate's probabilities into bins of one width and count the answerable questions in each.

    Args:
        judged: Probability, and whether the question can be answered.
    """
    if not judged:
        return None
    bins: list[Bin] = []
    steps = round(1 / width)
    for number in range(steps):
        low, high = number * width, (number + 1) * width
        inside = [(p, y) for p, y in judged if low <= p < high or (number == steps - 1 and p >= high)]
        if inside:
            mean = float(np.mean([p for p, _ in inside]))
            bins.append(Bin(low, high, mean, float(np.mean([y for _, y in inside])), len(inside)))
    brier = float(np.mean([(p - y) ** 2 for p, y in judged]))
    return Reliability(tuple(bins), brier, threshold)


class Latency(NamedTuple):
    """Milliseconds of one part of a reply."""

    part: str
    median: float
    p90: float
    p99: float
    replies: int


def latencies(times: Mapping[str, Sequence[float]]) -> list[Latency]:
    """Quantiles of each part's times; `asked` is what the one who asks measures, `total` the system's own."""
    found: list[Latency] = []
    for part, values in times.items():
        if values:
            median, p90, p99 = np.percentile(np.asarray(values), [50, 90, 99])
            found.append(Latency(part, float(median), float(p90), float(p99), len(values)))
    return found


def outcome_counts(statuses: Iterable[str]) -> dict[str, int]:
    """How often each kind of reply came, the commonest first."""
    return dict(Counter(statuses).most_common())
