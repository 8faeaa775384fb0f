"""Hybrid retrieval: the documented formula, filters, both languages, German spellings and compounds."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant import bootstrap
from assistant.config import Settings
from assistant.domain.answers import Hit, Query
from assistant.domain.values import Kind, Language, Passage, Sentence
from assistant.index.embedding import load_embedder
from assistant.index.generation import Generations
from assistant.index.samples import SampleQuestion
from assistant.retrieve.hybrid import (
    NAMED_DOCUMENT_BONUS,
    OTHER_LANGUAGE_WEIGHTS,
    SAMPLE_WEIGHT,
    WEIGHTS,
    FieldScores,
    HybridRetriever,
    fuse_scores,
)

FIELDS = ("stems", "parts", "grams", "dense", "samples")


def fused(*rows: dict[str, float], other_language: Sequence[bool] = ()) -> list[float]:
    """Fused scores of passages given by their field scores; a missing field is 0."""
    fields = (np.array([row.get(name, 0.0) for row in rows], dtype=np.float32) for name in FIELDS)
    is_other = np.array(other_language or [False] * len(rows), dtype=bool)
    return [float(score) for score in fuse_scores(FieldScores(*fields), is_other)]


# --- the formula -----------------------------------------------------------------------------------------------------


def test_the_formula_worked_out_by_hand() -> None:
    first = {"stems": 8.0, "parts": 6.0, "grams": 10.0, "dense": 0.4, "samples": 0.5}
    second = {"stems": 4.0, "parts": 6.0, "grams": 2.0, "dense": 0.8}
    assert fused(first, second) == pytest.approx(
        [
            (0.25 * 1 + 0.15 * 1 + 0.20 * 1 + 0.25 * 0.5 + 0.8 * 0.5) / 1.65,
            (0.25 * 0.5 + 0.15 * 1 + 0.20 * 0.2 + 0.25 * 1 + 0.8 * 0) / 1.65,
        ]
    )


def test_across_languages_meaning_counts_more_than_shared_words() -> None:
    same_words = {"stems": 5.0, "parts": 5.0, "grams": 5.0, "dense": 0.2}
    same_meaning = {"dense": 0.8}
    here = fused(same_words, same_meaning)
    abroad = fused(same_words, same_meaning, other_language=(True, True))
    assert here[0] > here[1]
    assert abroad == pytest.approx([(0.08 + 0.04 + 0.08 + 0.65 * 0.25) / 1.65, 0.65 / 1.65])


def test_the_weights_of_both_languages_add_up_to_the_same() -> None:
    assert sum(WEIGHTS.values()) == pytest.approx(sum(OTHER_LANGUAGE_WEIGHTS.values()))


def test_a_field_without_any_score_and_a_negative_cosine_give_nothing() -> None:
    assert fused({"dense": -0.6}, {"dense": -1.0}) == [0.0, 0.0]
    assert fused({"stems": 3.0, "dense": -0.2}) == pytest.approx(
        [WEIGHTS["stems"] / (sum(WEIGHTS.values()) + SAMPLE_WEIGHT)]
    )


SCORES = st.fixed_dictionaries(
    {
        **dict.fromkeys(("stems", "parts", "grams"), st.floats(0, 60, width=32)),
        "dense": st.floats(-1, 1, width=32),
        "samples": st.floats(0, 1, width=32),
    }
)


@given(st.lists(st.tuples(SCORES, st.booleans()), min_size=1, max_size=6))
def test_fused_scores_lie_between_nothing_and_one(rows: list[tuple[dict[str, float], bool]]) -> None:
    scores = fused(*(row for row, _ in rows), other_language=[other for _, other in rows])
    assert all(0 <= score <= 1 + 1e-6 for score in scores)


# --- a small index ---------------------------------------------------------------------------------------------------


def passage(document_id: str, text: str, *, kind: Kind = "funding") -> Passage:
    """A document of one sentence; its id tells the language."""
    language: Language = "en" if document_id.endswith(".en") else "de"
    return Passage(
        id=f"passage-{document_id}", document_id=document_id, version_id="v", ordinal=0, start=0, end=len(text), text=text, heading=(),
        block="prose", language=language, kind=kind, title="", page=None, sentences=(Sentence(start=0, end=len(text), block="prose"),),
    )  # fmt: skip


PASSAGES = [
    passage("funding/zuschuss", "Der Zuschuss beträgt 2.500 Euro im Monat nach § 3 der Richtlinie."),
    passage("funding/zuschuss.en", "The grant is EUR 2,500 a month under section 3 of the directive."),
    passage("funding/darlehen", "Das Darlehen beträgt 25.000 Euro im Jahr nach § 4 der Richtlinie."),
    passage("funding/innovation", "Die Innovationsförderung der Stadt richtet sich an kleine Betriebe."),
    passage("clusters/luftfahrt", "Das Luftfahrtcluster hat 184 Mitglieder.", kind="cluster"),
    passage("funding/transport", "Die Beförderung kostet 40 Euro."),
    passage("policy/parks", "Es gibt 3 Parks.", kind="policy"),
    passage("policy/strasse", "Die Behörde sitzt in der Straße am Alten Steinweg.", kind="policy"),
    passage("networks/ports.en", "The port network is open to shipping companies.", kind="network"),
]
TRANSLATIONS = frozenset({"funding/zuschuss", "funding/zuschuss.en"})
GLOSSARY = [{"kind": "pair", "de": ["Luftfahrt", "Luftfahrtcluster"], "en": ["aerospace"]}]


def small_index(
    folder: Path,
    passages: Sequence[Passage] = PASSAGES,
    *,
    glossary: Sequence[dict[str, Any]] = (),
    samples: Sequence[SampleQuestion] = (),
    translations: frozenset[str] = TRANSLATIONS,
) -> HybridRetriever:
    embedder = load_embedder("builtin", {})
    generations = Generations(folder)
    name = generations.build(
        passages, snapshot={}, corpus_digest="", passage_rules="", glossary=glossary, samples=samples, embedder=embedder
    )
    return HybridRetriever(generations.open(name, embedder), passages, embedder, translations=translations)


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> HybridRetriever:
    return small_index(tmp_path_factory.mktemp("index"), glossary=GLOSSARY)


def ask(
    retriever: HybridRetriever, text: str, language: Language = "de", *, top_k: int = 10, **wanted: Any
) -> list[Hit]:
    return retriever.retrieve(Query(text=text, language=language, **wanted), top_k=top_k)


def documents(hits: Sequence[Hit]) -> list[str]:
    return [hit.passage.document_id for hit in hits]


def test_hits_come_best_first_with_their_ranks(small: HybridRetriever) -> None:
    hits = ask(small, "Wie hoch ist der Zuschuss im Monat?")
    assert hits[0].passage.document_id == "funding/zuschuss"
    assert [hit.rank for hit in hits] == list(range(1, len(hits) + 1))
    scores = [hit.scores.fused for hit in hits]
    assert scores == sorted(scores, reverse=True)
    assert all(0 < score <= 1 for score in scores)
    assert hits[0].scores.lexical_rank == 1


def test_no_more_hits_than_wanted(small: HybridRetriever) -> None:
    all_hits = ask(small, "Richtlinie der Behörde")
    assert len(all_hits) > 2
    assert ask(small, "Richtlinie der Behörde", top_k=2) == all_hits[:2]


def test_only_the_wanted_kinds_are_found(small: HybridRetriever) -> None:
    found = ask(small, "Luftfahrtcluster Mitglieder der Behörde", kinds=("cluster", "policy"))
    assert {hit.passage.kind for hit in found} == {"cluster", "policy"}
    assert documents(ask(small, "Mitglieder der Behörde", kinds=("cluster",))) == ["clusters/luftfahrt"]
    assert ask(small, "Zuschuss im Monat", kinds=("upload",)) == []


@pytest.mark.parametrize("language", ["de", "en"])
def test_only_the_wanted_languages_are_found(small: HybridRetriever, language: Language) -> None:
    hits = ask(small, "grant Zuschuss 2500", "de", languages=(language,))
    assert hits
    assert {hit.passage.language for hit in hits} == {language}


def test_kind_and_language_hold_together(small: HybridRetriever) -> None:
    question = "The port network has a grant for shipping companies"
    assert set(documents(ask(small, question, "en", languages=("en",)))) == {"funding/zuschuss.en", "networks/ports.en"}
    assert documents(ask(small, question, "en", kinds=("funding",), languages=("en",))) == ["funding/zuschuss.en"]


def test_of_a_translated_document_only_the_questions_language_is_found(small: HybridRetriever) -> None:
    german, english = documents(ask(small, "2500 Euro im Monat")), documents(ask(small, "EUR 2,500 a month", "en"))
    assert german[0] == "funding/zuschuss"
    assert english[0] == "funding/zuschuss.en"
    assert "funding/zuschuss.en" not in german
    assert "funding/zuschuss" not in english


def test_what_exists_in_one_language_only_is_found_from_the_other(small: HybridRetriever) -> None:
    assert "networks/ports.en" in documents(ask(small, "Hafennetzwerk port network"))
    assert "clusters/luftfahrt" in documents(ask(small, "members of the aerospace cluster", "en"))


@pytest.mark.parametrize(
    ("question", "wanted"),
    [
        pytest.param("Förderung", "funding/innovation", id="compound"),
        pytest.param("Foerderung", "funding/innovation", id="umlaut written out"),
        pytest.param("Fo\u0308rderung", "funding/innovation", id="umlaut decomposed"),
        pytest.param("FÖRDERUNG", "funding/innovation", id="capitals"),
        pytest.param("Strasse", "policy/strasse", id="ss"),
        pytest.param("Behoerden", "policy/strasse", id="plural"),
        pytest.param("Luftfahrt", "clusters/luftfahrt", id="first part of a compound"),
        pytest.param("§ 3", "funding/zuschuss", id="section 3"),
        pytest.param("§ 4", "funding/darlehen", id="section 4"),
        pytest.param("2500 Euro", "funding/zuschuss", id="figure without its mark"),
        pytest.param("25.000 Euro", "funding/darlehen", id="another figure"),
        pytest.param("Mitgleider 184", "clusters/luftfahrt", id="typing error"),
    ],
)
def test_german_spellings_lead_to_the_passage(small: HybridRetriever, question: str, wanted: str) -> None:
    best = ask(small, question)[0]
    assert best.passage.document_id == wanted
    assert best.scores.lexical


def test_the_glossary_leads_an_english_word_to_the_german_text(tmp_path: Path) -> None:
    def lexical(glossary: Sequence[dict[str, Any]], folder: str) -> float | None:
        retriever = small_index(tmp_path / folder, glossary=glossary)
        hits = {hit.passage.document_id: hit for hit in ask(retriever, "aerospace", "en")}
        found = hits.get("clusters/luftfahrt")
        return found.scores.lexical if found else None

    assert not lexical([], "without")
    assert lexical(GLOSSARY, "with")


def test_a_synonym_counts_less_than_the_persons_own_word(tmp_path: Path) -> None:
    texts = ("Der Zuschuss wird im Mai ausgezahlt.", "Die Beihilfe wird im Mai ausgezahlt.")
    passages = [passage(f"funding/{i}", text) for i, text in enumerate(texts)]
    glossary = [{"kind": "synonym", "de": ["Zuschuss", "Beihilfe"], "en": ["grant"]}]
    retriever = small_index(tmp_path, passages, glossary=glossary, translations=frozenset())
    own, synonym = ask(retriever, "Zuschuss")
    assert (own.passage.document_id, synonym.passage.document_id) == ("funding/0", "funding/1")
    assert own.scores.lexical is not None
    assert synonym.scores.lexical is not None
    assert own.scores.lexical > synonym.scores.lexical > 0


def test_a_named_document_is_preferred_but_others_stay(small: HybridRetriever) -> None:
    plain = ask(small, "Wie hoch ist der Zuschuss im Monat?")
    named = ask(small, "Wie hoch ist der Zuschuss im Monat?", document_ids=("funding/darlehen",))
    before = {hit.passage.document_id: hit.scores.fused for hit in plain}
    after = {hit.passage.document_id: hit.scores.fused for hit in named}
    assert set(before) <= set(after)
    whole = 1 + NAMED_DOCUMENT_BONUS
    assert after["funding/darlehen"] == pytest.approx((before["funding/darlehen"] + NAMED_DOCUMENT_BONUS) / whole)
    assert after["funding/zuschuss"] == pytest.approx(before["funding/zuschuss"] / whole)


def test_a_sample_question_leads_to_its_sentence(tmp_path: Path) -> None:
    question = "Wie oft trifft man sich dort?"
    samples = [SampleQuestion(document_id="networks/ports.en", start=0, language="de", text=question)]
    assert documents(ask(small_index(tmp_path, samples=samples), question))[0] == "networks/ports.en"


def test_the_same_query_gives_the_same_hits(small: HybridRetriever) -> None:
    assert ask(small, "Zuschuss der Behörde") == ask(small, "Zuschuss der Behörde")


@pytest.mark.parametrize("text", ["", "   ", "?!", "der die das", "\u4f60\u597d"])
def test_a_query_without_words_is_no_error(small: HybridRetriever, text: str) -> None:
    assert all(0 < hit.scores.fused <= 1 for hit in ask(small, text))


# --- the whole corpus ------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def whole(settings: Settings) -> HybridRetriever:
    stores = bootstrap.open_stores(settings)
    return bootstrap.open_searchable(settings, stores.documents, bootstrap.embedder_of(settings)).retriever


@pytest.mark.parametrize(
    "question",
    [
        "Fördermittel für die Gründung in Hamburg",
        "Größe und Mitgliederzahl des Luftfahrtclusters",
        "Zuschüsse für Außenwirtschaftsmessen",
    ],
)
def test_umlauts_may_be_written_in_any_way(whole: HybridRetriever, question: str) -> None:
    written_out = question.translate(
        str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss", "Ä": "Ae", "Ö": "Oe", "Ü": "Ue"})
    )
    wanted = documents(ask(whole, question, top_k=5))
    assert documents(ask(whole, written_out, top_k=5)) == wanted
    assert documents(ask(whole, unicodedata.normalize("NFD", question), top_k=5)) == wanted


ENGLISH = [
    ("members of the aviation cluster", "clusters/hamburg-aviation"),
    ("maximum grant from InnoRampUp", "funding/innorampup"),
    ("life sciences cluster medical technology", "clusters/life-science-nord"),
    ("tax allowance for research and development", "funding/forschungszulage"),
    ("definition of small and medium-sized enterprises", "funding/kmu-definition"),
    ("hydrogen network", "networks/wasserstoff-netzwerk-hamburg"),
    ("criticism and evaluation of cluster policy", "policy/kritik-und-evaluation"),
    ("trade fair support for young innovative companies", "funding/young-innovators-messen"),
    ("prototype funding for computer games", "funding/gamecity-prototypenfoerderung"),
    ("renewable energy wind cluster", "clusters/erneuerbare-energien-hamburg"),
]  # fmt: skip


@pytest.mark.parametrize(("question", "wanted"), ENGLISH, ids=[wanted for _, wanted in ENGLISH])
def test_an_english_question_finds_the_german_text(whole: HybridRetriever, question: str, wanted: str) -> None:
    assert wanted in documents(ask(whole, question, "en", languages=("de",), top_k=5))


@pytest.mark.parametrize(("question", "wanted"), ENGLISH, ids=[wanted for _, wanted in ENGLISH])
def test_where_both_languages_exist_the_questions_own_comes_first(
    whole: HybridRetriever, question: str, wanted: str
) -> None:
    found = documents(ask(whole, question, "en", top_k=5))
    assert f"{wanted}.en" in found
    assert wanted not in found
