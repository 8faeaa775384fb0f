"""How much one client may ask and send."""

from __future__ import annotations

import json
from collections.abc import Iterator

import httpx
import pytest
from fastapi.testclient import TestClient

from assistant import bootstrap
from assistant.config import Settings
from tests.integration.test_service_contract import AMOUNT, API
from tests.integration.test_service_stream import serving

MAX_BODY_BYTES = 64 * 1024


def limited(settings: Settings, rates: str = "3/minute", *, trusted_proxies: int = 1) -> TestClient:
    changes = {"rate_limit": rates, "trusted_proxies": trusted_proxies}
    return TestClient(bootstrap.build_app(settings.model_copy(update=changes)))


def question_from(client: TestClient, address: str, path: str = "ask") -> httpx.Response:
    return client.post(f"{API}/{path}", json={"question": AMOUNT}, headers={"X-Forwarded-For": address})


def test_who_asks_too_much_is_told_when_to_go_on(settings: Settings) -> None:
    client = limited(settings)
    assert [question_from(client, "203.0.113.7").status_code for _ in range(4)] == [200, 200, 200, 429]
    refused = question_from(client, "203.0.113.7")
    error = refused.json()["error"]
    assert error["code"] == "rate_limited"
    assert 1 <= int(refused.headers["Retry-After"]) == error["details"]["retry_after_s"] <= 60
    assert question_from(client, "203.0.113.8").status_code == 200, "others go on asking"


@pytest.mark.parametrize("path", ["ask", "ask/stream"])
def test_every_way_of_asking_counts(settings: Settings, path: str) -> None:
    client = limited(settings, "2/minute")
    assert question_from(client, "203.0.113.7", path).status_code == 200
    search = client.get(f"{API}/search", params={"q": "Hafen"}, headers={"X-Forwarded-For": "203.0.113.7"})
    assert search.status_code == 200
    assert question_from(client, "203.0.113.7", path).status_code == 429


def test_an_address_that_a_client_makes_up_counts_for_nothing(settings: Settings) -> None:
    client = limited(settings, "1/minute", trusted_proxies=0)
    assert question_from(client, "203.0.113.7").status_code == 200
    assert question_from(client, "203.0.113.8").status_code == 429


def test_going_on_after_a_cut_and_reading_are_not_counted(settings: Settings) -> None:
    client = limited(settings, "1/minute")
    first = question_from(client, "203.0.113.7", "ask/stream")
    last_id = next(line.removeprefix("id: ") for line in first.text.splitlines() if line.startswith("id: "))
    headers = {"X-Forwarded-For": "203.0.113.7", "Last-Event-ID": last_id}
    for _ in range(3):
        assert client.post(f"{API}/ask/stream", json={"question": AMOUNT}, headers=headers).status_code == 200
        assert client.get(f"{API}/documents", headers=headers).status_code == 200
    assert question_from(client, "203.0.113.7").status_code == 429


def test_a_question_that_was_refused_for_its_form_is_not_counted(settings: Settings) -> None:
    client = limited(settings, "1/minute")
    for question in ("", "x" * 2001):
        assert client.post(f"{API}/ask", json={"question": question}).status_code == 400
    assert client.post(f"{API}/ask", json={"question": AMOUNT}).status_code == 200


@pytest.mark.parametrize("character", ["a", "ä", "😀", "\u0301"])
def test_the_length_of_a_question_is_counted_in_characters(client: TestClient, character: str) -> None:
    assert client.post(f"{API}/ask", json={"question": character * 2000}).status_code == 200
    refused = client.post(f"{API}/ask", json={"question": character * 2001})
    assert refused.status_code == 400
    assert refused.json()["error"]["code"] == "question_too_long"
    assert refused.json()["error"]["details"] == {"limit": 2000, "length": 2001}


def padded(size: int) -> bytes:
    """A body of exactly `size` bytes."""
    body = json.dumps({"question": AMOUNT}).encode()
    return body + b" " * (size - len(body))


def test_a_body_may_be_as_large_as_the_limit_and_no_larger(client: TestClient) -> None:
    headers = {"Content-Type": "application/json"}
    assert client.post(f"{API}/ask", content=padded(MAX_BODY_BYTES), headers=headers).status_code == 200
    for path in ("ask", "ask/stream", "feedback", "nothing"):
        refused = client.post(f"{API}/{path}", content=padded(MAX_BODY_BYTES + 1), headers=headers)
        assert refused.status_code == 413
        assert refused.json()["error"]["code"] == "body_too_large"
        assert refused.json()["error"]["details"] == {"limit_bytes": MAX_BODY_BYTES}
        assert refused.headers["X-Content-Type-Options"] == "nosniff"


def test_a_body_that_does_not_tell_its_size_is_limited_too(client: TestClient) -> None:
    def pieces() -> Iterator[bytes]:
        for _ in range(100):
            yield b" " * 1000

    assert client.post(f"{API}/ask", content=pieces()).status_code == 413


def test_a_body_of_ten_megabytes_gets_its_refusal_over_a_real_connection(settings: Settings) -> None:
    with serving(bootstrap.build_app(settings)) as address, httpx.Client(base_url=address, timeout=20) as client:
        for _ in range(2):  # the connection stays usable
            refused = client.post(f"{API}/ask", content=b"x" * 10_000_000)
            assert (refused.status_code, refused.json()["error"]["code"]) == (413, "body_too_large")
            assert client.post(f"{API}/ask", json={"question": AMOUNT}).status_code == 200
