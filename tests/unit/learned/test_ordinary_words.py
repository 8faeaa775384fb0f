"""The filter that keeps right words from being corrected."""

from __future__ import annotations

from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from assistant.learned.ordinary_words import OrdinaryWords


@given(st.sets(st.text("abcdefgh", min_size=5, max_size=9), min_size=1, max_size=50))
def test_every_word_of_it_is_found(words: set[str]) -> None:
    ordinary = OrdinaryWords.of(words)
    assert all(word in ordinary for word in words)


def test_few_other_words_pass() -> None:
    ordinary = OrdinaryWords.of(f"wort{i}" for i in range(2000))
    assert sum(f"anders{i}" in ordinary for i in range(2000)) < 60


def test_it_survives_being_stored(tmp_path: Path) -> None:
    OrdinaryWords.of(["wetter", "weather"]).save(tmp_path / "words.npz")
    again = OrdinaryWords.load(tmp_path / "words.npz")
    assert "wetter" in again
    assert "weather" in again


def test_what_ships_knows_ordinary_words_and_not_their_misspellings() -> None:
    ordinary = OrdinaryWords.load()
    assert all(word in ordinary for word in ("wetter", "zuschuss", "unternehmen", "weather", "company"))
    assert not [
        word for word in ("zuschus", "foerderprogram", "untrnehmen", "compani", "beantrgen") if word in ordinary
    ]
