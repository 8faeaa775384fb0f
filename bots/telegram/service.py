"""The service over HTTP: the only thing that knows its addresses."""

from __future__ import annotations

import asyncio
import contextlib
import json
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple, TypeVar

import httpx
import structlog

from bots.telegram.replies import Found, Language, Reply, read_clusters, read_programmes, read_reply

API = "/api/v1"
CONNECT_S = 3.0
SILENCE_S = 30.0
"""Longest silence of a stream; the service sends a sign of life every ten seconds."""
AT_ONCE = 16
"""Questions on their way at the same time; the others wait here, where they cost the service nothing."""
TAKEN_UP_AGAIN = 3
"""How often a stream that broke off is taken up where it broke."""
_T = TypeVar("_T")
_log = structlog.get_logger("clusterlotse.telegram")


class ServiceFailed(Exception):
    """The service gave no answer; asking again later may help."""


class ServiceUnavailable(ServiceFailed):
    """It cannot be reached, or says that it cannot answer."""


class ServiceTooSlow(ServiceFailed):
    """It took too long."""


class ServiceRefused(Exception):
    """It will not serve this as asked; asking again does not help."""

    def __init__(self, status: int, code: str, message: str) -> None:
        super().__init__(code)
        self.status, self.code, self.message = status, code, message


class _Busy(ServiceUnavailable):
    """It has too much to do and says when to come back."""

    def __init__(self, retry_after_s: float) -> None:
        super().__init__(f"asked to wait {retry_after_s:g} s")
        self.retry_after_s = retry_after_s


@dataclass(frozen=True, slots=True, kw_only=True)
class About:
    """What the service says of itself."""

    retention_days: int
    contact: str | None


class Event(NamedTuple):
    """One server-sent event."""

    id: str
    name: str
    data: Mapping[str, Any]


OnEvent = Callable[[Event], None]


class Service:
    """A client of the service."""

    def __init__(self, url: str, *, patience_s: float) -> None:
        self._patience_s = patience_s
        self._client = httpx.AsyncClient(
            base_url=url,
            timeout=httpx.Timeout(SILENCE_S, connect=CONNECT_S, pool=None),
            limits=httpx.Limits(max_connections=2 * AT_ONCE, max_keepalive_connections=AT_ONCE),
        )
        self._turn = asyncio.Semaphore(AT_ONCE)

    async def close(self) -> None:
        """Close the connections."""
        await self._client.aclose()

    # --- asking ------------------------------------------------------------------------------------------------------

    async def ask(
        self,
        question: str,
        *,
        conversation_id: str | None,
        language: Language | None,
        reader: Language,
        address: str,
        on_event: OnEvent = lambda event: None,
    ) -> Reply:
        """Ask, follow the answer as it is made, and return it whole.

        Args:
            question: As the person wrote it.
            conversation_id: Of an earlier reply; None begins a conversation.
            language: Of the reply; None takes that of the question.
            reader: In which language a refusal is worded.
            address: Stands for the person where the service counts questions.
            on_event: Called with each event that comes before the end.

        Raises:
            ServiceFailed: If there is no answer, or not in time.
            ServiceRefused: If the service will not serve the question.
        """
        body = {"question": question, "conversation_id": conversation_id, "language": language}
        headers = {"Accept-Language": reader, "X-Forwarded-For": address}
        return await self._in_time(lambda: self._follow(body, headers, on_event))

    async def _follow(self, body: Mapping[str, Any], headers: Mapping[str, str], on_event: OnEvent) -> Reply:
        last_id = ""
        for attempt in range(TAKEN_UP_AGAIN + 1):
            sent = {**headers, "Last-Event-ID": last_id} if last_id else headers
            try:
                async with self._client.stream("POST", f"{API}/ask/stream", json=body, headers=sent) as response:
                    await _check(response)
                    async for event in _events(response):
                        last_id = event.id
                        if event.name == "done":
                            return read_reply(event.data)
                        if event.name == "error":
                            raise ServiceUnavailable(str(event.data.get("code")))
                        on_event(event)
            except httpx.TransportError as exc:
                # What broke before its first event may not have been asked at all; the person decides to repeat it.
                if not last_id or attempt == TAKEN_UP_AGAIN:
                    raise _failure(exc) from exc
                _log.info("stream broke off, taken up again", error=type(exc).__name__)
        raise ServiceUnavailable("the stream ended without an answer")

    async def match(self, body: Mapping[str, Any], *, reader: Language, address: str) -> Found:
        """Clusters for a company; raises as `ask`."""
        return read_clusters(await self._find("match", body, reader, address), reader)

    async def funding(self, body: Mapping[str, Any], *, reader: Language, address: str) -> Found:
        """Programmes for a company; raises as `ask`."""
        return read_programmes(await self._find("funding", body, reader, address), reader)

    async def _find(self, route: str, body: Mapping[str, Any], reader: Language, address: str) -> Mapping[str, Any]:
        headers = {"Accept-Language": reader, "X-Forwarded-For": address}

        async def post() -> Mapping[str, Any]:
            return await self._json("POST", f"/{route}", json=body, headers=headers)

        return await self._in_time(post)

    async def _in_time(self, call: Callable[[], Awaitable[_T]]) -> _T:
        """Call in turn; when the service asks to wait, wait and call again as long as there is time."""
        try:
            async with asyncio.timeout(self._patience_s), self._turn:
                while True:
                    try:
                        return await call()
                    except _Busy as busy:
                        _log.info("the service asked to wait", seconds=busy.retry_after_s)
                        await asyncio.sleep(busy.retry_after_s)
        except TimeoutError as exc:
            raise ServiceTooSlow(f"no answer within {self._patience_s:g} s") from exc

    # --- what is stored ----------------------------------------------------------------------------------------------

    async def reply(self, reply_id: str) -> Reply | None:
        """A stored reply, or None when it is stored no more."""
        try:
            return read_reply((await self._json("GET", f"/replies/{reply_id}"))["reply"])
        except ServiceRefused as exc:
            if exc.status == 404:
                return None
            raise

    async def judge(self, reply_id: str, *, helpful: bool) -> None:
        """Say whether a reply helped; a reply that is stored no more is left alone."""
        with contextlib.suppress(ServiceRefused):
            await self._json("POST", "/feedback", json={"reply_id": reply_id, "helpful": helpful})

    async def delete_conversation(self, conversation_id: str) -> None:
        """Delete a conversation; fine when it was deleted before."""
        with contextlib.suppress(ServiceRefused):
            await self._json("DELETE", f"/conversations/{conversation_id}")

    async def about(self) -> About:
        """What the service says of itself."""
        data = await self._json("GET", "/service")
        return About(retention_days=int(data["retention_days"]), contact=data.get("contact"))

    async def count_documents(self, kind: str, language: Language) -> int:
        """How many documents of a kind it answers from."""
        data = await self._json("GET", "/documents", params={"kind": kind, "language": language, "limit": 1})
        return int(data["total"])

    async def _json(self, method: str, path: str, **request: Any) -> Mapping[str, Any]:
        try:
            async with self._client.stream(method, API + path, **request) as response:
                await _check(response)
                body = await response.aread()
        except httpx.TransportError as exc:
            raise _failure(exc) from exc
        data: Mapping[str, Any] = json.loads(body) if body else {}
        return data


async def _check(response: httpx.Response) -> None:
    """Raise for anything but success."""
    if response.is_success:
        return
    try:
        error = json.loads(await response.aread())["error"]
        code, message = str(error["code"]), str(error["message"])
    except (ValueError, KeyError, TypeError):  # a proxy in front answers with a page of its own
        code, message = f"http_{response.status_code}", ""
    if response.status_code == httpx.codes.TOO_MANY_REQUESTS:
        raise _Busy(_seconds(response.headers.get("Retry-After")))
    if response.is_server_error or not message:
        raise ServiceUnavailable(code)
    raise ServiceRefused(response.status_code, code, message)


def _failure(exc: httpx.TransportError) -> ServiceFailed:
    kind = ServiceTooSlow if isinstance(exc, httpx.ReadTimeout) else ServiceUnavailable
    return kind(type(exc).__name__)


def _seconds(retry_after: str | None) -> float:
    return min(60.0, float(retry_after)) if retry_after and retry_after.isdigit() else 5.0


async def _events(response: httpx.Response) -> AsyncIterator[Event]:
    """The events of a stream (WHATWG HTML, section 9.2); the service writes each event's data in one line."""
    fields: dict[str, str] = {}
    async for line in _lines(response):
        if not line:
            if "data" in fields:
                yield Event(fields.get("id", ""), fields.get("event", "message"), json.loads(fields["data"]))
            fields = {}
            continue
        name, _, value = line.partition(":")
        if name:  # a line that begins with a colon is a sign of life
            fields[name] = value.removeprefix(" ")


async def _lines(response: httpx.Response) -> AsyncIterator[str]:
    """Lines between line feeds; httpx would also split at the line separators that an answer's text may hold."""
    rest = b""
    async for chunk in response.aiter_bytes():
        *lines, rest = (rest + chunk).split(b"\n")
        for line in lines:
            yield line.removesuffix(b"\r").decode()
