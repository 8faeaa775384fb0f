"""What a person enters in a finder becomes a request, or a sentence on what is wrong."""

from __future__ import annotations

from typing import Any

import pytest

from assistant.service.advice_wire import FundingBody, MatchBody
from assistant.service.pages.finder_form import FinderForm, read_form, read_request

NAMES = {
    "goals": {"partners": {"de": "Partner", "en": "partners"}},
    "purpose": {"games": {"de": "Spiel", "en": "game"}},
}


def form(**values: str | list[str]) -> FinderForm:
    return read_form({name: [value] if isinstance(value, str) else value for name, value in values.items()}, NAMES)  # type: ignore[arg-type]


@pytest.mark.parametrize("text", ["1200", " 1.200 ", "1,200", "1 200", "1\u00a0200"])
def test_a_number_is_read_however_its_thousands_are_set_apart(text: str) -> None:
    body, _ = read_request(form(description="Werft", employees=text), MatchBody, "de")
    assert body is not None and body.employees == 1200


@pytest.mark.parametrize(
    ("field", "text"), [("employees", "viele"), ("employees", "12,5"), ("founded", "März"), ("founded", "3021")]
)
def test_what_cannot_be_read_is_named_and_nothing_is_asked(field: str, text: str) -> None:
    body, checked = read_request(form(description="Werft", **{field: text}), MatchBody, "de")
    assert body is None
    assert checked.problems == {field: "refused"}
    assert checked.one(field) == text


def test_without_a_description_nothing_is_asked() -> None:
    body, checked = read_request(form(description="  ", employees="3"), MatchBody, "de")
    assert body is None and checked.problems == {"description": "empty"}


def test_an_answer_to_a_question_back_stands_in_its_field_by_its_key() -> None:
    filled = form(description="Werft", goals=["export"], answer="goals=Partner")
    body, _ = read_request(filled, MatchBody, "de")
    assert body is not None and body.goals == ["export", "partners"]
    assert form(description="Werft", location="Kiel", answer="location=Hamburg").one("location") == "Hamburg"


@pytest.mark.parametrize(("text", "meant"), [("true", True), ("Ja", True), ("no", False), ("Nein", False)])
def test_yes_and_no_are_understood(text: str, meant: bool) -> None:
    body, _ = read_request(form(description="Werft", in_hamburg=text), FundingBody, "de")
    assert body is not None and body.in_hamburg is meant


def test_activities_are_listed_with_commas() -> None:
    body, _ = read_request(form(description="Werft", sectors="Schiffbau, Reparatur ,"), MatchBody, "de")
    assert body is not None and body.sectors == ["Schiffbau", "Reparatur"]


def test_an_example_replaces_the_description() -> None:
    assert form(description="alt", example="neu").one("description") == "neu"


def test_a_form_says_whether_more_than_the_description_was_entered() -> None:
    assert not form(description="Werft", compare=["a"], employees=" ").has_details
    assert form(description="Werft", employees="3").has_details


def test_fields_of_the_other_finder_are_left_out() -> None:
    values: Any = {"description": "Werft", "turnover_eur": "100", "goals": "partners"}
    body, _ = read_request(form(**values), FundingBody, "en")
    assert body is not None and (body.turnover_eur, body.language) == (100, "en")
