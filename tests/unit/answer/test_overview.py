"""Lists are complete and comparisons fair: written from what is recorded, as of the day."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from assistant.answer.draft import Outcome
from assistant.answer.names import NameIndex
from assistant.answer.overview import Overview
from assistant.domain.values import Language
from assistant.store.library import StoredLibrary
from tests.conftest import TODAY
from tests.unit.answer.make import drafted

AFTER_ALL = date(2099, 1, 1)


@pytest.fixture(scope="module")
def overview(library: StoredLibrary) -> Overview:
    return Overview(library, NameIndex(library))


def outcome_of(overview: Overview, text: str, *, today: date = TODAY, **values: Any) -> Outcome | None:
    return overview(drafted(text, today=today, **values)).outcome


def listed(overview: Overview, text: str, *, today: date = TODAY) -> list[str]:
    """Documents on a list, in its order."""
    outcome = outcome_of(overview, text, today=today)
    assert outcome is not None
    assert outcome.status == "answered"
    return [statement.evidence[0].passage.document_id for statement in outcome.statements if statement.evidence]


def of_kind(library: StoredLibrary, kind: str, language: Language) -> set[str]:
    return {document.id for document in library.documents() if document.kind == kind and document.language == language}


def open_programmes(library: StoredLibrary, today: date) -> dict[str, Any]:
    """Recorded values of each German programme that may be applied for on a day."""
    return {
        document.id: library.facts(document.id)
        for document in library.documents()
        if document.kind == "funding"
        and document.language == "de"
        and document.status in ("open", "calls_only")
        and (document.valid_until is None or document.valid_until >= today)
        and library.facts(document.id).get("is_programme", True)
    }


# --- lists -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "kind", "language"),
    [
        ("Welche Cluster gibt es in Hamburg?", "cluster", "de"),
        ("Nenne mir bitte alle Cluster", "cluster", "de"),
        ("Which clusters are there in Hamburg?", "cluster", "en"),
        ("Welche Netzwerke gibt es?", "network", "de"),
        ("Which networks are there?", "network", "en"),
    ],
)
def test_every_cluster_and_network_is_on_its_list_once(
    overview: Overview, library: StoredLibrary, text: str, kind: str, language: Language
) -> None:
    documents = listed(overview, text)
    assert len(documents) == len(set(documents))
    assert set(documents) == of_kind(library, kind, language)


def test_clusters_and_networks_can_be_asked_for_together(overview: Overview, library: StoredLibrary) -> None:
    documents = listed(overview, "Welche Cluster und Netzwerke gibt es?")
    assert set(documents) == of_kind(library, "cluster", "de") | of_kind(library, "network", "de")


def test_what_has_ended_stands_apart_below_its_own_heading(overview: Overview, library: StoredLibrary) -> None:
    outcome = outcome_of(overview, "Welche Netzwerke gibt es?")
    assert outcome is not None
    shown: dict[str, list[str]] = {}
    for statement in outcome.statements:
        if statement.shape == "heading":
            shown[statement.text] = []
        else:
            shown[list(shown)[-1]].append(statement.evidence[0].passage.document_id)
    ended = {d.id for d in library.documents() if d.kind == "network" and d.language == "de" and d.status != "active"}
    assert list(shown) == ["Netzwerke:", "Beendet:"]
    assert set(shown["Beendet:"]) == ended
    assert ended


def test_each_item_says_what_the_thing_is(overview: Overview, library: StoredLibrary) -> None:
    outcome = outcome_of(overview, "Welche Cluster gibt es in Hamburg?")
    assert outcome is not None
    names = NameIndex(library)
    for statement in outcome.statements:
        if statement.evidence:
            name = names.short_name(statement.evidence[0].passage.document_id, "de")
            assert name.split()[0].removesuffix("s") in statement.text


def test_a_list_of_programmes_is_complete_and_open_on_the_day(overview: Overview, library: StoredLibrary) -> None:
    documents = listed(overview, "Welche Förderprogramme gibt es?")
    assert set(documents) == set(open_programmes(library, TODAY))
    assert len(documents) == len(set(documents))


def test_what_ends_in_between_leaves_the_list(overview: Overview, library: StoredLibrary) -> None:
    later = set(listed(overview, "Welche Förderprogramme gibt es?", today=AFTER_ALL))
    assert later == set(open_programmes(library, AFTER_ALL))
    assert later < set(open_programmes(library, TODAY))


@pytest.mark.parametrize(
    ("text", "who", "stages"),
    [
        ("Welche Programme gibt es für Start-ups?", {"startup"}, {"young"}),
        ("Welche Förderungen gibt es für Gründer?", {"founder", "team"}, {"idea", "founding"}),
        ("Which funding programmes are there for universities?", {"university", "research", "academic"}, set()),
    ],
)
def test_a_list_for_somebody_holds_what_is_recorded_for_them(
    overview: Overview, library: StoredLibrary, text: str, who: set[str], stages: set[str]
) -> None:
    wanted = {
        document_id
        for document_id, terms in open_programmes(library, TODAY).items()
        if any(entry["who"] in who and not entry.get("excluded") for entry in terms.get("applicants", ()))
        or any(entry["stage"] in stages for entry in terms.get("stage", ()))
    }
    documents = {document_id.removesuffix(".en") for document_id in listed(overview, text)}
    assert documents == wanted
    assert len(wanted) > 3


def test_a_list_of_loans_in_hamburg_holds_hamburgs_loans(overview: Overview, library: StoredLibrary) -> None:
    wanted = {
        document_id
        for document_id, terms in open_programmes(library, TODAY).items()
        if "loan" in terms["form"] and terms["level"] == "hamburg"
    }
    assert set(listed(overview, "Welche Kredite gibt es in Hamburg?")) == wanted
    assert wanted


@pytest.mark.parametrize(
    "text",
    [
        "Welche Cluster wurden vor 2010 gegründet?",
        "Welche Programme lehnt die IFB ab?",
        "Wie hoch ist der Zuschuss bei InnoFounder?",
        "Welche Mitglieder hat das Luftfahrtcluster?",
        "Wie wird das Wetter?",
    ],
)
def test_other_questions_are_left_to_the_search(overview: Overview, text: str) -> None:
    assert outcome_of(overview, text) is None


# --- comparisons -----------------------------------------------------------------------------------------------------

PROFI = ("funding/profi-impuls", "funding/profi-transfer-plus")


def test_a_comparison_says_the_same_things_of_each(overview: Overview) -> None:
    outcome = outcome_of(overview, "Was unterscheidet PROFI Impuls von PROFI Transfer Plus?", document_ids=PROFI)
    assert outcome is not None
    headings = [statement.text for statement in outcome.statements if statement.shape == "heading"]
    assert headings == ["PROFI Impuls:", "PROFI Transfer Plus:"]
    documents = [statement.evidence[0].passage.document_id for statement in outcome.statements if statement.evidence]
    assert {document_id: documents.count(document_id) >= 3 for document_id in PROFI} == dict.fromkeys(PROFI, True)
    assert set(documents) == set(PROFI)
    quotes = [statement.text for statement in outcome.statements if statement.evidence]
    assert len(quotes) == len(set(quotes))


def test_a_comparison_of_one_thing_speaks_of_that(overview: Overview) -> None:
    text = "Was ist der Unterschied bei der Förderquote von PROFI Impuls und PROFI Transfer Plus?"
    outcome = outcome_of(overview, text, document_ids=PROFI)
    assert outcome is not None
    for document_id in PROFI:
        quotes = [s.text for s in outcome.statements if s.evidence and s.evidence[0].passage.document_id == document_id]
        assert any("Prozent" in quote for quote in quotes)


def test_a_comparison_in_english_quotes_the_english_sheets(overview: Overview) -> None:
    clusters = ("clusters/hamburg-aviation", "clusters/life-science-nord")
    text = "What is the difference between Hamburg Aviation and Life Science Nord?"
    outcome = outcome_of(overview, text, document_ids=clusters)
    assert outcome is not None
    languages = {s.evidence[0].passage.language for s in outcome.statements if s.evidence}
    assert languages == {"en"}


def test_two_names_without_a_comparison_are_left_to_the_search(overview: Overview) -> None:
    assert outcome_of(overview, "Wie lange laufen InnoFounder und InnoRampUp?", document_ids=("funding/innofounder", "funding/innorampup")) is None  # fmt: skip
