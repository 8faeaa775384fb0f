"""One shape for every error, one table from our errors to status codes; nothing internal leaves the service."""

from __future__ import annotations

import uuid
from typing import Any

import structlog
from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from starlette.exceptions import HTTPException

from assistant.domain.errors import AssistantError, CorpusError, InputError, ModelError, SearchIndexError

RETRY_AFTER_S = 10
_log = structlog.get_logger("assistant.service")
_STATUS: tuple[tuple[type[AssistantError], int, str], ...] = (
    (InputError, 400, "input"),
    (SearchIndexError, 503, "index_unavailable"),
    (CorpusError, 503, "corpus_unavailable"),
    (ModelError, 503, "model_unavailable"),
)
_CODES = {400: "bad_request", 401: "unauthorized", 403: "forbidden", 404: "not_found", 405: "method_not_allowed", 413: "body_too_large", 415: "unsupported_media_type", 429: "rate_limited"}  # fmt: skip
_MESSAGES = {
    "not_found": "There is nothing at this address. / Unter dieser Adresse gibt es nichts.",
    "body_too_large": "The request is too large. / Die Anfrage ist zu groß.",
    "invalid_body": "The request does not fit the description. / Die Anfrage entspricht nicht der Beschreibung.",
    "unavailable": "The service cannot answer just now; please try again shortly. / Der Dienst kann gerade nicht antworten; bitte versuchen Sie es gleich noch einmal.",
    "rate_limited": "Too many questions at once; please wait a moment. / Zu viele Fragen auf einmal; bitte warten Sie einen Moment.",
    "internal": "Something went wrong on our side. / Bei uns ist etwas schiefgegangen.",
}


class ServiceError(Exception):
    """A refusal with its status code, code and details."""

    def __init__(self, status: int, code: str, message: str | None = None, **details: Any) -> None:
        super().__init__(code)
        self.status, self.code, self.details = status, code, details
        self.message = message or _MESSAGES.get(code, code)


def error_response(
    request_id: str, status: int, code: str, message: str, details: dict[str, Any] | None = None
) -> JSONResponse:
    """The one shape of an error."""
    body = {"error": {"code": code, "message": message, "request_id": request_id, "details": details or {}}}
    headers = {"X-Request-ID": request_id}
    if status in (429, 503):
        headers["Retry-After"] = str((details or {}).get("retry_after_s", RETRY_AFTER_S))
    return JSONResponse(body, status_code=status, headers=headers)


def request_id_of(request: Request) -> str:
    """The id of this request, made at its first use."""
    if not hasattr(request.state, "request_id"):
        request.state.request_id = uuid.uuid4().hex
    return str(request.state.request_id)


def install_error_handlers(app: FastAPI) -> None:
    """Answer every failure in the one shape."""

    @app.exception_handler(ServiceError)
    async def _service(request: Request, exc: ServiceError) -> JSONResponse:
        return error_response(request_id_of(request), exc.status, exc.code, exc.message, exc.details)

    @app.exception_handler(RequestValidationError)
    async def _invalid(request: Request, exc: RequestValidationError) -> JSONResponse:
        problems = [
            {"field": ".".join(str(p) for p in e["loc"] if p != "body"), "problem": e["msg"]} for e in exc.errors()[:10]
        ]
        return error_response(
            request_id_of(request), 422, "invalid_body", _MESSAGES["invalid_body"], {"problems": problems}
        )

    @app.exception_handler(HTTPException)
    async def _http(request: Request, exc: HTTPException) -> JSONResponse:
        code = _CODES.get(exc.status_code, "http_error")
        message = _MESSAGES.get(code, str(exc.detail))
        response = error_response(request_id_of(request), exc.status_code, code, message)
        response.headers.update(exc.headers or {})
        return response

    @app.exception_handler(AssistantError)
    async def _ours(request: Request, exc: AssistantError) -> JSONResponse:
        request_id = request_id_of(request)
        status, code = next(((s, c) for kind, s, c in _STATUS if isinstance(exc, kind)), (500, "internal"))
        _log.error("request failed", error=type(exc).__name__, request_id=request_id, exc_info=status == 500)
        return error_response(request_id, status, code, _MESSAGES["unavailable" if status == 503 else "internal"])

    @app.exception_handler(Exception)
    async def _other(request: Request, exc: Exception) -> JSONResponse:
        request_id = request_id_of(request)
        _log.error("request failed", error=type(exc).__name__, request_id=request_id, exc_info=exc)
        return error_response(request_id, 500, "internal", _MESSAGES["internal"])
