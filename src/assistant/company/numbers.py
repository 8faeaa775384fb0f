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
    (r"\ba year and a half\b", "1.5 years"),
)
_ONES = {
    "ein": 1, "zwei": 2, "drei": 3, "vier": 4, "fünf": 5, "sechs": 6, "sieben": 7, "acht": 8, "neun": 9, "zehn": 10, "elf": 11, "zwölf": 12,
    "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10,
}  # fmt: skip
_HALVES = re.compile(
    rf"\b(?P<de>{'|'.join(_ONES)})einhalb\b|\banderthalb\b|\b(?P<en>{'|'.join(_ONES)}) and a half\b", re.IGNORECASE
)
_PARTS_OF_A_MILLION = tuple(
    (re.compile(pattern, re.IGNORECASE), hundredths)
    for pattern, hundredths in (
        (r"\b(?:ein(?:e[rn]?)? )?drei ?viertel-? ?(?:million|mio\b\.?)|\bthree quarters of a million", "75"),
        (r"\b(?:ein(?:e[rn]?)? )?viertel-? ?(?:million|mio\b\.?)|\b(?:a )?quarter (?:of a )?million", "25"),
        (r"\b(?:ein(?:e[rn]?)? )?halben? (?:million|mio\b\.?)|\bhalf a million|\b(?:a )?half million", "5"),
    )
)


def with_digits(text: str, language: Language) -> str:
    """A text, folded, in which numbers and fractions written as words stand in digits; single "ein" and "one" stay."""
    spelt = re.sub("fuenf|zwoelf|dreissig", lambda m: _WRITTEN[m[0].lower()], text, flags=re.IGNORECASE)
    mark = "," if language == "de" else "."
    spelt = _HALVES.sub(lambda m: f"{_ONES[(m['de'] or m['en'] or 'ein').lower()]}{mark}5", spelt)
    for pattern, hundredths in _PARTS_OF_A_MILLION:
        spelt = pattern.sub(f"0{mark}{hundredths} Mio", spelt)
    spelt = _MULTIPLE.sub(_keep_multiple, spelt)
    folded = fold(alpha2digit(spelt, language, threshold=1.5))
    for words, digits in _DOZEN:
        folded = re.sub(words, digits, folded)
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
