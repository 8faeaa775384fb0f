"""Limits on how much a client may ask and send."""

from __future__ import annotations

import ipaddress
import math
import time
from typing import Any

from limits import RateLimitItem, parse_many
from limits.storage import storage_from_string
from limits.strategies import MovingWindowRateLimiter
from starlette.requests import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send


class RateLimiter:
    """Counts questions per client in a moving window, in memory or in Redis."""

    def __init__(self, rates: str, *, redis_url: str | None, trusted_proxies: int) -> None:
        self._items: list[RateLimitItem] = parse_many(rates)
        self._limiter = MovingWindowRateLimiter(storage_from_string(redis_url or "memory://"))
        self._trusted_proxies = trusted_proxies

    def wait_s(self, request: Request) -> int:
        """Count a question; 0 when it may be asked, otherwise seconds until the next one may."""
        client = self.client_of(request)
        for item in self._items:
            if not self._limiter.hit(item, client):
                reset = self._limiter.get_window_stats(item, client).reset_time
                return max(1, math.ceil(reset - time.time()))
        return 0

    def client_of(self, request: Request) -> str:
        """The client's address, an IPv6 one shortened to its /64; proxies are believed as far as set."""
        address = request.client.host if request.client else "unknown"
        forwarded = [part.strip() for part in request.headers.get("x-forwarded-for", "").split(",") if part.strip()]
        if self._trusted_proxies and len(forwarded) >= self._trusted_proxies:
            address = forwarded[-self._trusted_proxies]
        try:
            parsed = ipaddress.ip_address(address)
        except ValueError:
            return address[:64]
        return str(ipaddress.ip_network((parsed, 64), strict=False)) if parsed.version == 6 else str(parsed)


class BodyLimit:
    """Refuses bodies beyond a size, whether announced or streamed."""

    def __init__(self, app: ASGIApp, *, max_bytes: int, refuse: Any) -> None:
        self._app = app
        self._max_bytes = max_bytes
        self._refuse = refuse

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Read the body as far as allowed, then hand it on whole."""
        if scope["type"] != "http" or scope["method"] in ("GET", "HEAD", "OPTIONS"):
            await self._app(scope, receive, send)
            return
        announced = dict(scope["headers"]).get(b"content-length", b"0")
        body = b""
        too_large = not announced.isdigit() or int(announced) > self._max_bytes
        while not too_large:
            message = await receive()
            if message["type"] == "http.disconnect":
                return
            body += message.get("body", b"")
            too_large = len(body) > self._max_bytes
            if not message.get("more_body"):
                break
        if too_large:
            await self._refuse(scope)(scope, receive, send)
            return
        sent = False

        async def replay() -> Message:
            nonlocal sent
            if sent:
                return await receive()
            sent = True
            return {"type": "http.request", "body": body, "more_body": False}

        await self._app(scope, replay, send)
