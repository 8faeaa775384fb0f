"""Which clusters, networks and programmes a question names, also misspelt and in English."""

from __future__ import annotations

import pytest

from assistant.answer.names import NameIndex
from assistant.store.library import StoredLibrary


@pytest.fixture(scope="module")
def names(library: StoredLibrary) -> NameIndex:
    return NameIndex(library)


@pytest.mark.parametrize(
    ("question", "wanted"),
    [
        ("Wie hoch ist der Zuschuss bei InnoFounder?", ("funding/innofounder",)),
        ("wie lange läuft inno-founder", ("funding/innofounder",)),
        ("How many members does Hamburg Aviation have?", ("clusters/hamburg-aviation",)),
        ("Was macht das Luftfahrtcluster?", ("clusters/hamburg-aviation",)),
        ("Wann wurde das ARIC gegründet?", ("networks/aric-hamburg",)),
        ("Was tut Hamburg Invest?", ("networks/hamburg-invest",)),
        (
            "Was unterscheidet PROFI Impuls von PROFI Transfer Plus?",
            ("funding/profi-impuls", "funding/profi-transfer-plus"),
        ),
        ("Wie beantragt man Innorampap?", ("funding/innorampup",)),
        ("Wie wird das Wetter in Hamburg?", ()),
        ("Welche Cluster gibt es?", ()),
    ],
)
def test_names_are_found(names: NameIndex, question: str, wanted: tuple[str, ...]) -> None:
    assert names.find(question).document_ids == wanted


def test_a_shared_name_keeps_all_its_bearers(names: NameIndex) -> None:
    found = names.find("Wie hoch ist die Förderquote bei PROFI?")
    assert found.shared_name == "PROFI"
    assert {"funding/profi-impuls", "funding/profi-transfer-plus"} <= set(found.choices)


def test_a_full_name_leaves_nothing_open(names: NameIndex) -> None:
    assert names.find("Wie hoch ist die Quote bei PROFI Transfer Plus?").shared_name is None


def test_siblings_are_told_apart_by_their_own_words(names: NameIndex) -> None:
    siblings = names.siblings("funding/hamburg-kredit-wachstum")
    assert "funding/hamburg-kredit-innovation" in siblings
    assert "innovation" in names.telling_words("funding/hamburg-kredit-innovation")
    assert "kredit" not in names.telling_words("funding/hamburg-kredit-innovation")
    assert names.siblings("clusters/hamburg-aviation") == []
