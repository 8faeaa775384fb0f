"""Intervals and tests of differences: by hand, and against scipy."""

from __future__ import annotations

import numpy as np
import pytest
from scipy import stats

from evals.intervals import adjust_by_holm, bootstrap_interval, mean_interval, paired_difference


def test_the_interval_holds_the_mean_and_is_the_same_every_time() -> None:
    values = [1.0] * 80 + [0.0] * 20
    found = mean_interval(values)
    assert found.value == pytest.approx(0.8) and found.low < 0.8 < found.high
    assert mean_interval(values) == found


def test_the_interval_agrees_with_scipy() -> None:
    values = np.random.default_rng(1).random(120)
    found = mean_interval(list(values))
    reference = stats.bootstrap((values,), np.mean, method="percentile", n_resamples=5000, rng=2).confidence_interval
    assert (found.low, found.high) == pytest.approx((reference.low, reference.high), abs=0.01)


@pytest.mark.parametrize("value", [0.0, 1.0])
def test_cases_that_are_all_alike_leave_doubt(value: float) -> None:
    """Of 20 cases all right: the exact lower bound is 0.025 ** (1/20)."""
    found = mean_interval([value] * 20)
    reference = stats.binomtest(int(20 * value), 20).proportion_ci(0.95, method="exact")
    assert (found.low, found.high) == pytest.approx((reference.low, reference.high))


def test_variants_of_one_question_are_drawn_together() -> None:
    values = [1.0] * 40 + [0.0] * 40
    groups = [str(number // 8) for number in range(80)]
    alone, together = mean_interval(values), mean_interval(values, groups)
    assert together.high - together.low > 1.5 * (alone.high - alone.low)


def test_no_value_has_no_interval() -> None:
    with pytest.raises(ValueError, match="at least one"):
        mean_interval([])


def test_a_figure_of_several_means() -> None:
    columns = np.array([[1.0, 1.0], [0.0, 1.0], [1.0, 1.0], [1.0, 0.0]])
    found = bootstrap_interval(columns, lambda means: means[:, 0] * means[:, 1])
    assert found.value == pytest.approx(0.75 * 0.75)


def test_mcnemar_by_hand_and_against_scipy() -> None:
    """Eight won, one lost: 2 * (C(9,0) + C(9,1)) / 2^9."""
    first = [0.0] * 8 + [1.0] + [1.0] * 20
    second = [1.0] * 8 + [0.0] + [1.0] * 20
    found = paired_difference(first, second)
    assert (found.won, found.lost) == (8, 1)
    assert found.p_value == pytest.approx(2 * (1 + 9) / 2**9)
    assert found.p_value == pytest.approx(stats.binomtest(8, 9, 0.5).pvalue)
    assert found.interval.value == pytest.approx(7 / 29)


def test_sign_flips_by_hand() -> None:
    """Three differences in one direction: 2 of the 8 patterns are as far from zero."""
    found = paired_difference([0.1, 0.2, 0.3], [0.2, 0.4, 0.6])
    assert found.p_value == pytest.approx(2 / 8)


def test_many_sign_flips_agree_with_scipy() -> None:
    chance = np.random.default_rng(5)
    first, second = chance.random(60), chance.random(60) + 0.08
    reference = stats.permutation_test(
        (second - first,), np.mean, permutation_type="samples", n_resamples=20_000, rng=1, vectorized=True
    )
    assert paired_difference(list(first), list(second)).p_value == pytest.approx(reference.pvalue, abs=0.02)


def test_runs_that_are_equal_do_not_differ() -> None:
    found = paired_difference([1.0, 0.0], [1.0, 0.0])
    assert (found.p_value, found.won, found.lost) == (1.0, 0, 0)


def test_holm_by_hand() -> None:
    """Sorted 0.01, 0.02, 0.04 times 3, 2, 1, never falling."""
    assert adjust_by_holm([0.04, 0.01, 0.02]) == pytest.approx([0.04, 0.03, 0.04])
    assert adjust_by_holm([0.6, 0.9]) == [1.0, 1.0]
