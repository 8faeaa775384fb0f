"""The fact sheets' format: read line by line, and every mistake named with its line."""

from __future__ import annotations

import textwrap
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from assistant.ingest.fact_sheet import (
    FactSheetError,
    FrontMatter,
    Line,
    check_marks,
    first_day,
    last_day,
    read_lines,
    split_front_matter,
)
from tests.unit.ingest.make import SHEET

SOUP = st.text(max_size=200) | st.text(alphabet="-#[]{}1a. :\n\"'&*!|>", max_size=120)


def front(**changes: Any) -> FrontMatter:
    data, _, _ = split_front_matter(SHEET)
    return FrontMatter.model_validate({**data, **changes})


def test_a_sheet_is_split_into_front_matter_and_body_with_its_line() -> None:
    data, body, first_line = split_front_matter(SHEET)
    assert data["id"] == "funding/probe"
    assert SHEET.splitlines()[first_line - 1 :] == body.splitlines()


def test_lines_lose_their_marks_and_keep_sources_and_labels() -> None:
    body = "## Wie viel?\nEin Satz. [1] {#betrag}\n\n- Ein Punkt. [2][10]"
    assert read_lines(body, first_line=7) == [
        Line(number=7, kind="heading", text="Wie viel?", level=2),
        Line(number=8, kind="sentence", text="Ein Satz.", sources=(0,), label="betrag"),
        Line(number=9, kind="blank", text=""),
        Line(number=10, kind="item", text="Ein Punkt.", sources=(1, 9)),
    ]


@pytest.mark.parametrize(
    ("body", "message"),
    [
        pytest.param("Ein Satz. [1]\nEin Satz ohne Quelle.", "line 2: sentence without a source mark", id="no mark"),
        pytest.param("Ein Satz. {#betrag} [1]\nText {#a}", "line 2", id="label before the mark"),
        pytest.param("[1]", "line 1: source mark without a sentence", id="no sentence"),
        pytest.param("\n- [1][2] {#a}", "line 2: source mark without a sentence", id="no item"),
    ],
)
def test_a_broken_line_is_named(body: str, message: str) -> None:
    with pytest.raises(FactSheetError, match=message):
        read_lines(body)


@pytest.mark.parametrize(
    ("raw", "message"),
    [
        pytest.param("", "must begin with", id="empty"),
        pytest.param("## Titel", "must begin with", id="none"),
        pytest.param("---\nid: a\n", "no closing", id="unclosed"),
        pytest.param("---\nid: [a\n---\n", "no valid YAML", id="no YAML"),
        pytest.param("---\nchecked: 2026-13-40\n---\n", "no valid YAML", id="a day no calendar has"),
        pytest.param("---\nx: !!timestamp y\n---\n", "no valid YAML", id="broken tag"),
        pytest.param("---\n- a\n---\n", "must be a mapping", id="list"),
    ],
)
def test_a_broken_front_matter_says_why(raw: str, message: str) -> None:
    with pytest.raises(FactSheetError, match=message):
        split_front_matter(raw)


@pytest.mark.parametrize(
    ("changes", "where"),
    [
        pytest.param({"colour": "red"}, "colour", id="unknown key"),
        pytest.param({"status": "maybe"}, "status", id="unknown status"),
        pytest.param({"valid_until": "2026-02-30"}, "valid_until", id="a day no calendar has"),
        pytest.param({"valid_from": "2026-13"}, "valid_from", id="a month no calendar has"),
        pytest.param({"valid_from": "bald"}, "valid_from", id="no date"),
        pytest.param({"sources": []}, "sources", id="no source"),
        pytest.param({"id": "funding/Groß"}, "id", id="capitals in the id"),
    ],
)
def test_a_wrong_entry_is_named(changes: dict[str, Any], where: str) -> None:
    with pytest.raises(ValidationError) as caught:
        front(**changes)
    assert caught.value.errors()[0]["loc"][0] == where


@pytest.mark.parametrize(
    ("written", "read", "first", "last"),
    [
        pytest.param("2026", "2026", date(2026, 1, 1), date(2026, 12, 31), id="year"),
        pytest.param("2024-02", "2024-02", date(2024, 2, 1), date(2024, 2, 29), id="month of a leap year"),
        pytest.param("2026-11-23", "2026-11-23", date(2026, 11, 23), date(2026, 11, 23), id="day"),
    ],
)
def test_dates_may_be_known_in_part(written: str, read: str, first: date, last: date) -> None:
    sheet = textwrap.dedent(f"---\nday: {written}\n---\n")
    partial = front(valid_from=split_front_matter(sheet)[0]["day"]).valid_from
    assert partial == read
    assert (first_day(partial), last_day(partial)) == (first, last)


def test_an_unknown_date_stays_unknown() -> None:
    assert first_day(None) is None and last_day(None) is None


@pytest.mark.parametrize("mark", ["[0]", "[3]", "[1][99]"])
def test_a_mark_without_source_is_refused(mark: str) -> None:
    with pytest.raises(FactSheetError, match=r"line 9: mark \[\d+\] has no source"):
        check_marks(read_lines(f"Ein Satz. {mark}", first_line=9), front())


@given(SOUP)
def test_any_body_is_read_or_refused(body: str) -> None:
    try:
        lines = read_lines(body)
    except FactSheetError:
        return
    assert len(lines) == len(body.splitlines())
    assert all(line.text for line in lines if line.kind != "blank")


@given(SOUP | SOUP.map("---\n{}\n---\n".format))
def test_any_front_matter_is_read_or_refused(raw: str) -> None:
    try:
        data, _, _ = split_front_matter(raw)
    except FactSheetError:
        return
    assert isinstance(data, dict)
