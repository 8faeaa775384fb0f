"""Questions and what people do with the answers."""

from __future__ import annotations

from dataclasses import replace

import structlog

from bots.telegram.callbacks import Callback
from bots.telegram.kit import Kit
from bots.telegram.parts import Button, Part
from bots.telegram.places import Place
from bots.telegram.replies import Reply
from bots.telegram.richtext import plain
from bots.telegram.service import ServiceFailed, ServiceRefused, ServiceTooSlow
from bots.telegram.store import Talk
from bots.telegram.texts import say
from bots.telegram.views import all_quotations, answer_parts, quotation_parts

AGAIN = Callback("retry")
_log = structlog.get_logger("clusterlotse.telegram")


class Conversation:
    """Asks the service what people ask, and shows what it answers."""

    def __init__(self, kit: Kit) -> None:
        self._kit = kit

    async def ask(
        self,
        place: Place,
        question: str,
        *,
        message_id: int,
        tapped: bool = False,
        is_fresh: bool = False,
        again: Callback = AGAIN,
    ) -> None:
        """Answer a question.

        Args:
            place: Where it was asked.
            question: In the person's words, or those of a button.
            message_id: The message that asked, or whose button was tapped.
            tapped: The question was not written, so the answer repeats it.
            is_fresh: Begins a new conversation.
            again: What the button "try again" does when the service fails.
        """
        kit = self._kit
        if not await kit.admits(place):
            return
        talk = kit.talk(place)
        try:
            async with kit.outbox.waiting(place, draft_id=message_id) as progress:
                reply = await kit.service.ask(
                    question,
                    conversation_id=None if is_fresh else talk.conversation_id,
                    language=place.chosen,
                    reader=place.language,
                    address=kit.address(place),
                    on_event=progress.on_event,
                )
        except ServiceRefused as exc:
            await kit.outbox.say(place, exc.message)
            return
        except ServiceFailed as exc:
            await self._apologise(place.replying_to(message_id), exc, again)
            return
        self._remember(place, talk, reply, question, message_id, tapped=tapped)
        parts = answer_parts(
            reply,
            today=kit.today(),
            asked=question if tapped else None,
            consent=self._consent(place, reply),
            with_judgement=place.is_private,
        )
        await kit.outbox.send(place, parts)

    async def _apologise(self, place: Place, exc: ServiceFailed, again: Callback) -> None:
        _log.warning("no answer from the service", why=str(exc), error=type(exc).__name__)
        key = "too_slow" if isinstance(exc, ServiceTooSlow) else "unavailable"
        retry = Button(say("retry", place.language), again)
        await self._kit.outbox.send(place, [Part(plain(say(key, place.language)), ((retry,),))])

    def _remember(
        self, place: Place, talk: Talk, reply: Reply, question: str, message_id: int, *, tapped: bool
    ) -> None:
        asked, wording = self._kit.pseudonyms.message(place.chat_id, message_id, question)
        self._kit.save_talk(
            place,
            replace(
                talk,
                conversation_id=reply.conversation_id,
                reply_id=reply.id,
                question=None if tapped else asked,
                wording=None if tapped else wording,
            ),
        )

    def _consent(self, place: Place, reply: Reply) -> str | None:
        """What somebody who asks without having started the bot is told below the first answer."""
        known = self._kit.store.person(place.person)
        if known.greeted or not place.is_private:
            return None
        self._kit.store.save_person(place.person, replace(known, greeted=True))
        return say("consent", reply.language, days=self._kit.retention_days)

    async def ask_edited(self, place: Place, question: str, *, message_id: int) -> None:
        """Answer the question again if it is the last one and its words have changed; older ones are left alone."""
        talk = self._kit.talk(place)
        asked, wording = self._kit.pseudonyms.message(place.chat_id, message_id, question)
        if talk.question == asked and talk.wording != wording:
            await self.ask(place.replying_to(message_id), question, message_id=message_id)

    async def ask_stored(self, place: Place, callback: Callback, *, message_id: int) -> str | None:
        """Ask a question that a button stands for; returns what to tell the person when that is not possible."""
        try:
            reply = await self._kit.service.reply(callback.subject)
        except ServiceFailed:
            return say("cannot_now", place.language)
        if reply is None:
            return say("reply_gone", place.language)
        questions = reply.options if callback.action == "option" else reply.suggestions
        if not callback.argument.isdigit() or int(callback.argument) >= len(questions):
            return say("button_old", place.language)
        question = questions[int(callback.argument)]
        await self.ask(place, question, message_id=message_id, tapped=True, again=callback)
        return None

    async def quote(self, place: Place, callback: Callback, *, message_id: int) -> str | None:
        """Show a quotation; returns what to tell the person when that is not possible."""
        try:
            reply = await self._kit.service.reply(callback.subject)
        except ServiceFailed:
            return say("cannot_now", place.language)
        citation = next((c for c in reply.citations if str(c.n) == callback.argument), None) if reply else None
        if reply is None or citation is None:
            return say("reply_gone", place.language)
        await self._kit.outbox.send(place.replying_to(message_id), quotation_parts(citation, reply.language))
        return None

    async def judge(self, place: Place, callback: Callback) -> str:
        """Pass a judgement on; returns what to tell the person."""
        try:
            await self._kit.service.judge(callback.subject, helpful=callback.action == "good")
        except ServiceFailed:
            return say("cannot_now", place.language)
        return say("judged", place.language)

    async def fresh(self, place: Place) -> None:
        """Begin a new conversation."""
        talk = self._kit.talk(place)
        self._kit.save_talk(place, Talk(reply_id=talk.reply_id))
        await self._kit.outbox.say(place, say("fresh", place.language))

    async def sources(self, place: Place) -> None:
        """Show all quotations of the last answer, or what answers rest on at all."""
        kit = self._kit
        talk = kit.talk(place)
        try:
            reply = await kit.service.reply(talk.reply_id) if talk.reply_id else None
            if reply is not None and reply.citations:
                await kit.outbox.send(place, all_quotations(reply, today=kit.today()))
                return
            first = say("sources_none" if reply is None else "sources_without", place.language)
            await kit.outbox.say(place, f"{first}\n\n{await self._corpus(place)}")
        except ServiceFailed:
            await kit.outbox.say(place, say("cannot_now", place.language))

    async def _corpus(self, place: Place) -> str:
        count = self._kit.service.count_documents
        policy, funding = await count("policy", "de"), await count("funding", "de")
        clusters = await count("cluster", "de") + await count("network", "de")
        return say(
            "sources_corpus",
            place.language,
            sheets=policy + funding + clusters,
            policy=policy,
            clusters=clusters,
            funding=funding,
        )
