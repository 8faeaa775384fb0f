"""Amount, rate, duration and deadlines of a programme for one company; every figure stands in the quotation beside it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import NamedTuple, TypeVar

from assistant.domain.advice import Cited
from assistant.domain.answers import Evidence
from assistant.domain.company import Company
from assistant.domain.facts import Case
from assistant.domain.facts import SizeClass as SizeOfTerm
from assistant.domain.quoting import status_on
from assistant.domain.values import Language
from assistant.funding.programmes import Money, Percent, Programme, Quotations
from assistant.funding.size import Sizes, counts_as
from assistant.funding.texts import euros, percent, say, written
from assistant.language.quantities import quantities

MOST_AMOUNTS = 3
_GUARDED = ("money", "percent", "date", "year")
_OF_PRECISION: dict[SizeOfTerm, int] = {
    "micro": 3,
    "small": 2,
    "medium": 2,
    "large": 2,
    "sme": 1,
    "research": 3,
    "any": 0,
}
Entry = TypeVar("Entry", Money, Percent)


class Piece(NamedTuple):
    """A phrase and the label of the sentence that states it."""

    text: str
    sentence: str


def amount(programme: Programme, company: Company, sizes: Sizes, quote: Quotations) -> Cited | None:
    """The most one can get, in words for this company; None where no amount is recorded."""
    language = company.language
    chosen = _for_company(programme.amounts, company, sizes)
    return _joined([_amount_piece(entry, language) for entry in chosen[:MOST_AMOUNTS]], quote)


def rate(programme: Programme, company: Company, sizes: Sizes, quote: Quotations) -> Cited | None:
    """The share that is paid, for this company; None where none is recorded."""
    language = company.language
    chosen = _for_company(programme.rates, company, sizes)
    return _joined([_rate_piece(entry, language) for entry in chosen[:MOST_AMOUNTS]], quote)


def deadline(programme: Programme, company: Company, quote: Quotations) -> Cited | None:
    """The next date, or that applications are possible at any time, or that the last date on record has passed."""
    language, on = company.language, company.on
    coming = sorted((day for day in programme.deadlines if day.last >= on), key=lambda day: day.last)
    if coming:
        return _checked(
            [Piece(say("deadline", language, what=_upper(d.what.text(language)), day=written(d.last, language)), d.sentence) for d in coming[:2]],
            quote,
        )  # fmt: skip
    if programme.rolling is not None and status_on(programme.document, on) != "ended":
        found = quote(programme.rolling)
        return Cited(text=found[0].text, evidence=found) if found else None
    if programme.deadlines:
        last = max(programme.deadlines, key=lambda day: day.last)
        text = say("deadline_past", language, what=last.what.text(language), day=written(last.last, language))
        return _checked([Piece(text, last.sentence)], quote)
    return None


def figures_stand(text: str, evidence: Iterable[Evidence]) -> bool:
    """Whether every sum, rate and date of a text stands in one of the quotations."""
    stated = {value for e in evidence for _, value in _figures(e.text)}
    return all(value in stated for kind, value in _figures(text) if kind in _GUARDED)


@lru_cache(maxsize=4096)
def _figures(text: str) -> tuple[tuple[str, str], ...]:
    return tuple((q.kind, q.value) for q in quantities(text))


def _for_company(entries: Sequence[Entry], company: Company, sizes: Sizes) -> list[Entry]:
    """What holds for the company: of its size where sizes are told apart, of its case where cases are."""
    is_research = bool(company.organisations & {"university", "research"})
    fitting = [e for e in entries if _holds(e.size, sizes, is_research) and _is_case(e.case, company)]
    if sizes.size is None and not is_research:
        return fitting
    finest: dict[object, int] = {}
    for entry in fitting:
        kind = _kind(entry)
        finest[kind] = max(finest.get(kind, 0), _OF_PRECISION[entry.size])
    return [entry for entry in fitting if _OF_PRECISION[entry.size] == finest[_kind(entry)]]


def _kind(entry: Money | Percent) -> object:
    """What a value speaks of; among values that speak of the same the one for the finest size counts."""
    return (entry.what, entry.per) if isinstance(entry, Money) else Percent


def _holds(size: SizeOfTerm, sizes: Sizes, is_research: bool) -> bool:
    if is_research:
        return size in ("research", "any")
    return size != "research" and counts_as(sizes, size) is not False


def _is_case(case: Case | None, company: Company) -> bool:
    """Whether a value for one case may hold; only what the company's own words settle is left out."""
    heads = company.employees
    if case == "solo":
        return heads is None or (heads.low or 0) <= 1
    if case == "team":
        return heads is None or heads.high is None or heads.high >= 2
    if case in ("cooperation", "network"):
        return company.traits.get("partner") is not False
    if case == "single_project":
        return not company.traits.get("partner")
    if case in ("first_five_years", "after_five_years"):
        age = company.age_years()
        if age is None or age.low is None:
            return True
        return age.low < 5 if case == "first_five_years" else (age.high or age.low) >= 5
    return True


def _amount_piece(entry: Money, language: Language) -> Piece:
    text = say(entry.what, language, eur=euros(entry.eur, language)) + say(f"per_{entry.per}", language)
    return Piece(text + _in_brackets(entry, language), entry.sentence)


def _rate_piece(entry: Percent, language: Language) -> Piece:
    high = percent(entry.high, language)
    text = say("rate", language, high=high)
    if entry.low is not None:
        text = say("rate_range", language, low=percent(entry.low, language), high=high)
    return Piece(text + _in_brackets(entry, language), entry.sentence)


def _in_brackets(entry: Money | Percent, language: Language) -> str:
    parts = [say(f"size_{entry.size}_note", language)] if entry.size != "any" else []
    if note := entry.note.text(language):
        parts.append(note)
    return f" ({', '.join(parts)})" if parts else ""


def _joined(pieces: Sequence[Piece], quote: Quotations) -> Cited | None:
    return _checked(pieces, quote) if pieces else None


def _checked(pieces: Sequence[Piece], quote: Quotations) -> Cited | None:
    """The phrases as one line; where a figure would not stand in the quotation, the quotation itself."""
    evidence = tuple(dict.fromkeys(e for piece in pieces for e in quote(piece.sentence)))
    if not evidence:
        return None
    text = _upper("; ".join(dict.fromkeys(piece.text for piece in pieces))) + "."
    if figures_stand(text, evidence):
        return Cited(text=text, evidence=evidence)
    return Cited(text=" ".join(e.text for e in evidence), evidence=evidence)


def _upper(text: str) -> str:
    return text[:1].upper() + text[1:]
