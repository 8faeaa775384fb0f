"""Fixtures: the project's own corpus, ingested and indexed once into a temporary folder."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from fastapi.testclient import TestClient
from hypothesis import settings as property_settings

from assistant import bootstrap, building
from assistant.config import Settings
from assistant.ingest.files import load_path
from assistant.ingest.sheets import sheet_paths
from assistant.service.parts import Advisers
from assistant.store.documents import Stored
from assistant.store.library import StoredLibrary

property_settings.register_profile("project", deadline=None)  # machines that run tests are slow at times
property_settings.load_profile("project")

TODAY = date(2026, 11, 23)
CORPUS = Path(__file__).parents[1] / "corpus"


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Browser tests last: while their browser is open, its event loop runs in the main thread and no other can be started."""
    items.sort(key=lambda item: "browser" in item.path.parts)


def needs(program: str) -> None:
    """Skip where a program is missing; in strict mode, as on the build server, fail instead."""
    if shutil.which(program) is None:
        message = f"{program} is not installed"
        if os.environ.get("TESTS_STRICT"):
            pytest.fail(message)
        pytest.skip(message)


@pytest.fixture(autouse=True)
def _own_settings(monkeypatch: pytest.MonkeyPatch) -> None:
    """Settings of whoever runs the tests must not reach them."""
    for name in list(os.environ):
        if name.startswith("ASSISTANT_"):
            monkeypatch.delenv(name)


@pytest.fixture(scope="session")
def settings(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """Settings over a temporary data folder that holds the whole corpus, ingested and indexed."""
    settings = Settings(data_dir=tmp_path_factory.mktemp("data"), today=TODAY, rate_limit="100000/minute")
    stores = bootstrap.open_stores(settings)
    results = building.ingest_files([CORPUS], stores.documents, max_bytes=settings.max_upload_bytes)
    assert results and not [result for result in results if result.change == "failed"]
    bootstrap.build_index(settings, stores.documents, progress=lambda step, done, total: None)
    return settings


@pytest.fixture(scope="session")
def library() -> StoredLibrary:
    """The project's own sheets, held in memory without a store or an index."""
    loaded = [load_path(path, corpus_root=CORPUS, max_bytes=10**7) for path in sheet_paths(CORPUS)]
    return StoredLibrary(
        [Stored(document=item.document, version=item.version, passages=item.passages) for item in loaded]
    )


@pytest.fixture(scope="session")
def advisers(library: StoredLibrary) -> Advisers:
    """What advises companies, over the project's own sheets."""
    return bootstrap.build_advisers(library)


@pytest.fixture(scope="session")
def reading(settings: Settings) -> bootstrap.Reading:
    """The opened index over the whole corpus."""
    stores = bootstrap.open_stores(settings)
    return bootstrap.open_reading(settings, stores.documents, bootstrap.embedder_of(settings))


@pytest.fixture(scope="session")
def client(settings: Settings) -> Iterator[TestClient]:
    """The service in this process."""
    with TestClient(bootstrap.build_app(settings), raise_server_exceptions=False) as client:
        yield client
