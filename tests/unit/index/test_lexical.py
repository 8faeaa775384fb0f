"""BM25 over three fields, compared with the formula worked out by hand."""

from __future__ import annotations

from math import log
from pathlib import Path

import numpy as np
import pytest

from assistant.index.lexical import FIELDS, K1, B, LexicalIndex

DOCUMENTS = [["cluster", "hamburg"], ["cluster", "cluster", "mitglied"], ["frist"], []]


@pytest.fixture
def index() -> LexicalIndex:
    return LexicalIndex.build(dict.fromkeys(FIELDS, DOCUMENTS))


def test_scores_follow_the_formula(index: LexicalIndex) -> None:
    lengths = [len(document) or 1 for document in DOCUMENTS]  # an empty document holds one stand-in
    average = sum(lengths) / len(lengths)
    idf = log(1 + (len(DOCUMENTS) - 2 + 0.5) / (2 + 0.5))
    wanted = []
    for document, length in zip(DOCUMENTS, lengths, strict=True):
        count = document.count("cluster")
        wanted.append(idf * count / (count + K1 * (1 - B + B * length / average)))
    found = index.scores(stems=["cluster"], parts=[], grams=[]).stems
    assert np.allclose(found / found.max(), np.array(wanted) / max(wanted), atol=1e-5)


def test_unknown_words_score_nothing(index: LexicalIndex) -> None:
    scores = index.scores(stems=["unbekannt"], parts=[], grams=["unbe"])
    assert not scores.stems.any()
    assert not scores.grams.any()


def test_rare_words_are_rarer_and_unknown_ones_rarest(index: LexicalIndex) -> None:
    assert index.rarity("stems", "cluster") < index.rarity("stems", "frist") < index.rarity("stems", "unbekannt")


def test_a_saved_index_scores_the_same(index: LexicalIndex, tmp_path: Path) -> None:
    index.save(tmp_path)
    loaded = LexicalIndex.load(tmp_path, len(DOCUMENTS))
    one, other = (i.scores(stems=["cluster", "frist"], parts=["hamburg"], grams=[]) for i in (index, loaded))
    assert all(np.array_equal(a, b) for a, b in zip(one, other, strict=True))
