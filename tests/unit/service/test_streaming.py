"""Events of a reply: numbered the same live and from the store, none lost, none twice."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest
from sse_starlette import ServerSentEvent

from assistant.service.streaming import (
    STATUS_OF_STEP,
    EventId,
    Run,
    error_event,
    reply_events,
    send_stored,
    status_events,
)

CONVERSATION_ID = "8daf8969-8935-4bff-add4-15063ec8df8a"
REPLY_ID = "26577d1e-2ee2-480f-a7dd-eef8b7c84d7a"
PREFIX = f"{CONVERSATION_ID}:{REPLY_ID}"
REPLY: dict[str, Any] = {
    "id": REPLY_ID,
    "conversation_id": CONVERSATION_ID,
    "text": "Erstens. [1] Zweitens. [1][2]",
    "claims": [{"start": 0, "end": 8, "citations": [1]}, {"start": 13, "end": 22, "citations": [1, 2]}],
    "citations": [{"n": 1}, {"n": 2}],
}


def ids(events: list[ServerSentEvent]) -> list[str | None]:
    return [event.id for event in events]


async def collect(run: Run, after: int) -> list[ServerSentEvent]:
    return [event async for event in run.follow(after=after)]


def test_a_reply_comes_as_its_claims_each_followed_by_its_new_citations() -> None:
    events = [(event.name, event.data.get("text") or event.data.get("n")) for event in reply_events(REPLY)]
    assert events == [
        ("text", "Erstens."),
        ("citation", 1),
        ("text", " [1] Zweitens."),
        ("citation", 2),
        ("text", " [1][2]"),
        ("done", REPLY["text"]),
    ]


@pytest.mark.parametrize(
    ("text", "parsed"),
    [
        (f"{PREFIX}:7", EventId(CONVERSATION_ID, REPLY_ID, 7)),
        (f"{REPLY_ID}:7", None),
        (None, None),
        ("", None),
        (PREFIX, None),
        (f"{PREFIX}:", None),
        (f"{PREFIX}:-1", None),
        (f"{PREFIX}:²", None),
        (f"{PREFIX}:1\n", None),
        (f"{PREFIX}:99999999999999999999", None),
        ("x" * 500, None),
    ],
)
def test_only_our_own_event_ids_are_read(text: str | None, parsed: EventId | None) -> None:
    assert EventId.parse(text) == parsed


def test_followers_get_every_event_once_whenever_they_come() -> None:
    async def answer() -> list[list[str | None]]:
        run = Run(CONVERSATION_ID, REPLY_ID, "Frage")
        early = asyncio.create_task(collect(run, 0))
        await asyncio.sleep(0)
        for step in STATUS_OF_STEP:
            run.add(status_events(step))
            await asyncio.sleep(0)
        midway = asyncio.create_task(collect(run, 3))
        await asyncio.sleep(0)
        run.add(reply_events(REPLY), is_last=True)
        late = asyncio.create_task(collect(run, 5))
        return [ids(events) for events in await asyncio.gather(early, midway, late)]

    early, midway, late = asyncio.run(answer())
    assert early == [f"{PREFIX}:{number}" for number in range(1, 12)]
    assert midway == early[3:]
    assert late == early[5:]


def test_the_store_gives_the_same_events_as_the_run() -> None:
    async def both() -> tuple[list[ServerSentEvent], list[ServerSentEvent]]:
        run = Run(CONVERSATION_ID, REPLY_ID, "Frage")
        run.add(reply_events(REPLY), is_last=True)
        return await collect(run, 7), [event async for event in send_stored(REPLY, after=7)]

    live, stored = asyncio.run(both())
    assert [event.encode() for event in live] == [event.encode() for event in stored]
    assert len(live) == 4


def test_an_error_ends_the_stream_and_may_be_tried_again() -> None:
    async def fail() -> list[ServerSentEvent]:
        run = Run(CONVERSATION_ID, REPLY_ID, "Frage")
        run.add(status_events("understand"))
        run.add([error_event({"code": "internal", "message": "Bei uns ist etwas schiefgegangen."})], is_last=True)
        return await collect(run, 0)

    events = asyncio.run(fail())
    assert [event.event for event in events] == ["status", "error"]
    assert '"retryable": true' in str(events[1].data)
    assert len(set(ids(events))) == 2


def test_steps_that_nobody_needs_to_see_make_no_event() -> None:
    assert status_events("gate") == []
