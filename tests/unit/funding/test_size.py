"""The size class by the EU definition."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from assistant.domain.company import Company, Range
from assistant.domain.ports import Library
from assistant.funding.size import DEFINITION, LIMITS, counts_as, size_advice, sizes_of
from assistant.language.quantities import quantities


def company(staff: float | None, turnover: float | None = None, balance: float | None = None) -> Company:
    def exactly(value: float | None) -> Range | None:
        return None if value is None else Range(low=value, high=value)

    return Company(
        text="", language="de", on=date(2026, 11, 23), employees=exactly(staff), turnover_eur=exactly(turnover),
        balance_eur=exactly(balance),
    )  # fmt: skip


@pytest.mark.parametrize(
    ("staff", "turnover", "balance", "size"),
    [
        (9, 2e6, None, "micro"),
        (10, 2e6, None, "small"),
        (9, 3e6, None, "small"),
        (9, 3e6, 2e6, "micro"),
        (49, 10e6, None, "small"),
        (50, 10e6, None, "medium"),
        (249, 50e6, None, "medium"),
        (249, 51e6, 43e6, "medium"),
        (249, 51e6, 44e6, "large"),
        (250, 1e6, None, "large"),
    ],
)
def test_both_staff_and_one_of_the_sums_must_keep_the_limit(
    staff: float, turnover: float, balance: float | None, size: str
) -> None:
    assert sizes_of(company(staff, turnover, balance)).size == size


def test_the_limits_stand_in_the_quoted_definition(library: Library) -> None:
    text = library.text(DEFINITION)
    stated = {q.value for q in quantities(text)}
    for limits in LIMITS:
        found = library.labelled(DEFINITION, limits.sentence)
        assert found is not None
        figures = {q.value for q in quantities(text[found[1].start : found[1].end])}
        assert f"{limits.turnover_eur:.0f} EUR" in figures and f"{limits.balance_eur:.0f} EUR" in figures
        assert str(limits.staff + 1) in stated


def test_staff_alone_is_not_final(library: Library) -> None:
    advice = size_advice(company(12), library)
    assert advice is not None and advice.size == "small" and not advice.is_final and advice.statement.evidence


def test_a_micro_company_counts_as_small_and_as_an_sme() -> None:
    sizes = sizes_of(company(5, 1e6))
    assert counts_as(sizes, "small") and counts_as(sizes, "sme") and not counts_as(sizes, "medium")


def test_without_staff_the_size_is_open() -> None:
    assert counts_as(sizes_of(company(None)), "sme") is None


def test_a_subsidiary_of_a_large_group_may_be_large() -> None:
    subsidiary = replace(company(40, 6e6), organisations=frozenset(["large_company"]))
    assert counts_as(sizes_of(subsidiary), "sme") is None
