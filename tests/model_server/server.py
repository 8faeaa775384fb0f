"""A server that speaks the OpenAI protocol over real HTTP and behaves like models and their servers do."""

from __future__ import annotations

import asyncio
import contextlib
import json
import threading
import time
from collections import Counter
from collections.abc import AsyncIterator, Iterator
from typing import Any

import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response, StreamingResponse
from starlette.routing import Route

from tests.model_server.answers import BEHAVIOURS, Behaviour, good
from tests.model_server.prompt import Given, read_request

PIECE = 24
"""Characters of one piece of a stream."""


class ModelServer:
    """The server; what it does is chosen by the model's name in each request, such as `good` or `busy`."""

    def __init__(self) -> None:
        self.requests: list[dict[str, Any]] = []
        """Bodies, in order."""
        self.counts: Counter[str] = Counter()
        """Requests by model."""
        self.keys: set[str] = set()
        """Authorisation headers."""
        self.broken_off = 0
        """Streams that the client left."""
        self.served_s: list[float] = []
        """From the request to the last piece, in the order in which they ended."""
        self.running = self.most_running = 0
        self.behaviours: dict[str, Behaviour] = dict(BEHAVIOURS)
        self.pause_s = 0.0
        """Before each piece."""
        self.release = threading.Event()
        """Lets `silent` end, so that the server can be shut down."""
        self.url = ""

    @property
    def last(self) -> Given:
        """The last request as a model reads it."""
        return read_request(self.requests[-1])

    async def complete(self, request: Request) -> Response:
        """POST /v1/chat/completions."""
        body = await request.json()
        self.requests.append(body)
        self.keys.add(request.headers.get("authorization", ""))
        model = body["model"]
        self.counts[model] += 1
        refusal = self._refusal(model, body)
        if refusal is not None:
            return refusal
        given = read_request(body)
        if model == "not-json":
            return Response("<html>Bad gateway?</html>", media_type="text/html")
        if not body.get("stream"):
            return JSONResponse(_whole(model, self.behaviours.get(model, good)(given)))
        return StreamingResponse(self._stream(model, given, request), media_type="text/event-stream")

    def _refusal(self, model: str, body: dict[str, Any]) -> Response | None:
        """The answer of a server that does not serve a request."""
        count = self.counts[model]
        if model == "busy" or (model == "busy-once" and count == 1):
            return _error(429, "rate limit reached", {"retry-after": "0.2" if model == "busy-once" else "60"})
        if model == "broken" or (model == "broken-once" and count == 1):
            return _error(500, "internal error")
        if model == "overloaded":
            return _error(503, "no capacity")
        if model == "unknown-model":
            return _error(404, "the model does not exist")
        if model == "wrong-key":
            return _error(401, f"incorrect API key provided: {self.keys}")
        if model == "no-schema" and "response_format" in body:
            return _error(400, "response_format is not supported")
        if model == "no-options" and ("response_format" in body or "stream_options" in body):
            return _error(422, "unknown field stream_options")
        return None

    async def _stream(self, model: str, given: Given, request: Request) -> AsyncIterator[str]:
        started = time.monotonic()
        self.running += 1
        self.most_running = max(self.most_running, self.running)
        try:
            if model == "silent":
                while not self.release.is_set() and not await request.is_disconnected():
                    await asyncio.sleep(0.05)
                return
            if model == "slow-first-token":
                await asyncio.sleep(1.0)
            text = self.behaviours.get(model, good)(given)
            if model == "dropped":
                text = text[: int(len(text) * 0.6)]
            for start in range(0, len(text), PIECE):
                if self.pause_s:
                    await asyncio.sleep(self.pause_s)
                yield _event(_chunk(model, text[start : start + PIECE], None))
                if model == "endless" and await request.is_disconnected():
                    self.broken_off += 1
                    return
            if model == "dropped":
                raise ConnectionResetError
            limit = "length" if model in ("endless", "cut") else "stop"
            yield _event(_chunk(model, "", limit))
            if given.body.get("stream_options"):
                usage = _usage(given, text)
                if model == "cuts-prompt":
                    usage["prompt_tokens"] = 256
                yield _event({**_chunk(model, "", None), "choices": [], "usage": usage})
            yield "data: [DONE]\n\n"
        except asyncio.CancelledError:
            self.broken_off += 1
            raise
        finally:
            self.running -= 1
            self.served_s.append(time.monotonic() - started)


def _error(status: int, message: str, headers: dict[str, str] | None = None) -> Response:
    return JSONResponse({"error": {"message": message, "type": "error", "code": None}}, status, headers=headers)


def _usage(given: Given, text: str) -> dict[str, int]:
    sent, written = len(given.system + given.user) // 4, len(text) // 4
    return {"prompt_tokens": sent, "completion_tokens": written, "total_tokens": sent + written}


def _chunk(model: str, text: str, finish: str | None) -> dict[str, Any]:
    choice = {"index": 0, "delta": {"role": "assistant", "content": text}, "finish_reason": finish}
    return {"id": "c-1", "object": "chat.completion.chunk", "created": 1, "model": model, "choices": [choice]}


def _whole(model: str, text: str) -> dict[str, Any]:
    choice = {"index": 0, "message": {"role": "assistant", "content": text}, "finish_reason": "stop"}
    return {"id": "c-1", "object": "chat.completion", "created": 1, "model": model, "choices": [choice]}


def _event(data: dict[str, Any]) -> str:
    return f"data: {json.dumps(data, ensure_ascii=False)}\n\n"


@contextlib.contextmanager
def running_model_server() -> Iterator[ModelServer]:
    """Run the server on a free port of this machine."""
    models = ModelServer()
    app = Starlette(routes=[Route("/v1/chat/completions", models.complete, methods=["POST"])])
    server = uvicorn.Server(uvicorn.Config(app, port=0, log_config=None, log_level="critical", lifespan="off"))
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    until = time.monotonic() + 10
    while not server.started and time.monotonic() < until:
        time.sleep(0.01)
    port = server.servers[0].sockets[0].getsockname()[1]
    models.url = f"http://127.0.0.1:{port}/v1"
    try:
        yield models
    finally:
        models.release.set()
        server.should_exit = True
        thread.join(timeout=10)
