"""The FastAPI application: routes, limits, errors, headers, metrics."""

from __future__ import annotations

import time
from collections.abc import Awaitable, Callable
from typing import Any

import structlog
from fastapi import APIRouter, FastAPI, Request, Response
from fastapi.middleware.cors import CORSMiddleware
from fastapi.responses import JSONResponse
from fastapi.staticfiles import StaticFiles
from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, Histogram, generate_latest
from starlette.types import Scope

from assistant.domain.errors import AssistantError
from assistant.service.asking import AskMetrics, asking_routes
from assistant.service.errors import ServiceError, error_response, install_error_handlers, request_id_of
from assistant.service.limits import BodyLimit, RateLimiter
from assistant.service.parts import Parts
from assistant.service.reading import reading_routes
from assistant.service.wire import ErrorOut, FeedbackBody

API = "/api/v1"
PAGE_POLICY = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"  # fmt: skip
_log = structlog.get_logger("assistant.service")


def create_app(parts: Parts) -> FastAPI:
    """Build the application over its parts."""
    app = FastAPI(
        title="Clusterlotse",
        version=parts.version,
        summary="Answers on Hamburg's cluster policy, each statement tied to the exact words it rests on.",
        openapi_url=f"{API}/openapi.json",
        docs_url=None,
        redoc_url=None,
        responses={code: {"model": ErrorOut} for code in (400, 404, 413, 422, 429, 500, 503)},
    )
    registry = CollectorRegistry()
    limiter = RateLimiter(parts.rate_limit, redis_url=parts.redis_url, trusted_proxies=parts.trusted_proxies)
    install_error_handlers(app)
    api = APIRouter(prefix=API)
    api.include_router(asking_routes(parts, limiter, AskMetrics(registry)))
    api.include_router(reading_routes(parts, limiter))
    api.include_router(_conversation_routes(parts))
    app.include_router(api)
    app.include_router(_health_routes(parts, registry))
    if parts.web_dir.is_dir():
        app.mount("/", _Page(directory=parts.web_dir, html=True), name="web")
    _install_middleware(app, parts, registry)
    return app


def _conversation_routes(parts: Parts) -> APIRouter:
    router = APIRouter(tags=["conversations"])

    @router.get("/conversations/{conversation_id}", summary="A conversation")
    def conversation(conversation_id: str) -> dict[str, Any]:
        """Its questions and replies, earliest first."""
        turns = parts.conversations.conversation(conversation_id)
        if not turns:
            raise ServiceError(404, "not_found")
        return {"conversation_id": conversation_id, "turns": turns, "retention_days": parts.retention_days}

    @router.delete("/conversations/{conversation_id}", status_code=204, summary="Delete a conversation")
    def delete(conversation_id: str) -> Response:
        """Delete everything stored of it; 404 when nothing is."""
        if not parts.conversations.delete(conversation_id):
            raise ServiceError(404, "not_found")
        return Response(status_code=204)

    @router.get("/replies/{reply_id}", summary="A stored reply")
    def reply(reply_id: str) -> dict[str, Any]:
        """A reply with its question, as it was given."""
        stored = parts.conversations.reply(reply_id)
        if stored is None:
            raise ServiceError(404, "not_found")
        return stored

    @router.post("/feedback", status_code=204, summary="Judge a reply")
    def feedback(body: FeedbackBody) -> Response:
        """Say whether a reply helped; a second judgement replaces the first."""
        comment = parts.current().mask(body.comment) if body.comment else None
        if not parts.conversations.add_feedback(reply_id=body.reply_id, helpful=body.helpful, comment=comment):
            raise ServiceError(404, "not_found")
        return Response(status_code=204)

    return router


def _health_routes(parts: Parts, registry: CollectorRegistry) -> APIRouter:
    router = APIRouter(tags=["service"])

    @router.get("/health/live", summary="Is the process alive?")
    def live() -> dict[str, str]:
        """Always, while it can answer at all."""
        return {"status": "live"}

    @router.get("/health/ready", summary="Can it answer questions?")
    def ready(response: Response) -> dict[str, Any]:
        """Says of each part whether it is ready; 503 while one is not."""
        states: dict[str, str] = {"database": "ready", "index": "ready"}
        index = None
        try:
            parts.check_database()
        except Exception:  # whatever the driver raises, the part is not ready
            states["database"] = "not ready"
        try:
            index = parts.current().index
        except AssistantError as exc:
            states["index"] = f"not ready: {type(exc).__name__}"
        is_ready = all(state == "ready" for state in states.values())
        response.status_code = 200 if is_ready else 503
        if not is_ready:
            response.headers["Retry-After"] = "10"
        return {
            "status": "ready" if is_ready else "not ready",
            "parts": states,
            "index": index,
            "version": parts.version,
        }

    @router.get("/metrics", summary="Prometheus metrics", include_in_schema=False)
    def metrics() -> Response:
        """Counts and times; no words of any question."""
        return Response(generate_latest(registry), media_type=CONTENT_TYPE_LATEST)

    return router


class _Page(StaticFiles):
    """Static files that are asked for again after a change, but not fetched again without one."""

    async def get_response(self, path: str, scope: Scope) -> Response:
        """As the base class, with revalidation; document addresses all show the document page."""
        if path.startswith("documents/"):
            path = "document.html"
        response = await super().get_response(path, scope)
        response.headers["Cache-Control"] = "no-cache"
        return response


def _install_middleware(app: FastAPI, parts: Parts, registry: CollectorRegistry) -> None:
    seconds = Histogram(
        "clusterlotse_request_seconds", "Time per request.", ["route", "method", "status"], registry=registry
    )

    @app.middleware("http")
    async def _surround(request: Request, call_next: Callable[[Request], Awaitable[Response]]) -> Response:
        started = time.perf_counter()
        request_id = request_id_of(request)
        response = await call_next(request)
        route = getattr(request.scope.get("route"), "path", "other")
        seconds.labels(route, request.method, str(response.status_code)).observe(time.perf_counter() - started)
        response.headers.setdefault("X-Request-ID", request_id)
        response.headers["X-Content-Type-Options"] = "nosniff"
        response.headers["Referrer-Policy"] = "no-referrer"
        response.headers["Content-Security-Policy"] = PAGE_POLICY
        _log.debug("request", route=route, method=request.method, status=response.status_code, request_id=request_id)
        return response

    def refuse(scope: Scope) -> JSONResponse:
        request_id = request_id_of(Request(scope))
        message = "The request is too large. / Die Anfrage ist zu groß."
        return error_response(request_id, 413, "body_too_large", message, {"limit_bytes": parts.max_body_bytes})

    app.add_middleware(BodyLimit, max_bytes=parts.max_body_bytes, refuse=refuse)
    if parts.allowed_origins:
        app.add_middleware(
            CORSMiddleware, allow_origins=list(parts.allowed_origins), allow_methods=["GET", "POST", "DELETE"],
            allow_headers=["Content-Type", "Last-Event-ID"], max_age=3600,
        )  # fmt: skip
