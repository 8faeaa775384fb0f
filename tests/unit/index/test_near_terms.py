"""Terms of close meaning for unknown words."""

from __future__ import annotations

from assistant.index.near_terms import NEAR, WEIGHT, NearTerms
from assistant.learned.embedder import StaticEmbedder

NEAREST = NearTerms(
    [("en:beer", "beer"), ("de:windkraftanlage", "windkraftanlage"), ("de:schiff", "schiff")], StaticEmbedder.load()
)


def test_a_word_stands_closest_to_itself() -> None:
    [(first, *_)] = NEAREST(["windkraftanlage"])
    assert first == ("de:windkraftanlage", WEIGHT)


def test_what_is_close_to_nothing_finds_nothing() -> None:
    assert NEAREST(["qxzv"]) == [[]]


def test_closeness_never_falls_below_the_limit() -> None:
    words = ["windkraftanlagen", "schiffe", "bier", "haare"]
    found = NEAREST(words)
    assert len(found) == len(words)
    assert all(WEIGHT * NEAR <= closeness <= 1 for hits in found for _, closeness in hits)
