"""The evaluation cases are held out: no judged question of the training is one of them in other letters."""

from __future__ import annotations

from pathlib import Path

import yaml
from rapidfuzz import fuzz, process

from assistant.learned.training.questions import load_judged_questions

CASES = Path(__file__).parents[3] / "evals" / "cases"
SAME = 90.0
"""Of 100, by edits: from here on a question is taken for the same."""


def _asked() -> list[str]:
    """Every question of the evaluation, the later ones of conversations too short to be anyone's left out."""
    asked = []
    for path in sorted(CASES.glob("*.yaml")):
        for case in yaml.safe_load(path.read_text(encoding="utf-8"))["cases"]:
            asked += [case["question"]] if "question" in case else []
    return asked


def test_no_judged_question_of_the_training_is_an_evaluation_case() -> None:
    asked = _asked()
    assert len(asked) > 700
    scores = process.cdist(
        [question.text for question in load_judged_questions() if question.document != "none"],
        asked,
        scorer=fuzz.ratio,
        processor=str.lower,
        score_cutoff=SAME,
        workers=-1,
    )
    assert scores.max() == 0, [asked[i] for i in scores.max(axis=0).nonzero()[0]]
