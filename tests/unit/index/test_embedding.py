"""The seam to LlamaIndex's embedders."""

from __future__ import annotations

import pytest
from llama_index.core import MockEmbedding

from assistant.domain.errors import ConfigError
from assistant.index.embedding import load_embedder


def test_an_english_question_lies_near_its_german_text() -> None:
    embedder = load_embedder("builtin", {})
    question = embedder.embed_query("How can a company join the cluster?")
    right, wrong = embedder.embed_passages(
        ["Wie kann ein Unternehmen dem Cluster beitreten?", "Wann wurde das Haus gebaut?"]
    )
    assert question @ right > question @ wrong + 0.1


def test_any_other_embedding_is_loaded_by_its_import_path() -> None:
    embedder = load_embedder("llama_index.core.MockEmbedding", {"embed_dim": 8})
    assert isinstance(embedder.model, MockEmbedding)
    assert embedder.embed_query("x").shape == (8,)
    assert embedder.fingerprint != load_embedder("llama_index.core.MockEmbedding", {"embed_dim": 16}).fingerprint


@pytest.mark.parametrize("name", ["nowhere.Nothing", "llama_index.core.Nothing", "datetime.date", "plain"])
def test_what_is_no_embedding_stops_the_start_and_is_named(name: str) -> None:
    with pytest.raises(ConfigError, match="ASSISTANT_EMBEDDER"):
        load_embedder(name, {})
