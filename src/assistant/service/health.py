"""What operators and pages ask about the service itself."""

from __future__ import annotations

from fastapi import APIRouter, Response
from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, generate_latest

from assistant.domain.values import LANGUAGES
from assistant.service.errors import RETRY_AFTER_S, documented
from assistant.service.parts import Parts
from assistant.service.wire import MAX_QUESTION, LiveOut, ReadyOut, ServiceOut


def service_routes(parts: Parts, *, prefix: str) -> APIRouter:
    """What a page must tell people about the service."""
    router = APIRouter(prefix=prefix, tags=["service"])

    @router.get("/service", summary="About this service", responses=documented())
    def about() -> ServiceOut:
        """Its limits, how long it keeps conversations, how people reach a person."""
        return ServiceOut(
            version=parts.version,
            languages=list(LANGUAGES),
            max_question=MAX_QUESTION,
            retention_days=parts.retention_days,
            contact=parts.contact,
            model=parts.model_name,
        )

    return router


def health_routes(parts: Parts, registry: CollectorRegistry) -> APIRouter:
    """Probes and metrics, outside the API's prefix, where orchestrators expect them."""
    router = APIRouter(tags=["service"])

    @router.get("/health/live", summary="Is the process alive?", responses=documented())
    def live() -> LiveOut:
        """Always, while it can answer at all."""
        return LiveOut(status="live")

    @router.get(
        "/health/ready",
        summary="Can it answer questions?",
        responses={**documented(), 503: {"model": ReadyOut, "description": "A part is not ready."}},
    )
    def ready(response: Response) -> ReadyOut:
        """Says of each part whether it is ready; 503 while one is not."""
        states: dict[str, str] = {"database": "ready", "index": "ready"}
        index = None
        try:
            parts.check_database()
        except Exception as exc:  # whatever the driver raises, the part is not ready
            states["database"] = f"not ready: {type(exc).__name__}"
        try:
            index = parts.current().index
        except Exception as exc:
            states["index"] = f"not ready: {type(exc).__name__}"
        if parts.has_reranker:
            states["reranker"] = "ready"  # one that cannot be loaded stops the start
        is_ready = all(state == "ready" for state in states.values())
        if not is_ready:
            response.status_code = 503
            response.headers["Retry-After"] = str(RETRY_AFTER_S)
        return ReadyOut(
            status="ready" if is_ready else "not ready", parts=states, index=index, version=parts.version
        )  # fmt: skip

    @router.get(
        "/metrics",
        summary="Prometheus metrics",
        response_class=Response,
        responses={**documented(), 200: {"description": "Prometheus text format.", "content": {"text/plain": {}}}},
    )
    def metrics() -> Response:
        """Counts and times; no words of any question."""
        return Response(generate_latest(registry), media_type=CONTENT_TYPE_LATEST)

    return router
