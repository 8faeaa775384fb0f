"""Are the numbers right: as quoted, and as expected?"""

from __future__ import annotations

import re
from functools import lru_cache

from assistant.language.quantities import quantities
from assistant.service.wire import ReplyOut
from evals.cases import Case
from evals.scorers.replies import is_answered, said, statements
from evals.scorers.score import Score, share

_CHECKED = frozenset({"money", "percent", "date", "year", "section", "duration", "email", "phone", "url"})
"""Kinds of figures whose meaning is plain wherever they stand; bare numbers may count the items of a list."""
_COMPARED = frozenset({"money", "percent", "number", "duration", "year"})
"""Kinds that are compared by their number alone, since a case may leave the unit out."""


@lru_cache(maxsize=8192)
def figures_of(text: str) -> frozenset[tuple[str, str]]:
    """Amounts, rates, dates, sections and addresses of a text with their kind, in one form for German and English."""
    return frozenset((q.kind, q.value) for q in quantities(text) if q.kind in _CHECKED)


def score_figures(case: Case, reply: ReplyOut) -> list[Score]:
    """`figures_supported` and `figures_right`, each where it applies."""
    return [score for score in (_supported(reply), _right(case, reply)) if score is not None]


def _supported(reply: ReplyOut) -> Score | None:
    """Share of the figures in a reply that stand in the quotations of the very statement."""
    if not is_answered(reply):
        return None
    right: list[str] = []
    wrong: list[str] = []
    for statement in statements(reply):
        quoted = figures_of("\n".join(statement.quotes))
        for figure in sorted(figures_of(statement.text)):
            (right if figure in quoted else wrong).append(f"{figure[1]} ({figure[0]})")
    return (
        share("figures_supported", right, wrong, what="figures stand in their quotations") if right or wrong else None
    )


def _right(case: Case, reply: ReplyOut) -> Score | None:
    """Share of the expected figures that stand in the reply or its quotations, however they are written there."""
    wanted = [forms for forms in case.vital if any(_numbers(form) for form in forms)]
    if not wanted or not case.may_answer:
        return None
    if not is_answered(reply):
        return None if case.may_refuse else Score(name="figures_right", value=0.0, reason="not answered")
    held = _numbers(said(reply))
    right = [forms for forms in wanted if any(numbers and numbers <= held for numbers in map(_numbers, forms))]
    wrong = [" or ".join(forms) for forms in wanted if forms not in right]
    return share("figures_right", right, wrong, what="expected figures found")


@lru_cache(maxsize=8192)
def _numbers(text: str) -> frozenset[str]:
    """Bare numbers of a text: "2.500 Euro", "2,500" and "EUR 2500" are one."""
    found = {q.value.split()[0] for q in quantities(text) if q.kind in _COMPARED}
    return frozenset(
        found | {year for q in quantities(text) if q.kind == "date" for year in re.findall(r"\d{4}", q.value)}
    )
