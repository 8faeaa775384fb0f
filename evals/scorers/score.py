"""A judgement with its reason. Could-not-score is neither zero nor absent."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Score:
    """A judgement from 0 to 1, or None where it could not be made; a scorer that does not apply gives no score at all."""

    name: str
    """One of `metrics.METRICS`."""
    value: float | None
    reason: str = ""

    @property
    def is_missed(self) -> bool:
        """Whether it was judged, and not fully right."""
        return self.value is not None and self.value < 1.0


def could_not(name: str, why: str) -> Score:
    """The score where judging was not possible."""
    return Score(name=name, value=None, reason=why)


def share(name: str, right: Sequence[object], wrong: Sequence[object], *, what: str) -> Score:
    """Share of right ones among all, at least one of which there must be; the reason names the wrong ones."""
    total = len(right) + len(wrong)
    reason = f"{len(right)} of {total} {what}"
    if wrong:
        reason += f"; not {', '.join(str(item) for item in wrong[:5])}"
    return Score(name=name, value=len(right) / total, reason=reason)
