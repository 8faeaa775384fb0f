"""POST /ask and POST /ask/stream."""

from __future__ import annotations

import asyncio
import re
import time
import unicodedata
import uuid
from collections.abc import Callable
from dataclasses import replace
from typing import Annotated, Any

from anyio import CapacityLimiter, to_thread
from fastapi import APIRouter, Header, Request, Response
from fastapi import Query as QueryParameter
from prometheus_client import CollectorRegistry, Counter, Histogram
from sse_starlette import EventSourceResponse
from starlette.concurrency import run_in_threadpool

from assistant.domain.answers import Question, Reply, turn_of
from assistant.service.errors import ServiceError, documented, error_body, failure_of
from assistant.service.limits import RateLimiter
from assistant.service.parts import Open, Parts
from assistant.service.streaming import EventId, Run, error_event, reply_events, send_stored, status_events
from assistant.service.wire import MAX_QUESTION, STREAM_EXAMPLE, STREAM_SCHEMA, AskBody, ReplyOut, is_id, reply_out

HEARTBEAT_S = 10
_SURROGATE = re.compile("[\ud800-\udfff]")


class AskMetrics:
    """What is counted of questions."""

    def __init__(self, registry: CollectorRegistry) -> None:
        self.questions = Counter(
            "clusterlotse_questions", "Questions by outcome.", ["status", "reason", "language"], registry=registry
        )
        self.seconds = Histogram(
            "clusterlotse_answer_seconds", "Time from question to reply.",
            buckets=(0.005, 0.01, 0.02, 0.03, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 20, 60), registry=registry,
        )  # fmt: skip

        self.model_replies = Counter(
            "clusterlotse_model_replies", "Replies for which a language model was asked, by why it was not used.",
            ["fallback"], registry=registry,
        )  # fmt: skip
        self.model_tokens = Counter(
            "clusterlotse_model_tokens",
            "Tokens that the language model read and wrote.",
            ["direction"],
            registry=registry,
        )
        self.model_sentences = Counter(
            "clusterlotse_model_sentences",
            "Sentences of the language model, by whether they held.",
            ["outcome"],
            registry=registry,
        )

    def record(self, reply: Reply, seconds: float) -> None:
        """Count one reply."""
        if reply.model is not None:
            self.model_replies.labels(reply.model.fallback or "").inc()
            self.model_tokens.labels("input").inc(reply.model.usage.input_tokens)
            self.model_tokens.labels("output").inc(reply.model.usage.output_tokens)
            self.model_sentences.labels("shown").inc(reply.model.sentences)
            self.model_sentences.labels("dropped").inc(reply.model.dropped)
        reason = reply.reason if reply.status == "abstained" else ""
        self.questions.labels(reply.status, reason or "", reply.language).inc()
        self.seconds.observe(seconds)


def asking_routes(parts: Parts, limiter: RateLimiter, metrics: AskMetrics, *, prefix: str) -> APIRouter:
    """The routes that answer."""
    router = APIRouter(prefix=prefix, tags=["ask"])
    running: dict[str, Run] = {}
    tasks: set[asyncio.Task[None]] = set()  # the loop alone would not keep them alive
    # Threads of their own, so that answers which wait for a language model never hold up what needs none.
    answering = CapacityLimiter(parts.answers_at_a_time)

    @router.post("/ask", summary="Answer a question", responses=documented(400, 413, 422, 429, 503))
    async def ask(
        body: AskBody,
        request: Request,
        explain: Annotated[bool, QueryParameter(description="Add what each step saw.")] = False,
    ) -> ReplyOut:
        """Answer a question, or each question of an enquiry in turn. Not answering is a normal reply with a reason and a next step."""
        text = readable(body.question)
        await run_in_threadpool(limiter.check, request)

        def answer() -> ReplyOut:
            reply = answer_and_store(question_of(body, text, parts), parts.current(), parts, metrics)
            return reply_out(reply, explain=explain)

        return await to_thread.run_sync(answer, limiter=answering)

    @router.post(
        "/ask/stream",
        summary="Answer a question as server-sent events",
        response_class=EventSourceResponse,
        responses={
            200: {
                "description": "Events `status`, `text`, `citation`, then `done` with the whole reply, or `error`.",
                "content": {"text/event-stream": {"itemSchema": STREAM_SCHEMA, "example": STREAM_EXAMPLE}},
            },
            **documented(400, 413, 422, 429, 503),
        },
    )
    async def stream(
        body: AskBody,
        request: Request,
        last_event_id: Annotated[
            str | None, Header(alias="Last-Event-ID", description="Id of the last event received.")
        ] = None,
    ) -> EventSourceResponse:
        """The same answer in pieces. `done` is authoritative.

        A client that was cut off sends the same body again with `Last-Event-ID` and gets what it missed, each event once.
        """
        text = readable(body.question)
        last = EventId.parse(last_event_id)
        if last is not None:
            run = running.get(last.reply_id)
            if run is not None and (run.conversation_id, run.question) == (last.conversation_id, text):
                return _sent(run.follow(after=last.number))
            stored = await run_in_threadpool(_stored_reply, parts, last, text)
            if stored is not None:
                return _sent(send_stored(stored, after=last.number))
        await run_in_threadpool(limiter.check, request)
        opened = await run_in_threadpool(parts.current)
        question = await run_in_threadpool(question_of, body, text, parts)
        run = running[question.reply_id] = Run(question.conversation_id, question.reply_id, text)
        task = asyncio.create_task(make(run, question, opened, request))
        tasks.add(task)
        task.add_done_callback(tasks.discard)
        return _sent(run.follow(after=0))

    @router.delete("/ask/stream/{reply_id}", status_code=204, summary="End an answer early", responses=documented(404))
    async def cancel(reply_id: str) -> Response:
        """Let an answer that is being written end with what it has; the stream goes on to its `done`.

        The id stands in the id of every event, between the colons. An answer that has ended already is 404.
        """
        run = running.get(reply_id)
        if run is None:
            raise ServiceError(404, "not_found")
        run.is_cancelled.set()
        return Response(status_code=204)

    async def make(run: Run, question: Question, opened: Open, request: Request) -> None:
        """Answer into `run`, to the end even when nobody follows any more."""
        loop = asyncio.get_running_loop()

        def on_step(name: str) -> None:
            loop.call_soon_threadsafe(run.add, status_events(name))

        def on_part(beginning: Reply) -> None:
            events = reply_events(reply_out(beginning).model_dump(mode="json"), is_whole=False)
            loop.call_soon_threadsafe(run.add, events)

        def answer() -> Reply:
            return answer_and_store(
                question, opened, parts, metrics, on_step=on_step, on_part=on_part, should_stop=run.is_cancelled.is_set
            )

        try:
            reply = await to_thread.run_sync(answer, limiter=answering)
            last_events = reply_events(reply_out(reply).model_dump(mode="json"))
        except Exception as exc:
            failure = await run_in_threadpool(failure_of, exc, request, parts.check_database)
            last_events = [error_event(error_body(failure, request), number=run.next_number)]
        # Stored by now, or failed: who comes back later is served from the store, or asks anew.
        running.pop(run.reply_id, None)
        run.add(last_events, is_last=True)

    return router


def _sent(events: Any) -> EventSourceResponse:
    return EventSourceResponse(events, ping=HEARTBEAT_S)


def readable(text: str) -> str:
    """The question without what nobody can see, and without halves of characters, which no database takes.

    Raises:
        ServiceError: 400 when nothing is left, or it is longer than allowed.
    """
    if len(text) > MAX_QUESTION:
        raise ServiceError(400, "question_too_long", limit=MAX_QUESTION, length=len(text))
    text = _SURROGATE.sub("\ufffd", text)
    text = "".join(char for char in text if char.isspace() or unicodedata.category(char) not in ("Cc", "Cf"))
    if not text.strip():
        raise ServiceError(400, "question_empty")
    return text


def _stored_reply(parts: Parts, last: EventId, question: str) -> dict[str, Any] | None:
    """The stored reply to this very question in that conversation."""
    stored = parts.conversations.reply(last.reply_id) if is_id(last.reply_id) else None
    if stored is None or stored["question"] != parts.current().mask(question):
        return None
    reply: dict[str, Any] = stored["reply"]
    return reply if reply["conversation_id"] == last.conversation_id else None


def question_of(body: AskBody, text: str, parts: Parts) -> Question:
    """What is asked: the readable text, with the conversation it belongs to."""
    history = parts.conversations.history(body.conversation_id) if is_id(body.conversation_id) else ()
    return Question(
        text=text,
        # An id we did not give out starts a new conversation, so nobody can choose one.
        conversation_id=body.conversation_id if history and body.conversation_id else str(uuid.uuid4()),
        language=body.language,
        audience=body.audience,
        style=body.style,
        kinds=tuple(body.kinds or ()),
        history=history,
        today=parts.clock.today(),
        reply_id=str(uuid.uuid4()),
    )


def answer_and_store(
    question: Question,
    opened: Open,
    parts: Parts,
    metrics: AskMetrics,
    on_step: Callable[[str], None] = lambda name: None,
    on_part: Callable[[Reply], None] | None = None,
    should_stop: Callable[[], bool] = lambda: False,
) -> Reply:
    """Answer and store; what is stored holds no personal data that the question brought."""
    started = time.perf_counter()
    reply = opened.answers.answer(question, on_step=on_step, on_part=on_part, should_stop=should_stop)
    rewritten = opened.mask(reply.rewritten_question) if reply.rewritten_question else None
    options, suggestions = ([opened.mask(text) for text in texts] for texts in (reply.options, reply.suggestions))
    masked = opened.mask(question.text)
    turn = turn_of(replace(reply, rewritten_question=rewritten, options=tuple(options)), masked)
    stored = reply_out(reply).model_copy(
        update={"rewritten_question": rewritten, "options": options, "suggestions": suggestions}
    )
    parts.conversations.add(
        conversation_id=reply.conversation_id,
        reply_id=reply.id,
        question=masked,
        turn=turn,
        reply=stored.model_dump(mode="json"),
    )
    metrics.record(reply, time.perf_counter() - started)
    return reply
