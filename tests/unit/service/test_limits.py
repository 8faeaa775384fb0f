"""Who counts as one client, how often it may ask, and how large a body may be."""

from __future__ import annotations

import asyncio
import json

import pytest
from starlette.requests import Request
from starlette.responses import PlainTextResponse
from starlette.types import Message, Receive, Scope, Send

from assistant.service.errors import ServiceError
from assistant.service.limits import DRAINED_BYTES, BodyLimit, RateLimiter

LIMIT = 100


def request_from(address: str | None, *forwarded: str) -> Request:
    """A request that came from `address`, with one X-Forwarded-For line for each of `forwarded`."""
    headers = [(b"x-forwarded-for", line.encode()) for line in forwarded]
    client = (address, 50000) if address else None
    return Request({"type": "http", "method": "POST", "path": "/", "headers": headers, "client": client})


def limiter(rates: str = "3/minute", *, trusted_proxies: int = 0) -> RateLimiter:
    return RateLimiter(rates, redis_url=None, trusted_proxies=trusted_proxies)


@pytest.mark.parametrize(
    ("address", "forwarded", "trusted", "client"),
    [
        pytest.param("203.0.113.7", [], 0, "203.0.113.7", id="no proxy"),
        pytest.param("203.0.113.7", ["198.51.100.1"], 0, "203.0.113.7", id="header of a client is not believed"),
        pytest.param("10.0.0.1", ["198.51.100.1"], 1, "198.51.100.1", id="one proxy"),
        pytest.param("10.0.0.1", ["1.1.1.1, 198.51.100.1"], 1, "198.51.100.1", id="what the client put before it"),
        pytest.param("10.0.0.1", ["1.1.1.1", "198.51.100.1"], 1, "198.51.100.1", id="the proxy's own header line"),
        pytest.param("10.0.0.2", ["198.51.100.1, 10.0.0.1"], 2, "198.51.100.1", id="two proxies"),
        pytest.param("198.51.100.1", [], 1, "198.51.100.1", id="past the proxy"),
        pytest.param("10.0.0.1", [" , 198.51.100.1 ,"], 1, "198.51.100.1", id="empty entries"),
        pytest.param("10.0.0.1", ["198.51.100.1:4711"], 1, "198.51.100.1", id="with a port"),
        pytest.param("10.0.0.1", ["[2001:db8:1:2:3::4]:4711"], 1, "2001:db8:1:2::/64", id="IPv6 with a port"),
        pytest.param("2001:db8:1:2:3:4:5:6", [], 0, "2001:db8:1:2::/64", id="IPv6 network"),
        pytest.param("::ffff:203.0.113.7", [], 0, "203.0.113.7", id="IPv4 in IPv6"),
        pytest.param("fe80::1%eth0", [], 0, "fe80::/64", id="IPv6 with a zone"),
        pytest.param(None, [], 0, "unknown", id="no address"),
        pytest.param("10.0.0.1", ["x" * 500], 1, "x" * 64, id="no address at all"),
    ],
)
def test_a_client_is_known_by_its_address(address: str | None, forwarded: list[str], trusted: int, client: str) -> None:
    assert limiter(trusted_proxies=trusted).client_of(request_from(address, *forwarded)) == client


def test_a_client_that_asked_enough_waits_and_others_do_not() -> None:
    counted = limiter("3/minute")
    assert [counted.wait_s(request_from("203.0.113.7")) for _ in range(3)] == [0, 0, 0]
    assert 1 <= counted.wait_s(request_from("203.0.113.7")) <= 60
    assert counted.wait_s(request_from("203.0.113.8")) == 0


def test_neighbours_in_one_ipv6_network_count_as_one_client() -> None:
    counted = limiter("1/minute")
    assert counted.wait_s(request_from("2001:db8::1")) == 0
    assert counted.wait_s(request_from("2001:db8::2")) > 0
    assert counted.wait_s(request_from("2001:db8:0:1::2")) == 0


def test_a_refused_question_does_not_use_up_the_other_rates() -> None:
    counted = limiter("5/hour;1/second")
    waits = [counted.wait_s(request_from("203.0.113.7")) for _ in range(20)]
    assert waits[0] == 0
    assert max(waits) <= 1, "nineteen refusals within a second must not exhaust the hour"


def test_a_client_over_its_rate_is_refused_with_the_time_to_wait() -> None:
    counted = limiter("1/minute")
    counted.check(request_from("203.0.113.7"))
    with pytest.raises(ServiceError) as refusal:
        counted.check(request_from("203.0.113.7"))
    assert refusal.value.status == 429
    assert 1 <= refusal.value.details["retry_after_s"] <= 60


# --- bodies ----------------------------------------------------------------------------------------------------------


async def count_bytes(scope: Scope, receive: Receive, send: Send) -> None:
    """An application that answers how many bytes its body has."""
    await PlainTextResponse(str(len(await Request(scope, receive).body())))(scope, receive, send)


async def refuse(scope: Scope, receive: Receive, send: Send) -> None:
    await PlainTextResponse("too large", status_code=413)(scope, receive, send)


def send_body(
    chunks: list[bytes], *, headers: dict[str, str] | None = None, method: str = "POST"
) -> tuple[int, str, int]:
    """Status, text and how many chunks were read."""
    sent: list[Message] = []
    read = 0

    async def receive() -> Message:
        nonlocal read
        read += 1
        if read > len(chunks):
            return {"type": "http.disconnect"}
        return {"type": "http.request", "body": chunks[read - 1], "more_body": read < len(chunks)}

    async def send(message: Message) -> None:
        sent.append(message)

    raw_headers = [(name.lower().encode(), value.encode()) for name, value in (headers or {}).items()]
    scope = {"type": "http", "method": method, "path": "/", "headers": raw_headers}
    asyncio.run(BodyLimit(count_bytes, max_bytes=LIMIT, refuse=refuse)(scope, receive, send))
    text = b"".join(message.get("body", b"") for message in sent).decode()
    return (sent[0]["status"] if sent else 0), text, read


@pytest.mark.parametrize(
    "chunks",
    [
        pytest.param([b""], id="empty"),
        pytest.param([b"x" * LIMIT], id="just allowed"),
        pytest.param([b"x" * 10] * 10, id="in pieces"),
        pytest.param([b"x", b"", b"x" * 99], id="with an empty piece"),
    ],
)
def test_an_allowed_body_arrives_whole(chunks: list[bytes]) -> None:
    assert send_body(chunks)[:2] == (200, str(len(b"".join(chunks))))


@pytest.mark.parametrize(
    "announced", [{}, {"Content-Length": "101"}, {"Content-Length": "7"}, {"Content-Length": "-1"}]
)
@pytest.mark.parametrize("chunks", [[b"x" * 101], [b"x"] * 101, [b"x" * LIMIT, b"", b"x"]])
def test_a_body_over_the_limit_is_refused_whatever_was_announced(
    chunks: list[bytes], announced: dict[str, str]
) -> None:
    assert send_body(chunks, headers=announced)[0] == 413


def test_a_refused_body_is_read_to_its_end_so_that_the_client_hears_why() -> None:
    assert send_body([b"x" * 60] * 50) == (413, "too large", 50)


def test_reading_a_refused_body_has_an_end() -> None:
    endless = [b"x" * 1024 * 1024] * 100
    status, _, read = send_body(endless)
    assert (status, read) == (413, DRAINED_BYTES // (1024 * 1024) + 1)


def test_a_body_announced_as_huge_is_refused_unread() -> None:
    assert send_body([b"x"], headers={"Content-Length": str(DRAINED_BYTES + 1)}) == (413, "too large", 0)


def test_a_client_that_waits_for_leave_is_refused_unread() -> None:
    assert send_body([b"x"], headers={"Content-Length": "101", "Expect": "100-continue"}) == (413, "too large", 0)


def test_a_client_that_hangs_up_while_sending_gets_no_answer() -> None:
    sent: list[Message] = []

    async def receive() -> Message:
        return {"type": "http.disconnect"}

    async def send(message: Message) -> None:
        sent.append(message)

    scope = {"type": "http", "method": "POST", "path": "/", "headers": []}
    asyncio.run(BodyLimit(count_bytes, max_bytes=LIMIT, refuse=refuse)(scope, receive, send))
    assert sent == []


def test_a_reading_request_is_not_limited() -> None:
    assert send_body([b"x" * 1000], method="GET")[:2] == (200, json.dumps(1000))
