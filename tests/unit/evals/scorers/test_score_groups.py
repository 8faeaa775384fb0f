"""Variants, pairs and repetitions are judged together."""

from __future__ import annotations

import pytest

from evals.company_cases import FundingCase, MatchingCase
from evals.scorers.groups import essence, score_pair, score_parity, score_repeats
from tests.unit.evals.make import make_case, make_payload, values


def test_parity_needs_every_variant() -> None:
    variants = [(make_case(id=name), make_payload(), True) for name in ("de", "en")]
    assert values(score_parity(variants)) == {"parity": 1.0, "same_source": 1.0}
    variants.append((make_case(id="typo"), make_payload(status="abstained", reason="no_match"), False))
    assert values(score_parity(variants)) == {"parity": 0.0, "same_source": 0.0}


def test_parity_is_not_judged_while_a_variant_is_missing() -> None:
    variants = [(make_case(), make_payload(), True), (make_case(id="en"), None, None)]
    assert set(values(score_parity(variants)).values()) == {None}


def company(name: str, *, differs: bool = True) -> MatchingCase:
    return MatchingCase(
        id=name, set="matching", description="Wir", best=("clusters/a",), pair="p", pair_differs=differs
    )


@pytest.mark.parametrize(
    ("results", "right", "differs", "value"),
    [
        (("a", "b"), (True, True), True, 1.0),
        (("a", "a"), (True, True), True, 0.0),
        (("a", "a"), (True, True), False, 1.0),
        (("a", "b"), (True, True), False, 0.0),
        (("a", "b"), (True, False), True, 0.0),
        (("a", None), (True, True), True, None),
    ],
)
def test_the_one_changed_fact_changes_the_result_as_it_must(
    results: tuple[str, str | None], right: tuple[bool, bool], differs: bool, value: float | None
) -> None:
    first, second = company("one", differs=differs), company("two", differs=differs)
    found = score_pair([(first, results[0], right[0]), (second, results[1], right[1])])
    assert found.value == value and "one" in found.reason + "one"


def test_a_pair_of_one_is_not_judged() -> None:
    lonely = FundingCase(id="one", set="funding", description="Wir", verdicts={"funding/a": "likely"}, pair="p")
    assert score_pair([(lonely, "x", True)]).value is None


def test_repetitions_say_the_same_whatever_their_ids_and_times() -> None:
    once = essence(make_payload())
    again = essence(make_payload(id="r2", conversation_id="c2", timings_ms={"total": 99.0}))
    other = essence(make_payload(status="partial", reason="half"))
    assert score_repeats([once, again]).value == 1.0
    assert score_repeats([once, other]).value == 0.0
    assert score_repeats([once, None]).value is None
    assert score_repeats([once]) is None
