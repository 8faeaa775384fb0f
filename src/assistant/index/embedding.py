"""The embedder of an index: the built-in one, or any LlamaIndex embedding by import path.

LlamaIndex is imported only where the settings name one of its embeddings: it takes half a second, which a start can do without.
"""

from __future__ import annotations

import hashlib
import importlib
import json
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from assistant.domain.errors import ConfigError
from assistant.learned.embedder import StaticEmbedder

if TYPE_CHECKING:
    from llama_index.core.base.embeddings.base import BaseEmbedding


class Embedder:
    """What the index needs of an embedding: arrays, and a fingerprint that names the vector space."""

    def __init__(self, model: BaseEmbedding | StaticEmbedder, *, fingerprint: str) -> None:
        self.model = model
        self.fingerprint = fingerprint

    def embed_query(self, text: str) -> NDArray[np.float32]:
        """Embed a query as `float32 (dim,)` of length 1."""
        if isinstance(self.model, StaticEmbedder):
            return np.asarray(self.model.embed([text])[0], dtype=np.float32)
        vectors = _normalise(np.asarray([self.model.get_query_embedding(text)], dtype=np.float32))
        return np.asarray(vectors[0], dtype=np.float32)

    def embed_passages(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Embed passages as `float32 (n_texts, dim)`, rows of length 1."""
        if isinstance(self.model, StaticEmbedder):
            return np.asarray(self.model.embed(texts), dtype=np.float32)
        vectors = self.model.get_text_embedding_batch(list(texts))
        return _normalise(np.asarray(vectors, dtype=np.float32))


def load_embedder(name: str, options: Mapping[str, Any]) -> Embedder:
    """Load `builtin`, or a LlamaIndex embedding by import path, such as `package.module.Class`.

    Raises:
        ConfigError: If the path names nothing that can be loaded, or no embedding.
    """
    if name == "builtin":
        builtin = StaticEmbedder.load()
        return Embedder(builtin, fingerprint=f"builtin-{builtin.fingerprint}")
    from llama_index.core.base.embeddings.base import BaseEmbedding

    module_name, _, class_name = name.rpartition(".")
    try:
        model = getattr(importlib.import_module(module_name), class_name)(**options)
    except Exception as exc:  # whatever the integration raises, the operator must learn which setting is wrong
        raise ConfigError(f"ASSISTANT_EMBEDDER {name!r} cannot be loaded: {exc}") from exc
    if not isinstance(model, BaseEmbedding):
        raise ConfigError(f"ASSISTANT_EMBEDDER {name!r} is no LlamaIndex embedding")
    identity = json.dumps([name, dict(options)], sort_keys=True, default=str)
    return Embedder(model, fingerprint=f"{class_name.lower()}-{hashlib.sha256(identity.encode()).hexdigest()[:12]}")


def _normalise(vectors: NDArray[np.float32]) -> NDArray[np.float32]:
    lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
    return np.asarray(vectors / np.maximum(lengths, 1e-12), dtype=np.float32)
