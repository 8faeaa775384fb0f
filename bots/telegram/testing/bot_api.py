"""A Bot API on the loopback that behaves like Telegram's and is stricter: what Telegram would silently mend or drop is
refused, and every refusal of a form or a rate is kept, so that a test can demand that there was none.
"""

from __future__ import annotations

import asyncio
import contextlib
import json
import threading
import time
from collections import defaultdict, deque
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any, NamedTuple
from urllib.parse import parse_qsl

import httpx
import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from bots.telegram.testing.limits import (
    ALERT_CHARS,
    RateCheck,
    Rates,
    Refusal,
    check_commands,
    check_inline_results,
    check_keyboard,
    check_text,
)

TOKEN = "4711:a-token-that-must-never-be-seen"
BOT = {
    "id": 4711, "is_bot": True, "first_name": "Clusterlotse", "username": "clusterlotse_bot", "can_join_groups": True,
    "can_read_all_group_messages": False, "supports_inline_queries": True,
}  # fmt: skip
WAIT_S = 30.0
LOOKS_AGAIN_S = 0.1
Json = dict[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Sent:
    """One message that the bot sent."""

    chat_id: int
    message_id: int
    text: str
    entities: tuple[Json, ...]
    rows: tuple[tuple[Json, ...], ...]
    reply_to: int | None
    thread_id: int | None
    at: float
    """Seconds on the monotonic clock."""

    @property
    def buttons(self) -> list[str]:
        """Labels of all buttons."""
        return [button["text"] for row in self.rows for button in row]

    @property
    def links(self) -> list[str]:
        """Addresses behind words and buttons."""
        in_text = [entity["url"] for entity in self.entities if entity["type"] == "text_link"]
        return in_text + [button["url"] for row in self.rows for button in row if "url" in button]

    def marked(self, kind: str) -> list[str]:
        """The stretches marked in one way."""
        units = self.text.encode("utf-16-le")
        return [
            units[2 * entity["offset"] : 2 * (entity["offset"] + entity["length"])].decode("utf-16-le")
            for entity in self.entities
            if entity["type"] == kind
        ]


@dataclass(frozen=True, slots=True, kw_only=True)
class Trouble:
    """Something that goes wrong with one request."""

    status: int = 0
    """Answered instead of the result; 0 does what was asked."""
    retry_after_s: int | None = None
    silent_s: float = 0.0
    """Answer only after this time."""
    loses_answer: bool = False
    """Do what was asked and break the connection before answering."""


class Asked(NamedTuple):
    """One request of the bot."""

    method: str
    data: Json
    at: float
    """Seconds on the monotonic clock."""


@dataclass(slots=True)
class _Webhook:
    url: str = ""
    secret: str = ""


@dataclass(slots=True)
class _State:
    messages: list[Sent] = field(default_factory=list)
    drafts: list[tuple[int, str]] = field(default_factory=list)
    actions: list[tuple[int, str]] = field(default_factory=list)
    callback_answers: dict[str, str] = field(default_factory=dict)
    inline_answers: dict[str, Json] = field(default_factory=dict)
    commands: dict[tuple[str, str], list[Json]] = field(default_factory=dict)
    descriptions: dict[tuple[str, str], str] = field(default_factory=dict)
    requests: list[Asked] = field(default_factory=list)
    refusals: list[str] = field(default_factory=list)
    webhook_statuses: list[int] = field(default_factory=list)


class BotApi:
    """The server, and what tests ask of it."""

    def __init__(self, rates: Rates | None = None, *, has_drafts: bool = True) -> None:
        self.seen = _State()
        self.blocked: set[int] = set()
        self._has_drafts = has_drafts
        self._rates = RateCheck(rates or Rates())
        self._troubles: dict[str, deque[Trouble]] = defaultdict(deque)
        self._updates: deque[Json] = deque()
        self._next_update = 1000
        self._next_message: dict[int, int] = defaultdict(lambda: 1)
        self._polling = 0
        self._is_closing = False
        self._webhook = _Webhook()
        self._changed = threading.Condition()
        self._loop: asyncio.AbstractEventLoop | None = None
        self._news: asyncio.Event | None = None
        self.url = ""

    # --- for tests ---------------------------------------------------------------------------------------------------

    @contextlib.contextmanager
    def serving(self) -> Iterator[BotApi]:
        """Serve on a free port."""
        app = Starlette(routes=[Route("/bot{token}/{method}", self._handle, methods=["GET", "POST"])])
        config = uvicorn.Config(app, port=0, log_config=None, access_log=False, lifespan="off")
        server = uvicorn.Server(config)
        thread = threading.Thread(target=server.run)
        thread.start()
        while not server.started:
            assert thread.is_alive(), "the server did not start"
            time.sleep(0.005)
        self.url = f"http://127.0.0.1:{server.servers[0].sockets[0].getsockname()[1]}"
        try:
            yield self
        finally:
            self._is_closing = server.should_exit = True
            if self._loop is not None and self._news is not None:
                self._loop.call_soon_threadsafe(self._news.set)
            thread.join(10)

    def deliver(self, update: Json, *, update_id: int | None = None) -> int:
        """Hand an update to the bot, numbered in order unless told otherwise."""
        with self._changed:
            if update_id is None:
                update_id, self._next_update = self._next_update, self._next_update + 1
            self._updates.append({"update_id": update_id, **update})
        if self._loop is not None and self._news is not None:
            with contextlib.suppress(RuntimeError):  # the loop is closed; the next one finds the update
                self._loop.call_soon_threadsafe(self._news.set)
        return update_id

    def next_message_id(self, chat_id: int) -> int:
        """A number for a message that a person writes."""
        with self._changed:
            number = self._next_message[chat_id]
            self._next_message[chat_id] += 1
            return number

    def trouble(self, method: str, *troubles: Trouble) -> None:
        """Let the next requests of a method go wrong, one after the other."""
        with self._changed:
            self._troubles[method].extend(troubles)

    def wait_for(self, condition: Callable[[], Any], *, within_s: float = WAIT_S) -> Any:
        """Wait until something is the case, here or elsewhere; fails when it does not become so."""
        ends = time.monotonic() + within_s
        with self._changed:
            while not (found := condition()) and time.monotonic() < ends:
                self._changed.wait(LOOKS_AGAIN_S)
        assert found, f"did not happen within {within_s:g} s; refusals: {self.seen.refusals}"
        return found

    def messages_in(self, chat_id: int) -> list[Sent]:
        """What the bot sent into a chat."""
        return [message for message in self.seen.messages if message.chat_id == chat_id]

    def count(self, method: str) -> int:
        """How often a method was called."""
        return sum(1 for asked in self.seen.requests if asked.method == method)

    # --- the server --------------------------------------------------------------------------------------------------

    async def _handle(self, request: Request) -> Response:
        self._loop = self._loop or asyncio.get_running_loop()
        self._news = self._news or asyncio.Event()
        method = request.path_params["method"]
        if request.path_params["token"] != TOKEN:
            return _refused(Refusal(401, "Unauthorized"))
        data = _read(await request.body())
        with self._changed:
            trouble = self._troubles[method].popleft() if self._troubles[method] else Trouble()
            self.seen.requests.append(Asked(method, data, time.monotonic()))
            self._changed.notify_all()
        if trouble.status and not trouble.silent_s:
            return _refused(Refusal(trouble.status, "Trouble", trouble.retry_after_s))
        try:
            if method == "getUpdates":
                result: Any = await self._get_updates(data, request)
            else:
                with self._changed:
                    result = self._call(method, data)
                    self._changed.notify_all()
        except Refusal as refusal:
            with self._changed:
                if refusal.code in (400, 429):
                    self.seen.refusals.append(f"{method}: {refusal.description}")
                self._changed.notify_all()
            return _refused(refusal)
        if method == "setWebhook":
            asyncio.get_running_loop().create_task(self._call_webhook())
        if trouble.silent_s:
            await asyncio.sleep(trouble.silent_s)
        if trouble.loses_answer:
            raise ConnectionResetError
        return JSONResponse({"ok": True, "result": result})

    async def _get_updates(self, data: Json, request: Request) -> list[Json]:
        if self._webhook.url:
            raise Refusal(409, "Conflict: can't use getUpdates method while webhook is active")
        if self._polling and int(data.get("timeout", 0)):
            raise Refusal(409, "Conflict: terminated by other getUpdates request")
        assert self._news is not None
        self._polling += 1
        try:
            ends = time.monotonic() + float(data.get("timeout", 0))
            while True:
                self._news.clear()
                with self._changed:
                    while self._updates and self._updates[0]["update_id"] < int(data.get("offset", 0)):
                        self._updates.popleft()
                    waiting = list(self._updates)[:100]
                if waiting or self._is_closing or time.monotonic() >= ends or await request.is_disconnected():
                    return waiting
                with contextlib.suppress(TimeoutError):
                    await asyncio.wait_for(self._news.wait(), min(1.0, max(0.0, ends - time.monotonic())))
        finally:
            self._polling -= 1

    async def _call_webhook(self) -> None:
        """Deliver as Telegram does: again and again until the bot takes the update."""
        assert self._news is not None
        async with httpx.AsyncClient() as client:
            while self._webhook.url and not self._is_closing:
                self._news.clear()
                while self._updates and self._webhook.url and not self._is_closing:
                    with self._changed:
                        update = self._updates[0]
                    try:
                        answer = await client.post(
                            self._webhook.url,
                            json=update,
                            headers={"X-Telegram-Bot-Api-Secret-Token": self._webhook.secret},
                        )
                        status = answer.status_code
                    except httpx.TransportError:
                        status = 0
                    with self._changed:
                        self.seen.webhook_statuses.append(status)
                        if status == httpx.codes.OK and self._updates:
                            self._updates.popleft()
                        self._changed.notify_all()
                    if status != httpx.codes.OK:
                        await asyncio.sleep(0.05)
                with contextlib.suppress(TimeoutError):
                    await asyncio.wait_for(self._news.wait(), 0.5)

    def _call(self, method: str, data: Json) -> Any:
        now = time.monotonic()
        if "chat_id" in data:
            chat_id = data["chat_id"] = int(data["chat_id"])
            if chat_id in self.blocked:
                raise Refusal(403, "Forbidden: bot was blocked by the user")
            is_progress = method in ("sendChatAction", "sendMessageDraft")
            self._rates.count(
                chat_id, now, is_draft=method == "sendMessageDraft", is_message=not is_progress
            )  # fmt: skip
        handler = getattr(self, f"_{method}", None)
        if handler is None:
            raise Refusal(404, "Not Found: method not found")
        return handler(data)

    # --- methods, named as in the Bot API ----------------------------------------------------------------------------

    def _getMe(self, data: Json) -> Json:
        return BOT

    def _sendMessage(self, data: Json) -> Json:
        chat_id = data["chat_id"]
        entities, rows = data.get("entities", []), data.get("reply_markup", {}).get("inline_keyboard", [])
        check_text(data["text"], entities)
        check_keyboard(rows)
        number = self._next_message[chat_id]
        self._next_message[chat_id] += 1
        reply = data.get("reply_parameters", {})
        if reply and reply["message_id"] >= number and not reply.get("allow_sending_without_reply"):
            raise Refusal(400, "Bad Request: message to be replied not found")
        self.seen.messages.append(
            Sent(
                chat_id=chat_id,
                message_id=number,
                text=data["text"],
                entities=tuple(entities),
                rows=tuple(tuple(row) for row in rows),
                reply_to=reply.get("message_id"),
                thread_id=data.get("message_thread_id"),
                at=time.monotonic(),
            )
        )
        return {"message_id": number, "date": int(time.time()), "chat": chat_of(chat_id), "text": data["text"]}

    def _sendMessageDraft(self, data: Json) -> bool:
        if not self._has_drafts:
            raise Refusal(404, "Not Found: method not found")
        if data["chat_id"] < 0 or not int(data["draft_id"]):
            raise Refusal(400, "Bad Request: drafts work in private chats only")
        check_text(data.get("text", ""), data.get("entities", []), may_be_empty=True)
        self.seen.drafts.append((data["chat_id"], data.get("text", "")))
        return True

    def _sendChatAction(self, data: Json) -> bool:
        self.seen.actions.append((data["chat_id"], data["action"]))
        return True

    def _answerCallbackQuery(self, data: Json) -> bool:
        if data["callback_query_id"] in self.seen.callback_answers:
            raise Refusal(400, "Bad Request: query is too old and response timeout expired or query ID is invalid")
        if len(data.get("text", "")) > ALERT_CHARS:
            raise Refusal(400, "Bad Request: MESSAGE_TOO_LONG")
        self.seen.callback_answers[data["callback_query_id"]] = data.get("text", "")
        return True

    def _answerInlineQuery(self, data: Json) -> bool:
        check_inline_results(data["results"], data.get("button"))
        self.seen.inline_answers[data["inline_query_id"]] = data
        return True

    def _getMyCommands(self, data: Json) -> list[Json]:
        return self.seen.commands.get(_scope(data), [])

    def _setMyCommands(self, data: Json) -> bool:
        check_commands(data["commands"])
        self.seen.commands[_scope(data)] = data["commands"]
        return True

    def _getMyDescription(self, data: Json) -> Json:
        return {"description": self.seen.descriptions.get(("long", data.get("language_code", "")), "")}

    def _setMyDescription(self, data: Json) -> bool:
        return self._describe("long", data.get("description", ""), data, 512)

    def _getMyShortDescription(self, data: Json) -> Json:
        return {"short_description": self.seen.descriptions.get(("short", data.get("language_code", "")), "")}

    def _setMyShortDescription(self, data: Json) -> bool:
        return self._describe("short", data.get("short_description", ""), data, 120)

    def _describe(self, kind: str, text: str, data: Json, longest: int) -> bool:
        if len(text) > longest:
            raise Refusal(400, "Bad Request: description is too long")
        self.seen.descriptions[(kind, data.get("language_code", ""))] = text
        return True

    def _setWebhook(self, data: Json) -> bool:
        self._webhook = _Webhook(data["url"], data.get("secret_token", ""))
        return True

    def _deleteWebhook(self, data: Json) -> bool:
        self._webhook = _Webhook()
        return True


def chat_of(chat_id: int) -> Json:
    """A chat as Telegram describes it; groups have negative numbers."""
    if chat_id < 0:
        return {"id": chat_id, "type": "supergroup", "title": "Gruppe"}
    return {"id": chat_id, "type": "private", "first_name": "Person"}


def _scope(data: Json) -> tuple[str, str]:
    return data.get("scope", {}).get("type", "default"), data.get("language_code", "")


def _read(body: bytes) -> Json:
    """A form whose values are JSON where they are more than words."""
    return {name: _value(name, value) for name, value in parse_qsl(body.decode(), keep_blank_values=True)}


def _value(name: str, value: str) -> Any:
    if name in ("text", "description", "short_description", "callback_query_id", "inline_query_id", "url"):
        return value
    try:
        return json.loads(value)
    except ValueError:
        return value


def _refused(refusal: Refusal) -> Response:
    body: dict[str, Any] = {"ok": False, "error_code": refusal.code, "description": refusal.description}
    if refusal.retry_after_s is not None:
        body["parameters"] = {"retry_after": refusal.retry_after_s}
    return JSONResponse(body, status_code=refusal.code)
