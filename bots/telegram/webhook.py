"""The address that Telegram calls; whoever does not bring the secret is refused and learns nothing."""

from __future__ import annotations

import hmac
import json
from collections.abc import Awaitable, Callable
from urllib.parse import urlsplit

import structlog
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from bots.telegram.settings import Webhook

SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"
MAX_BODY_BYTES = 1024 * 1024
"""Updates are some kilobytes."""
_log = structlog.get_logger("clusterlotse.telegram")


def webhook_app(webhook: Webhook, accept: Callable[[dict[str, object]], Awaitable[None]]) -> Starlette:
    """An ASGI application that can be served alone or mounted; `accept` gets each update that Telegram sent."""

    async def receive(request: Request) -> Response:
        given = request.headers.get(SECRET_HEADER, "")
        if not hmac.compare_digest(given.encode(), webhook.secret.encode()):
            _log.warning("webhook called with a wrong secret")
            return PlainTextResponse("forbidden", status_code=403)
        body = bytearray()
        async for chunk in request.stream():
            body += chunk
            if len(body) > MAX_BODY_BYTES:
                return PlainTextResponse("too large", status_code=413)
        try:
            update = json.loads(body)
        except ValueError:
            update = None
        if not isinstance(update, dict) or not isinstance(update.get("update_id"), int):
            return PlainTextResponse("not an update", status_code=400)
        await accept(update)
        return Response()  # at once: the answer is sent when it is ready, and Telegram does not send the update again

    async def live(_: Request) -> Response:
        return PlainTextResponse("live")

    path = urlsplit(webhook.url).path or "/"
    return Starlette(routes=[Route("/health/live", live, methods=["GET"]), Route(path, receive, methods=["POST"])])
