"""Judgements over several cases at once: variants of one question, minimal pairs, repetitions."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from typing import Any

from evals.cases import Case
from evals.company_cases import CompanyCase
from evals.scorers.replies import cited_documents, is_answered, read_reply
from evals.scorers.score import Score, could_not


def score_parity(variants: Sequence[tuple[Case, Mapping[str, Any] | None, bool | None]]) -> list[Score]:
    """`parity` (every variant of one question is all right) and `same_source` (all variants cite the same document first).

    Args:
        variants: Case, payload, and whether it is all right; None where that is not known.
    """
    unknown = [case.id for case, payload, right in variants if payload is None or right is None]
    if unknown:
        return [could_not(name, f"no judgement on {', '.join(unknown)}") for name in ("parity", "same_source")]
    wrong = [f"{case.id} ({case.language}, {case.style})" for case, _, right in variants if not right]
    reason = f"not right: {', '.join(wrong)}" if wrong else f"all {len(variants)} variants right"
    first = {case.id: _first_document(payload or {}) for case, payload, _ in variants}
    sources = sorted({document or "none" for document in first.values()})
    return [
        Score(name="parity", value=float(not wrong), reason=reason),
        Score(name="same_source", value=float(len(sources) == 1), reason=f"first cited: {', '.join(sources)}"),
    ]


def _first_document(payload: Mapping[str, Any]) -> str | None:
    reply = read_reply(payload)
    cited = cited_documents(reply.citations) if is_answered(reply) else ()
    return cited[0] if cited else None


def score_pair(members: Sequence[tuple[CompanyCase, object | None, bool | None]]) -> Score:
    """`minimal_pair`: both companies are judged rightly, and the one fact in which they differ changes the result as it must.

    Args:
        members: Case, signature of the result, and whether it is all right; None where that is not known.
    """
    name = "minimal_pair"
    if len(members) != 2:
        return could_not(name, f"a pair has two members, not {len(members)}")
    (first, one, is_first_right), (second, other, is_second_right) = members
    if one is None or other is None or is_first_right is None or is_second_right is None:
        return could_not(name, f"no judgement on {first.id} or {second.id}")
    must_differ = first.pair_differs and second.pair_differs
    wrong = [case.id for case, _, right in members if not right]
    if (one != other) != must_differ:
        reason = "both get the same result" if must_differ else "the results differ"
        return Score(name=name, value=0.0, reason=f"{reason}: {first.id}, {second.id}")
    reason = f"not right by itself: {', '.join(wrong)}" if wrong else f"{first.id} and {second.id} as expected"
    return Score(name=name, value=float(not wrong), reason=reason)


def score_repeats(essences: Sequence[str | None]) -> Score | None:
    """`stable`: every repetition says the same; None where a case was asked only once.

    Args:
        essences: `essence` of each repetition's reply; None where it failed.
    """
    if len(essences) < 2:
        return None
    if None in essences:
        return could_not("stable", "a repetition failed")
    different = len(set(essences))
    return Score(name="stable", value=float(different == 1), reason=f"{different} different replies in {len(essences)}")


def essence(payload: Mapping[str, Any]) -> str:
    """Digest of a reply without what differs each time: ids, times, trace."""
    kept = {name: value for name, value in payload.items() if name not in _FLEETING}
    return hashlib.sha256(json.dumps(kept, sort_keys=True, default=str).encode()).hexdigest()


_FLEETING = frozenset({"id", "conversation_id", "timings_ms", "trace"})
