"""Ranking figures: by hand, and against scikit-learn."""

from __future__ import annotations

import random
from math import log2

import numpy as np
import pytest
from sklearn.metrics import ndcg_score

from evals.scorers.rankings import DEEP_CUTOFFS, score_rankings
from tests.unit.evals.make import values

RUN = ["a", "x", "b", "y", "z", "w", "c"]


def test_figures_by_hand() -> None:
    """Relevant are a, b, c at ranks 1, 3, 7, and d, which was not found."""
    (scores,) = score_rankings({"q": dict.fromkeys("abcd", 1)}, {"q": RUN}).values()
    best = sum(1 / log2(rank + 1) for rank in (1, 2, 3, 4))
    assert values(scores) == pytest.approx(
        {
            "hit@1": 1.0, "hit@5": 1.0, "recall@5": 2 / 4, "recall@10": 3 / 4, "mrr@10": 1.0,
            "ndcg@10": sum(1 / log2(rank + 1) for rank in (1, 3, 7)) / best,
        }
    )  # fmt: skip


def test_grades_weigh() -> None:
    (scores,) = score_rankings({"q": {"a": 1, "b": 3}}, {"q": ["a", "b"]}).values()
    assert values(scores)["ndcg@10"] == pytest.approx((1 + 3 / log2(3)) / (3 + 1 / log2(3)))


def test_a_query_that_found_nothing_scores_zero() -> None:
    found = score_rankings({"q": {"a": 1}, "r": {"b": 1}}, {"q": [], "r": ["b"]})
    assert set(values(found["q"]).values()) == {0.0}
    assert values(found["r"])["mrr@10"] == 1.0


def test_a_document_counts_at_its_first_place_only() -> None:
    (scores,) = score_rankings({"q": {"b": 1}}, {"q": ["a", "a", "a", "b"]}).values()
    assert values(scores)["mrr@10"] == 1 / 2


def test_nothing_asked_is_nothing_scored() -> None:
    assert score_rankings({}, {}) == {}


def test_ndcg_agrees_with_scikit_learn() -> None:
    chance = random.Random(7)
    names = [f"d{number}" for number in range(30)]
    qrels, run = {}, {}
    for query in map(str, range(60)):
        qrels[query] = {name: chance.randint(1, 3) for name in chance.sample(names, 5)}
        run[query] = chance.sample(names, 30)
    found = score_rankings(qrels, run, cutoffs=DEEP_CUTOFFS)
    for query, ranked in run.items():
        truth = np.array([[qrels[query].get(name, 0) for name in ranked]])
        order = np.array([range(len(ranked), 0, -1)])
        assert values(found[query])["ndcg@10"] == pytest.approx(ndcg_score(truth, order, k=10))
        assert values(found[query])["recall@100"] == 1.0
