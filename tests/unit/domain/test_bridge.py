"""From clusters to programmes."""

from __future__ import annotations

from typing import Literal

from assistant.domain.advice import ClusterMatch, ProgrammeAdvice
from assistant.domain.bridge import programmes_for

CLUSTER = ClusterMatch(
    cluster_id="clusters/a", name="A", kind="cluster", fit="strong", score=0.9, criteria=(), joining=None, contact=None, summary=None
)  # fmt: skip


def programme(name: str, verdict: Literal["likely", "check", "not_eligible"], *clusters: str, fit: float = 1.0) -> ProgrammeAdvice:  # fmt: skip
    return ProgrammeAdvice(
        programme_id=name, name=name, status="open", verdict=verdict, text="", level="hamburg", form=("grant",), criteria=(),
        clusters=clusters, purpose_fit=fit,
    )  # fmt: skip


def test_what_is_aimed_at_the_cluster_comes_first_and_what_is_aimed_at_others_not_at_all() -> None:
    found = programmes_for(
        [CLUSTER],
        [
            programme("likely", "likely"),
            programme("for others", "likely", "clusters/b"),
            programme("for this one", "check", "clusters/a"),
            programme("never", "not_eligible", "clusters/a"),
        ],
    )
    assert [p.name for p in found] == ["for this one", "likely"]


def test_what_serves_the_purpose_goes_before_what_may() -> None:
    found = programmes_for([CLUSTER], [programme("near", "check", fit=0.4), programme("just that", "check", fit=1.0)])
    assert [p.name for p in found] == ["just that", "near"]
