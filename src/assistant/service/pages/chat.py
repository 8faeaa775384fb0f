"""Asking without JavaScript: a plain form, the conversation as a page, and the address of a single reply."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple, get_args
from urllib.parse import parse_qsl

from fastapi import APIRouter, Request, Response
from fastapi.responses import RedirectResponse
from starlette.concurrency import run_in_threadpool

from assistant.domain.answers import Style
from assistant.domain.values import Language
from assistant.service.asking import AskMetrics, answer_and_store, question_of, readable
from assistant.service.errors import MESSAGES, ServiceError
from assistant.service.limits import RateLimiter
from assistant.service.pages.site import Site, language_links
from assistant.service.parts import Parts
from assistant.service.wire import MAX_QUESTION, AskBody, StoredReplyOut, is_id, shared_reply_out, stored_reply_out

STYLES: tuple[Style, ...] = get_args(Style)


def chat_routes(site: Site, parts: Parts, limiter: RateLimiter, metrics: AskMetrics, language: Language) -> APIRouter:
    """The chat in one language."""
    router = APIRouter(prefix=f"/{language}", include_in_schema=False)
    home = f"/{language}/"

    def chat_page(
        turns: list[StoredReplyOut] | None = None,
        *,
        status: int = 200,
        question: str = "",
        style: Style = "standard",
        problem: str | None = None,
        message: str | None = None,
    ) -> Response:
        return site.page(
            "chat.html", language, status_code=status, others=language_links(""), turns=turns or [], question=question,
            style=style, problem=problem, message=message, is_private=bool(turns),
        )  # fmt: skip

    @router.get("")
    def home_without_slash() -> Response:
        return RedirectResponse(home, status_code=308)

    @router.get("/")
    def chat(q: str = "", done: str = "") -> Response:
        return chat_page(question=q[:MAX_QUESTION], message="deleted" if done == "deleted" else None)

    @router.post("/")
    async def ask(request: Request) -> Response:
        form = await form_of(request)
        question = form.get("chosen") or form.get("question", "")
        conversation_id = form.get("conversation_id") or None
        style = style_of(form.get("style"))
        try:
            reply = await run_in_threadpool(answer, request, question, conversation_id, style)
        except ServiceError as error:
            turns = await run_in_threadpool(turns_of, parts, conversation_id)
            problem = MESSAGES[error.code][language]
            return chat_page(turns, status=error.status, question=question, style=style, problem=problem)
        # Going back or loading again does not ask a second time; the choice stays with the conversation.
        chosen = f"?style={style}" if style != "standard" else ""
        place = f"{home}conversations/{reply.conversation_id}{chosen}#turn-{reply.turn}"
        return RedirectResponse(place, status_code=303)

    def answer(request: Request, question: str, conversation_id: str | None, style: Style) -> _Asked:
        text = readable(question)
        limiter.check(request)
        body = AskBody.model_validate({"question": text, "conversation_id": conversation_id, "style": style})
        reply = answer_and_store(question_of(body, text, parts), parts.current(), parts, metrics)
        return _Asked(reply.conversation_id, len(parts.conversations.conversation(reply.conversation_id)))

    @router.get("/conversations/{conversation_id}")
    def conversation(conversation_id: str, done: str = "", style: str = "") -> Response:
        turns = turns_of(parts, conversation_id)
        if not turns:
            raise ServiceError(404, "not_found")
        return chat_page(turns, style=style_of(style), message="judged" if done == "judged" else None)

    @router.post("/conversations/{conversation_id}/delete")
    def delete(conversation_id: str) -> Response:
        if not is_id(conversation_id) or not parts.conversations.delete(conversation_id):
            raise ServiceError(404, "not_found")
        return RedirectResponse(f"{home}?done=deleted", status_code=303)

    @router.post("/conversations/{conversation_id}/feedback")
    async def feedback(request: Request, conversation_id: str) -> Response:
        form = await form_of(request)
        reply_id = form.get("reply_id", "")
        turns = await run_in_threadpool(turns_of, parts, conversation_id)
        if not any(turn.reply.id == reply_id for turn in turns):
            raise ServiceError(404, "not_found")
        is_helpful = form.get("helpful") == "yes"
        await run_in_threadpool(
            lambda: parts.conversations.add_feedback(reply_id=reply_id, helpful=is_helpful, comment=None)
        )
        return RedirectResponse(f"{home}conversations/{conversation_id}?done=judged", status_code=303)

    return router


class _Asked(NamedTuple):
    conversation_id: str
    turn: int
    """Its number in the conversation, from 1."""


def reply_routes(site: Site, parts: Parts) -> APIRouter:
    """Single replies, under the addresses that people pass on."""
    router = APIRouter(include_in_schema=False)

    @router.get("/replies/{reply_id}")
    def reply(reply_id: str) -> Response:
        stored = parts.conversations.reply(reply_id) if is_id(reply_id) else None
        if stored is None:
            raise ServiceError(404, "not_found")
        turn = shared_reply_out(stored)
        return site.page("reply.html", turn.reply.language, turn=turn, is_private=True)

    return router


def style_of(text: str | None) -> Style:
    """The style that was chosen; the usual one where it is none of ours."""
    return next((style for style in STYLES if style == text), "standard")


def turns_of(parts: Parts, conversation_id: str | None) -> list[StoredReplyOut]:
    """A conversation's turns, earliest first; none when it is unknown."""
    turns = parts.conversations.conversation(conversation_id) if is_id(conversation_id) else []
    return [stored_reply_out(turn) for turn in turns]


async def form_of(request: Request) -> Mapping[str, str]:
    """The fields of a plain form; the last one counts where a name comes twice."""
    body = await request.body()
    return dict(parse_qsl(body.decode("utf-8", "replace"), keep_blank_values=True, max_num_fields=50))
