"""Which questions are understood as asking for a complete list."""

import pytest

from assistant.answer.list_request import read_list_request


@pytest.mark.parametrize(
    "question",
    [
        "Welche Cluster gibt es in Hamburg?",
        "Kannst du mir bitte alle Cluster auflisten?",
        "Welche Branchen-Cluster gibt's?",
        "List all clusters",
        "What clusters does Hamburg have?",
    ],
)
def test_clusters_are_asked_for(question: str) -> None:
    wanted = read_list_request(question)
    assert wanted is not None
    assert wanted.kinds == ("cluster",)


def test_two_kinds_in_one_question() -> None:
    wanted = read_list_request("Ich hätte gern eine Übersicht über die Hamburger Cluster und Netzwerke")
    assert wanted is not None
    assert wanted.kinds == ("cluster", "network")


def test_clusters_beside_which_networks_are_asked_for_are_not_listed() -> None:
    wanted = read_list_request("Welche Netzwerke gibt es in Hamburg neben den Clustern?")
    assert wanted is not None
    assert wanted.kinds == ("network",)


@pytest.mark.parametrize(
    ("question", "applicants", "form", "purposes", "level"),
    [
        ("Welche Förderprogramme gibt es für Start-ups?", {"startup"}, None, set(), None),
        ("What grants are there for SMEs in Hamburg?", {"sme", "small_company"}, "grant", set(), "hamburg"),
        ("Was für Kredite kann ich als Gründer bekommen?", {"founder", "team"}, "loan", set(), None),
        ("Welche Programme gibt es für Digitalisierung?", set(), None, {"digitalisation", "digitalisation_advice"}, None),
        ("Please list the loans that IFB Hamburg offers to companies.", set(), "loan", set(), "hamburg"),
        ("Welche Zuschüsse des Bundes gibt es?", set(), "grant", set(), "federal"),
    ],
)  # fmt: skip
def test_filters_of_programmes(
    question: str, applicants: set[str], form: str | None, purposes: set[str], level: str | None
) -> None:
    wanted = read_list_request(question)
    assert wanted is not None
    assert (set(wanted.applicants), wanted.form, set(wanted.purposes), wanted.level) == (applicants, form, purposes, level)  # fmt: skip


@pytest.mark.parametrize(
    "question",
    [
        "Welche Programme haben Sie abgelehnt?",
        "Welche Cluster wurden 2003 gegründet?",
        "Welches Cluster passt zu uns?",
        "What is a cluster?",
        "Was ist ein Netzwerk?",
        "Wie hoch ist der Zuschuss bei InnoFounder?",
        "",
    ],
)
def test_anything_else_is_left_to_the_search(question: str) -> None:
    assert read_list_request(question) is None
