"""The finders in the private chat: one question at a time, each can be skipped, and one step back is always open."""

from __future__ import annotations

import secrets
from dataclasses import asdict, replace
from typing import NamedTuple

import structlog

from bots.telegram.callbacks import Callback
from bots.telegram.finder import Finder, Kind, begin, fits_field, restored, wanted
from bots.telegram.finder_views import detail_parts, excluded_parts, more_parts, question_part, result_parts
from bots.telegram.kit import Kit
from bots.telegram.parts import Button, Part
from bots.telegram.places import Place
from bots.telegram.replies import Found, restored_found
from bots.telegram.richtext import plain
from bots.telegram.service import ServiceFailed, ServiceRefused, ServiceTooSlow
from bots.telegram.texts import say
from bots.telegram.views import quotation_parts

UNPROCESSABLE = 422
_log = structlog.get_logger("clusterlotse.telegram")


class _Kept(NamedTuple):
    """A result whose buttons still work."""

    kind: Kind
    found: Found


class Dialogues:
    """Leads through the finders."""

    def __init__(self, kit: Kit) -> None:
        self._kit = kit

    def current(self, place: Place) -> Finder | None:
        """The finder that is going on here."""
        stored = self._kit.talk(place).dialogue
        return restored(stored) if stored else None

    async def begin(self, place: Place, kind: Kind) -> None:
        """Begin; one that was going on is given up."""
        finder = begin(kind, place.language)
        self._keep(place, finder)
        await self._kit.outbox.send(place, [question_part(finder, None)])

    async def read(self, place: Place, finder: Finder, text: str, *, message_id: int) -> None:
        """Take what the person wrote as description or answer."""
        if finder.description is None:
            await self._advance(place, finder.described(text), message_id=message_id)
        elif finder.asked is None:  # the service failed before the next question was known
            await self._advance(place, finder, message_id=message_id)
        elif not fits_field(finder.asked.field, text):
            await self._kit.outbox.send(
                place, [question_part(finder, None, hint=say(wanted(finder.asked.field), finder.language))]
            )
        else:
            await self._advance(place, finder.answered(text), message_id=message_id)

    async def press(self, place: Place, callback: Callback, *, message_id: int) -> str | None:
        """A button below a finder's question; returns what to tell the person when it is an old one."""
        finder = self.current(place)
        if finder is None or finder.step != callback.subject:
            return say("button_old", place.language)
        action, option = callback.argument[:1], callback.argument[1:]
        if action == "x":
            self._keep(place, None)
            await self._kit.outbox.say(place, say("cancelled", finder.language))
        elif action == "b":
            await self._step_back(place, finder)
        elif action == "t":
            await self._advance(place, finder, message_id=message_id)
        elif action == "r":
            await self._advance(place, finder, message_id=message_id, wants_result=True)
        elif finder.asked is not None and action == "s":
            await self._advance(place, finder.answered(None), message_id=message_id)
        elif finder.asked is not None and option.isdigit() and int(option) < len(finder.asked.options):
            answer = finder.asked.options[int(option)]
            hint = say("answered_with", finder.language, answer=answer)
            await self._advance(place, finder.answered(answer), message_id=message_id, hint=hint)
        else:
            return say("button_old", place.language)
        return None

    async def show_current(self, place: Place) -> None:
        """Put the question on the screen again, after something else was answered in between."""
        finder = self.current(place)
        if finder is not None:
            await self._kit.outbox.send(place, [question_part(finder, None)])

    async def quote(self, place: Place, callback: Callback, *, message_id: int) -> str | None:
        """Show a quotation of a result; returns what to tell the person when it is gone."""
        kept = self._kept(callback.subject)
        citation = next((c for c in kept.found.citations if str(c.n) == callback.argument), None) if kept else None
        if kept is None or citation is None:
            return say("reply_gone", place.language)
        await self._kit.outbox.send(place.replying_to(message_id), quotation_parts(citation, kept.found.language))
        return None

    async def show(self, place: Place, callback: Callback, *, message_id: int) -> str | None:
        """Show more of a result; returns what to tell the person when it is gone."""
        kept = self._kept(callback.subject)
        if kept is None:
            return say("reply_gone", place.language)
        what, position = callback.argument[:1], callback.argument[1:]
        today, parts = self._kit.today(), None
        if what == "x":
            parts = excluded_parts(kept.found, result_id=callback.subject, today=today)
        elif what == "m" and position.isdigit():
            parts = more_parts(kept.found, int(position), result_id=callback.subject, today=today)
        elif what == "d" and position.isdigit():
            parts = detail_parts(kept.kind, kept.found, int(position), result_id=callback.subject, today=today)
        if parts is None:
            return say("button_old", place.language)
        await self._kit.outbox.send(place.replying_to(message_id), parts)
        return None

    def _kept(self, result_id: str) -> _Kept | None:
        stored = self._kit.store.from_shelf(result_id)
        return _Kept(stored["kind"], restored_found(stored["found"])) if stored else None

    # --- one step ----------------------------------------------------------------------------------------------------

    async def _step_back(self, place: Place, finder: Finder) -> None:
        back = finder.gone_back()
        self._keep(place, back)
        await self._kit.outbox.send(place, [question_part(back, None)])

    async def _advance(
        self, place: Place, finder: Finder, *, message_id: int, wants_result: bool = False, hint: str = ""
    ) -> None:
        """Ask the service, then the person what it wants to know next; or show the result."""
        if not await self._kit.admits(place):
            return
        self._keep(place, finder)
        try:
            async with self._kit.outbox.waiting(place, draft_id=message_id):
                found = await self._find(finder, place)
        except ServiceRefused as exc:
            self._keep(place, replace(finder, description=None, given=(), asked=None))
            await self._kit.outbox.say(place, exc.message)
            return
        except ServiceFailed as exc:
            await self._apologise(place, finder, exc)
            return
        query = None if wants_result else finder.next_query(found.queries)
        if query is not None:
            finder = finder.asking(query)
            self._keep(place, finder)
            await self._kit.outbox.send(place, [question_part(finder, found, hint=hint)])
        elif found.status == "clarify" and not (found.clusters or found.programmes):
            again = replace(finder, description=None, given=(), asked=None)
            self._keep(place, again)
            more = found.text or say("describe_more", finder.language)
            await self._kit.outbox.send(place, [question_part(again, None, hint=more)])
        else:
            await self._show_result(place, finder, found)

    async def _find(self, finder: Finder, place: Place) -> Found:
        service = self._kit.service
        find = service.match if finder.kind == "cluster" else service.funding
        address = self._kit.address(place)
        try:
            return await find(finder.body(), reader=finder.language, address=address)
        except ServiceRefused as exc:
            # An answer in words may not fit the type of its field; the description takes any words.
            if exc.status != UNPROCESSABLE or not finder.given:
                raise
            return await find(finder.body_in_words(), reader=finder.language, address=address)

    async def _show_result(self, place: Place, finder: Finder, found: Found) -> None:
        """Show what was found; the description is forgotten, the result stays for the buttons below it."""
        result_id = secrets.token_hex(8)
        self._keep(place, None)
        self._kit.store.put_on_shelf(result_id, place.person, {"kind": finder.kind, "found": asdict(found)})
        parts = result_parts(finder.kind, found, result_id=result_id, today=self._kit.today())
        await self._kit.outbox.send(place, parts)

    async def _apologise(self, place: Place, finder: Finder, exc: ServiceFailed) -> None:
        _log.warning("no result from the service", why=str(exc), error=type(exc).__name__)
        key = "too_slow" if isinstance(exc, ServiceTooSlow) else "unavailable"
        language = finder.language
        again = Button(say("retry", language), Callback("step", finder.step, "t"))
        cancel = Button(say("cancel", language), Callback("step", finder.step, "x"))
        await self._kit.outbox.send(place, [Part(plain(say(key, language)), ((again, cancel),))])

    def _keep(self, place: Place, finder: Finder | None) -> None:
        talk = self._kit.talk(place)
        self._kit.save_talk(place, replace(talk, dialogue=finder.stored() if finder else None))
