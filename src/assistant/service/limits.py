"""Limits on how much a client may ask and send."""

from __future__ import annotations

import ipaddress
import math
import time
from collections.abc import Awaitable, Callable

import structlog
from limits import RateLimitItem, parse_many
from limits.errors import StorageError
from limits.storage import storage_from_string
from limits.strategies import MovingWindowRateLimiter
from starlette.requests import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from assistant.service.errors import ServiceError

DRAINED_BYTES = 32 * 1024 * 1024
"""How much of a refused body is read and thrown away, so that the client gets to read the refusal."""
_log = structlog.get_logger("assistant.service")


class RateLimiter:
    """Counts questions per client in a moving window, in memory or in Redis."""

    def __init__(self, rates: str, *, redis_url: str | None, trusted_proxies: int) -> None:
        self._items: list[RateLimitItem] = parse_many(rates)
        storage = storage_from_string(redis_url or "memory://", wrap_exceptions=True)
        self._limiter = MovingWindowRateLimiter(storage)
        self._trusted_proxies = trusted_proxies

    def check(self, request: Request) -> None:
        """Count a question.

        Raises:
            ServiceError: 429 when the client has asked too many.
        """
        wait_s = self.wait_s(request)
        if wait_s:
            raise ServiceError(429, "rate_limited", retry_after_s=wait_s)

    def wait_s(self, request: Request) -> int:
        """Count a question; 0 when it may be asked, otherwise seconds until the next one may.

        A refused question is not counted. Without its storage the limiter lets questions through: answering matters
        more than counting.
        """
        client = self.client_of(request)
        try:
            full = [item for item in self._items if not self._limiter.test(item, client)]
            # Another request may take the last place between test and hit.
            full = full or [item for item in self._items if not self._limiter.hit(item, client)]
            waits = [self._limiter.get_window_stats(item, client).reset_time - time.time() for item in full]
        except StorageError as exc:
            _log.error("questions are not counted", error=type(exc.storage_error).__name__)
            return 0
        return max((max(1, math.ceil(wait)) for wait in waits), default=0)

    def client_of(self, request: Request) -> str:
        """The client's address, an IPv6 one shortened to its /64; proxies are believed as far as set.

        Each proxy appends the address it was called from, perhaps as a header line of its own; what stands before the
        trusted ones was written by the client and counts for nothing.
        """
        address = request.client.host if request.client else "unknown"
        lines = request.headers.getlist("x-forwarded-for")
        forwarded = [part.strip() for part in ",".join(lines).split(",") if part.strip()]
        if self._trusted_proxies and len(forwarded) >= self._trusted_proxies:
            address = forwarded[-self._trusted_proxies]
        return _network_of(address)


def _network_of(address: str) -> str:
    """The address without port, zone and mapping to IPv6; of an IPv6 address its /64, which one household holds."""
    host = address.strip()
    if host.startswith("["):
        host = host[1:].partition("]")[0]
    elif host.count(":") == 1:
        host = host.partition(":")[0]
    try:
        parsed = ipaddress.ip_address(host.partition("%")[0])
    except ValueError:
        return address[:64]
    if isinstance(parsed, ipaddress.IPv4Address):
        return str(parsed)
    if parsed.ipv4_mapped:
        return str(parsed.ipv4_mapped)
    return str(ipaddress.IPv6Network((parsed, 64), strict=False))


class BodyLimit:
    """Refuses bodies beyond a size, whether announced or streamed.

    FastAPI has such a limit too, but its refusal is plain text where the route reads no body.
    """

    def __init__(
        self, app: ASGIApp, *, max_bytes: int, refuse: Callable[[Scope, Receive, Send], Awaitable[None]]
    ) -> None:
        self._app = app
        self._max_bytes = max_bytes
        self._refuse = refuse

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Read the body as far as allowed, then hand it on whole."""
        if scope["type"] != "http" or scope["method"] in ("GET", "HEAD", "OPTIONS"):
            await self._app(scope, receive, send)
            return
        headers = dict(scope["headers"])
        announced = headers.get(b"content-length", b"")
        if announced.isdigit() and int(announced) > (self._max_bytes if b"expect" in headers else DRAINED_BYTES):
            await self._refuse(scope, receive, send)
            return
        body = bytearray()
        read, has_more = 0, True
        while has_more and read <= max(self._max_bytes, DRAINED_BYTES):
            message = await receive()
            if message["type"] == "http.disconnect":
                return
            chunk = message.get("body", b"")
            read += len(chunk)
            if read <= self._max_bytes:
                body += chunk
            has_more = message.get("more_body", False)
        if read > self._max_bytes:
            await self._refuse(scope, receive, send)
            return
        sent = False

        async def replay() -> Message:
            nonlocal sent
            if sent:
                return await receive()
            sent = True
            return {"type": "http.request", "body": bytes(body), "more_body": False}

        await self._app(scope, replay, send)
