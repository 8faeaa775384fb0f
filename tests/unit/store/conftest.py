"""An empty database, and fact sheets loaded as `assistant ingest` loads them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from sqlalchemy import Engine

from assistant.ingest.files import load_path
from assistant.store.database import open_database
from assistant.store.documents import DocumentStore, Stored

Load = Callable[[str], Stored]


@pytest.fixture
def engine(tmp_path: Path) -> Iterator[Engine]:
    engine = open_database(f"sqlite:///{tmp_path / 'assistant.db'}")
    yield engine
    engine.dispose()


@pytest.fixture
def documents(engine: Engine) -> DocumentStore:
    return DocumentStore(engine)


@pytest.fixture
def load(tmp_path: Path) -> Load:
    """Reads the text of a sheet from a file."""

    def read(text: str) -> Stored:
        path = tmp_path / "sheet.md"
        path.write_text(text, encoding="utf-8")
        loaded = load_path(path, corpus_root=tmp_path, max_bytes=10**6)
        return Stored(document=loaded.document, version=loaded.version, passages=loaded.passages)

    return read
