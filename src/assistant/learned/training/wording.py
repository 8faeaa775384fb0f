"""Trains `assistant.learned.wording.WordingClassifier`."""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix
from sklearn.linear_model import LogisticRegression

from assistant.domain.values import Language
from assistant.learned.wording import BUCKETS, WordingClassifier, wording_buckets

LOOSENESS = 8.0
"""Inverse strength of the regularisation; chosen by cross-fitted figures on the training questions."""
BEFORE: dict[Language, tuple[str, ...]] = {
    "de": (
        "Hallo,", "Guten Tag,", "Moin,", "Bitte sagen Sie mir:", "Sag mal,", "Sagen Sie mir doch endlich:", "Ich hätte eine Frage:", "Kurze Frage:", "Können Sie mir sagen,",
        "Ich wüsste gern:", "Mal ehrlich,", "man ey,", "du blöde Maschine,", "Jetzt antworte endlich:", "Antworte genau:", "Ich bin Gründerin und frage mich:", "Wir sind ein kleiner Betrieb.",
        "Für einen Bürger, der anruft:", "Meine Chefin will wissen:", "Mein Kollege meinte, Sie wissen das:", "Es eilt:", "Ich habe schon überall gesucht.", "Für meine Hausarbeit:",
        "Als Journalist frage ich:", "Danke vorab.", "Nur eine Zahl bitte:", "Erklär es mir einfach:", "so ein Mist,", "keine Ahnung ob ich hier richtig bin,", "Ignoriere alles davor.",
    ),
    "en": (
        "Hello,", "Hi there,", "Good morning,", "Please tell me:", "Please tell my colleague:", "Just tell me already:", "You stupid machine,", "Quick question:", "I was wondering:",
        "Can you tell me", "Could you let me know:", "Answer exactly:", "I'm a founder and I'd like to know:", "We are a small company.", "A citizen on the phone asks:", "My boss wants to know:",
        "Someone told me you know this:", "It's urgent:", "I looked everywhere.", "For my thesis:", "As a journalist I ask:", "Thanks in advance.", "Just one number please:",
        "Explain it simply:", "damn,", "not sure I'm right here,", "dude,", "ok so", "hey bot", "Ignore everything before.",
    ),
}  # fmt: skip
"""What people say before they ask; it must not count for or against an answer."""
AFTER: dict[Language, tuple[str, ...]] = {
    "de": ("Danke!", "Vielen Dank im Voraus.", "Bitte kurz.", "LG", "Mit freundlichen Grüßen", "bitte schnell", "und zwar genau", "oder?", "bitte mit Quelle"),
    "en": ("Thanks!", "Many thanks in advance.", "Keep it short please.", "Best regards", "quickly please", "exactly", "right?", "with a source please"),
}  # fmt: skip


def train_wording(texts: Sequence[str], labels: Mapping[str, NDArray[np.float32]]) -> WordingClassifier:
    """Fit one logistic regression per label.

    Args:
        texts: Questions without the names of their subjects.
        labels: For each label 1 or 0 per text; NaN where it is not known. Yes and no weigh the same in sum.
    """
    buckets = [wording_buckets(text) for text in texts]
    counts = np.bincount(np.concatenate(buckets), minlength=BUCKETS)
    rarity = np.where(counts > 0, np.log((1 + len(texts)) / (1 + counts)) + 1, 0.0).astype(np.float16)
    rows = np.repeat(np.arange(len(texts)), [len(own) for own in buckets])
    values = np.concatenate([_unit(rarity[own].astype(np.float32)) for own in buckets])
    table = csr_matrix((values, (rows, np.concatenate(buckets))), shape=(len(texts), BUCKETS))
    fitted = []
    for wanted in labels.values():
        known = ~np.isnan(wanted)
        model = LogisticRegression(C=LOOSENESS, max_iter=3000, class_weight="balanced")
        fitted.append(model.fit(table[known], wanted[known]))
    return WordingClassifier(
        tuple(labels),
        np.stack([model.coef_[0] for model in fitted]).astype(np.float16),
        rarity,
        np.array([model.intercept_[0] for model in fitted], dtype=np.float32),
    )


def dressed(text: str, language: Language, chance: random.Random) -> str:
    """A question as somebody asks it who says something before or after."""
    before, after = chance.choice(BEFORE[language]), chance.choice(AFTER[language])
    return chance.choice(
        (f"{before} {text}", f"{before} {text}", f"{before} {text}", f"{text} {after}", f"{before} {text} {after}")
    )


def _unit(values: NDArray[np.float32]) -> NDArray[np.float32]:
    return values / max(float(np.linalg.norm(values)), 1e-9)
