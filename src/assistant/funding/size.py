"""The size class of a company by the EU definition, quoted from its fact sheet."""

from __future__ import annotations

from typing import NamedTuple

from assistant.domain.advice import Cited, SizeAdvice, SizeClass
from assistant.domain.company import Company, Range
from assistant.domain.facts import SizeClass as SizeOfTerm
from assistant.domain.ports import Library
from assistant.funding.programmes import Quotations
from assistant.funding.texts import say

DEFINITION = "funding/kmu-definition"


class _Limits(NamedTuple):
    size: SizeClass
    staff: int
    """Highest count."""
    turnover_eur: float
    balance_eur: float
    sentence: str


# EU recommendation on the definition of small and medium-sized enterprises, as quoted in the sheet; `test_size.py` compares.
LIMITS = (
    _Limits("micro", 9, 2e6, 2e6, "kleinst"),
    _Limits("small", 49, 10e6, 10e6, "klein"),
    _Limits("medium", 249, 50e6, 43e6, "kmu"),
)
ORDER: tuple[SizeClass, ...] = ("micro", "small", "medium", "large")


class Sizes(NamedTuple):
    """Size classes that the statements leave possible, smallest first."""

    possible: tuple[SizeClass, ...]
    is_final: bool
    """False where neither turnover nor balance sheet is known."""

    @property
    def size(self) -> SizeClass | None:
        """The class, where only one is possible."""
        return self.possible[0] if len(self.possible) == 1 else None


def sizes_of(company: Company) -> Sizes:
    """The classes a company may belong to. Without turnover and balance sheet the staff alone decides, and that is said."""
    staff = company.employees
    if staff is None and company.is_founded is False:
        return Sizes(("micro",), False)
    if staff is None:
        if "large_company" in company.organisations:
            return Sizes(("large",), False)
        return Sizes(ORDER, False)
    lowest, highest = _staff_class(staff.low or 0), _staff_class(staff.high)
    possible = ORDER[ORDER.index(lowest) : ORDER.index(highest) + 1]
    money = company.turnover_eur is not None or company.balance_eur is not None
    if money:
        by_money = next((i for i, limits in enumerate(LIMITS) if _within(company, limits)), len(LIMITS))
        possible = tuple(ORDER[max(ORDER.index(size), by_money)] for size in possible)
    if "large_company" in company.organisations:
        possible = (*possible, "large")  # the group it belongs to is counted in, and how large that is was not said
    return Sizes(tuple(dict.fromkeys(possible)), money)


def counts_as(sizes: Sizes, wanted: SizeOfTerm) -> bool | None:
    """Whether a company counts as the size a term names; None where that is open."""
    if wanted == "any":
        return True
    if wanted == "research":
        return False
    names: tuple[SizeClass, ...] = ("micro", "small", "medium") if wanted == "sme" else (wanted,)
    if wanted == "small":
        names = ("micro", "small")  # a micro company is small as well, where no finer value is stated
    inside = [size in names for size in sizes.possible]
    return True if all(inside) else False if not any(inside) else None


def size_advice(company: Company, library: Library) -> SizeAdvice | None:
    """The class with the sentence that defines it; None where the statements do not settle it."""
    sizes = sizes_of(company)
    if sizes.size is None or company.employees is None:
        return None
    language = company.language
    quote = Quotations(library, DEFINITION, language)
    label = next((limits.sentence for limits in LIMITS if limits.size == sizes.size), "kmu")
    key = f"size_{sizes.size}" + ("" if sizes.is_final else "_staff_only")
    statement = Cited(text=say(key, language), evidence=quote(label))
    return SizeAdvice(size=sizes.size, is_final=sizes.is_final, statement=statement)


def _staff_class(count: float | None) -> SizeClass:
    if count is None:
        return "large"
    return next((limits.size for limits in LIMITS if count <= limits.staff), "large")


def _within(company: Company, limits: _Limits) -> bool:
    """Whether turnover or balance sheet keeps within the limits; one of them is enough."""
    return _at_most(company.turnover_eur, limits.turnover_eur) or _at_most(company.balance_eur, limits.balance_eur)


def _at_most(value: Range | None, limit: float) -> bool:
    if value is None:
        return False
    known = value.high if value.high is not None else value.low
    return known is not None and known <= limit
