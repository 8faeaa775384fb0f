"""Vectors in Chroma: embedded in a folder of the generation's own, or on a Chroma server."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, cast

import chromadb
import numpy as np
from chromadb.api import ClientAPI
from chromadb.api.shared_system_client import SharedSystemClient
from chromadb.api.types import Where
from chromadb.config import Settings
from numpy.typing import NDArray

from assistant.domain.errors import SearchIndexError
from assistant.domain.values import Kind, Language, Passage

BATCH = 1000
SEARCH_BREADTH = 300
"""HNSW `ef_search`: at least as many candidates as are ever asked for, so the ranking is exact at this size."""


class VectorIndex:
    """One generation's collection.

    Writing goes through LlamaIndex's `ChromaVectorStore`, so that any of its tools can read the collection; searching goes
    to Chroma itself, because the bridge returns exp(-distance) and hides the cosine.
    """

    def __init__(self, client: ClientAPI, collection: chromadb.Collection) -> None:
        self._client = client
        self._collection = collection
        self._counted: int | None = None

    @classmethod
    def create(cls, name: str, *, folder: Path, server_url: str | None) -> VectorIndex:
        """Make an empty collection called `name`."""
        client = _connect(folder, server_url)
        collection = client.create_collection(
            name,
            configuration={"hnsw": {"space": "cosine", "ef_search": SEARCH_BREADTH, "ef_construction": 200}},
            embedding_function=None,
        )
        return cls(client, collection)

    @classmethod
    def open(cls, name: str, *, folder: Path, server_url: str | None) -> VectorIndex:
        """Open an existing collection.

        Raises:
            SearchIndexError: If it is not there or cannot be read.
        """
        try:
            client = _connect(folder, server_url)
            return cls(client, client.get_collection(name, embedding_function=None))
        except Exception as exc:  # Chroma raises many foreign kinds here, down to its Rust layer's
            raise SearchIndexError(f"the vector collection {name!r} cannot be opened: {exc}") from exc

    def add(
        self,
        passages: Sequence[Passage],
        vectors: NDArray[np.float32],
        *,
        progress: Callable[[int], None] | None = None,
    ) -> None:
        """Add passages with their vectors, `float32 (n_passages, dim)`."""
        from llama_index.core.schema import TextNode  # half a second, needed only where an index is built
        from llama_index.vector_stores.chroma import ChromaVectorStore

        store = ChromaVectorStore(chroma_collection=self._collection)
        for start in range(0, len(passages), BATCH):
            batch = passages[start : start + BATCH]
            nodes = [
                TextNode(
                    id_=passage.id,
                    text=passage.text,
                    embedding=vector.tolist(),
                    metadata={
                        "document_id": passage.document_id, "kind": passage.kind, "language": passage.language,
                        "heading": " › ".join(passage.heading), "start": passage.start, "end": passage.end,
                    },
                )
                for passage, vector in zip(batch, vectors[start : start + BATCH], strict=True)
            ]  # fmt: skip
            store.add(nodes)
            self._counted = None
            if progress:
                progress(len(batch))

    def count(self) -> int:
        """How many passages the collection holds."""
        return int(self._collection.count())

    def search(
        self, vector: NDArray[np.float32], *, top_k: int, kinds: Sequence[Kind] = (), languages: Sequence[Language] = ()
    ) -> list[tuple[str, float]]:
        """Passage ids with their cosine similarity, best first; only of these kinds and languages, where any are given."""
        wanted = [
            {name: {"$in": list(values)}} for name, values in (("kind", kinds), ("language", languages)) if values
        ]
        try:
            found: Any = self._collection.query(
                query_embeddings=[vector.tolist()],
                n_results=min(top_k, self._size()),
                include=["distances"],
                where=cast(Where, {"$and": wanted} if len(wanted) > 1 else wanted[0]) if wanted else None,
            )
        except Exception as exc:
            raise SearchIndexError(f"the vector search failed: {exc}") from exc
        return [(i, 1.0 - float(d)) for i, d in zip(found["ids"][0], found["distances"][0], strict=True)]

    def _size(self) -> int:
        """How many passages an opened, finished collection holds; counting each time would double the time of a search."""
        if self._counted is None:
            self._counted = max(1, self.count())
        return self._counted

    def vector(self, passage_id: str) -> NDArray[np.float32] | None:
        """The stored vector of a passage, or None."""
        found = self._collection.get(ids=[passage_id], include=["embeddings"])
        embeddings = found["embeddings"]
        return None if embeddings is None or len(embeddings) == 0 else np.asarray(embeddings[0], dtype=np.float32)

    def drop(self, name: str) -> None:
        """Delete the collection; on a server this is all there is to delete."""
        self._client.delete_collection(name)

    def close(self) -> None:
        """Let go of the files, so that the folder can be removed."""
        SharedSystemClient._identifier_to_system.pop(self._client._identifier, None)


def _connect(folder: Path, server_url: str | None) -> ClientAPI:
    settings = Settings(anonymized_telemetry=False)
    if server_url:
        from urllib.parse import urlsplit

        address = urlsplit(server_url)
        return chromadb.HttpClient(
            host=address.hostname or "localhost",
            port=address.port or (443 if address.scheme == "https" else 8000),
            ssl=address.scheme == "https",
            settings=settings,
        )
    folder.mkdir(parents=True, exist_ok=True)
    return chromadb.PersistentClient(path=str(folder), settings=settings)
