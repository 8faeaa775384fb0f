"""From clusters to money and back: which of the judged programmes belong beside which of the matched clusters."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.domain.advice import ClusterMatch, ProgrammeAdvice

MOST_PROGRAMMES = 5
MOST_CLUSTERS = 3


def programmes_for(
    matches: Sequence[ClusterMatch], programmes: Sequence[ProgrammeAdvice]
) -> tuple[ProgrammeAdvice, ...]:
    """The programmes to be shown beside matched clusters: likely ones and those aimed at these clusters' companies first."""
    ids = {match.cluster_id for match in matches}
    possible = [p for p in programmes if p.verdict != "not_eligible" and not (set(p.clusters) - ids and p.clusters)]
    possible.sort(key=lambda p: (not ids.intersection(p.clusters), p.verdict != "likely", -p.purpose_fit))
    return tuple(possible[:MOST_PROGRAMMES])


def clusters_for(matches: Sequence[ClusterMatch]) -> tuple[ClusterMatch, ...]:
    """The clusters to be shown beside programmes."""
    return tuple(matches[:MOST_CLUSTERS])
