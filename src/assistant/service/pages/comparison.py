"""Two results side by side: one row for each point on which either of them was examined."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from assistant.service.advice_wire import CitedOut, ClusterMatchOut, ProgrammeAdviceOut

Result = ClusterMatchOut | ProgrammeAdviceOut
FACTS = ("summary", "joining", "contact", "amount", "rate", "duration", "deadline", "apply", "office")


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A point and what is said on it for each result; None where nothing is."""

    name: str
    cells: tuple[CitedOut | None, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """The table."""

    columns: tuple[str, ...]
    """What the results are called."""
    rows: tuple[Row, ...]


def compare(results: Sequence[Result]) -> Comparison:
    """The results side by side, in their order: first the criteria, then what is known of them."""
    rows = (Row(name=name, cells=cells) for name, cells in _rows(results) if any(cells))
    return Comparison(columns=tuple(result.name for result in results), rows=tuple(rows))


def _rows(results: Sequence[Result]) -> Iterator[tuple[str, tuple[CitedOut | None, ...]]]:
    for name in dict.fromkeys(criterion.name for result in results for criterion in result.criteria):
        yield name, tuple(next((c for c in result.criteria if c.name == name), None) for result in results)
    for name in FACTS:
        yield name, tuple(getattr(result, name, None) for result in results)
