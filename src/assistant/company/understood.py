"""What was understood of a company, as a list to be shown and corrected."""

from __future__ import annotations

from collections.abc import Iterator

from assistant.company.names import GOAL_NAMES, PURPOSE_NAMES, STAGE_NAMES
from assistant.domain.company import Company, Range, Understood
from assistant.domain.values import Language

WORDS_SHOWN = 6
_LABELS: dict[str, dict[Language, str]] = {
    "sectors": {"de": "Tätigkeit", "en": "Activity"},
    "employees": {"de": "Beschäftigte", "en": "Employees"},
    "founded": {"de": "Gegründet", "en": "Founded"},
    "location": {"de": "Ort", "en": "Location"},
    "in_hamburg": {"de": "In Hamburg", "en": "In Hamburg"},
    "turnover_eur": {"de": "Jahresumsatz", "en": "Annual turnover"},
    "amount_eur": {"de": "Gesuchte Summe", "en": "Sum wanted"},
    "goals": {"de": "Ziele", "en": "Goals"},
    "purpose": {"de": "Zweck", "en": "Purpose"},
    "stage": {"de": "Stand", "en": "Stage"},
}
_WORDS: dict[str, dict[Language, str]] = {
    "yes": {"de": "ja", "en": "yes"},
    "no": {"de": "nein", "en": "no"},
    "planned": {"de": "geplant", "en": "planned"},
    "not_yet": {"de": "noch nicht", "en": "not yet"},
    "at_least": {"de": "mindestens {}", "en": "at least {}"},
    "at_most": {"de": "höchstens {}", "en": "at most {}"},
    "between": {"de": "{} bis {}", "en": "{} to {}"},
    "euros": {"de": "{} Euro", "en": "{} euros"},
}


def understood(company: Company) -> tuple[Understood, ...]:
    """All that was understood, in the order in which it is shown; what stayed open is left out."""
    language = company.language
    return tuple(
        Understood(field=field, label=_LABELS[field][language], value=value)
        for field, value in _values(company)
        if value
    )


def _values(company: Company) -> Iterator[tuple[str, str]]:
    language = company.language
    said = dict.fromkeys(word.text for word in company.words if word.role != "place")
    yield "sectors", ", ".join(list(said)[:WORDS_SHOWN])
    if company.employees is not None:
        yield "employees", _range(company.employees, language)
    if company.founded is not None:
        yield "founded", company.founded.text if company.founded.is_founded else _WORDS["not_yet"][language]
    if company.place is not None:
        yield "location", company.place.name
    if company.plans_hamburg:
        yield "in_hamburg", _WORDS["planned"][language]
    elif company.in_hamburg is not None:
        yield "in_hamburg", _WORDS["yes" if company.in_hamburg else "no"][language]
    if company.turnover_eur is not None:
        yield "turnover_eur", _WORDS["euros"][language].format(_range(company.turnover_eur, language))
    if company.amount_eur is not None:
        yield "amount_eur", _WORDS["euros"][language].format(_number(company.amount_eur, language))
    yield "goals", ", ".join(GOAL_NAMES[goal][language] for goal in company.goals)
    yield "purpose", ", ".join(PURPOSE_NAMES[purpose][language] for purpose in company.purposes)
    if company.stage is not None:
        yield "stage", STAGE_NAMES[company.stage][language]


def _range(value: Range, language: Language) -> str:
    if value.exact is not None:
        return _number(value.exact, language)
    if value.low is None or value.low == 0:
        return _WORDS["at_most"][language].format(_number(value.high or 0, language))
    if value.high is None:
        return _WORDS["at_least"][language].format(_number(value.low, language))
    return _WORDS["between"][language].format(_number(value.low, language), _number(value.high, language))


def _number(value: float, language: Language) -> str:
    text = f"{value:,.0f}"
    return text.replace(",", ".") if language == "de" else text
