"""Oblivious trees in NumPy, checked by hand and against a model of the library that grows them."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from assistant.learned.trees import ObliviousTrees


@pytest.fixture
def trees() -> ObliviousTrees:
    """Two trees: one asks x > 1 and y > 0, the other x > 2 only."""
    return ObliviousTrees(
        names=("x", "y"),
        features=np.array([[0, 1], [0, 0]], dtype=np.int16),
        borders=np.array([[1.0, 0.0], [2.0, np.inf]], dtype=np.float32),
        leaves=np.array([[0.0, 1.0, 10.0, 11.0], [0.5, 0.25, 9.0, 9.0]], dtype=np.float32),
        bias=-1.0,
    )


def test_leaves_are_found_bit_by_bit(trees: ObliviousTrees) -> None:
    rows = np.array([[0, 0], [1.5, 0], [0, 1], [3, 1]], dtype=np.float32)
    assert trees.raw(rows).tolist() == [0.0 + 0.5 - 1, 1.0 + 0.5 - 1, 10.0 + 0.5 - 1, 11.0 + 0.25 - 1]


def test_probabilities_are_the_logistic_of_the_sum(trees: ObliviousTrees) -> None:
    rows = np.array([[0, 0]], dtype=np.float32)
    assert trees.probabilities(rows)[0] == pytest.approx(1 / (1 + np.exp(0.5)))


def test_saved_trees_judge_the_same(trees: ObliviousTrees, tmp_path: Path) -> None:
    trees.save(tmp_path / "trees.npz")
    loaded = ObliviousTrees.load(tmp_path / "trees.npz")
    rows = np.random.default_rng(1).normal(size=(50, 2)).astype(np.float32) * 3
    assert np.array_equal(trees.raw(rows), loaded.raw(rows))
    assert loaded.names == ("x", "y")


def test_other_columns_are_refused(trees: ObliviousTrees) -> None:
    trees.check_names(("x", "y"))
    with pytest.raises(ValueError, match="z"):
        trees.check_names(("x", "z"))
    with pytest.raises(ValueError, match="order"):
        trees.check_names(("y", "x"))


def test_a_model_in_the_librarys_own_form_is_taken_over() -> None:
    model = {
        "oblivious_trees": [
            {"splits": [{"float_feature_index": 1, "border": 0.5}], "leaf_values": [1.0, 2.0]},
            {"splits": [{"float_feature_index": 0, "border": 0.0}, {"float_feature_index": 1, "border": 2.0}], "leaf_values": [0, 1, 2, 3]},
        ],
        "scale_and_bias": [0.5, [4.0]],
    }  # fmt: skip
    trees = ObliviousTrees.from_catboost_json(model, ("a", "b"))
    assert trees.raw(np.array([[1.0, 3.0], [-1.0, 0.0]], dtype=np.float32)).tolist() == [
        0.5 * (2.0 + 3) + 4,
        0.5 * (1.0 + 0) + 4,
    ]
