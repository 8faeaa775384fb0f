"""Boosted oblivious decision trees, applied with NumPy alone; trained elsewhere (see `training/`)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True, slots=True)
class ObliviousTrees:
    """A sum of trees whose every level asks one question of all rows alike, so a leaf is a number made of bits.

    Source: Prokhorenkova et al., "CatBoost: unbiased boosting with categorical features", NeurIPS 2018.
    """

    names: tuple[str, ...]
    """Names of the input columns, in order; the caller's must be the same."""
    features: NDArray[np.int16]
    """(n_trees, depth): which column each level looks at."""
    borders: NDArray[np.float32]
    """(n_trees, depth): a bit is set where the value is greater; +inf where a tree has fewer levels."""
    leaves: NDArray[np.float32]
    """(n_trees, 2 ** depth)."""
    bias: float

    def raw(self, rows: NDArray[np.float32]) -> NDArray[np.float32]:
        """Sum of the leaves per row, float32 (n_rows,), from rows float32 (n_rows, n_columns); unbounded log-odds."""
        trees, depth = self.features.shape
        columns = np.ascontiguousarray(rows.T)  # a level looks at whole columns
        leaf = np.zeros((trees, len(rows)), dtype=np.int32)
        for level in range(depth):
            leaf |= (columns[self.features[:, level]] > self.borders[:, level, None]).astype(np.int32) << level
        leaf += (np.arange(trees, dtype=np.int32) << depth)[:, None]
        return np.asarray(self.leaves.ravel()[leaf].sum(axis=0) + np.float32(self.bias), dtype=np.float32)

    def probabilities(self, rows: NDArray[np.float32]) -> NDArray[np.float32]:
        """Probability per row, 0 to 1, float32 (n_rows,)."""
        return np.asarray(1.0 / (1.0 + np.exp(-self.raw(rows))), dtype=np.float32)

    def check_names(self, names: Sequence[str]) -> None:
        """Raise `ValueError` when the caller's columns are not those of the training."""
        if tuple(names) != self.names:
            different = sorted(set(names) ^ set(self.names)) or "their order"
            raise ValueError(f"the trees were trained on other columns: {different}")

    def save(self, path: Path) -> None:
        """Write to an .npz file."""
        np.savez_compressed(
            path, names=np.array(self.names), features=self.features, borders=self.borders,
            leaves=self.leaves, bias=np.float32(self.bias),
        )  # fmt: skip

    @classmethod
    def load(cls, path: Path) -> ObliviousTrees:
        """Read what `save` wrote."""
        with np.load(path, allow_pickle=False) as data:
            return cls(
                names=tuple(data["names"].tolist()), features=data["features"], borders=data["borders"],
                leaves=data["leaves"], bias=float(data["bias"]),
            )  # fmt: skip

    @classmethod
    def from_catboost_json(cls, model: dict[str, Any], names: Sequence[str]) -> ObliviousTrees:
        """Take over a model that CatBoost saved as JSON; only float columns, one output."""
        trees = model["oblivious_trees"]
        depth = max(len(tree["splits"]) for tree in trees)
        features = np.zeros((len(trees), depth), dtype=np.int16)
        borders = np.full((len(trees), depth), np.inf, dtype=np.float32)
        leaves = np.zeros((len(trees), 2**depth), dtype=np.float32)
        for number, tree in enumerate(trees):
            for level, split in enumerate(tree["splits"]):
                features[number, level] = split["float_feature_index"]
                borders[number, level] = split["border"]
            leaves[number, : len(tree["leaf_values"])] = tree["leaf_values"]
        scale, (bias,) = model["scale_and_bias"]
        return cls(tuple(names), features, borders, leaves * np.float32(scale), float(bias))
