"""The wording of a question: judged without its subject, the same after saving."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.learned.models import load_wording
from assistant.learned.training.wording import train_wording
from assistant.learned.wording import BUCKETS, WordingClassifier, wording_buckets

ASKED = ["wie hoch ist der Zuschuss", "wer darf beantragen", "wie lange wird gezahlt", "how much is the grant"]
NEVER = ["wie viele Anträge wurden abgelehnt", "wer sitzt in der Jury", "how many applications were rejected"]


@pytest.fixture(scope="module")
def wording() -> WordingClassifier:
    answered = np.array([1.0] * len(ASKED) + [0.0] * len(NEVER), dtype=np.float32)
    unknown = np.where(answered > 0, np.nan, 1.0).astype(np.float32)
    unknown[0] = 0.0
    return train_wording([*ASKED, *NEVER], {"answered": answered, "other": unknown})


def test_other_wordings_of_the_same_are_told_apart(wording: WordingClassifier) -> None:
    assert wording.judge("Wie hoch sind die Zuschüsse?")[0] > 0 > wording.judge("Wie viele wurden denn abgelehnt?")[0]


def test_unknown_labels_are_not_learned_from(wording: WordingClassifier) -> None:
    assert wording.labels == ("answered", "other")
    assert wording.judge(ASKED[0])[1] < wording.judge(NEVER[0])[1]


def test_what_was_saved_judges_the_same(wording: WordingClassifier, tmp_path: Path) -> None:
    wording.save(tmp_path / "wording.npz")
    loaded = WordingClassifier.load(tmp_path / "wording.npz")
    for text in (*ASKED, *NEVER, ""):
        assert np.array_equal(loaded.judge(text), wording.judge(text))


@given(st.text(max_size=80))
def test_every_text_has_a_finite_judgement(text: str) -> None:
    buckets = wording_buckets(text)
    assert np.all(np.diff(buckets) > 0)
    assert np.all((buckets >= 0) & (buckets < BUCKETS))
    assert np.isfinite(load_wording().classifier.judge(text)).all()


@pytest.mark.parametrize(
    ("stated", "not_stated"),
    [
        ("Wie viel Geld gibt es höchstens?", "Wie viele Anträge wurden im letzten Jahr abgelehnt?"),
        ("Who may apply?", "Who sits on the selection committee?"),
    ],
)
def test_the_shipped_judgement_knows_what_sheets_state(stated: str, not_stated: str) -> None:
    judge = load_wording().classifier.judge
    assert judge(stated)[0] > judge(not_stated)[0]
