"""Turnover, balance sheet and the sum that is wanted, from a company's own words."""

from __future__ import annotations

import re
from typing import NamedTuple

from assistant.company.numbers import hedged
from assistant.domain.company import Range
from assistant.domain.values import Language
from assistant.language.quantities import quantities

_TURNOVER = re.compile(
    r"\b(?:jahres)?umsatz\w*|\bumsaetze\w*|\bturnover|\bturn(?:s|ing)? over|\brevenues?|\bsales\b|\bannual sales|\berloes\w*|\bjaehrlich um\b|\bumgesetzt\b"
)
_BALANCE = re.compile(r"\bbilanzsumme|\bbilanz\b|\bbalance[- ]sheet|\btotal assets")
_AMOUNT = re.compile(
    r"\b(?:kost\w*|investi\w*|br(?:au|aeu)ch\w*|benoetig\w*|such\w*|kredit\w*|darlehen|zuschuss\w*|volumen|budget\w*|finanzier\w*|kapital\w*|foerder\w*|cost\w*|invest\w*|need\w*|loan|grant|look\w*|rais\w*|seek\w*|fund\w*|equity|kauf\w*|anschaff\w*|buy|purchase|projekt\w*|project|ticket|runde|round|euro fuer|eur for|eigenkapital|wachstumskapital|beteiligung\w*)"
)
_EARNED_BEFORE = re.compile(r"\b(?:machen|macht|mache|erzielen|erzielt|erwirtschaften|setzen|make|makes|earn|earns)\b")
_EARNED_AFTER = re.compile(r"^\W*(?:im|pro) jahr\b|^\W*jaehrlich\b|^\W*(?:a|per) year\b")
"""Both around a sum make it the turnover, where no word says what it is: "wir machen 1,2 Mio. im Jahr"."""
_EARNED_BARE = re.compile(
    r"((?:machen|macht|mache|erzielen|erzielt|erwirtschaften|setzen|make|makes)\b[^.;!?]{0,25}?\b\d{1,3}(?:[.,]\d{3})+)(?=\s+(?:im jahr|pro jahr|jaehrlich|a year|per year)\b)"
    r"|(?<![\d.,])(\d{1,3}(?:[.,]\d{3})+)(?=\s+(?:(?:jahres)?umsatz|turnover|revenue|in sales)\b)"
)
"""The same of a sum with marks between its thousands: "wir machen rund 350.000 im Jahr", "800.000 Umsatz"."""
_NO_TURNOVER = re.compile(
    r"\b(?:noch )?(?:keine[nr]?|ohne|null) (?:(?:cent|euro|nennenswerte\w*) )?(?:umsatz|umsaetze|erloese)|\bno (?:revenue|turnover|sales)|\bpre-?revenue"
)
_HEDGE_BEFORE = re.compile(
    r"\b(mehr als|ueber|mindestens|more than|over|at least|weniger als|unter|hoechstens|maximal|bis zu|less than|under|at most|up to|knapp|fast|almost|nearly|just under|rund|etwa|ca\.?|circa|ungefaehr|about|around|roughly|approximately|gut)\s*$"
)
_BARE_MULTIPLE = re.compile(
    r"(\d[\d.,]*\s*(?:mio\b\.?|tsd\b\.?|mrd\b\.?|million(?:en)?\b|thousand\b|k\b|m\b(?! (?:lang|hoch|breit|tief|long|high|wide|deep))))(?!\.?\s*(?:euro|eur|€))"
)
"""A sum of which people leave the currency out: "8 Mio. Umsatz", "turnover 200k"."""
_BARE_LARGE = re.compile(
    r"(?<![\d.,])(\d{3,}000)(?![\d.,]*\d|\s*(?:euro|eur|€|menschen|leute|people|users|customers|kunden|nutzer|stueck|tonnen|liter|km|qm|kwh|mwh))"
)
"""The same of a number that was written in words: "zwei Millionen Umsatz"."""
_SHORT_UNITS = (
    (re.compile(r"(?<=\d)\s*(?:t€|teur\b)"), " tsd euro"),
    (re.compile(r"(?<=\d)\s*(?:m€|meur\b|mill\.)"), " mio "),
)
NEAR = 40
"""Characters around a sum in which the word is looked for that says what it is."""


class MoneyRead(NamedTuple):
    """What was found."""

    turnover: Range | None = None
    balance: Range | None = None
    amount: int | None = None


def read_money(text: str, language: Language) -> MoneyRead:
    """The sums in a folded text in which numbers stand in digits."""
    for pattern, unit in _SHORT_UNITS:
        text = pattern.sub(unit, text)
    text = _BARE_LARGE.sub(r"\1 euro", text)
    text = _EARNED_BARE.sub(lambda m: f"{m[0]} euro", text)
    text = _BARE_MULTIPLE.sub(r"\1 euro", text)
    turnover: Range | None = Range(low=0, high=0) if _NO_TURNOVER.search(text) else None
    balance: Range | None = None
    amount: int | None = None
    for quantity in quantities(text, language):
        if quantity.kind != "money":
            continue
        value = float(quantity.value.removesuffix(" EUR"))
        before, after = text[max(0, quantity.start - NEAR) : quantity.start], text[quantity.end : quantity.end + NEAR]
        hedge = _HEDGE_BEFORE.search(before)
        stated = hedged(value, hedge[1] if hedge else None, whole=False)
        match _meaning(_clause_end(before), _clause_start(after)):
            case "turnover":
                turnover = turnover or stated
            case "balance":
                balance = balance or stated
            case "amount":
                amount = amount or int(value)
    return MoneyRead(turnover, balance, amount)


def _meaning(before: str, after: str) -> str | None:
    """What a sum is, by the nearest word that says so, before it or right behind it."""
    nearest: tuple[int, str] | None = None
    for name, pattern in (("turnover", _TURNOVER), ("balance", _BALANCE), ("amount", _AMOUNT)):
        distances = [len(before) - m.end() for m in pattern.finditer(before)] + [
            m.start() for m in pattern.finditer(after)
        ]
        if distances and (nearest is None or min(distances) < nearest[0]):
            nearest = (min(distances), name)
    if nearest is not None:
        return nearest[1]
    return "turnover" if _EARNED_BEFORE.search(before) and _EARNED_AFTER.search(after) else None


def _clause_end(before: str) -> str:
    return re.split(r"[;!?]|(?<!\bca)\. |, ", before)[-1]


def _clause_start(after: str) -> str:
    return re.split(r"[;,!?]|\. ", after)[0]
