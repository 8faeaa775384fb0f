"""Every error in one shape, in the client's language, without a word of what was asked."""

from __future__ import annotations

import json

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient
from pydantic import BaseModel, ConfigDict
from starlette.exceptions import HTTPException
from starlette.requests import Request
from structlog.testing import capture_logs

from assistant.domain import errors as domain_errors
from assistant.domain.errors import AssistantError, IndexMissing, InputError, ModelUnavailable
from assistant.service.errors import (
    MESSAGES,
    ServiceError,
    documented,
    error_body,
    error_response,
    failure_of,
    install_error_handlers,
    preferred_language,
)

SECRET = "Was verdient Erika Mustermann?"


def request(accept_language: str | None = None) -> Request:
    headers = [] if accept_language is None else [(b"accept-language", accept_language.encode())]
    return Request({"type": "http", "method": "GET", "path": "/", "headers": headers})


def database_is_up() -> None:
    """What a working database says."""


def database_is_down() -> None:
    raise OSError(SECRET)


@pytest.mark.parametrize(
    ("header", "language"),
    [
        pytest.param(None, "de", id="none"),
        pytest.param("", "de", id="empty"),
        pytest.param("en", "en", id="English"),
        pytest.param("de-DE,de;q=0.9,en;q=0.8", "de", id="a German browser"),
        pytest.param("en-GB,en;q=0.9,de;q=0.8", "en", id="an English browser"),
        pytest.param("fr-FR,fr;q=0.9,en;q=0.5,de;q=0.4", "en", id="a French browser that has English"),
        pytest.param("de;q=0.1, en;q=0.9", "en", id="by quality, not by place"),
        pytest.param("en;q=0, de;q=0", "de", id="neither wanted"),
        pytest.param("en;q=much,*", "de", id="not a number"),
        pytest.param("en;q=nan", "de", id="not a number that Python reads"),
        pytest.param("english", "de", id="another tag"),
    ],
)
def test_the_message_is_in_the_language_the_client_prefers(header: str | None, language: str) -> None:
    assert preferred_language(request(header)) == language
    body = error_body(ServiceError(404, "not_found"), request(header))
    assert body["message"] == MESSAGES["not_found"][language]  # type: ignore[index]


def test_every_message_is_one_sentence_in_both_languages() -> None:
    for code, texts in MESSAGES.items():
        assert set(texts) == {"de", "en"}, code
        assert all(text[0].isupper() and text.endswith(".") for text in texts.values()), code


@pytest.mark.parametrize("status", [429, 503])
def test_where_trying_again_helps_the_client_is_told_when(status: int) -> None:
    assert int(error_response(ServiceError(status, "rate_limited"), request()).headers["Retry-After"]) > 0
    waiting = error_response(ServiceError(status, "rate_limited", retry_after_s=7), request())
    assert waiting.headers["Retry-After"] == "7"


def test_all_our_errors_have_a_status() -> None:
    kinds = [
        kind for kind in vars(domain_errors).values() if isinstance(kind, type) and issubclass(kind, AssistantError)
    ]
    assert len(kinds) > 10
    for kind in kinds:
        exc = kind.__new__(kind)
        assert failure_of(exc, request(), database_is_up).code in MESSAGES


@pytest.mark.parametrize(
    ("exc", "status", "code"),
    [
        (InputError(SECRET), 400, "bad_request"),
        (IndexMissing(SECRET), 503, "index_unavailable"),
        (ModelUnavailable(), 503, "model_unavailable"),
        (ValueError(SECRET), 500, "internal"),
    ],
)
def test_a_failure_gets_the_status_of_its_kind(exc: Exception, status: int, code: str) -> None:
    failure = failure_of(exc, request(), database_is_up)
    assert (failure.status, failure.code) == (status, code)


def test_what_fails_while_the_database_is_down_is_the_databases_failure() -> None:
    failure = failure_of(ValueError(SECRET), request(), database_is_down)
    assert (failure.status, failure.code) == (503, "database_unavailable")


def test_a_failure_is_logged_with_its_place_and_without_its_words() -> None:
    def fail() -> None:
        raise ValueError(SECRET)

    with capture_logs() as logs:
        try:
            fail()
        except ValueError as exc:
            failure = failure_of(exc, request(), database_is_down)
    (entry,) = logs
    assert entry["error"] == "ValueError"
    assert any("test_errors.py" in frame and frame.endswith("fail") for frame in entry["at"])
    assert "Mustermann" not in json.dumps([logs, failure.details, str(failure)])


class Body(BaseModel):
    """A body with one field."""

    model_config = ConfigDict(extra="forbid")
    wanted: int


def failing_app() -> TestClient:
    app = FastAPI()
    install_error_handlers(app)

    @app.post("/body")
    def body(body: Body, number: int = 0) -> None:
        raise ServiceError(409, "http_error")

    @app.get("/teapot")
    def teapot() -> None:
        raise HTTPException(418, SECRET, headers={"X-Extra": "kept"})

    return TestClient(app)


@pytest.mark.parametrize(
    ("content", "path", "code", "field"),
    [
        pytest.param(b'{"wanted": "x"}', "/body", "invalid_body", "wanted", id="wrong type"),
        pytest.param(b"{}", "/body", "invalid_body", "wanted", id="missing"),
        pytest.param(b'{"wanted": 1, "unwanted": 2}', "/body", "invalid_body", "unwanted", id="unknown field"),
        pytest.param(b'{"wanted": 1}', "/body?number=x", "invalid_parameter", "number", id="parameter"),
        pytest.param(b'{"wanted": 1, "%s": 2}' % (b"x" * 500), "/body", "invalid_body", "x" * 80, id="long name"),
    ],
)
def test_a_request_that_does_not_fit_is_told_which_field(content: bytes, path: str, code: str, field: str) -> None:
    answer = failing_app().post(path, content=content, headers={"Content-Type": "application/json"})
    assert answer.status_code == 422
    assert answer.json()["error"]["code"] == code
    assert answer.json()["error"]["details"]["problems"][0]["field"] == field


def test_what_a_framework_says_stays_inside() -> None:
    answer = failing_app().get("/teapot")
    assert answer.status_code == 418
    assert answer.headers["X-Extra"] == "kept"
    assert answer.json()["error"]["code"] == "http_error"
    assert "Mustermann" not in answer.text


def test_described_errors_are_those_that_travel() -> None:
    described = documented(400, 429, 503)
    assert set(described) == {400, 429, 500, 503}
    for status, description in described.items():
        example = description["content"]["application/json"]["example"]
        travelled = json.loads(error_response(ServiceError(int(status), example["error"]["code"]), request()).body)
        assert travelled["error"].keys() == example["error"].keys()
        assert travelled["error"]["message"] == example["error"]["message"]
        assert ("headers" in description) == (status in (429, 503))
