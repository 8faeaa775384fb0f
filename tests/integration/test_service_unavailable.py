"""A service that lacks a part says which, and refuses in the one shape; nothing inner comes out."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient
from structlog.testing import capture_logs

from assistant import bootstrap, building
from assistant.config import Settings
from assistant.service.app import create_app
from tests.conftest import TODAY
from tests.integration.test_service_contract import AMOUNT, API, UNKNOWN_ID, ask

BODY = {"question": AMOUNT}


@pytest.fixture
def without_index(tmp_path: Path) -> TestClient:
    """A service that was started before anything was ingested."""
    return TestClient(bootstrap.build_app(Settings(data_dir=tmp_path, today=TODAY)))


def test_without_an_index_the_service_lives_and_says_what_is_missing(without_index: TestClient) -> None:
    assert without_index.get("/health/live").status_code == 200
    ready = without_index.get("/health/ready")
    assert ready.status_code == 503
    assert int(ready.headers["Retry-After"]) > 0
    assert ready.json()["status"] == "not ready"
    assert ready.json()["parts"]["database"] == "ready"
    assert ready.json()["parts"]["index"].startswith("not ready")
    assert ready.json()["index"] is None


@pytest.mark.parametrize(
    ("method", "path"),
    [("POST", "ask"), ("POST", "ask/stream"), ("GET", "search?q=Hafen"), ("GET", "documents"), ("GET", "clusters"),
     ("GET", "documents/funding/innofounder"), ("GET", "programmes")],
)  # fmt: skip
def test_without_an_index_questions_are_put_off(without_index: TestClient, method: str, path: str) -> None:
    answer = without_index.request(method, f"{API}/{path}", json=BODY if method == "POST" else None)
    assert answer.status_code == 503
    assert int(answer.headers["Retry-After"]) > 0
    assert answer.json()["error"]["code"] == "index_unavailable"


def test_without_an_index_the_chat_page_and_what_is_stored_are_still_there(without_index: TestClient) -> None:
    assert without_index.get("/").status_code == 200
    assert without_index.get("/documents/funding/innofounder").status_code == 503
    assert without_index.get(f"{API}/conversations/{UNKNOWN_ID}").status_code == 404


def test_the_service_answers_as_soon_as_an_index_was_built(tmp_path: Path) -> None:
    settings = Settings(data_dir=tmp_path / "data", corpus_dir=tmp_path, today=TODAY)
    with TestClient(bootstrap.build_app(settings)) as client:
        assert client.post(f"{API}/ask", json=BODY).status_code == 503
        corpus = Path(__file__).parents[2] / "corpus" / "funding"
        stores = bootstrap.open_stores(settings)
        sheets = [corpus / "innofounder.de.md", corpus / "innorampup.de.md"]
        building.ingest_files(sheets, stores.documents, max_bytes=settings.max_upload_bytes)
        bootstrap.build_index(settings, stores.documents, progress=lambda step, done, total: None)
        assert client.get("/health/ready").status_code == 200
        assert ask(client, AMOUNT)["index"] == client.get("/health/ready").json()["index"]


class LostDatabase:
    """A database that went away, and whose driver quotes what was to be stored."""

    def __getattr__(self, name: str) -> Callable[..., Any]:
        def fail(*arguments: Any, **named: Any) -> Any:
            raise OSError(f"connection lost; parameters were {arguments} {named} Zauberwort4711")

        return fail


@pytest.fixture
def without_database(settings: Settings) -> TestClient:
    """A service whose database went away after the start."""
    lost: Any = LostDatabase()
    parts = bootstrap.build_parts(settings)
    return TestClient(create_app(replace(parts, conversations=lost, check_database=lost.check)))


def test_without_the_database_the_service_says_so(without_database: TestClient) -> None:
    ready = without_database.get("/health/ready")
    assert ready.status_code == 503
    assert ready.json()["parts"] == {"database": "not ready: OSError", "index": "ready"}


@pytest.mark.parametrize(
    ("method", "path"),
    [("POST", "ask"), ("GET", f"conversations/{UNKNOWN_ID}"), ("DELETE", f"conversations/{UNKNOWN_ID}"), ("GET", f"replies/{UNKNOWN_ID}")],
)  # fmt: skip
def test_without_the_database_questions_are_put_off_and_nothing_inner_comes_out(
    without_database: TestClient, method: str, path: str, capfd: pytest.CaptureFixture[str]
) -> None:
    with capture_logs() as logs:
        body = {"question": "Was kostet Zauberwort4711?"} if method == "POST" else None
        answer = without_database.request(method, f"{API}/{path}", json=body)
    assert answer.status_code == 503
    assert int(answer.headers["Retry-After"]) > 0
    assert answer.json()["error"]["code"] == "database_unavailable"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert [entry["error"] for entry in logs if entry["log_level"] == "error"] == ["OSError"]
    out, err = capfd.readouterr()
    assert "Zauberwort" not in answer.text + json.dumps(logs) + out + err


def test_without_the_database_the_stream_ends_with_an_error_event(without_database: TestClient) -> None:
    answer = without_database.post(f"{API}/ask/stream", json=BODY)
    assert answer.status_code == 200
    assert "event: error" in answer.text
    assert '"code": "database_unavailable"' in answer.text
    assert "event: done" not in answer.text


def test_without_the_database_documents_can_still_be_searched(without_database: TestClient) -> None:
    assert without_database.get(f"{API}/search?q=Hafen").status_code == 200


def test_a_fault_of_the_service_is_one_plain_error(settings: Settings, capfd: pytest.CaptureFixture[str]) -> None:
    faulty: Any = LostDatabase()
    parts = bootstrap.build_parts(settings)
    client = TestClient(create_app(replace(parts, conversations=faulty)))
    answer = client.post(f"{API}/ask", json={"question": "Was kostet Zauberwort4711?"})
    assert answer.status_code == 500
    error = answer.json()["error"]
    assert error.keys() == {"code", "message", "request_id", "details"}
    assert (error["code"], error["details"]) == ("internal", {})
    assert error["request_id"] == answer.headers["X-Request-ID"]
    assert "default-src 'none'" in answer.headers["Content-Security-Policy"]
    assert 'route="/api/v1/ask",status="500"' in client.get("/metrics").text
    out, err = capfd.readouterr()
    assert "Zauberwort" not in answer.text + out + err
    assert error["request_id"] in out + err, "the log has the id that the person can name"
