"""The cross-encoder: real models in ONNX form, made here, loaded as any other."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from structlog.testing import capture_logs

from assistant.domain.answers import Hit, Query, Scores
from assistant.domain.errors import ConfigError
from assistant.domain.values import Passage
from assistant.retrieve.cross_encoder import MAX_TOKENS, CrossEncoder, CrossEncoderReranker
from tests.cross_encoder_model import write_cross_encoder

WORDS = ("rotor", "kai", "film")


def hit(number: int, text: str, fused: float) -> Hit:
    passage = Passage(
        id=f"p{number}", document_id=f"funding/d{number}", version_id="v", ordinal=0, kind="funding", language="de", title="", heading=(),
        block="prose", text=text, start=0, end=len(text), page=None, sentences=(),
    )  # fmt: skip
    return Hit(passage=passage, rank=number, scores=Scores(fused=fused, dense=0.1 * number))


@pytest.fixture(scope="module")
def encoder(tmp_path_factory: pytest.TempPathFactory) -> CrossEncoder:
    return CrossEncoder.load(write_cross_encoder(tmp_path_factory.mktemp("model"), WORDS))


def test_a_passage_that_answers_scores_higher(encoder: CrossEncoder) -> None:
    first, second = encoder.score("Wer baut einen Rotor?", ["Ein Kai am Hafen", "Den Rotor baut die Werft"])
    assert 0 <= first < 0.5 < second <= 1


@pytest.mark.parametrize("outputs", [1, 2])
def test_one_value_a_pair_or_two_mean_the_same(tmp_path: Path, outputs: int) -> None:
    model = CrossEncoder.load(write_cross_encoder(tmp_path, WORDS, outputs=outputs))
    scores = model.score("Film und Kai", ["Film", "Film am Kai", "Rotor"])
    assert scores[1] > scores[0] > scores[2]


def test_an_export_with_a_folder_for_the_model_is_found(tmp_path: Path) -> None:
    model = CrossEncoder.load(write_cross_encoder(tmp_path, WORDS, below="onnx"))
    assert model.score("Film", ["Film"])[0] > 0.5


def test_of_a_long_pair_the_passage_is_cut_and_not_the_question(encoder: CrossEncoder) -> None:
    far = "wort " * MAX_TOKENS
    question = "wort " * 200 + "Rotor"
    early, late = encoder.score(question, [f"Rotor {far}", f"{far} Rotor"])
    assert early > 0.5 > late


def test_a_question_longer_than_the_model_takes_is_no_error(encoder: CrossEncoder) -> None:
    assert encoder.score("Rotor " + "wort " * 2 * MAX_TOKENS, ["Der Rotor"])[0] > 0.5


def test_a_model_that_takes_less_is_given_less(tmp_path: Path) -> None:
    write_cross_encoder(tmp_path, WORDS)
    (tmp_path / "tokenizer_config.json").write_text(json.dumps({"model_max_length": 16}))
    model = CrossEncoder.load(tmp_path)
    early, late = model.score("Rotor", ["Rotor " + "wort " * 20, "wort " * 20 + "Rotor"])
    assert early > 0.5 > late


def test_how_many_texts_there_are_and_in_which_order_changes_no_score(encoder: CrossEncoder) -> None:
    texts = ["Rotor " + "wort " * (7 * i % 11) for i in range(20)] + ["Kai", "Film am Kai"]
    together = encoder.score("Rotor am Kai", texts)
    assert list(together) == [encoder.score("Rotor am Kai", [text])[0] for text in texts]


@pytest.mark.parametrize(
    ("made", "complaint"),
    [
        (lambda folder: folder.rmdir(), "is no folder"),
        (lambda folder: (folder / "x").mkdir(), "model.onnx"),
        (lambda folder: (write_cross_encoder(folder, WORDS) / "tokenizer.json").unlink(), "tokenizer.json"),
        (lambda folder: (write_cross_encoder(folder, WORDS) / "model.onnx").write_bytes(b"no model"), "cannot be loaded"),
        (lambda folder: write_cross_encoder(folder, WORDS, outputs=3), "3 values a pair"),
        (lambda folder: write_cross_encoder(folder, WORDS, inputs=("pixel_values",)), "pixel_values"),
    ],
)  # fmt: skip
def test_what_is_no_cross_encoder_stops_the_start_and_says_why(tmp_path: Path, made: object, complaint: str) -> None:
    made(tmp_path)  # type: ignore[operator]
    with pytest.raises(ConfigError, match=complaint):
        CrossEncoder.load(tmp_path)


def test_the_hit_that_answers_comes_first_with_the_highest_score(encoder: CrossEncoder) -> None:
    hits = [hit(1, "Ein Film", 0.6), hit(2, "Der Rotor", 0.5), hit(3, "Nichts davon", 0.1)]
    reranked = CrossEncoderReranker(encoder, within_ms=60_000).rerank(Query(text="Rotor", language="de"), hits)
    assert [h.passage.id for h in reranked] == ["p2", "p1", "p3"]
    assert [h.rank for h in reranked] == [1, 2, 3]
    assert [h.scores.fused for h in reranked] == [0.6, 0.5, 0.1]
    assert reranked[0].scores.dense == pytest.approx(0.2)
    assert reranked[0].scores.rerank is not None and reranked[1].scores.rerank is not None
    assert reranked[0].scores.rerank > reranked[1].scores.rerank


texts = st.lists(st.sampled_from(["Rotor", "Film am Kai", "Kai", "anderes"]), max_size=20)


@given(texts, st.sampled_from(["Rotor am Kai", "Film", ""]))
def test_reranking_loses_and_invents_nothing(encoder: CrossEncoder, found: list[str], question: str) -> None:
    hits = [hit(i, text, 1 / i) for i, text in enumerate(found, start=1)]
    reranked = CrossEncoderReranker(encoder, within_ms=60_000).rerank(Query(text=question, language="de"), hits)
    assert sorted(h.passage.id for h in reranked) == sorted(h.passage.id for h in hits)
    assert [(h.rank, h.scores.fused) for h in reranked] == [(h.rank, h.scores.fused) for h in hits]


def rerank_noting(model: CrossEncoder, text: str, hits: list[Hit], *, within_ms: float) -> tuple[list[Hit], list[str]]:
    with capture_logs() as logs:
        reranked = CrossEncoderReranker(model, within_ms=within_ms).rerank(Query(text=text, language="de"), hits)
    return reranked, [entry["event"] for entry in logs]


def test_a_model_that_would_never_end_is_stopped_in_time_and_the_order_stays(tmp_path: Path) -> None:
    model = CrossEncoder.load(write_cross_encoder(tmp_path, WORDS, rounds=1e9))
    hits = [hit(i, "Rotor" if i == 9 else "Film", 1 / i) for i in range(1, 18)]
    assert rerank_noting(model, "Rotor", hits, within_ms=30) == (hits, ["reranker_too_slow"])
    other, notes = rerank_noting(model, "Kai", hits, within_ms=60_000)
    assert notes == []
    assert all(h.scores.rerank is not None for h in other)


def test_a_model_that_fails_on_a_question_leaves_the_order_and_is_noted(tmp_path: Path) -> None:
    overflowing = CrossEncoder.load(write_cross_encoder(tmp_path, WORDS, strength=3e38))
    hits = [hit(1, "Ein Film", 0.6), hit(2, "Der Rotor am Kai", 0.5)]
    assert rerank_noting(overflowing, "Rotor Kai", hits, within_ms=60_000) == (hits, ["reranker_failed"])
