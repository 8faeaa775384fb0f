"""POST /ask and POST /ask/stream."""

from __future__ import annotations

import asyncio
import json
import re
import time
import uuid
from collections.abc import AsyncIterator
from typing import Annotated, Any

from fastapi import APIRouter, Header, Request
from fastapi import Query as QueryParameter
from prometheus_client import CollectorRegistry, Counter, Histogram
from sse_starlette import EventSourceResponse, ServerSentEvent
from starlette.concurrency import run_in_threadpool

from assistant.domain.answers import Question, Reply, Turn
from assistant.service.errors import ServiceError
from assistant.service.limits import RateLimiter
from assistant.service.parts import Open, Parts
from assistant.service.wire import MAX_QUESTION, AskBody, ReplyOut, reply_out

STATUS_OF_STEP = {
    "understand": "rewriting", "retrieve": "searching", "evidence": "reading", "write": "writing", "verify": "checking",
}  # fmt: skip
_UUID = re.compile(r"^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$")


class AskMetrics:
    """What is counted of questions."""

    def __init__(self, registry: CollectorRegistry) -> None:
        self.questions = Counter(
            "clusterlotse_questions", "Questions by outcome.", ["status", "reason", "language"], registry=registry
        )
        self.seconds = Histogram(
            "clusterlotse_answer_seconds", "Time from question to reply.",
            buckets=(0.005, 0.01, 0.02, 0.03, 0.05, 0.1, 0.25, 0.5, 1, 5), registry=registry,
        )  # fmt: skip

    def record(self, reply: Reply, seconds: float) -> None:
        """Count one reply."""
        reason = reply.reason if reply.status == "abstained" else ""
        self.questions.labels(reply.status, reason or "", reply.language).inc()
        self.seconds.observe(seconds)


def asking_routes(parts: Parts, limiter: RateLimiter, metrics: AskMetrics) -> APIRouter:
    """The routes that answer."""
    router = APIRouter(tags=["ask"])

    @router.post("/ask", response_model=ReplyOut, response_model_exclude_unset=False, summary="Answer a question")
    def ask(body: AskBody, request: Request, explain: Annotated[bool, QueryParameter()] = False) -> ReplyOut:
        """Answer one question; not answering is a normal reply with a reason."""
        _check_rate(limiter, request)
        question, opened = _question(body, parts), parts.current()
        reply = _answer(question, opened, parts, metrics)
        return reply_out(reply, explain=explain)

    @router.post("/ask/stream", summary="Answer a question as server-sent events", response_class=EventSourceResponse)
    async def stream(
        body: AskBody, request: Request, last_event_id: Annotated[str | None, Header(max_length=80)] = None
    ) -> EventSourceResponse:
        """Send `status`, `text`, `citation` and `done` events; with `Last-Event-ID` only those that were missed."""
        _check_rate(limiter, request)
        if last_event_id:
            reply_id, _, seen = last_event_id.partition(":")
            stored = parts.conversations.reply(reply_id)
            if stored is not None and seen.isdigit():
                missed = [event for event in _events(stored["reply"]) if int(str(event.id).split(":")[1]) > int(seen)]
                return EventSourceResponse(_send(missed), ping=10)
        question, opened = _question(body, parts), parts.current()
        return EventSourceResponse(_live(question, opened, parts, metrics), ping=10)

    return router


def _check_rate(limiter: RateLimiter, request: Request) -> None:
    wait_s = limiter.wait_s(request)
    if wait_s:
        raise ServiceError(429, "rate_limited", retry_after_s=wait_s)


def _question(body: AskBody, parts: Parts) -> Question:
    if not body.question.strip():
        raise ServiceError(400, "question_empty", "Please ask a question. / Bitte stellen Sie eine Frage.")
    if len(body.question) > MAX_QUESTION:
        message = (
            f"A question has at most {MAX_QUESTION} characters. / Eine Frage hat höchstens {MAX_QUESTION} Zeichen."
        )
        raise ServiceError(400, "question_too_long", message, limit=MAX_QUESTION, length=len(body.question))
    known = body.conversation_id is not None and bool(_UUID.match(body.conversation_id))
    history = parts.conversations.history(body.conversation_id) if known and body.conversation_id else ()
    return Question(
        text=body.question,
        # An id we did not give out starts a new conversation, so nobody can choose one.
        conversation_id=body.conversation_id if history and body.conversation_id else str(uuid.uuid4()),
        language=body.language,
        audience=body.audience,
        kinds=tuple(body.kinds or ()),
        history=history,
        today=parts.clock.today(),
        reply_id=str(uuid.uuid4()),
    )


def _answer(question: Question, opened: Open, parts: Parts, metrics: AskMetrics, **options: Any) -> Reply:
    started = time.perf_counter()
    reply = opened.answers.answer(question, **options)
    turn = Turn(
        question=opened.mask(reply.rewritten_question or question.text),
        language=reply.language,
        document_ids=tuple(dict.fromkeys(citation.document_id.removesuffix(".en") for citation in reply.citations)),
        options=reply.options,
    )
    stored = reply_out(reply).model_dump(mode="json", exclude={"trace"})
    parts.conversations.add(
        conversation_id=reply.conversation_id,
        reply_id=reply.id,
        question=opened.mask(question.text),
        turn=turn,
        reply=stored,
    )
    metrics.record(reply, time.perf_counter() - started)
    return reply


async def _live(question: Question, opened: Open, parts: Parts, metrics: AskMetrics) -> AsyncIterator[ServerSentEvent]:
    """Status events while the answer is made, then the answer."""
    loop = asyncio.get_running_loop()
    steps: asyncio.Queue[str | None] = asyncio.Queue()

    def on_step(name: str) -> None:
        loop.call_soon_threadsafe(steps.put_nowait, name)

    async def run() -> Reply:
        try:
            return await run_in_threadpool(_answer, question, opened, parts, metrics, on_step=on_step)
        finally:
            steps.put_nowait(None)

    task = asyncio.create_task(run())
    while (name := await steps.get()) is not None:
        if name in STATUS_OF_STEP:
            # All status events carry 0: a client that comes back after one gets the whole answer.
            yield _event(question.reply_id, 0, "status", {"status": STATUS_OF_STEP[name]})
    try:
        reply = await task
    except Exception:
        error = {"code": "unavailable", "retryable": True}
        yield _event(question.reply_id, 0, "error", error)
        raise
    for event in _events(reply_out(reply).model_dump(mode="json", exclude={"trace"})):
        yield event


async def _send(events: list[ServerSentEvent]) -> AsyncIterator[ServerSentEvent]:
    for event in events:
        yield event


def _events(reply: dict[str, Any]) -> list[ServerSentEvent]:
    """The events of a finished reply: each claim's text, its citations at their first use, then the whole reply."""
    events: list[tuple[str, dict[str, Any]]] = []
    sent: set[int] = set()
    position = 0
    for claim in reply["claims"]:
        events.append(("text", {"text": reply["text"][position : claim["end"]]}))
        position = claim["end"]
        for citation in reply["citations"]:
            if citation["n"] in claim["citations"] and citation["n"] not in sent:
                sent.add(citation["n"])
                events.append(("citation", citation))
    if reply["text"][position:]:
        events.append(("text", {"text": reply["text"][position:]}))
    events.append(("done", reply))
    return [_event(reply["id"], number, name, data) for number, (name, data) in enumerate(events, start=1)]


def _event(reply_id: str, number: int, name: str, data: dict[str, Any]) -> ServerSentEvent:
    return ServerSentEvent(data=json.dumps(data, ensure_ascii=False), event=name, id=f"{reply_id}:{number}")
