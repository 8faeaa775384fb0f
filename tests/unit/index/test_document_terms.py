"""Whole documents: a question finds its document by all of its text and all of its sample questions."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.index.document_terms import DocumentTerms, WholeDocuments
from assistant.index.samples import SampleQuestion
from assistant.language.analysis import Analyser
from assistant.language.compounds import CompoundLexicon

terms = st.lists(st.sampled_from(["wind", "wass", "hafe", "film", "kran"]), max_size=12)


@pytest.fixture
def documents() -> WholeDocuments:
    analyser = Analyser(CompoundLexicon.from_words({}))
    texts = {
        "clusters/wind": "Der Windverbund berät Firmen. Er sitzt in Hamburg.",
        "funding/schub": "Schub zahlt Zuschüsse für Forschung in Hamburg.",
    }
    samples = [
        SampleQuestion(document_id="funding/schub", start=0, language="de", text="Wie viel Geld gibt Schub?"),
        SampleQuestion(document_id="clusters/wind", start=0, language="de", text="Wer berät mich zu Rotoren?"),
    ]
    return WholeDocuments.build(
        [(document_id, analyser.terms(text, "de")) for document_id, text in texts.items()],
        samples,
        name_words={"funding/schub": frozenset({"schub"})},
        analyser=analyser,
    )


def test_a_document_is_found_by_its_text_and_by_its_sample_questions(documents: WholeDocuments) -> None:
    of_text = documents.liken("Zuschüsse für die Forschung", "de", frozenset())
    assert of_text["funding/schub"].whole > 0.1
    assert "clusters/wind" not in of_text
    of_sample = documents.liken("Rotoren", "de", frozenset())
    assert of_sample["clusters/wind"].asked > 0
    assert "funding/schub" not in of_sample


def test_names_count_for_the_whole_document_only(documents: WholeDocuments) -> None:
    likeness = documents.liken("Schub", "de", frozenset())["funding/schub"]
    assert likeness.whole > 0
    assert likeness.asked == 0


def test_saved_documents_are_likened_the_same(documents: WholeDocuments, tmp_path: Path) -> None:
    documents.save(tmp_path)
    loaded = WholeDocuments.load(tmp_path, Analyser(CompoundLexicon.from_words({})))
    question = ("Wie viel Geld gibt es für Forschung zu Rotoren?", "de", frozenset[str]())
    before, after = documents.liken(*question), loaded.liken(*question)  # type: ignore[arg-type]
    assert before.keys() == after.keys() != set()
    for document_id, likeness in before.items():
        assert after[document_id] == pytest.approx(likeness, abs=1e-3)


@given(held=st.lists(terms.filter(bool), min_size=1, max_size=4), asked=terms)
def test_likeness_lies_between_none_and_the_same(held: list[list[str]], asked: list[str]) -> None:
    documents = DocumentTerms.build({str(i): own for i, own in enumerate(held)})
    likeness = documents.liken(asked)
    assert all(0 < value <= 1.0001 for value in likeness.values())
    assert likeness.keys() == {str(i) for i, own in enumerate(held) if set(own) & set(asked)}


def test_no_documents_are_like_nothing() -> None:
    assert DocumentTerms.build({}).liken(["wind"]) == {}
