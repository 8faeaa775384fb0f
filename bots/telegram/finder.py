"""The finders as dialogues: what to ask next, what was answered, one step back. Pure; decides nothing about matching.

The service says which answer would change its result most. The dialogue asks that one, sends everything again with the
answer, and so on, until nothing is left to ask, enough was asked, or the person wants to see the result.
"""

from __future__ import annotations

import re
import secrets
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from typing import Any, Literal

from bots.telegram.replies import Language, Query

Kind = Literal["cluster", "funding"]
MOST_QUESTIONS = 6
NUMBERS = frozenset({"employees", "turnover_eur", "amount_eur"})
LISTS = frozenset({"sectors", "goals"})
TRUTHS = frozenset({"in_hamburg"})
_GROUPED = re.compile(r"\d{1,3}(?:[.,]\d{3})+")
_NUMBER = re.compile(
    rf"({_GROUPED.pattern}|\d+(?:[.,]\d+)?)\s*(tsd|tausend|thousand|k\b|mio|million|m\b)?", re.IGNORECASE
)
_YEAR = r"(?P<year>(?:1[2-9]|20)\d{2})"
_MONTHS = ("jan", "feb", "mär|mar|maer", "apr", "mai|may", "jun", "jul", "aug", "sep", "okt|oct", "nov", "dez|dec")
_DATES = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        rf"\b(?P<day>\d{{1,2}})[./](?P<month>\d{{1,2}})[./]{_YEAR}\b",
        rf"\b{_YEAR}-(?P<month>\d{{1,2}})(?:-(?P<day>\d{{1,2}}))?\b",
        rf"(?:\b(?P<day>\d{{1,2}})\.?\s+)?\b(?P<name>{'|'.join(_MONTHS)})[a-zä]*\.?\s+{_YEAR}\b",
        rf"\b(?P<month>\d{{1,2}})[./]{_YEAR}\b",
        rf"\b{_YEAR}\b",
    )
)
_SCALES = {"tsd": 1_000, "tausend": 1_000, "thousand": 1_000, "k": 1_000, "mio": 1_000_000, "million": 1_000_000, "m": 1_000_000}  # fmt: skip
_YES = re.compile(r"\s*(ja|yes|j|y|klar|genau|stimmt)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Given:
    """One question with its answer; None stands for skipped."""

    field: str
    question: str
    answer: str | None
    options: Sequence[str] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Finder:
    """A finder that is going on."""

    id: str
    kind: Kind
    language: Language
    description: str | None = None
    given: tuple[Given, ...] = ()
    asked: Query | None = None
    """The question on the screen; None while the description is wanted."""

    @property
    def step(self) -> str:
        """Changes with every question, so that a button of an earlier one is known to be old."""
        return f"{self.id}{len(self.given) + (self.asked is not None)}"

    def described(self, text: str) -> Finder:
        """With the description."""
        return replace(self, description=text, given=(), asked=None)

    def asking(self, query: Query) -> Finder:
        """With a question on the screen."""
        return replace(self, asked=query)

    def answered(self, answer: str | None) -> Finder:
        """With an answer to the question on the screen; None skips it."""
        assert self.asked is not None, "only what was asked is answered"
        given = Given(
            field=self.asked.field, question=self.asked.text, answer=answer, options=tuple(self.asked.options)
        )
        return replace(self, given=(*self.given, given), asked=None)

    def gone_back(self) -> Finder:
        """One question back; from the first one to the description."""
        if not self.given:
            return replace(self, description=None, asked=None)
        last = self.given[-1]
        query = Query(field=last.field, text=last.question, options=last.options)
        return replace(self, given=self.given[:-1], asked=query)

    def next_query(self, queries: Sequence[Query]) -> Query | None:
        """The first question not asked yet, while there is room for one."""
        if len(self.given) >= MOST_QUESTIONS:
            return None
        asked = {given.field for given in self.given}
        return next((query for query in queries if query.field not in asked), None)

    def body(self) -> dict[str, Any]:
        """The request to the service."""
        body: dict[str, Any] = {"description": self.description or "", "language": self.language}
        for given in self.given:
            if given.answer is not None and given.field == "description":
                body["description"] += f"\n{given.answer}"
            elif given.answer is not None:
                body[given.field] = value_of(given.field, given.answer)
        return body

    def body_in_words(self) -> dict[str, Any]:
        """The same with the answers written behind the description, for a service that takes an answer only so."""
        said = [f"{given.question} {given.answer}" for given in self.given if given.answer is not None]
        return {"description": "\n".join([self.description or "", *said]), "language": self.language}

    def stored(self) -> dict[str, Any]:
        """As JSON."""
        return asdict(self)


def begin(kind: Kind, language: Language) -> Finder:
    """A new dialogue."""
    return Finder(id=secrets.token_hex(3), kind=kind, language=language)


def restored(stored: Mapping[str, Any]) -> Finder:
    """The dialogue that was stored."""
    asked = stored["asked"]
    return Finder(
        **{
            **stored,
            "given": tuple(Given(**given) for given in stored["given"]),
            "asked": Query(**asked) if asked else None,
        }
    )


def fits_field(field: str, answer: str) -> bool:
    """Whether the answer can be sent: where a number or a date is wanted, it must hold one."""
    if field == "founded":
        return date_in(answer) is not None
    return field not in NUMBERS or _NUMBER.search(answer) is not None


def wanted(field: str) -> str:
    """Name of the text that says what is wanted for a field."""
    return "date_wanted" if field == "founded" else "number_wanted"


def value_of(field: str, answer: str) -> Any:
    """The answer in the type of its field."""
    if field == "founded":
        return date_in(answer)
    if field in NUMBERS:
        return number_in(answer)
    if field in TRUTHS:
        return _YES.match(answer) is not None
    if field in LISTS:
        return [answer]
    return answer


def date_in(answer: str) -> str | None:
    """The first date of an answer as far as it goes, 2024, 2024-05, 2024-05-13; None when there is none."""
    for pattern in _DATES:
        match = pattern.search(answer)
        if match is None:
            continue
        found = match.groupdict()
        month = found.get("month") or _month_of(found.get("name"))
        parts = [found["year"], month, found.get("day")] if month else [found["year"]]
        return "-".join(part.zfill(2) for part in parts if part)
    return None


def _month_of(name: str | None) -> str | None:
    if name is None:
        return None
    return next(str(n) for n, spellings in enumerate(_MONTHS, start=1) if name.lower() in spellings.split("|"))


def number_in(answer: str) -> int:
    """The first number of an answer: 14, 1.500, 2,5 Mio.

    Raises:
        ValueError: If there is none.
    """
    match = _NUMBER.search(answer)
    if match is None:
        raise ValueError(f"no number in {answer!r}")
    digits, scale = match[1], _SCALES.get((match[2] or "").lower(), 1)
    if _GROUPED.fullmatch(digits):
        return int(re.sub(r"[.,]", "", digits)) * scale
    return int(float(digits.replace(",", ".")) * scale)
