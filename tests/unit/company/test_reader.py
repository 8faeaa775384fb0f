"""A description as a whole: what is understood, what fields change, what cannot be judged."""

from __future__ import annotations

from datetime import date

import pytest

from assistant.domain.company import Company, Request, Unclear
from assistant.service.parts import Advisers

DAY = date(2026, 11, 23)


def read(advisers: Advisers, description: str, **fields: object) -> Company:
    return advisers.understand(Request(description=description, on=DAY, **fields))  # type: ignore[arg-type]


def test_everything_is_taken_from_one_sentence(advisers: Advisers) -> None:
    company = read(advisers, "Wir bauen Sedierungsroboter, 12 Leute, seit letztem Jahr, Harburg, und suchen Partner.")
    assert [word.text for word in company.words] == ["Sedierungsroboter"]
    assert company.employees is not None and company.employees.exact == 12
    assert company.founded is not None and company.founded.text == "2025"
    assert company.in_hamburg and company.stage == "young" and company.goals == ("partners",)


def test_a_field_wins_over_the_description(advisers: Advisers) -> None:
    company = read(advisers, "Wir brauen Bier, 12 Leute, Hamburg.", employees=80, location="Lübeck", founded="2010")
    assert company.employees is not None and company.employees.exact == 80
    assert company.in_hamburg is False and company.stage == "established"


def test_a_corrected_branch_replaces_what_was_understood(advisers: Advisers) -> None:
    company = read(advisers, "Wir brauen Bier.", sectors=("Flugzeugbau",))
    assert [word.text for word in company.words] == ["Flugzeugbau"]


@pytest.mark.parametrize(
    ("code", "cluster"), [("30", "hamburg-aviation"), ("30.1", "maritimes-cluster-norddeutschland")]
)
def test_a_branch_may_be_given_by_its_code(advisers: Advisers, code: str, cluster: str) -> None:
    matches = advisers.match(read(advisers, "", language="de", sectors=(code,))).matches
    assert f"clusters/{cluster}" in [match.cluster_id for match in matches]


@pytest.mark.parametrize("goal", ["partners", "Partner und Kontakte", "partners and contacts", "Wir suchen Kontakte"])
def test_goals_are_understood_by_key_by_name_and_in_free_words(advisers: Advisers, goal: str) -> None:
    assert read(advisers, "Wir brauen Bier.", goals=(goal,)).goals == ("partners",)


def test_what_is_denied_does_not_count(advisers: Advisers) -> None:
    company = read(advisers, "Wir sind keine Reederei, sondern bauen Windparks.")
    assert "Reederei" not in [word.text for word in company.words]


def test_customers_are_told_from_what_a_company_is(advisers: Advisers) -> None:
    roles = {word.text: word.role for word in read(advisers, "Wir bauen Möbel für Schiffe.").words}
    assert roles == {"Möbel": "plain", "Schiffe": "customer"}


def test_the_end_of_a_word_for_people_is_no_trade(advisers: Advisers) -> None:
    names = [activity.name for activity in read(advisers, "Wir sind Maschinenbauer.").activities]
    assert not any("Ackerbau" in name for name in names)


@pytest.mark.parametrize(
    ("description", "unclear"),
    [
        ("", "empty"),
        ("Nous fabriquons des bateaux à voile depuis dix ans.", "other_language"),
        ("Es geht um die Müller Wind GmbH, die Schulze Pharma AG und die Meier Logistik KG.", "several_companies"),
        ("Wir bauen Windräder. Wir sind 5 Leute. Insgesamt haben wir 300 Mitarbeiter.", "contradiction"),
    ],
)
def test_what_cannot_be_judged_is_called_unclear(advisers: Advisers, description: str, unclear: Unclear) -> None:
    assert read(advisers, description).unclear == unclear


def test_a_field_settles_a_contradiction(advisers: Advisers) -> None:
    text = "Wir bauen Windräder. Wir sind 5 Leute. Insgesamt haben wir 300 Mitarbeiter."
    assert read(advisers, text, employees=300).unclear is None


def test_reading_twice_gives_the_same(advisers: Advisers) -> None:
    text = "We develop grid-scale battery storage and are based in Hamburg with 22 employees."
    assert read(advisers, text) == read(advisers, text)
