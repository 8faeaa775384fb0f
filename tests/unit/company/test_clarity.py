"""What is no description of one company."""

from __future__ import annotations

import pytest

from assistant.company.clarity import companies_named, is_other_language, is_verse


def test_verse_is_told_from_prose() -> None:
    assert is_verse(
        "Der Nebel zieht vom Elbstrand fort,\ndas Boot liegt still an seinem Ort,\nein Lied erklingt im Abendschein,\nund jeder möchte glücklich sein."
    )
    assert not is_verse("Wir bauen Boote.\nWir reparieren Motoren.\nWir sind zwölf Leute.\nUnser Sitz ist Hamburg.")


@pytest.mark.parametrize(
    "text",
    [
        "Nous fabriquons des bateaux à voile depuis dix ans.",
        "Fabricamos piezas para aviones en Hamburgo desde hace años.",
    ],
)
def test_other_languages_are_recognised(text: str) -> None:
    assert is_other_language(text)


def test_several_companies_are_named() -> None:
    assert (
        len(companies_named("Es geht um die Müller Wind GmbH, die Schulze Pharma AG und die Meier Logistik KG.")) == 3
    )


def test_customers_are_not_further_companies() -> None:
    assert not companies_named("Die Müller Wind GmbH liefert an die Schulze Pharma AG.")
