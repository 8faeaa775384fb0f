"""The finders as dialogues, without Telegram and without the service."""

from __future__ import annotations

import json
from typing import Any

import pytest

from bots.telegram.finder import MOST_QUESTIONS, Finder, begin, fits_field, restored, value_of
from bots.telegram.replies import Query

STAFF = Query(field="employees", text="Wie viele sind Sie?")
PLACE = Query(field="location", text="Wo?", options=("Hamburg", "Woanders"))


def described() -> Finder:
    return begin("cluster", "de").described("Wir bauen Windräder.")


def test_an_answer_is_sent_in_the_field_that_was_asked_for() -> None:
    finder = described().asking(STAFF).answered("14 Leute").asking(PLACE).answered("Hamburg")
    assert finder.body() == {
        "description": "Wir bauen Windräder.",
        "language": "de",
        "employees": 14,
        "location": "Hamburg",
    }


def test_what_was_skipped_is_neither_sent_nor_asked_again() -> None:
    finder = described().asking(STAFF).answered(None)
    assert finder.body() == {"description": "Wir bauen Windräder.", "language": "de"}
    assert finder.next_query([STAFF, PLACE]) == PLACE


def test_going_back_asks_the_same_again_and_takes_the_answer_back() -> None:
    finder = described().asking(STAFF).answered("14").asking(PLACE)
    back = finder.gone_back()
    assert back.asked == STAFF
    assert "employees" not in back.body()
    assert back.gone_back().description is None, "from the first question to the description"


def test_no_more_is_asked_than_people_put_up_with() -> None:
    finder = described()
    for number in range(MOST_QUESTIONS):
        finder = finder.asking(Query(field=f"f{number}", text="?")).answered("x")
    assert finder.next_query([PLACE]) is None


def test_a_dialogue_survives_being_stored() -> None:
    finder = described().asking(PLACE).answered("Hamburg").asking(STAFF)
    again = restored(json.loads(json.dumps(finder.stored())))
    assert again.gone_back().body() == finder.gone_back().body()
    assert again.step == finder.step
    assert again.asked is not None and again.asked.text == STAFF.text


def test_every_question_has_a_step_of_its_own_so_that_old_buttons_are_known() -> None:
    first = described().asking(STAFF)
    second = first.answered("3").asking(PLACE)
    assert len({described().step, first.step, second.step}) == 3


def test_answers_can_be_sent_in_words_instead() -> None:
    finder = described().asking(PLACE).answered("Hamburg").asking(STAFF).answered(None)
    assert finder.body_in_words() == {"description": "Wir bauen Windräder.\nWo? Hamburg", "language": "de"}


@pytest.mark.parametrize(
    ("field", "answer", "value"),
    [
        ("employees", "14", 14),
        ("employees", "etwa 1.500 Leute", 1500),
        ("turnover_eur", "2,5 Mio. Euro", 2_500_000),
        ("turnover_eur", "800 Tsd", 800_000),
        ("turnover_eur", "1,200,000", 1_200_000),
        ("amount_eur", "50.000 €", 50_000),
        ("founded", "2024", "2024"),
        ("founded", "im März 2024", "2024-03"),
        ("founded", "am 3. Mai 2024", "2024-05-03"),
        ("founded", "13.5.2024", "2024-05-13"),
        ("founded", "since May 2024", "2024-05"),
        ("founded", "05/2024", "2024-05"),
        ("founded", "2024-05-13", "2024-05-13"),
        ("in_hamburg", "Ja", True),
        ("in_hamburg", "Nein", False),
        ("sectors", "Windkraft", ["Windkraft"]),
        ("location", "Harburg", "Harburg"),
    ],
)
def test_an_answer_becomes_the_type_of_its_field(field: str, answer: str, value: Any) -> None:
    assert value_of(field, answer) == value


def test_a_second_description_is_added_to_the_first() -> None:
    finder = described().asking(Query(field="description", text="Für wen?")).answered("Für Werften.")
    assert finder.body()["description"] == "Wir bauen Windräder.\nFür Werften."


def test_a_number_is_asked_for_again_when_none_was_given() -> None:
    assert not fits_field("employees", "ein paar")
    assert fits_field("employees", "wir sind 5")
    assert fits_field("location", "ein paar")
    assert not fits_field("founded", "schon länger")
    assert fits_field("founded", "seit 1998")
