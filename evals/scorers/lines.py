"""Choice of lines in the sense of OMoS-QA.

Per answerable question: precision (1 where nothing was chosen) and recall of the chosen lines; the set's F is that of the two means.
"No answer" is a decision of its own, judged over all questions. How the set's figures follow from these scores stands in
`summary.py`; their reference is `assistant.learned.training.figures`.

Source: Kleinle, Prange, Friedrich, KONVENS 2024.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from evals.scorers.score import Score
from evals.suites.suite_cases import LineCase


def score_lines(case: LineCase, payload: Mapping[str, Any]) -> list[Score]:
    """All scores of one question."""
    chosen, written = payload["selected"], payload["written"]
    refused = not chosen
    if not case.is_answerable:
        reason = "nothing chosen" if refused else f"chooses lines {_numbers(chosen)}"
        return [Score(name="refuses", value=float(refused), reason=reason)]
    return [
        Score(name="answers", value=float(not refused), reason=f"gate {payload['probability']:.2f}"),
        *_precision_and_recall("line", chosen, case.answer_lines),
        *_precision_and_recall("written", written, case.answer_lines),
    ]


def _precision_and_recall(prefix: str, chosen: Sequence[int], right: Sequence[int]) -> list[Score]:
    both = set(chosen) & set(right)
    reason = f"chose {_numbers(chosen)}; right are {_numbers(right)}"
    return [
        Score(name=f"{prefix}_precision", value=len(both) / len(chosen) if chosen else 1.0, reason=reason),
        Score(name=f"{prefix}_recall", value=len(both) / len(right), reason=reason),
    ]


def _numbers(lines: Sequence[int]) -> str:
    return ", ".join(map(str, lines)) or "none"
