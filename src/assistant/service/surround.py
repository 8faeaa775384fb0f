"""What surrounds every request: its id, headers, time, HEAD, and the last answer when something broke."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence

import structlog
from prometheus_client import CollectorRegistry, Histogram
from starlette.datastructures import MutableHeaders
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from assistant.service.errors import request_id_of

CONTENT_RULES = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; connect-src 'self'; "
    "form-action 'self'; base-uri 'none'"
)
HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
}
METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})
_log = structlog.get_logger("assistant.service")


class Surround:
    """The outermost layer of the application.

    Plain ASGI, because a stream must pass through piece by piece, and because an exception that got past this layer
    would reach the server's log together with its message, which may quote a question.
    """

    def __init__(
        self,
        app: ASGIApp,
        *,
        registry: CollectorRegistry,
        on_failure: Callable[[Exception, Request], Response],
        framing_origins: Sequence[str] = (),
    ) -> None:
        """`framing_origins` are the other sites that may show a page inside their own."""
        self._app = app
        framing = " ".join(("'self'", *framing_origins)) if framing_origins else "'none'"
        self._headers = {**HEADERS, "Content-Security-Policy": f"{CONTENT_RULES}; frame-ancestors {framing}"}
        self._on_failure = on_failure
        self._seconds = Histogram(
            "clusterlotse_request_seconds", "Time per request.", ["route", "method", "status"], registry=registry
        )

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Handle one request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        started, status = time.perf_counter(), 0
        method = scope["method"]
        inner = {**scope, "method": "GET"} if method == "HEAD" else scope
        request = Request(inner, receive)
        request_id = request_id_of(request)
        is_page = not scope["path"].startswith(("/api/", "/health/", "/metrics"))

        async def send_surrounded(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                headers = MutableHeaders(scope=message)
                headers["X-Request-ID"] = request_id
                for name, value in self._headers.items():
                    headers.setdefault(name, value)  # a page with a style and script of its own states its own rules
                # Replies and conversations belong to one person; the page is asked for again, and fetched if it changed.
                headers.setdefault("Cache-Control", "no-cache" if is_page else "no-store")
            elif method == "HEAD" and message["type"] == "http.response.body":
                message = {**message, "body": b""}
            await send(message)

        try:
            await self._app(inner, receive, send_surrounded)
        except Exception as exc:
            response = self._on_failure(exc, request)
            if not status:
                await response(inner, receive, send_surrounded)
        finally:
            route = getattr(inner.get("route"), "path", "page" if is_page else "none")
            label = method if method in METHODS else "other"
            self._seconds.labels(route, label, str(status)).observe(time.perf_counter() - started)
            _log.debug("request", route=route, method=label, status=status, request_id=request_id)
