"""Numbers in a description: words become digits, hedges such as "knapp" and "über" become ranges."""

from __future__ import annotations

import re

from text_to_num import alpha2digit

from assistant.domain.company import Range
from assistant.domain.values import Language
from assistant.language.normalise import fold

N = r"\d{1,3}(?:[. ]\d{3})+|\d+"
"""A count in digits, with or without marks between thousands."""
HEDGE = (
    r"(?P<hedge>mehr als|ueber|mindestens|wenigstens|ab|more than|over|at least|weniger als|unter|hoechstens|maximal|bis zu|fewer than|less than|under"
    r"|at most|up to|knapp|fast|beinahe|almost|nearly|just under|rund|etwa|ca\.?|circa|ungefaehr|um die|zirka|about|around|roughly|approximately"
    r"|approx\.?|gut|just over|genau|exactly|derzeit|aktuell|nur|only|currently)?\s*"
)
"""What may stand before a count; folded."""
_WRITTEN = {"fuenf": "fünf", "zwoelf": "zwölf", "dreissig": "dreißig"}
_MULTIPLE = re.compile(r"(\d[\d.,]*\s*)(Tausend|Tsd\.?|thousand|Million(?:en)?|Milliarden?|billion)\b", re.IGNORECASE)
"""Behind digits it must not become a number of its own: "2,5 Millionen" would be read as 2.5 and 1000000."""
_DOZEN = (
    (r"\b(?:ein(?:em|es)? )?halbes dutzend\b|\bhalf a dozen\b", "6"),
    (r"\bdrei dutzend\b|\bthree dozen\b", "36"),
    (r"\bzwei dutzend\b|\btwo dozen\b", "24"),
    (r"\b(?:ein(?:em)? |a )?dutzend\b|\ba dozen\b", "12"),
    (r"\banderthalb\b|\beineinhalb\b|\bone and a half\b|\ba year and a half\b", "1,5"),
    (r"\bzweieinhalb\b|\btwo and a half\b", "2,5"),
    (r"\beine halbe million\b|\bhalf a million\b", "500000"),
    (r"\beine viertelmillion\b|\ba quarter of a million\b", "250000"),
)


def with_digits(text: str, language: Language) -> str:
    """A text, folded, in which numbers written as words stand in digits; single "ein" and "one" stay."""
    spelt = re.sub("fuenf|zwoelf|dreissig", lambda m: _WRITTEN[m[0].lower()], text, flags=re.IGNORECASE)
    spelt = _MULTIPLE.sub(_keep_multiple, spelt)
    folded = fold(alpha2digit(spelt, language, threshold=1.5))
    for pattern, digits in _DOZEN:
        folded = re.sub(pattern, digits, folded)
    return folded


def number(text: str) -> int:
    """A count in digits without its marks."""
    return int(re.sub(r"[. ]", "", text))


def hedged(value: float, hedge: str | None, *, whole: bool = True) -> Range:
    """The range that a hedge and a number give; `whole` counts things, so that "more than 9" begins at 10."""
    step = 1.0 if whole else 0.01
    match (hedge or "").rstrip("."):
        case "mehr als" | "ueber" | "more than" | "over":
            return Range(low=value + step)
        case "mindestens" | "wenigstens" | "ab" | "at least":
            return Range(low=value)
        case "weniger als" | "unter" | "fewer than" | "less than" | "under":
            return Range(low=0, high=value - step)
        case "hoechstens" | "maximal" | "bis zu" | "at most" | "up to":
            return Range(low=0, high=value)
        case "knapp" | "fast" | "beinahe" | "almost" | "nearly" | "just under":
            return Range(low=_rounded(value * 0.9, whole), high=max(_rounded(value * 0.9, whole), value - step))
        case "gut" | "just over":
            return Range(low=value, high=_rounded(value * 1.1, whole))
        case (
            "rund"
            | "etwa"
            | "ca"
            | "circa"
            | "ungefaehr"
            | "um die"
            | "zirka"
            | "about"
            | "around"
            | "roughly"
            | "approximately"
            | "approx"
        ):
            return Range(low=_rounded(value * 0.9, whole), high=_rounded(value * 1.1, whole))
        case _:
            return Range(low=value, high=value)


def overlap(a: Range, b: Range) -> bool:
    """Whether two ranges can mean the same number."""
    low = max(a.low if a.low is not None else float("-inf"), b.low if b.low is not None else float("-inf"))
    high = min(a.high if a.high is not None else float("inf"), b.high if b.high is not None else float("inf"))
    return low <= high


def _rounded(value: float, whole: bool) -> float:
    return float(round(value)) if whole else value


def _keep_multiple(match: re.Match[str]) -> str:
    word = match[2].lower()
    short = "Mrd" if word.startswith(("milliard", "billion")) else "Mio" if word.startswith("million") else "Tsd"
    return f"{match[1]}{short}"
