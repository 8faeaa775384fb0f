"""The service with a cross-encoder set: what it says of the order reaches the search and the answers."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient

from assistant import bootstrap
from assistant.config import Settings
from assistant.domain.errors import ConfigError
from assistant.retrieve.hybrid import RERANKED
from tests.cross_encoder_model import write_cross_encoder

API = "/api/v1"
QUESTION = "Wer hilft bei der Suche nach Fachkräften für den Hafen?"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A model that cares for nothing but harbours, which only few passages name."""
    return write_cross_encoder(tmp_path_factory.mktemp("model"), ["hafen"])


@pytest.fixture(scope="module")
def reranking(settings: Settings, folder: Path) -> Iterator[TestClient]:
    app = bootstrap.build_app(settings.model_copy(update={"reranker": folder, "reranker_within_ms": 60_000.0}))
    with TestClient(app) as client:
        yield client


def search(client: TestClient) -> list[dict[str, Any]]:
    hits: list[dict[str, Any]] = client.get(f"{API}/search", params={"q": QUESTION, "top_k": 40}).json()["hits"]
    return hits


def names_a_harbour(hit: dict[str, Any]) -> bool:
    return re.search(r"\bHafen\b", hit["text"]) is not None


def test_the_search_shows_the_scores_and_keeps_how_far_apart_hits_are(
    reranking: TestClient, client: TestClient
) -> None:
    with_model, without = ([hit["scores"] for hit in search(of)] for of in (reranking, client))
    assert all(score["rerank"] is None for score in without)
    assert [score["rerank"] is not None for score in with_model] == [i < RERANKED for i in range(len(with_model))]
    assert [score["fused"] for score in with_model] == [score["fused"] for score in without]


def test_what_the_model_puts_first_leads_the_hits_and_is_read_for_the_answer(
    reranking: TestClient, client: TestClient
) -> None:
    def read(of: TestClient) -> list[str]:
        reply = of.post(f"{API}/ask", params={"explain": "true"}, json={"question": QUESTION}).json()
        documents: list[str] = reply["trace"]["evidence"]["documents"]
        return documents

    first = search(reranking)[0]
    assert names_a_harbour(first)
    assert not names_a_harbour(search(client)[0])
    assert read(reranking)[0] == first["document_id"]
    assert first["document_id"] not in read(client)


def test_the_service_says_that_it_has_one(reranking: TestClient, client: TestClient) -> None:
    assert reranking.get("/health/ready").json()["parts"]["reranker"] == "ready"
    assert "reranker" not in client.get("/health/ready").json()["parts"]


def test_answers_are_still_quotations(reranking: TestClient) -> None:
    reply = reranking.post(
        f"{API}/ask", json={"question": "Wie viel Euro zahlt InnoFounder je Person und Monat?"}
    ).json()
    assert reply["status"] == "answered"
    for citation in reply["citations"]:
        text = reranking.get(f"{API}/documents/{citation['document_id']}").json()["text"]
        assert text[citation["start"] : citation["end"]] == citation["quote"]


def test_a_folder_without_a_model_stops_the_start_even_without_an_index(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match=r"reranker: .* holds no model"):
        bootstrap.build_app(Settings(data_dir=tmp_path / "data", reranker=tmp_path))
