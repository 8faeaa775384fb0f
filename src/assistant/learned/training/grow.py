"""Grows trees with CatBoost and brings them into the form that ships."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

import numpy as np
from catboost import CatBoostClassifier
from numpy.typing import NDArray

from assistant.learned.trees import ObliviousTrees


class GrowSettings(NamedTuple):
    """How trees are grown; chosen by cross-fitted figures on the training questions."""

    trees: int
    depth: int
    rate: float
    leaf_l2: float = 6.0
    columns: float = 0.3
    rows: float = 0.7


class Table(NamedTuple):
    """What trees are grown on."""

    rows: NDArray[np.float32]
    """float32 (n, n_columns)."""
    labels: NDArray[np.float32]
    """0 or 1, float32 (n,)."""
    weights: NDArray[np.float32]
    """float32 (n,), >= 0."""


def grow(table: Table, names: Sequence[str], settings: GrowSettings, *, seed: int = 1) -> ObliviousTrees:
    """Grow trees on a table with columns of these names; the same table gives the same trees."""
    model = CatBoostClassifier(
        iterations=settings.trees, depth=settings.depth, learning_rate=settings.rate, l2_leaf_reg=settings.leaf_l2, rsm=settings.columns,
        bootstrap_type="Bernoulli", subsample=settings.rows, random_seed=seed, thread_count=2, verbose=0, allow_writing_files=False,
    )  # fmt: skip
    model.fit(table.rows, table.labels, sample_weight=table.weights)
    with tempfile.NamedTemporaryFile(suffix=".json") as file:
        model.save_model(file.name, format="json")
        return ObliviousTrees.from_catboost_json(json.loads(Path(file.name).read_text(encoding="utf-8")), names)
