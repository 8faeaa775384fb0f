"""Ranking figures, computed by ranx and checked against scikit-learn in the tests.

Documents are ranked, not passages: a document stands where its best passage stands, and a translation counts as its original.
The pipeline's trace holds its first ten passages; only the BEIR suite is ranked deeper.
"""

from __future__ import annotations

import warnings
from collections.abc import Mapping, Sequence

from evals.scorers.score import Score

CUTOFFS = ("hit_rate@1", "hit_rate@5", "recall@5", "recall@10", "mrr@10", "ndcg@10")
DEEP_CUTOFFS = (*CUTOFFS, "recall@100")
NAMES = {"hit_rate@1": "hit@1", "hit_rate@5": "hit@5"}
"""What we call ranx's figures where our name is another."""

Relevant = Mapping[str, int]
"""Grade of each relevant document, from 1."""


def score_rankings(
    qrels: Mapping[str, Relevant], run: Mapping[str, Sequence[str]], *, cutoffs: Sequence[str] = CUTOFFS
) -> dict[str, list[Score]]:
    """Scores of every query.

    hit@k = 1 where a relevant document is among the first k. recall@k = share of the relevant documents among the first k.
    mrr@10 = 1 / rank of the first relevant one, 0 beyond the tenth. ndcg@10 = DCG / DCG of the best possible order, with
    DCG = Σ grade(i) / log2(i + 1) (Järvelin, Kekäläinen, TOIS 2002, doi:10.1145/582415.582418).

    Args:
        qrels: What is relevant, by query; every query has at least one relevant document.
        run: Documents, best first, by query; a query that stands only in `qrels` found nothing.
        cutoffs: Figures by ranx's names.
    """
    if not qrels:
        return {}
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # numba speaks of casts inside ranx
        from ranx import Qrels, Run, evaluate

        judged = Qrels({query: dict(grades) for query, grades in qrels.items()})
        # A query without any hit is unknown to ranx; a document nobody judged stands in.
        ranked = Run({query: _falling(run.get(query) or ["\0"]) for query in qrels})
        evaluate(judged, ranked, list(cutoffs))
    found: dict[str, list[Score]] = {}
    for query, grades in qrels.items():
        reason = _reason(run.get(query) or (), grades)
        found[query] = [
            Score(name=NAMES.get(cutoff, cutoff), value=float(ranked.scores[cutoff][query]), reason=reason)
            for cutoff in cutoffs
        ]
    return found


def _falling(documents: Sequence[str]) -> dict[str, float]:
    """Scores that keep the order; each document counts at its first place."""
    unique = list(dict.fromkeys(documents))
    return {document: 1.0 / rank for rank, document in enumerate(unique, start=1)}


def _reason(documents: Sequence[str], grades: Relevant) -> str:
    unique = list(dict.fromkeys(documents))
    ranks = [str(rank) for rank, document in enumerate(unique, start=1) if document in grades]
    where = f"relevant at rank {', '.join(ranks[:10])}" if ranks else "nothing relevant"
    return f"{where} of {len(unique)} documents; {len(grades)} relevant"
