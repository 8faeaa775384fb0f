"""Two results side by side."""

from __future__ import annotations

from typing import Any

from assistant.service.advice_wire import CitedOut, ClusterMatchOut, CriterionOut
from assistant.service.pages.comparison import compare
from assistant.service.pages.quoted import numbers_in


def match(name: str, *criteria: tuple[str, Any, int], joining: CitedOut | None = None) -> ClusterMatchOut:
    return ClusterMatchOut(
        cluster_id=name, name=name, kind="cluster", fit="strong", score=1, joining=joining, contact=None, summary=None, part_of=None,
        criteria=[
            CriterionOut(name=criterion, verdict=verdict, text=criterion, citations=[number], company=None)
            for criterion, verdict, number in criteria
        ],
    )  # fmt: skip


def test_each_point_is_a_row_even_where_only_one_was_examined() -> None:
    one = match("A", ("sector", "met", 1), ("region", "open", 2), joining=CitedOut(text="so", citations=[4]))
    other = match("B", ("sector", "not_met", 3))
    found = compare([one, other])
    assert found.columns == ("A", "B")
    assert [row.name for row in found.rows] == ["sector", "region", "joining"]
    assert found.rows[0].cells == (one.criteria[0], other.criteria[0])
    assert found.rows[1].cells == (one.criteria[1], None)


def test_all_citations_within_a_part_are_found() -> None:
    one = match("A", ("sector", "met", 1), ("region", "open", 2), joining=CitedOut(text="so", citations=[4]))
    assert numbers_in(one) == {1, 2, 4}
    assert numbers_in([one, match("B", ("sector", "met", 9)), None]) == {1, 2, 4, 9}
    assert numbers_in(compare([one, match("B", ("sector", "met", 9))])) == {1, 2, 4, 9}
