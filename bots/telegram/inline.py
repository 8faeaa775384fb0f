"""Inline mode: `@bot question` in any chat offers up to three answers to send there.

The first is the answer itself. The others answer the questions that the service suggests next, or the readings of an
ambiguous question; so each of the three has passed the same checks.
"""

from __future__ import annotations

import asyncio
import contextlib
from datetime import date
from typing import NamedTuple

import structlog
from telegram import (
    InlineQuery,
    InlineQueryResultArticle,
    InlineQueryResultsButton,
    InputTextMessageContent,
    LinkPreviewOptions,
)
from telegram.error import BadRequest, TelegramError

from bots.telegram.callbacks import shorten
from bots.telegram.kit import Kit
from bots.telegram.parts import Button, keyboard
from bots.telegram.places import language_of
from bots.telegram.replies import Language, Reply
from bots.telegram.service import ServiceFailed, ServiceRefused
from bots.telegram.texts import say
from bots.telegram.views import answer_parts, body_blocks, shortened

ANSWERS = 3
SHORTEST_QUERY = 3
PAUSE_S = 0.35
"""Telegram sends a query at almost every letter; only one that stands for this long is answered."""
CACHE_S = 300
LONGEST_TITLE = 80
LONGEST_DESCRIPTION = 140
_log = structlog.get_logger("clusterlotse.telegram")


class Answer(NamedTuple):
    """One of the offered answers."""

    question: str
    reply: Reply


class Inline:
    """Answers inline queries; of one person only the newest."""

    def __init__(self, kit: Kit) -> None:
        self._kit = kit
        self._newest: dict[str, str] = {}

    async def answer(self, query: InlineQuery) -> None:
        """Offer answers, unless the person goes on writing."""
        person = self._kit.pseudonyms.person(query.from_user.id)
        self._newest[person] = query.id
        try:
            await asyncio.sleep(PAUSE_S)
            if self._newest[person] == query.id:
                await self._offer(query, person)
        finally:
            if self._newest.get(person) == query.id:
                del self._newest[person]

    async def _offer(self, query: InlineQuery, person: str) -> None:
        language = language_of(query.from_user)
        question = query.query.strip()
        answers: list[Answer] = []
        seconds = 0
        if len(question) >= SHORTEST_QUERY and self._may_ask(person):
            try:
                answers = await self._answers(question, language, person)
                seconds = CACHE_S
            except (ServiceFailed, ServiceRefused) as exc:
                _log.warning("no inline answer", why=str(exc), error=type(exc).__name__)
        results = [article(answer, today=self._kit.today(), chat_link=self._kit.deep_link()) for answer in answers]
        ask = InlineQueryResultsButton(say("inline_ask", language), start_parameter="inline")
        try:
            await query.answer(results, cache_time=seconds, button=ask)
        except BadRequest as exc:  # the query is too old by now
            _log.info("inline answer not wanted any more", why=exc.message)
        except TelegramError as exc:
            _log.warning("inline answer not sent", error=type(exc).__name__)

    def _may_ask(self, person: str) -> bool:
        interval_s = 60 / self._kit.questions_per_minute
        burst = max(ANSWERS, self._kit.questions_per_minute // 2)
        return not self._kit.store.try_slot(f"inline {person}", interval_s=interval_s, burst=burst)

    async def _answers(self, question: str, language: Language, person: str) -> list[Answer]:
        first = await self._ask(question, language, person)
        others = first.options or first.suggestions
        wanted = others[:ANSWERS]
        replies = await asyncio.gather(*(self._ask(other, language, person) for other in wanted))
        found = [] if first.status == "clarify" else [Answer(question, first)]
        found += [Answer(other, reply) for other, reply in zip(wanted, replies, strict=True) if reply.citations]
        return found[:ANSWERS]

    async def _ask(self, question: str, language: Language, person: str) -> Reply:
        """Ask, and leave nothing stored: what somebody types here is not a conversation."""
        address = self._kit.pseudonyms.address(person)
        reply = await self._kit.service.ask(
            question, conversation_id=None, language=None, reader=language, address=address
        )
        with contextlib.suppress(ServiceFailed):  # the service deletes it when its time is over
            await self._kit.service.delete_conversation(reply.conversation_id)
        return reply


def article(answer: Answer, *, today: date, chat_link: str) -> InlineQueryResultArticle:
    """One answer as Telegram offers it; of one that needs several messages the first, which says that it is a part."""
    reply = answer.reply
    text = answer_parts(reply, today=today, asked=answer.question, with_judgement=False)[0].text
    return InlineQueryResultArticle(
        id=shorten(reply.id),
        title=shortened(answer.question, LONGEST_TITLE),
        description=shortened(" ".join(block.text.plain for block in body_blocks(reply.text)), LONGEST_DESCRIPTION),
        input_message_content=InputTextMessageContent(
            text.plain, entities=text.entities(), link_preview_options=LinkPreviewOptions(is_disabled=True)
        ),
        reply_markup=keyboard(((Button(say("inline_ask", reply.language), url=chat_link),),)),
    )
