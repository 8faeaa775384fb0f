"""Was the right cluster found for a company, and none where none fits?"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from evals.company_cases import MatchingCase
from evals.scorers.citations import Texts, score_exactness
from evals.scorers.findings import Matches, score_stated_figures
from evals.scorers.score import Score


def score_matching(case: MatchingCase, payload: Mapping[str, Any], texts: Texts) -> list[Score]:
    """All scores of one company."""
    reply = Matches.model_validate(payload)
    found = ", ".join(reply.ids) or "nothing"
    got = f"{reply.status}: {found}"
    expected = " or ".join(case.status)
    scores: list[Score | None] = [
        Score(name="status", value=float(reply.status in case.status), reason=f"{got}; expected {expected}")
    ]
    if case.status == ("matched",):
        first, three = reply.ids[:1], set(reply.ids[:3])
        wanted = " or ".join(case.best)
        scores += [
            Score(name="top_1", value=float(bool(set(first) & set(case.best))), reason=f"{found}; expected {wanted}"),
            Score(name="top_3", value=float(bool(three & {*case.best, *case.also})), reason=f"{found}; expected {wanted}"),
            Score(name="no_false_none", value=float(reply.status != "none_fits"), reason=got),
        ]  # fmt: skip
    elif "matched" not in case.status and "none_fits" in case.status:
        scores.append(Score(name="none_fits", value=float(reply.status in case.status), reason=got))
    if case.never:
        wrong = set(reply.ids) & set(case.never)
        reason = f"names {', '.join(sorted(wrong))}" if wrong else "names none that it must not"
        scores.append(Score(name="never_matched", value=float(not wrong), reason=reason))
    scores += [score_exactness(reply.citations, texts), score_stated_figures(reply)]
    return [score for score in scores if score is not None]


def signature(payload: Mapping[str, Any]) -> object:
    """What two members of a minimal pair are compared by: status, clusters in order, and how well each fits."""
    reply = Matches.model_validate(payload)
    return reply.status, [(match.cluster_id.removesuffix(".en"), match.fit) for match in reply.matches]
