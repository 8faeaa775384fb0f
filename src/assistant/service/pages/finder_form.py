"""What a person entered in a finder, and the request that follows from it."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Literal, TypeVar

from pydantic import ValidationError

from assistant.domain.values import Language
from assistant.service.advice_wire import CompanyBody

Problem = Literal["empty", "refused"]
Names = Mapping[str, Mapping[str, Mapping[Language, str]]]
"""By field, then by key: what a choice is called."""
Body = TypeVar("Body", bound=CompanyBody)

_NUMBERS = frozenset({"employees", "turnover_eur", "amount_eur"})
_LISTS = frozenset({"goals"})
_LISTS_AS_TEXT = frozenset({"sectors"})
"""Entered as one text with commas."""
_YES_NO = {"true": True, "yes": True, "ja": True, "false": False, "no": False, "nein": False}
_GROUPING = re.compile(r"(?<=\d)[.,\s'](?=\d{3}(?!\d))")
"""1.200, 1,200 and 1 200 are one number."""
_DIGITS = re.compile(r"\d{1,15}", re.ASCII)


@dataclass(frozen=True, slots=True, kw_only=True)
class FinderForm:
    """The entries by the name of their field, as in the contract, and what is wrong with some of them."""

    values: Mapping[str, Sequence[str]] = field(default_factory=dict)
    problems: Mapping[str, Problem] = field(default_factory=dict)

    def one(self, name: str) -> str:
        """What was entered last in a field; empty where nothing was."""
        entered = self.values.get(name, ())
        return entered[-1] if entered else ""

    def many(self, name: str) -> Sequence[str]:
        """Everything that was chosen in a field."""
        return self.values.get(name, ())

    @property
    def has_details(self) -> bool:
        """Whether more than the description was entered."""
        return any(self.one(name).strip() for name in self.values if name not in ("description", "compare"))


def read_form(values: Mapping[str, Sequence[str]], names: Names) -> FinderForm:
    """The entries; an example that was chosen, and a question back that was answered, stand in their fields."""
    entered = {name: list(found) for name, found in values.items()}
    example, answer = (entered.pop(name, [""])[-1] for name in ("example", "answer"))
    if example:
        entered["description"] = [example]
    name, _, value = answer.partition("=")
    if value:
        key = _key_of(value, names.get(name, {}))
        entered[name] = [*entered.get(name, ()), key] if name in _LISTS else [key]
    return FinderForm(values=entered)


def read_request(form: FinderForm, body: type[Body], language: Language) -> tuple[Body | None, FinderForm]:
    """The request that a form makes; without one, the form says what is wrong in which field."""
    entries: dict[str, Any] = {"description": form.one("description").strip(), "language": language}
    for name in body.model_fields.keys() - entries.keys():
        entered = [value.strip() for value in form.many(name) if value.strip()]
        if entered:
            entries[name] = _value(name, entered)
    if not entries["description"]:
        return None, replace(form, problems={"description": "empty"})
    try:
        return body.model_validate(entries), form
    except ValidationError as exc:
        return None, replace(form, problems={str(error["loc"][0]): "refused" for error in exc.errors()})


def _value(name: str, entered: Sequence[str]) -> Any:
    """As the contract wants it; what cannot be read stays as it was entered, and is refused."""
    last = entered[-1]
    if name in _LISTS:
        return list(dict.fromkeys(entered))
    if name in _LISTS_AS_TEXT:
        return [part.strip() for part in last.split(",") if part.strip()]
    if name in _NUMBERS:
        digits = _GROUPING.sub("", last)
        return int(digits) if _DIGITS.fullmatch(digits) else last
    return _YES_NO.get(last.casefold(), last) if name == "in_hamburg" else last


def _key_of(text: str, names: Mapping[str, Mapping[Language, str]]) -> str:
    """The key of a choice that came back by its name; any other text as it is."""
    return next((key for key, called in names.items() if text in called.values()), text)
