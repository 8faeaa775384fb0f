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
from fastapi.middleware.gzip import GZipMiddleware
from prometheus_client import CollectorRegistry
from starlette.concurrency import run_in_threadpool
from starlette.types import Receive, Scope, Send

from assistant.domain.answers import Question
from assistant.domain.errors import SearchIndexError
from assistant.service.advising import advising_routes
from assistant.service.asking import AskMetrics, asking_routes
from assistant.service.conversations import conversation_routes
from assistant.service.errors import ServiceError, error_response, failure_of, frames_of, install_error_handlers
from assistant.service.evaluations import evaluation_routes
from assistant.service.health import health_routes, service_routes
from assistant.service.limits import BodyLimit, RateLimiter
from assistant.service.pages.routes import error_page, include_pages, open_site
from assistant.service.pages.site import Site, wants_page
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
    metrics = AskMetrics(registry)
    app.include_router(asking_routes(parts, limiter, metrics, prefix=API))
    app.include_router(advising_routes(parts, limiter, prefix=API))
    app.include_router(reading_routes(parts, limiter, prefix=API))
    app.include_router(conversation_routes(parts, prefix=API))
    app.include_router(service_routes(parts, prefix=API))
    app.include_router(health_routes(parts, registry))
    if parts.evaluations is not None:
        app.include_router(evaluation_routes(parts.evaluations, limiter))
    site = _open_pages(parts)
    if site is not None:
        include_pages(app, site, parts, limiter, metrics)

    def respond(error: ServiceError, request: Request) -> Response:
        if site is not None and wants_page(request):
            return error_page(site, error, request)
        return error_response(error, request)

    install_error_handlers(app, respond)
    _install_layers(app, parts, registry, respond)
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


def _open_pages(parts: Parts) -> Site | None:
    """The pages; without them the service still answers programs."""
    try:
        return open_site(parts)
    except FileNotFoundError as exc:
        _log.warning("no pages, only the API: a file is missing; `make page` builds them", file=str(exc.filename))
        return None


def _install_layers(
    app: FastAPI, parts: Parts, registry: CollectorRegistry, respond: Callable[[ServiceError, Request], Response]
) -> None:
    async def refuse(scope: Scope, receive: Receive, send: Send) -> None:
        error = ServiceError(413, "body_too_large", limit_bytes=parts.max_body_bytes)
        await respond(error, Request(scope))(scope, receive, send)

    def on_failure(exc: Exception, request: Request) -> Response:
        return respond(failure_of(exc, request, parts.check_database), request)

    app.add_middleware(BodyLimit, max_bytes=parts.max_body_bytes, refuse=refuse)
    app.add_middleware(GZipMiddleware, minimum_size=1000, compresslevel=5)
    app.add_middleware(Surround, registry=registry, on_failure=on_failure, framing_origins=parts.allowed_origins)
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
        opened.answers.answer(question, should_stop=lambda: True)  # a language model is not asked for it


async def _delete_old(parts: Parts) -> None:
    """Delete conversations when their time is over, for as long as the service runs."""
    while True:
        try:
            await run_in_threadpool(parts.conversations.delete_older_than, timedelta(days=parts.retention_days))
        except Exception as exc:  # the database may be back by the next time
            _log.error("old conversations not deleted", error=type(exc).__name__, at=frames_of(exc))
        await asyncio.sleep(DELETE_EVERY_S)
