"""The FastAPI application: its routers, its layers and what runs beside the requests."""

from __future__ import annotations

import asyncio
import contextlib
import uuid
from collections.abc import AsyncIterator, Callable
from datetime import timedelta
from typing import Any

import structlog
from fastapi import FastAPI, Request, Response
from fastapi.middleware.cors import CORSMiddleware
from fastapi.responses import FileResponse
from prometheus_client import CollectorRegistry
from starlette.concurrency import run_in_threadpool
from starlette.types import Receive, Scope, Send

from assistant.domain.answers import Question
from assistant.domain.errors import SearchIndexError
from assistant.service.asking import AskMetrics, asking_routes
from assistant.service.conversations import conversation_routes
from assistant.service.errors import ServiceError, error_response, failure_of, frames_of, install_error_handlers
from assistant.service.health import health_routes, service_routes
from assistant.service.limits import BodyLimit, RateLimiter
from assistant.service.parts import Parts
from assistant.service.reading import reading_routes
from assistant.service.surround import Surround
from assistant.service.wire import EXAMPLES

API = "/api/v1"
DESCRIPTION = """Offsets are Unicode code points, times ISO 8601 with a zone, dates `YYYY-MM-DD`, scores 0 to 1.

`text[start:end]` of a claim is the claim, and the `quote` of a citation is the exact slice `[start:end]` of the `text` of
`/documents/{document_id}`. Every error has the shape of `ErrorOut`. Unknown fields of a body are refused, unknown
parameters of an address ignored. `HEAD` works wherever `GET` does."""
DELETE_EVERY_S = 3600.0
_log = structlog.get_logger("assistant.service")


def create_app(parts: Parts) -> FastAPI:
    """Build the application over its parts."""
    app = _DescribedAsItIs(
        title="Clusterlotse",
        version=parts.version,
        summary="Answers on Hamburg's cluster policy, each statement tied to the exact words it rests on.",
        description=DESCRIPTION,
        openapi_url=f"{API}/openapi.json",
        docs_url=None,
        redoc_url=None,
        generate_unique_id_function=lambda route: route.name,  # generated clients name their methods after it
        redirect_slashes=False,  # a redirect would repeat whatever host name the client sent
        lifespan=_beside(parts),
        # It would record the words of a search, and the messages of exceptions.
        telemetry={
            "tracing": False,
            "metrics": False,
            "logs": False,
            "operation_spans": False,
            "auto_configure": False,
        },
    )
    registry = CollectorRegistry()
    limiter = RateLimiter(parts.rate_limit, redis_url=parts.redis_url, trusted_proxies=parts.trusted_proxies)
    app.include_router(asking_routes(parts, limiter, AskMetrics(registry), prefix=API))
    app.include_router(reading_routes(parts, limiter, prefix=API))
    app.include_router(conversation_routes(parts, prefix=API))
    app.include_router(service_routes(parts, prefix=API))
    app.include_router(health_routes(parts, registry))
    if parts.web_dir.is_dir():
        _serve_page(app, parts)
    install_error_handlers(app)
    _install_layers(app, parts, registry)
    return app


class _DescribedAsItIs(FastAPI):
    """Describes only the answers that its routes declare: FastAPI adds a 422 of its own shape to every other one."""

    def openapi(self) -> dict[str, Any]:
        """The description, made once."""
        if self.openapi_schema:
            return self.openapi_schema
        schema = super().openapi()
        for path in schema["paths"].values():
            for operation in path.values():
                responses = operation["responses"]
                if "HTTPValidationError" in str(responses.get("422")):
                    del responses["422"]
        schemas = schema["components"]["schemas"]
        for name in ("HTTPValidationError", "ValidationError"):
            schemas.pop(name, None)
        for name, example in EXAMPLES.items():
            schemas[name]["example"] = example
        return schema


def _serve_page(app: FastAPI, parts: Parts) -> None:
    """The page's files, after all other routes; every document's address shows the document page."""

    @app.get("/documents/{document_id:path}", include_in_schema=False)
    def document_page(document_id: str) -> FileResponse:
        is_known = True
        with contextlib.suppress(SearchIndexError):
            is_known = parts.current().library.document(document_id) is not None
        return FileResponse(parts.web_dir / "document.html", status_code=200 if is_known else 404)

    app.frontend("/", directory=parts.web_dir, fallback=None)


def _install_layers(app: FastAPI, parts: Parts, registry: CollectorRegistry) -> None:
    async def refuse(scope: Scope, receive: Receive, send: Send) -> None:
        error = ServiceError(413, "body_too_large", limit_bytes=parts.max_body_bytes)
        await error_response(error, Request(scope))(scope, receive, send)

    def on_failure(exc: Exception, request: Request) -> Response:
        return error_response(failure_of(exc, request, parts.check_database), request)

    app.add_middleware(BodyLimit, max_bytes=parts.max_body_bytes, refuse=refuse)
    app.add_middleware(Surround, registry=registry, on_failure=on_failure)
    if parts.allowed_origins:
        app.add_middleware(
            CORSMiddleware, allow_origins=list(parts.allowed_origins), allow_methods=["GET", "POST", "DELETE"],
            allow_headers=["Content-Type", "Last-Event-ID"], expose_headers=["X-Request-ID", "Retry-After"], max_age=3600,
        )  # fmt: skip


# --- beside the requests ---------------------------------------------------------------------------------------------


def _beside(parts: Parts) -> Callable[[FastAPI], contextlib.AbstractAsyncContextManager[None]]:
    @contextlib.asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncIterator[None]:
        await run_in_threadpool(_warm_up, parts)
        task = asyncio.create_task(_delete_old(parts))
        yield
        task.cancel()

    return lifespan


def _warm_up(parts: Parts) -> None:
    """Answer one question that nobody asked, so that what is loaded at first use is loaded before the first person comes."""
    with contextlib.suppress(SearchIndexError):  # without an index there is nothing to warm; /health/ready says so
        question = Question(
            text="Welche Cluster gibt es in Hamburg?", conversation_id=str(uuid.uuid4()), today=parts.clock.today()
        )
        opened = parts.current()
        opened.answers.answer(question)


async def _delete_old(parts: Parts) -> None:
    """Delete conversations when their time is over, for as long as the service runs."""
    while True:
        try:
            await run_in_threadpool(parts.conversations.delete_older_than, timedelta(days=parts.retention_days))
        except Exception as exc:  # the database may be back by the next time
            _log.error("old conversations not deleted", error=type(exc).__name__, at=frames_of(exc))
        await asyncio.sleep(DELETE_EVERY_S)
