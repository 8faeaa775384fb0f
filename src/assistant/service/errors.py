"""One shape for every error, one table from our errors to status codes; nothing internal leaves the service."""

from __future__ import annotations

import traceback
import uuid
from collections.abc import Callable
from pathlib import Path
from typing import Any

import structlog
from fastapi import FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from starlette.exceptions import HTTPException

from assistant.domain.errors import AssistantError, CorpusError, InputError, ModelError, SearchIndexError
from assistant.domain.values import LANGUAGES, Language
from assistant.service.wire import MAX_QUESTION, ErrorOut

RETRY_AFTER_S = 10
_log = structlog.get_logger("assistant.service")
_STATUS: tuple[tuple[type[AssistantError], int, str], ...] = (
    (InputError, 400, "bad_request"),
    (SearchIndexError, 503, "index_unavailable"),
    (CorpusError, 503, "corpus_unavailable"),
    (ModelError, 503, "model_unavailable"),
)
_CODES = {400: "bad_request", 401: "unauthorized", 403: "forbidden", 404: "not_found", 405: "method_not_allowed", 413: "body_too_large", 415: "unsupported_media_type", 429: "rate_limited"}  # fmt: skip
_UNAVAILABLE: dict[Language, str] = {
    "de": "Der Dienst kann gerade nicht antworten; bitte versuchen Sie es gleich noch einmal.",
    "en": "The service cannot answer just now; please try again shortly.",
}
MESSAGES: dict[str, dict[Language, str]] = {
    "question_empty": {"de": "Bitte stellen Sie eine Frage.", "en": "Please ask a question."},
    "question_too_long": {
        "de": f"Eine Frage hat höchstens {MAX_QUESTION} Zeichen.",
        "en": f"A question has at most {MAX_QUESTION} characters.",
    },
    "bad_request": {"de": "Die Anfrage ist nicht lesbar.", "en": "The request cannot be read."},
    "unauthorized": {"de": "Bitte melden Sie sich an.", "en": "Please sign in."},
    "forbidden": {"de": "Dazu fehlt Ihnen das Recht.", "en": "You may not do this."},
    "not_found": {"de": "Unter dieser Adresse gibt es nichts.", "en": "There is nothing at this address."},
    "method_not_allowed": {
        "de": "Diese Adresse kennt diese Methode nicht.",
        "en": "This address does not know this method.",
    },
    "body_too_large": {"de": "Die Anfrage ist zu groß.", "en": "The request is too large."},
    "unsupported_media_type": {"de": "Bitte senden Sie JSON.", "en": "Please send JSON."},
    "invalid_body": {
        "de": "Der Inhalt der Anfrage entspricht nicht der Beschreibung.",
        "en": "The body of the request does not fit the description.",
    },
    "invalid_parameter": {
        "de": "Die Angaben in der Adresse entsprechen nicht der Beschreibung.",
        "en": "The parameters in the address do not fit the description.",
    },
    "rate_limited": {
        "de": "Zu viele Fragen auf einmal; bitte warten Sie einen Moment.",
        "en": "Too many questions at once; please wait a moment.",
    },
    "internal": {"de": "Bei uns ist etwas schiefgegangen.", "en": "Something went wrong on our side."},
    "http_error": {"de": "Die Anfrage war nicht möglich.", "en": "The request was not possible."},
    "database_unavailable": _UNAVAILABLE,
    **{code: _UNAVAILABLE for _, status, code in _STATUS if status == 503},
}
_DESCRIPTIONS = {
    400: ("Cannot be served as asked.", "question_empty"),
    404: ("Unknown, or deleted.", "not_found"),
    413: ("The body is too large.", "body_too_large"),
    422: ("Does not fit this description.", "invalid_body"),
    429: ("Too many questions; `Retry-After` says in how many seconds the next one may come.", "rate_limited"),
    500: ("A fault of the service.", "internal"),
    503: ("A part needed for any answer is down; `Retry-After` says when to try again.", "index_unavailable"),
}
_EXAMPLE_ID = "5c1d0f0e6f0a4c0e9b6d2f6a4a7e9d11"


class ServiceError(Exception):
    """A refusal with its status code, code and details."""

    def __init__(self, status: int, code: str, **details: Any) -> None:
        super().__init__(code)
        self.status, self.code, self.details = status, code, details


def error_body(error: ServiceError, request: Request) -> dict[str, Any]:
    """The one shape of an error, its message in the language the client prefers."""
    message = MESSAGES[error.code][preferred_language(request)]
    return {
        "code": error.code, "message": message, "request_id": request_id_of(request), "details": error.details
    }  # fmt: skip


def error_response(error: ServiceError, request: Request) -> JSONResponse:
    """The error as it travels, with `Retry-After` where trying again helps."""
    headers = {"Content-Language": preferred_language(request), **retry_headers(error)}
    return JSONResponse({"error": error_body(error, request)}, status_code=error.status, headers=headers)


def retry_headers(error: ServiceError) -> dict[str, str]:
    """`Retry-After`, where trying again helps."""
    if error.status not in (429, 503):
        return {}
    return {"Retry-After": str(error.details.get("retry_after_s", RETRY_AFTER_S))}


def preferred_language(request: Request) -> Language:
    """The first of German and English that `Accept-Language` names; German without one."""
    best: Language = "de"
    best_quality = 0.0
    for wish in request.headers.get("accept-language", "").lower().split(",")[:20]:
        tag, _, parameter = wish.strip().partition(";")
        try:
            quality = float(parameter.strip().removeprefix("q=")) if parameter else 1.0
        except ValueError:
            continue
        for language in LANGUAGES:
            if quality > best_quality and tag.split("-")[0] == language:
                best, best_quality = language, quality
    return best


def request_id_of(request: Request) -> str:
    """The id of this request, made at its first use."""
    if not hasattr(request.state, "request_id"):
        request.state.request_id = uuid.uuid4().hex
    return str(request.state.request_id)


def install_error_handlers(app: FastAPI, respond: Callable[[ServiceError, Request], Response] = error_response) -> None:
    """Answer every refusal in the one shape, or as `respond` does."""

    @app.exception_handler(ServiceError)
    async def _service(request: Request, exc: ServiceError) -> Response:
        return respond(exc, request)

    @app.exception_handler(RequestValidationError)
    async def _invalid(request: Request, exc: RequestValidationError) -> Response:
        problems = [{"field": _field(e["loc"]), "problem": e["msg"]} for e in exc.errors()[:10]]
        in_body = any(e["loc"][0] == "body" for e in exc.errors())
        code = "invalid_body" if in_body else "invalid_parameter"
        return respond(ServiceError(422, code, problems=problems), request)

    @app.exception_handler(HTTPException)
    async def _http(request: Request, exc: HTTPException) -> Response:
        response = respond(ServiceError(exc.status_code, _CODES.get(exc.status_code, "http_error")), request)
        response.headers.update(exc.headers or {})
        return response


def failure_of(exc: Exception, request: Request, check_database: Callable[[], None]) -> ServiceError:
    """What to tell the client of an exception that nobody expected here; logs it without any of its words.

    Whatever fails while the database is down counts as the database's failure: drivers raise too many kinds to list.
    """
    error = next((ServiceError(s, c) for kind, s, c in _STATUS if isinstance(exc, kind)), None)
    if error is None:
        try:
            check_database()
            error = ServiceError(500, "internal")
        except Exception:
            error = ServiceError(503, "database_unavailable")
    _log.error(
        "request failed", error=type(exc).__name__, code=error.code, request_id=request_id_of(request), at=frames_of(exc)
    )  # fmt: skip
    return error


def frames_of(exc: BaseException) -> list[str]:
    """Where an exception was raised, innermost last: file, line, function. Never its message, which may quote a question."""
    frames = traceback.extract_tb(exc.__traceback__)[-8:]
    return [f"{'/'.join(Path(frame.filename).parts[-2:])}:{frame.lineno} {frame.name}" for frame in frames]


def documented(*statuses: int) -> dict[int | str, dict[str, Any]]:
    """The errors of a route as its description lists them."""
    found: dict[int | str, dict[str, Any]] = {}
    for status in sorted({*statuses, 500}):
        description, code = _DESCRIPTIONS[status]
        error = {"code": code, "message": MESSAGES[code]["de"], "request_id": _EXAMPLE_ID, "details": {}}
        found[status] = {
            "model": ErrorOut,
            "description": description,
            "content": {"application/json": {"example": {"error": error}}},
        }
        if status in (429, 503):
            wait = {"description": "Seconds to wait.", "schema": {"type": "integer", "minimum": 1}, "required": True}
            found[status]["headers"] = {"Retry-After": wait}
    return found


def _field(location: tuple[str | int, ...]) -> str:
    """Where a problem lies; a name that the client made up is shortened, and never breaks the encoding."""
    path = ".".join(str(part) for part in location if part not in ("body", "query", "path", "header"))
    return path[:80].encode("utf-8", "replace").decode()
