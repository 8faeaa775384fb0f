"""Were the right verdicts given on programmes, and no wrong hope raised?"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from assistant.language.normalise import fold
from evals.cases import stands_in
from evals.company_cases import FundingCase
from evals.scorers.citations import Texts, score_exactness
from evals.scorers.findings import Programmes, score_stated_figures
from evals.scorers.score import Score, could_not, share

NOT_LISTED = "not_eligible"
"""A programme that the finder does not list at all counts as refused."""


def score_funding(case: FundingCase, payload: Mapping[str, Any], texts: Texts) -> list[Score]:
    """All scores of one company."""
    reply = Programmes.model_validate(payload)
    scores = [
        _verdicts(case, reply),
        _expected_found(case, reply),
        _wrongly_likely(case, reply),
        _amounts(case, reply),
        score_exactness(reply.citations, texts),
        score_stated_figures(reply),
    ]
    return [score for score in scores if score is not None]


def _verdicts(case: FundingCase, reply: Programmes) -> Score:
    right: list[str] = []
    wrong: list[str] = []
    for programme, accepted in case.verdicts.items():
        got = reply.verdicts.get(programme, NOT_LISTED)
        if got in accepted:
            right.append(programme)
        else:
            wrong.append(f"{programme} is called {got}, expected {' or '.join(accepted)}")
    return share("verdicts", right, wrong, what="verdicts right")


def _expected_found(case: FundingCase, reply: Programmes) -> Score | None:
    wanted = [programme for programme, accepted in case.verdicts.items() if accepted == ("likely",)]
    if not wanted:
        return None
    found = [programme for programme in wanted if reply.verdicts.get(programme) == "likely"]
    missing = [programme for programme in wanted if programme not in found]
    return share("expected_found", found, missing, what="programmes called likely that must be")


def _wrongly_likely(case: FundingCase, reply: Programmes) -> Score:
    likely = [p for p in reply.programmes if p.verdict == "likely"]
    wrong = [
        p.programme_id for p in likely
        if p.status == "ended" or case.may_be_likely(p.programme_id.removesuffix(".en")) is False
    ]  # fmt: skip
    reason = f"calls likely {', '.join(wrong)}" if wrong else f"{len(likely)} called likely, none wrongly"
    return Score(name="no_false_hope", value=float(not wrong), reason=reason)


def _amounts(case: FundingCase, reply: Programmes) -> Score | None:
    if not case.amounts:
        return None
    listed = {p.programme_id.removesuffix(".en"): p for p in reply.programmes}
    right: list[str] = []
    wrong: list[str] = []
    for programme, forms in case.amounts.items():
        found = listed.get(programme)
        if found is None:
            return could_not("amounts", f"{programme} is not listed")
        held = fold("\n".join(item.text or "" for item in (found.amount, found.rate) if item))
        (right if stands_in(forms, held) else wrong).append(f"{programme}: {' or '.join(forms)}")
    return share("amounts", right, wrong, what="amounts right")


def signature(payload: Mapping[str, Any]) -> object:
    """What two members of a minimal pair are compared by: the verdicts and the amounts."""
    reply = Programmes.model_validate(payload)
    return sorted(
        (p.programme_id.removesuffix(".en"), p.verdict, p.amount.text if p.amount else None) for p in reply.programmes
    )
