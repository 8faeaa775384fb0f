"""The two finders: clusters, verdicts and amounts, judged by hand."""

from __future__ import annotations

from typing import Any

import pytest

from evals.company_cases import FundingCase, MatchingCase
from evals.scorers.funding import score_funding
from evals.scorers.funding import signature as verdicts_of
from evals.scorers.matching import score_matching
from evals.scorers.matching import signature as clusters_of
from tests.unit.evals.make import AMOUNT, TEXTS, make_citation, values


def matched(*ids: str, status: str = "matched") -> dict[str, Any]:
    return {
        "status": status,
        "matches": [{"cluster_id": name, "name": name, "fit": "strong", "criteria": []} for name in ids],
        "citations": [],
    }


def matching_case(**fields: Any) -> MatchingCase:
    base = {
        "id": "c",
        "set": "matching",
        "description": "Wir bauen Rotoren.",
        "best": ("clusters/wind",),
        "also": ("clusters/sea",),
    }
    return MatchingCase(**{**base, **fields})


@pytest.mark.parametrize(
    ("ids", "first", "three"),
    [
        (("clusters/wind", "clusters/air"), 1.0, 1.0),
        (("clusters/air", "clusters/wind.en"), 0.0, 1.0),
        (("clusters/sea", "clusters/air"), 0.0, 1.0),
        (("clusters/air", "clusters/it", "clusters/port", "clusters/wind"), 0.0, 0.0),
    ],
)
def test_first_and_first_three(ids: tuple[str, ...], first: float, three: float) -> None:
    found = values(score_matching(matching_case(), matched(*ids), {}))
    assert (found["top_1"], found["top_3"]) == (first, three)


def test_none_fits_is_judged_both_ways() -> None:
    none = matching_case(status="none_fits", best=(), also=())
    assert values(score_matching(none, matched(status="none_fits"), {}))["none_fits"] == 1.0
    assert values(score_matching(none, matched("clusters/wind"), {}))["none_fits"] == 0.0
    assert values(score_matching(matching_case(), matched(status="none_fits"), {}))["no_false_none"] == 0.0


def test_an_ended_cluster_must_not_be_named_at_all() -> None:
    case = matching_case(never=("clusters/ended",))
    assert values(score_matching(case, matched("clusters/wind", "clusters/ended"), {}))["never_matched"] == 0.0
    assert values(score_matching(case, matched("clusters/wind"), {}))["never_matched"] == 1.0


def programmes(*entries: tuple[str, str], amount: str = AMOUNT, status: str = "open") -> dict[str, Any]:
    return {
        "programmes": [
            {
                "programme_id": name, "name": name, "status": status, "verdict": verdict, "criteria": [],
                "amount": {"text": amount, "citations": [1]},
            }
            for name, verdict in entries
        ],
        "citations": [make_citation(1, AMOUNT)],
    }  # fmt: skip


def funding_case(**fields: Any) -> FundingCase:
    base = {
        "id": "f",
        "set": "funding",
        "description": "Wir gründen.",
        "verdicts": {"funding/a": "likely", "funding/b": ["check", "not_eligible"]},
    }
    return FundingCase(**{**base, **fields})


def test_verdicts_by_hand() -> None:
    """a is called check instead of likely; b is not listed, which counts as refused and is accepted."""
    found = values(score_funding(funding_case(), programmes(("funding/a", "check")), TEXTS))
    assert (found["verdicts"], found["expected_found"], found["no_false_hope"]) == (0.5, 0.0, 1.0)


@pytest.mark.parametrize(
    ("fields", "reply"),
    [
        ({}, programmes(("funding/b", "likely"))),
        ({"likely_only": ["funding/a"]}, programmes(("funding/a", "likely"), ("funding/z", "likely"))),
        ({}, programmes(("funding/z", "likely"), status="ended")),
    ],
    ids=["must not be likely", "nothing else may be", "ended"],
)
def test_false_hope_is_caught(fields: dict[str, Any], reply: dict[str, Any]) -> None:
    assert values(score_funding(funding_case(**fields), reply, TEXTS))["no_false_hope"] == 0.0


def test_a_changed_amount_is_caught_twice() -> None:
    case = funding_case(amounts={"funding/a": ["2.500", "2,500"]})
    right = values(score_funding(case, programmes(("funding/a", "likely")), TEXTS))
    assert (right["amounts"], right["figures_supported"], right["exact_quotation"]) == (1.0, 1.0, 1.0)
    changed = programmes(("funding/a", "likely"), amount="InnoFounder zahlt 3.500 Euro im Monat.")
    wrong = values(score_funding(case, changed, TEXTS))
    assert (wrong["amounts"], wrong["figures_supported"]) == (0.0, 0.0)


def test_pairs_are_compared_by_what_the_company_gets() -> None:
    assert clusters_of(matched("clusters/wind.en")) == clusters_of(matched("clusters/wind"))
    assert clusters_of(matched("clusters/wind")) != clusters_of(matched("clusters/sea"))
    assert verdicts_of(programmes(("funding/a", "likely"))) != verdicts_of(programmes(("funding/a", "check")))
