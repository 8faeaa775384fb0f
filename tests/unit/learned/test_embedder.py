"""The built-in embedder: small, quick, the same every time, near across languages."""

from __future__ import annotations

import time
from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest

from assistant.learned.embedder import WEIGHTS, StaticEmbedder


@pytest.fixture(scope="module")
def embedder() -> StaticEmbedder:
    return StaticEmbedder.load()


@pytest.mark.parametrize(
    ("german", "english", "wrong"),
    [
        ("Zuschuss", "grant", "ship"),
        ("Gründung", "founding", "harbour"),
        ("Mitglieder des Vereins", "members of the association", "wind turbine"),
        ("Wie lange dauert die Förderung?", "How long does the funding last?", "Where is the office?"),
        ("Luftfahrt", "aviation", "food"),
    ],
)
def test_german_and_english_of_one_meaning_lie_together(
    embedder: StaticEmbedder, german: str, english: str, wrong: str
) -> None:
    vectors = embedder.embed([german, english, wrong])
    assert vectors[0] @ vectors[1] > vectors[0] @ vectors[2]


def test_rows_have_length_one_and_a_text_without_words_is_zero(embedder: StaticEmbedder) -> None:
    vectors = embedder.embed(["Förderung", "?!", ""])
    assert np.linalg.norm(vectors[0]) == pytest.approx(1.0, abs=1e-5)
    assert not vectors[1:].any()


def test_spelling_of_umlauts_does_not_matter(embedder: StaticEmbedder) -> None:
    one, other = embedder.embed(["Förderung für Gründer", "Foerderung fuer Gruender"])
    assert np.allclose(one, other)


def test_threads_do_not_disturb_each_other() -> None:
    fresh = StaticEmbedder.load.__wrapped__(StaticEmbedder)  # type: ignore[attr-defined]
    texts = [f"wort{number} zahl{number % 7}" for number in range(400)]
    with ThreadPoolExecutor(8) as pool:
        found = np.concatenate(list(pool.map(lambda text: fresh.embed([text]), texts)))
    assert np.allclose(found, StaticEmbedder.load().embed(texts), atol=1e-6)


def test_it_is_small_and_quick(embedder: StaticEmbedder) -> None:
    assert WEIGHTS.stat().st_size <= 12_000_000
    text = (
        "Hamburg Aviation ist das Luftfahrtcluster der Metropolregion Hamburg und hat nach 2020 insgesamt 184 Mitglieder. "
        * 5
    )
    embedder.embed([text])
    started = time.process_time()
    embedder.embed([text] * 500)
    assert 500 / (time.process_time() - started) > 2000
