"""Kinds of value a question asks for, and the strict signs by which a sentence states one; German and English side by side.

`asked_types` holds wider kinds with weaker signs, which say what a line is about. A sentence that names the thing asked for without its value
is the commonest near miss ("What does membership cost?" – "ARIC had 30 members"): it shares every word and answers nothing.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from assistant.language.normalise import fold

_SMALL_NUMBERS = r"(?:zwei|drei|vier|fuenf|sechs|sieben|acht|neun|zehn|elf|zwoelf|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|dozen|dutzend|hundert\w*|hundreds?|tausend\w*|thousands?)"
_MONTHS = r"januar|februar|maerz|\bapril|\bmai\b|\bjuni\b|\bjuli\b|august|september|oktober|november|dezember|january|february|march|\bmay \d|june|july|october|december"


class AskedValue(NamedTuple):
    """A kind of value: when a question asks for it and when a sentence states one, both over folded text."""

    name: str
    asked: re.Pattern[str]
    stated: re.Pattern[str]


ASKED_VALUES: tuple[AskedValue, ...] = tuple(
    AskedValue(name, re.compile(asked), re.compile(stated))
    for name, asked, stated in (
        ("percent", r"prozent|per ?cent|quote\b|foerdersatz|zinssatz|anteil\b|\bshare\b|\brate\b|intensit", r"\d ?(?:%|prozent|per ?cent)|haelfte|drittel|\bhalf\b|third|vollstaendig"),
        ("money", r"wie ?viel (geld|zuschuss|foerder|euro|kredit|darlehen|kapital|kostet|bekomm|krieg|zahl)|wie hoch|hoechst|maximal|betrag|summe|obergrenze|how much|how high|maximum|amount|\bcap\b|what sum|kost(et|en)\b|\bcosts?\b|preis\b|price|\bfees?\b|gebuehr|beitrag\b|budget|umsatz|turnover|\brent\b|miete",
         r"\d[\d., ]*(?:mio|mrd|million\w*|milliard\w*|billion|thousand|tausend)? ?(?:€|euros?\b|eur\b)|(?:eur|€) ?\d|kostenlos|kostenfrei|beitragsfrei|free of charge|no fee|kein\w* (?:beitrag|gebuehr|kosten)"),
        ("count", r"wie ?viele|how many|anzahl|number of|zahl der", rf"\b{_SMALL_NUMBERS}\b|\bnur ein\w*|\bonly one\b|\ba single\b|unbegrenzt|unlimited|beliebig|any number|(?<![\d.])(?!(?:19|20)\d\d\b)\d[\d.,]*\b(?!\.\d)(?! ?(?:€|euro|eur|prozent|per ?cent|%|\.? ?(?:{_MONTHS})))"),
        ("date", r"\bwann\b|\bwhen\b|welche[ms]? (jahr|datum)|which year|what (year|date)|on which date|seit wann|bis wann|\bfrist\b|stichtag|deadline", rf"\b(?:19|20)\d\d\b|\b\d{{1,2}}\.\d{{1,2}}\.|{_MONTHS}|jederzeit|laufend|at any time|rolling"),
        ("duration", r"wie lange|how long|dauer|duration|laufzeit|how many (?:days|weeks|months|years)|wie viele (?:tage|wochen|monate|jahre)|\bweeks\b|\bwochen\b",
         rf"(?:\d|{_SMALL_NUMBERS}|ein\w*|one)[\w-]* ?(?:tage?n?|wochen?|monate?n?|jahre?n?|days?|weeks?|months?|years?|stunden?|hours?|minuten|minutes|quartal\w*)\b|ganzjaehr|halbes jahr|half a year|bis \w*ende|until"),
        ("person", r"^wer (?:leitet|fuehrt|hat .*geleitet|ist (?:der|die) )|wie heisst (?:der|die|ihr|sein)|who (?:leads|heads|runs|chairs|is the)|name of the|namen (?:der|des|von)|\bchef|geschaeftsfuehr|vorstand|vorsitz|professor|director|manager\b|\bceo\b",
         r"(?:dr|prof|herr|frau|mr|mrs|ms)\.? [a-z]|geschaeftsfuehr\w* (?:ist|sind|war)|managing director|vorsitz|senator\w* "),
    )
)  # fmt: skip
_COUNT = next(kind for kind in ASKED_VALUES if kind.name == "count")
VALUE_FEATURES: tuple[str, ...] = (
    *(f"value_{kind.name}" for kind in ASKED_VALUES), "values_asked", "values_lacking", "value_least", "value_probability",
)  # fmt: skip
"""Names of what `measure_values` gives."""
NOT_ASKED = -1.0
NOTHING_ASKED = 2.0


def lacks_number(question: str, sentences: Sequence[str]) -> bool:
    """Whether a question asks how many, and none of the sentences states a number."""
    return bool(_COUNT.asked.search(fold(question))) and not any(_COUNT.stated.search(fold(text)) for text in sentences)


def measure_values(question: str, sentences: Sequence[tuple[float, str]]) -> dict[str, float]:
    """How likely those sentences are that state the values asked for, beside the likeliest of all.

    Args:
        question: As searched.
        sentences: Probability and text, likeliest first; at least one.
    """
    asked = fold(question)
    folded = [fold(text) for _, text in sentences]
    highest = max(sentences[0][0], 1e-6)
    shares = {
        kind.name: max((p for (p, _), text in zip(sentences, folded, strict=True) if kind.stated.search(text)), default=0.0)
        / highest
        for kind in ASKED_VALUES
        if kind.asked.search(asked)
    }  # fmt: skip
    least = min(shares.values(), default=NOTHING_ASKED)
    return {
        **{f"value_{kind.name}": shares.get(kind.name, NOT_ASKED) for kind in ASKED_VALUES},
        "values_asked": len(shares),
        "values_lacking": sum(kind.name in shares and not kind.stated.search(folded[0]) for kind in ASKED_VALUES),
        "value_least": least,
        "value_probability": min(least, 1.0) * highest,
    }
