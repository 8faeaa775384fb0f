"""Where a company is, and where only its customers are."""

from __future__ import annotations

import pytest

from assistant.company.places import Gazetteer, read_places

GAZETTEER = Gazetteer.load()


@pytest.mark.parametrize(
    ("text", "in_hamburg"),
    [
        ("Wir sitzen in Harburg.", True),
        ("Hamburger Start-up", True),
        ("based in Hamburg", True),
        ("Unser Sitz ist in Lübeck.", False),
        ("Sitz in München, Kunden in Hamburg", False),
        ("Wir sind nicht in Hamburg.", False),
        ("Metropolregion Hamburg", None),
        ("Wir bauen Boote.", None),
        ("Zehn Leute, Husum und Hamburg", True),
        ("Sitz in Kiel, Kunden in Berlin und Hamburg", False),
        ("Wir sind kein Hamburger Unternehmen, sondern aus Rostock.", False),
        ("Bäckerei in der Schanze", True),
        ("Wir sitzen in Lüneburg, eine Niederlassung in Hamburg haben wir nicht.", False),
        ("Wir sitzen in Kassel und haben in Hamburg nichts.", False),
        ("Wir sind von Hamburg nach Stade gezogen.", False),
        ("Wir sind von Bremen nach Hamburg gezogen.", True),
        ("We are a company from Hamburg.", True),
        ("We ship goods from Hamburg to Copenhagen, based in Kiel.", False),
    ],
)
def test_whether_a_company_is_in_hamburg(text: str, in_hamburg: bool | None) -> None:
    assert read_places(text, GAZETTEER).in_hamburg is in_hamburg


def test_a_move_that_is_planned_is_no_seat() -> None:
    found = read_places("Wir bauen Flugzeugküchen in Dresden und wollen nach Hamburg umziehen.", GAZETTEER)
    assert found.plans_hamburg and found.place is not None and found.place.name == "Dresden"


def test_food_is_no_place() -> None:
    assert read_places("Wir braten Hamburger und Pommes.", GAZETTEER).place is None


def test_two_seats_contradict_each_other() -> None:
    assert read_places("Unser Sitz ist in Hamburg. Unser Sitz ist in Berlin.", GAZETTEER).contradicting == (
        "Hamburg",
        "Berlin",
    )


@pytest.mark.parametrize("name", ["Hamburger Umland", "near Hamburg", "Woanders", "Elsewhere", "Schleswig-Holstein"])
def test_every_offered_answer_is_known(name: str) -> None:
    assert GAZETTEER.lookup(name) is not None
