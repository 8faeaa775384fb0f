"""Server-sent events of a reply: in which order, under which ids, and how a client that was cut off goes on.

The id of an event is `<conversation id>:<reply id>:<number>`. The conversation's id is in it because a reply's own id is
passed on to others, who may read that one reply but not go on with the conversation. Status events have fixed numbers below
those of the reply's own events, so the same numbers come out whether an answer is followed live or sent again from the store.
"""

from __future__ import annotations

import asyncio
import json
import re
import threading
from collections.abc import AsyncIterator, Iterable, Mapping
from typing import Any, NamedTuple

from sse_starlette import ServerSentEvent

STATUS_OF_STEP = {
    "understand": "rewriting", "retrieve": "searching", "evidence": "reading", "write": "writing", "verify": "checking",
}  # fmt: skip
_STATUS_NUMBER = {status: number for number, status in enumerate(STATUS_OF_STEP.values(), start=1)}
_FIRST_NUMBER = len(_STATUS_NUMBER) + 1
_EVENT_ID = re.compile(r"([0-9a-f-]{36}):([0-9a-f-]{36}):([0-9]{1,6})")


class EventId(NamedTuple):
    """The last event that a client has."""

    conversation_id: str
    reply_id: str
    number: int

    @classmethod
    def parse(cls, text: str | None) -> EventId | None:
        """Read a `Last-Event-ID`; None where it is none of ours."""
        match = _EVENT_ID.fullmatch(text or "")
        return cls(match[1], match[2], int(match[3])) if match else None


class Event(NamedTuple):
    """One event before it travels."""

    number: int
    name: str
    data: Mapping[str, Any]


def status_events(step: str) -> list[Event]:
    """The status that a step of answering brings, if any."""
    status = STATUS_OF_STEP.get(step)
    return [Event(_STATUS_NUMBER[status], "status", {"status": status})] if status else []


def reply_events(reply: Mapping[str, Any], *, is_whole: bool = True) -> list[Event]:
    """The events of a reply: each claim's text, its citations at their first use, then the whole reply.

    Without `is_whole` the reply is a beginning, and so are its events: they come out the same once the reply is whole.
    """
    pieces: list[tuple[str, Mapping[str, Any]]] = []
    sent: set[int] = set()
    position = 0
    for claim in reply["claims"]:
        pieces.append(("text", {"text": reply["text"][position : claim["end"]]}))
        position = claim["end"]
        for citation in reply["citations"]:
            if citation["n"] in claim["citations"] and citation["n"] not in sent:
                sent.add(citation["n"])
                pieces.append(("citation", citation))
    if is_whole and reply["text"][position:]:
        pieces.append(("text", {"text": reply["text"][position:]}))
    if is_whole:
        pieces.append(("done", reply))
    return [Event(number, name, data) for number, (name, data) in enumerate(pieces, start=_FIRST_NUMBER)]


def error_event(error: Mapping[str, Any], *, number: int = _FIRST_NUMBER) -> Event:
    """The end of an answer that failed; asking again may help."""
    return Event(number, "error", {**error, "retryable": True})


class Run:
    """An answer being made, and everybody who follows it; used in one event loop only."""

    def __init__(self, conversation_id: str, reply_id: str, question: str) -> None:
        self.conversation_id = conversation_id
        self.reply_id = reply_id
        self.question = question
        self.is_cancelled = threading.Event()
        self._events: list[Event] = []
        self._is_finished = False
        self._changed = asyncio.Event()

    @property
    def next_number(self) -> int:
        """Number of an event that comes after all others."""
        return max([_FIRST_NUMBER, *(event.number + 1 for event in self._events)])

    def add(self, events: Iterable[Event], *, is_last: bool = False) -> None:
        """Append those events that carry on from what was added; with `is_last` nothing comes after them.

        A beginning is added again with everything that comes before it, and a status is over once there is text: a client that
        goes on after the last number it has must miss nothing and get nothing twice.
        """
        last = self._events[-1].number if self._events else 0
        self._events.extend(event for event in events if event.number > last)
        self._is_finished = self._is_finished or is_last
        self._changed.set()
        self._changed = asyncio.Event()

    async def follow(self, *, after: int) -> AsyncIterator[ServerSentEvent]:
        """Events with a higher number than `after`: those that happened, then the others as they come."""
        position = 0
        while True:
            changed = self._changed
            for event in self._events[position:]:
                position += 1
                if event.number > after:
                    yield as_sent(self.conversation_id, self.reply_id, event)
            if position == len(self._events):
                if self._is_finished:
                    return
                await changed.wait()


async def send_stored(reply: Mapping[str, Any], *, after: int) -> AsyncIterator[ServerSentEvent]:
    """Events of a stored reply with a higher number than `after`."""
    for event in reply_events(reply):
        if event.number > after:
            yield as_sent(reply["conversation_id"], reply["id"], event)


def as_sent(conversation_id: str, reply_id: str, event: Event) -> ServerSentEvent:
    """An event as it travels."""
    data = json.dumps(event.data, ensure_ascii=False)
    return ServerSentEvent(data=data, event=event.name, id=f"{conversation_id}:{reply_id}:{event.number}")
