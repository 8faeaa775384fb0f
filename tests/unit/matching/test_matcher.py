"""Which cluster fits, over the project's own sheets."""

from __future__ import annotations

from datetime import date

import pytest

from assistant.domain.advice import ClusterMatch, Criterion, MatchAdvice
from assistant.domain.company import Request
from assistant.matching.texts import PLACES
from assistant.service.parts import Advisers

DAY = date(2026, 11, 23)


def advise(advisers: Advisers, description: str, **fields: object) -> MatchAdvice:
    return advisers.match(advisers.understand(Request(description=description, on=DAY, **fields)))  # type: ignore[arg-type]


def criterion(match: ClusterMatch, name: str) -> Criterion:
    return next(c for c in match.criteria if c.name == name)


def test_every_criterion_that_is_met_carries_its_quotation(advisers: Advisers) -> None:
    advice = advise(
        advisers, "Wir entwickeln Rotorblatt-Sensorik für Offshore-Windparks, 14 Leute, Harburg, und suchen Partner."
    )
    assert advice.matches[0].cluster_id == "clusters/erneuerbare-energien-hamburg"
    for match in advice.matches:
        assert all(c.evidence for c in match.criteria if c.verdict == "met")
        assert match.contact is not None and match.contact.evidence and match.contact.url


def test_the_place_is_a_hard_criterion(advisers: Advisers) -> None:
    near = advise(advisers, "Wir bauen Windkraftanlagen, Sitz in Hamburg.")
    far = advise(advisers, "Wir bauen Windkraftanlagen, Sitz in München.")
    assert near.status == "matched" and far.status == "none_fits"
    assert far.notes and far.notes[0].evidence
    assert "München" not in far.notes[0].evidence[0].text


def test_a_move_to_hamburg_keeps_the_cluster_open(advisers: Advisers) -> None:
    advice = advise(advisers, "Wir bauen Flugzeugküchen in Dresden und wollen nach Hamburg umziehen.")
    assert advice.matches[0].cluster_id == "clusters/hamburg-aviation"
    assert criterion(advice.matches[0], "region").verdict == "open"


@pytest.mark.parametrize(
    "description", ["Ambulanter Pflegedienst in Wandsbek", "Wir betreiben ein Krankenhaus in Hamburg."]
)
def test_an_ended_cluster_is_never_recommended(advisers: Advisers, description: str) -> None:
    advice = advise(advisers, description)
    assert advice.status == "none_fits" and not advice.matches


def test_none_of_them_fits_is_an_answer_with_a_next_step(advisers: Advisers) -> None:
    advice = advise(advisers, "Friseursalon in Eimsbüttel, vier Mitarbeiterinnen.")
    assert advice.status == "none_fits"
    assert advice.next_step is not None and advice.next_step.url == "https://hamburg-invest.com"


def test_a_product_without_its_branch_is_asked_for_the_branch(advisers: Advisers) -> None:
    advice = advise(advisers, "Wir bauen Sensoren.")
    assert advice.status == "clarify" and advice.questions[0].field == "sectors"
    answered = advise(advisers, "Wir bauen Sensoren.", sectors=(advice.questions[0].options[0],))
    assert answered.status == "matched"


def test_every_offered_place_changes_the_open_criterion(advisers: Advisers) -> None:
    text = "Wir bauen Windkraftanlagen."
    asked = advise(advisers, text)
    assert asked.questions[0].field == "location" and asked.questions[0].options == PLACES["de"]
    for place in PLACES["de"]:
        found = advise(advisers, text, location=place)
        verdicts = [criterion(m, "region").verdict for m in found.matches]
        assert verdicts == [] or verdicts[0] == "met", place


def test_between_two_clusters_both_are_named_with_what_speaks_for_each(advisers: Advisers) -> None:
    advice = advise(advisers, "Wir bauen Segelboote und Windkraftanlagen, Hamburg.")
    assert advice.between is not None and len(advice.between.evidence) >= 2
    assert all(match.name in advice.between.text for match in advice.matches[:2])


def test_what_is_said_in_english_is_answered_in_english_with_english_quotations(advisers: Advisers) -> None:
    advice = advise(advisers, "We brew craft beer in Altona, eight people.")
    assert advice.text == "The best fit is Food Cluster Hamburg."
    assert {e.passage.language for c in advice.matches[0].criteria for e in c.evidence} == {"en"}


def test_no_more_than_three_questions_and_five_matches(advisers: Advisers) -> None:
    advice = advise(
        advisers, "Wir machen Software, Filme, Schiffe, Windräder, Bier, Pakete, Medikamente und Flugzeuge."
    )
    assert len(advice.questions) <= 3 and len(advice.matches) <= 5


def test_the_same_description_gets_the_same_advice(advisers: Advisers) -> None:
    text = "Unser Roboter reinigt Lagerhallen, zehn Leute in Hamburg."
    assert advise(advisers, text) == advise(advisers, text)


@pytest.mark.parametrize(
    ("description", "first"),
    [
        ("We are a law firm and advise developers of wind farms, Hamburg.", "clusters/erneuerbare-energien-hamburg"),
        ("We build websites and online shops, Hamburg.", "networks/hamburg-at-work-digitalcluster"),
        ("Kanzlei für Mietrecht, Hamburg.", None),
        ("Wir lagern Käse und Wurst, Hamburg.", "clusters/logistik-initiative-hamburg"),
        ("Wir machen Käse und Wurst, Hamburg.", "clusters/food-cluster-hamburg"),
        ("Software, mit der Ärzte aus Röntgenbildern Brüche erkennen, Hamburg.", "clusters/life-science-nord"),
        ("Wir betreiben eine Klinik, Hamburg.", None),
        ("Podcast studio, Hamburg.", "clusters/nextmedia-hamburg"),
        ("We store and pick toys, Hamburg.", "clusters/logistik-initiative-hamburg"),
        ("We make toys, Hamburg.", None),
    ],
)
def test_trades_goods_and_customers_do_not_hide_the_branch(
    advisers: Advisers, description: str, first: str | None
) -> None:
    found = advise(advisers, description).matches
    assert (found[0].cluster_id if found else None) == first
