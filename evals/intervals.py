"""How sure a figure is: bootstrap intervals over cases, and tests of the difference between two runs of the same cases.

Cases that belong together (variants of one question, repetitions of one case) are drawn together, or the interval would be too
narrow. Everything is seeded: the same scores give the same interval.

Sources: Efron, Tibshirani, "An Introduction to the Bootstrap", 1993 (percentile interval); Clopper, Pearson, Biometrika 1934
(a share of none or all); McNemar, Psychometrika 1947, in its exact form; Holm, Scandinavian Journal of Statistics 1979.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from math import comb
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

LEVEL = 0.95
RESAMPLES = 2000
FLIPS = 10_000
SEED = 20261123
_CHUNK = 1_000_000
"""So many numbers are drawn at a time, to bound memory."""

Statistic = Callable[[NDArray[np.float64]], NDArray[np.float64]]
"""From weighted means of the columns, float64 (n_resamples, n_columns), to one figure per resample."""


class Interval(NamedTuple):
    """A figure with the bounds between which it probably lies."""

    value: float
    low: float
    high: float


def mean_interval(values: Sequence[float], clusters: Sequence[Hashable] | None = None) -> Interval:
    """Mean with its percentile bootstrap interval; where all values are 0, or all are 1, the exact binomial one."""
    column = np.asarray(values, dtype=np.float64)
    if len(column) == 0:
        raise ValueError("an interval needs at least one value")
    if column.min() == column.max() and column[0] in (0.0, 1.0):
        n = len(set(clusters)) if clusters is not None else len(column)
        return _all_alike(float(column[0]), n)
    return bootstrap_interval(column[:, None], lambda means: means[:, 0], clusters)


def bootstrap_interval(
    columns: NDArray[np.float64], statistic: Statistic, clusters: Sequence[Hashable] | None = None
) -> Interval:
    """A figure made of means over cases, with its percentile bootstrap interval.

    Args:
        columns: float64 (n_cases, n_columns); `statistic` sees the means of the columns.
        clusters: What each case belongs to; None where every case stands for itself.
    """
    sums, sizes = _by_cluster(columns, clusters)
    n = len(sums)
    value = float(statistic((sums.sum(axis=0) / sizes.sum())[None, :])[0])
    chance = np.random.default_rng(SEED)
    at_once = max(1, _CHUNK // n)
    drawn: list[NDArray[np.float64]] = []
    for start in range(0, RESAMPLES, at_once):
        weights = chance.multinomial(n, np.full(n, 1.0 / n), size=min(at_once, RESAMPLES - start)).astype(np.float64)
        means = (weights @ sums) / (weights @ sizes)[:, None]
        drawn.append(np.asarray(statistic(means), dtype=np.float64))
    tail = 100 * (1 - LEVEL) / 2
    low, high = np.percentile(np.concatenate(drawn), [tail, 100 - tail])
    return Interval(value, float(low), float(high))


def _by_cluster(
    columns: NDArray[np.float64], clusters: Sequence[Hashable] | None
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Sum of the rows of each cluster, float64 (n_clusters, n_columns), and their numbers."""
    if clusters is None:
        return columns, np.ones(len(columns))
    numbers: dict[Hashable, int] = {}
    which = np.array([numbers.setdefault(cluster, len(numbers)) for cluster in clusters])
    sums = np.zeros((len(numbers), columns.shape[1]))
    np.add.at(sums, which, columns)
    return sums, np.bincount(which, minlength=len(numbers)).astype(np.float64)


def _all_alike(value: float, n: int) -> Interval:
    """Where every case came out the same, resampling sees no doubt; the exact binomial interval does."""
    tail = (1 - LEVEL) / 2
    bound = float(tail ** (1 / n))
    return Interval(1.0, bound, 1.0) if value == 1.0 else Interval(0.0, 0.0, 1.0 - bound)


class Difference(NamedTuple):
    """How a figure changed from one run to another over the same cases."""

    interval: Interval
    """Of the mean difference, second run less first."""
    p_value: float
    """Probability of a difference at least this large if the runs were equally good; two-sided."""
    won: int
    """Cases at which the second run is better."""
    lost: int


def paired_difference(
    first: Sequence[float], second: Sequence[float], clusters: Sequence[Hashable] | None = None
) -> Difference:
    """Compare two runs case by case.

    Right-or-wrong scores of independent cases are tested by McNemar's exact test, all others by random sign flips of the
    differences (of whole clusters), which assumes only that either run could have had either score.
    """
    differences = np.asarray(second, dtype=np.float64) - np.asarray(first, dtype=np.float64)
    won, lost = int((differences > 0).sum()), int((differences < 0).sum())
    if won + lost == 0:
        return Difference(Interval(0.0, 0.0, 0.0), 1.0, 0, 0)
    interval = bootstrap_interval(differences[:, None], lambda means: means[:, 0], clusters)
    is_binary = set(np.unique([*first, *second])) <= {0.0, 1.0}
    if is_binary and (clusters is None or len(set(clusters)) == len(differences)):
        p_value = _mcnemar(won, lost)
    else:
        p_value = _sign_flip(_by_cluster(differences[:, None], clusters)[0][:, 0])
    return Difference(interval, p_value, won, lost)


def _mcnemar(won: int, lost: int) -> float:
    """Probability that fair coins fall at least as unevenly, in either direction."""
    n = won + lost
    tail = sum(comb(n, heads) for heads in range(min(won, lost) + 1))
    return min(1.0, float(2 * tail / 2**n))


def _sign_flip(differences: NDArray[np.float64]) -> float:
    """Share of sign patterns whose sum is at least as far from zero; all patterns where there are few, else random ones."""
    moved = differences[differences != 0]
    n = len(moved)
    if n == 0:
        return 1.0
    observed = abs(moved.sum()) - 1e-12
    if 2**n <= FLIPS:
        patterns = ((np.arange(2**n)[:, None] >> np.arange(n)) & 1) * 2 - 1
        return float((np.abs(patterns @ moved) >= observed).mean())
    chance = np.random.default_rng(SEED)
    hits = 0
    at_once = max(1, _CHUNK // n)
    for start in range(0, FLIPS, at_once):
        signs = chance.choice((-1.0, 1.0), size=(min(at_once, FLIPS - start), n))
        hits += int((np.abs(signs @ moved) >= observed).sum())
    return (hits + 1) / (FLIPS + 1)


def adjust_by_holm(p_values: Sequence[float]) -> list[float]:
    """P-values for many comparisons at once, in the order given: the chance that any of them is a fluke stays bounded."""
    order = sorted(range(len(p_values)), key=lambda i: p_values[i])
    adjusted = [0.0] * len(p_values)
    highest = 0.0
    for position, i in enumerate(order):
        highest = max(highest, min(1.0, (len(p_values) - position) * p_values[i]))
        adjusted[i] = highest
    return adjusted
