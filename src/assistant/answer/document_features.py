"""What is measured of each document that was read for a question, for the learned choice among them."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from assistant.answer.line_features import FEATURES

_SHARED = (
    "lines", "all_cover", "all_grams", "all_synonyms", "all_soft", "all_soft_least", "text_similar", "best_similar", "best_grams", "best_soft",
    "title_grams", "title_similar", "title_synonyms", "rarest", "rare_text", "stems", "types", "english", "document_score", "document_rank",
    "document_margin", "named", "any_named", "sample_best", "sample_lead", "document_whole", "document_asked", "fields_asked", "sheet",
)  # fmt: skip
"""Features that all lines of a document share."""
_BEST = (
    "sample", "sample_grams", "sample_stems", "sample_meaning", "synonyms", "rest", "rest_soft", "similar", "soft_here", "cover_grams_here",
    "passage_score", "passage_rank", "field", "soft", "cover", "cover_grams",
)  # fmt: skip
"""Features of lines of which the highest, and the mean of the three highest, are taken."""
_KINDS = ("policy/", "clusters/", "networks/", "funding/")
_OWN = (
    *_SHARED,
    *(f"{name}_{which}" for name in _BEST for which in ("best", "best_three")),
    *(f"in_{kind[:-1]}" for kind in _KINDS),
)
DOCUMENT_FEATURES: tuple[str, ...] = (*_OWN, *(f"{name}_lead" for name in _OWN))
"""Columns of `measure_documents`; each value, then by how much it exceeds that of the best other document."""

_COLUMN = {name: i for i, name in enumerate(FEATURES)}
_SHARED_COLUMNS = [_COLUMN[name] for name in _SHARED]
_BEST_COLUMNS = [_COLUMN[name] for name in _BEST]


def measure_documents(
    document_ids: Sequence[str], features: Sequence[NDArray[np.float32]], quotable: Sequence[NDArray[np.bool_]]
) -> NDArray[np.float32]:
    """Features of the documents read for one question, float32 (n_documents, len(DOCUMENT_FEATURES)).

    Args:
        document_ids: At least one.
        features: For each document the features of its lines, float32 (n_lines, len(FEATURES)).
        quotable: For each document which of its lines are no headings, bool (n_lines,).
    """
    own = np.stack(
        [_measure(i, rows, is_line) for i, rows, is_line in zip(document_ids, features, quotable, strict=True)]
    )
    lead = np.ones_like(own)
    if len(own) > 1:
        for number in range(len(own)):
            lead[number] = own[number] - np.delete(own, number, axis=0).max(axis=0)
    return np.concatenate([own, lead], axis=1)


def _measure(document_id: str, rows: NDArray[np.float32], is_line: NDArray[np.bool_]) -> NDArray[np.float32]:
    best = np.sort(rows[is_line][:, _BEST_COLUMNS], axis=0)[::-1]
    tops = np.stack([best[0], best[:3].mean(axis=0)], axis=1).ravel()
    kinds = [float(document_id.startswith(kind)) for kind in _KINDS]
    return np.concatenate([rows[0, _SHARED_COLUMNS], tops, kinds]).astype(np.float32)
