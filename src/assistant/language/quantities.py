"""Amounts, rates, dates, sections and addresses in a text, in one form for German and English."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from assistant.domain.values import Language

QuantityKind = Literal["money", "percent", "date", "year", "section", "duration", "number", "email", "phone", "url"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Quantity:
    """One figure; `value` compares across languages and spellings."""

    kind: QuantityKind
    value: str
    start: int
    end: int


_MONTHS = {
    "januar": 1, "january": 1, "jan": 1, "februar": 2, "february": 2, "feb": 2, "märz": 3, "maerz": 3, "march": 3, "mar": 3, "april": 4, "apr": 4, "mai": 5, "may": 5,
    "juni": 6, "june": 6, "jun": 6, "juli": 7, "july": 7, "jul": 7, "august": 8, "aug": 8, "september": 9, "sept": 9, "sep": 9, "oktober": 10, "october": 10, "okt": 10,
    "oct": 10, "november": 11, "nov": 11, "dezember": 12, "december": 12, "dez": 12, "dec": 12,
}  # fmt: skip
_WORDS = {
    "zwei": 2, "two": 2, "drei": 3, "three": 3, "vier": 4, "four": 4, "fünf": 5, "five": 5, "sechs": 6, "six": 6, "sieben": 7, "seven": 7, "acht": 8, "eight": 8, "neun": 9,
    "nine": 9, "zehn": 10, "ten": 10, "elf": 11, "eleven": 11, "zwölf": 12, "twelve": 12, "ein": 1, "eine": 1, "einem": 1, "einen": 1, "eines": 1, "einer": 1, "one": 1, "a": 1,
    "fünfzehn": 15, "fifteen": 15, "achtzehn": 18, "eighteen": 18, "zwanzig": 20, "twenty": 20, "dreißig": 30, "thirty": 30,
}  # fmt: skip
_MULTIPLES = {
    "tausend": 3, "tsd": 3, "thousand": 3, "k": 3, "million": 6, "millionen": 6, "mio": 6, "m": 6, "milliarde": 9, "milliarden": 9, "mrd": 9, "billion": 9, "bn": 9,
}  # fmt: skip
_UNITS = {
    "tag": "day", "tage": "day", "tagen": "day", "day": "day", "days": "day", "woche": "week", "wochen": "week", "week": "week", "weeks": "week", "monat": "month",
    "monate": "month", "monaten": "month", "monats": "month", "month": "month", "months": "month", "jahr": "year", "jahre": "year", "jahren": "year", "jahres": "year",
    "year": "year", "years": "year",
}  # fmt: skip
_MONTH = r"(?:Januar|January|Februar|February|März|Maerz|March|April|Mai|May|Juni|June|Juli|July|August|September|Oktober|October|November|Dezember|December|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept|Sep|Okt|Oct|Nov|Dez|Dec)"
_N = r"\d{1,3}(?:[.,\u00a0\u202f ]\d{3})+(?:[.,]\d{1,2})?(?!\d)|\d+(?:[.,]\d+)?"
_MULT = r"(?:Tausend|tausend|Tsd\.?|thousand|Millionen|Million|million|millionen|Mio\.?|Milliarden|Milliarde|Mrd\.?|billion|bn|[km](?=\b))"
_WORD = "|".join(sorted((w for w in _WORDS if w != "a"), key=len, reverse=True))
_UNIT = "|".join(sorted(_UNITS, key=len, reverse=True))
_RANGE = r"\s*(?:bis(?: zu)?|to|und|and|–|-|—)\s*"
_PATTERN = re.compile(
    rf"(?P<email>[\w.+-]+@[\w-]+(?:\.[\w-]+)+)"
    rf"|(?P<url>\b(?:https?://\S+?(?=[.,;:)]*(?:\s|$))|www\.[\w.-]+[\w](?:/\S*?(?=[.,;:)]*(?:\s|$)))?|(?<![\w@])[a-z0-9-]+(?:\.[a-z0-9-]+)*\.(?:de|com|hamburg|eu|org|net)\b(?:/[\w./-]*\w)?))"
    rf"|(?P<phone>(?:\+49|0049)[ \d()/-]{{6,}}\d|\b0\d{{2,4}}[ /-]\d[\d /-]{{4,}}\d)"
    rf"|(?P<section>§+\s*\d+[a-z]?|\b(?:Art|Artikel|Article|Abs|Absatz|Nr|Ziffer|Section|Para)\b\.?\s*\d+[a-z]?\b)"
    rf"|(?P<iso>\b\d{{4}}-\d{{2}}-\d{{2}}\b)|(?P<dotted>\b\d{{1,2}}\.\s?\d{{1,2}}\.\s?\d{{4}}\b)"
    rf"|(?P<dmy>\b\d{{1,2}}(?:\.|st|nd|rd|th)?\s+{_MONTH}\.?(?:\s+|,\s*)\d{{4}}\b)|(?P<mdy>\b{_MONTH}\.?\s+\d{{1,2}}(?:st|nd|rd|th)?,?\s+\d{{4}}\b)"
    rf"|(?P<dm>\b\d{{1,2}}\.?\s+{_MONTH}\b)|(?P<md>\b{_MONTH}\s+\d{{1,2}}\b(?!\d|[.,]\d))|(?P<my>\b{_MONTH}\.?\s+\d{{4}}\b)"
    rf"|(?P<money>(?:EUR|€)\s?(?:(?P<m0>{_N}){_RANGE}(?:EUR|€)?\s?)?(?P<m1>{_N})(?:\s*(?P<mm1>{_MULT}))?|(?:(?P<m2>{_N})(?:\s*(?P<mm2>{_MULT}))?{_RANGE})?(?P<m3>{_N})(?:\s*(?P<mm3>{_MULT}))?\s?(?:Euro|EUR|euros?|€))"
    rf"|(?P<percent>(?:(?P<p1>{_N})\s*(?:Prozent|percent|%)?{_RANGE})?(?P<p2>{_N})[\s\u00a0-]?(?:Prozentpunkte?n?|percentage points?|Prozent|per\s?cent|%))"
    rf"|(?P<duration>\b(?:(?P<d1>\d+|{_WORD}){_RANGE})?(?P<d2>\d+(?:[.,]\d+)?|{_WORD})[\s-]+(?:full |volle |weitere |further )?(?P<du>{_UNIT})\b)"
    rf"|(?P<year>\b(?:18|19|20)\d{{2}}\b(?!\s*/\s*\d{{3,}}|[.,]\d))"
    rf"|(?P<number>(?<![\w.,/-])(?:{_N})(?:\s*(?:{_MULT}))?(?![\w/]))|(?P<word>\b(?:{'|'.join(w for w in sorted(_WORDS, key=len, reverse=True) if _WORDS[w] > 1)})\b)",
    re.IGNORECASE,
)


def quantities(text: str, language: Language | None = None) -> list[Quantity]:
    """All figures of a text, in order; a range gives both ends.

    `language` settles what "1.500" means; without it, three digits behind a mark are thousands.
    """
    found: list[Quantity] = []
    for match in _PATTERN.finditer(text):
        for kind, value in _read(match, language):
            found.append(Quantity(kind=kind, value=value, start=match.start(), end=match.end()))
    return found


def without_quantities(text: str) -> str:
    """The text with every figure and its unit left out."""
    rest: list[str] = []
    position = 0
    for quantity in quantities(text):
        if quantity.start >= position:
            rest.append(text[position : quantity.start])
            position = quantity.end
    return " ".join([*rest, text[position:]])


def _read(match: re.Match[str], language: Language | None) -> list[tuple[QuantityKind, str]]:
    name = next(
        key
        for key in (
            "email",
            "url",
            "phone",
            "section",
            "iso",
            "dotted",
            "dmy",
            "mdy",
            "dm",
            "md",
            "my",
            "money",
            "percent",
            "duration",
            "year",
            "number",
            "word",
        )
        if match[key]
    )
    raw = match[name]
    match name:
        case "email":
            return [("email", raw.lower())]
        case "url":
            return [("url", re.sub(r"^https?://(www\.)?|^www\.", "", raw.lower()).rstrip("/"))]
        case "phone":
            digits = re.sub(r"\D", "", raw.replace("(0)", ""))
            return [("phone", re.sub(r"^(?:0049|49|0)", "", digits))]
        case "section":
            word = raw.lower()
            sign = (
                "§"
                if word.startswith("§")
                else "art"
                if word.startswith("art")
                else "abs"
                if word.startswith(("abs", "para"))
                else "nr"
            )
            return [("section", sign + re.sub(r"^\D+", "", word))]
        case "iso":
            return [("date", raw)]
        case "dotted":
            day, month, year = (int(part) for part in raw.replace(" ", "").split("."))
            return [("date", f"{year:04d}-{month:02d}-{day:02d}")]
        case "dmy" | "mdy" | "dm" | "md" | "my":
            return [("date", _read_date(raw))]
        case "money":
            return _read_money(match, language)
        case "percent":
            return [("percent", _number(part, language)) for part in (match["p1"], match["p2"]) if part]
        case "duration":
            unit = _UNITS[match["du"].lower()]
            return [("duration", f"{_count(part, language)} {unit}") for part in (match["d1"], match["d2"]) if part]
        case "year":
            return [("year", raw)]
        case "number":
            split = re.match(rf"({_N})\s*({_MULT})?", raw, re.IGNORECASE)
            assert split is not None, "the pattern is part of the one that matched"
            return [("number", _number(split[1], language, split[2]))]
        case _:
            return [("number", str(_WORDS[raw.lower()]))]


def _read_money(match: re.Match[str], language: Language | None) -> list[tuple[QuantityKind, str]]:
    pairs = [
        (match["m0"], match["mm1"]),
        (match["m1"], match["mm1"]),
        (match["m2"], match["mm2"] or match["mm3"]),
        (match["m3"], match["mm3"]),
    ]
    return [("money", f"{_number(raw, language, multiple)} EUR") for raw, multiple in pairs if raw]


def _read_date(raw: str) -> str:
    month = next(_MONTHS[word.lower()] for word in re.findall(r"[A-Za-zäÄ]+", raw) if word.lower() in _MONTHS)
    figures = [int(figure) for figure in re.findall(r"\d+", raw)]
    year = next((f for f in figures if f > 31), None)
    day = next((f for f in figures if f <= 31), None)
    parts = [f"{year:04d}" if year else "----", f"{month:02d}", *([f"{day:02d}"] if day else [])]
    return "-".join(parts)


def _count(raw: str, language: Language | None) -> str:
    return str(_WORDS[raw.lower()]) if raw.lower() in _WORDS else _number(raw, language)


def _number(raw: str, language: Language | None, multiple: str | None = None) -> str:
    """A figure without thousands marks, with a point before decimals and without trailing zeros."""
    text = re.sub(r"[\u00a0\u202f ]", "", raw)
    marks = re.findall(r"[.,]", text)
    if len(set(marks)) == 2:
        text = text.replace(".", "").replace(",", ".") if text.rfind(",") > text.rfind(".") else text.replace(",", "")
    elif marks:
        thousands = len(marks) > 1 or len(text) - text.rfind(marks[0]) - 1 == 3
        if thousands and language == "de" and marks[0] == "," and len(marks) == 1:
            thousands = False
        if thousands and language == "en" and marks[0] == "." and len(marks) == 1:
            thousands = False
        if thousands and multiple:
            thousands = False
        text = text.replace(marks[0], "" if thousands else ".")
    value = Decimal(text)
    if multiple:
        value *= Decimal(10) ** _MULTIPLES[multiple.lower().rstrip(".")]
    return format(value.normalize(), "f")
