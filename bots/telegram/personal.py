"""Greeting, help, language, what is stored, deleting it, and the way to a person."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import structlog

from bots.telegram.callbacks import Callback
from bots.telegram.commands import COMMANDS
from bots.telegram.kit import Kit
from bots.telegram.parts import Button, Part, Rows
from bots.telegram.places import Place
from bots.telegram.replies import LANGUAGES, Language
from bots.telegram.richtext import italic, joined, plain
from bots.telegram.service import ServiceFailed
from bots.telegram.store import Person
from bots.telegram.texts import say

AUTOMATIC = "auto"
_log = structlog.get_logger("clusterlotse.telegram")


class Personal:
    """What concerns the person rather than the subject."""

    def __init__(self, kit: Kit) -> None:
        self._kit = kit

    async def start(self, place: Place) -> None:
        """Greet, say what is stored, offer first questions."""
        known = self._kit.store.person(place.person)
        self._kit.store.save_person(place.person, replace(known, greeted=True))
        language = place.language
        text = joined(
            "\n\n",
            (plain(say("start", language)), italic(say("consent", language, days=self._kit.retention_days))),
        )
        finders = (
            Button(say("find_cluster", language), Callback("find", "cluster")),
            Button(say("find_funding", language), Callback("find", "funding")),
        )
        rows = (*question_rows("starters", "starter", language), finders)
        await self._kit.outbox.send(place, [Part(text, rows)])

    async def help(self, place: Place) -> None:
        """Say what the bot can do."""
        language = place.language
        lines = [plain(f"/{command.name(language)}: {command.description[language]}") for command in COMMANDS]
        text = joined(
            "\n\n",
            (
                plain(say("help", language)),
                plain(say("help_group", language, bot=self._kit.mention())),
                plain(say("help_commands", language) + "\n") + joined("\n", lines),
            ),
        )
        rows = () if not place.is_private else question_rows("starters", "starter", language)
        await self._kit.outbox.send(place, [Part(text, rows)])

    async def ask_language(self, place: Place) -> None:
        """Let the person choose."""
        choices = (*LANGUAGES, AUTOMATIC)
        rows = tuple(
            (Button(say(f"language_{choice}", place.language), Callback("language", choice)),) for choice in choices
        )
        await self._kit.outbox.send(place, [Part(plain(say("language_ask", place.language)), rows)])

    async def choose_language(self, place: Place, choice: str) -> str | None:
        """Remember the choice; returns what to tell the person when it is none."""
        known = self._kit.store.person(place.person)
        language: Language = "en" if choice == "en" else "de" if choice == "de" else place.language
        if choice == AUTOMATIC:
            self._kit.store.save_person(place.person, replace(known, language=None))
            await self._kit.outbox.say(place, say("language_set_auto", language))
        elif choice in LANGUAGES:
            self._kit.store.save_person(place.person, replace(known, language=choice))
            await self._kit.outbox.say(place, say("language_set", language))
        else:
            return say("button_old", place.language)
        return None

    async def human(self, place: Place) -> None:
        """How to reach a person."""
        try:
            contact = (await self._kit.service.about()).contact
        except ServiceFailed:
            contact = None
        if contact:
            await self._kit.outbox.say(place, say("human", place.language, contact=contact))
            return
        rows = question_rows("human_questions", "contact", place.language)
        await self._kit.outbox.send(place, [Part(plain(say("human_unknown", place.language)), rows)])

    # --- what is stored ----------------------------------------------------------------------------------------------

    async def data(self, place: Place) -> None:
        """Say what is stored about the person."""
        language = place.language
        what = self._stored(place.person, language)
        first = (
            say("data_some", language, what=what, days=self._kit.retention_days) if what else say("data_none", language)
        )
        text = joined("\n\n", (plain(first), plain(say("data_how", language))))
        rows: Rows = ((Button(say("delete_button", language), Callback("erase")),),) if what else ()
        await self._kit.outbox.send(place, [Part(text, rows)])

    def _stored(self, person: str, language: Language) -> str:
        holdings, known = self._kit.store.holdings(person), self._kit.store.person(person)
        found = []
        if holdings.conversations:
            key = "data_conversation" if holdings.conversations == 1 else "data_conversations"
            found.append(say(key, language, n=holdings.conversations))
        if holdings.results:
            found.append(say("data_result" if holdings.results == 1 else "data_results", language, n=holdings.results))
        if holdings.dialogues:
            found.append(say("data_dialogue", language))
        if known.language:
            found.append(say("data_language", language))
        if known != Person():
            found.append(say("data_greeted", language))
        return ", ".join(found)

    async def erase(self, place: Place) -> None:
        """Delete everything about the person, here and at the service."""
        key = "deleted" if await self.forget(place.person) else "deleted_partly"
        await self._kit.outbox.say(place, say(key, place.language, days=self._kit.retention_days))

    async def forget(self, person: str) -> bool:
        """Delete; returns whether the service, too, has deleted everything."""
        return await self._erase_at_service(self._kit.store.forget(person))

    async def erase_left_over(self) -> None:
        """Have the service delete what it could not when people asked for it."""
        await self._erase_at_service(self._kit.store.to_erase())

    async def _erase_at_service(self, conversation_ids: Sequence[str]) -> bool:
        for conversation_id in conversation_ids:
            try:
                await self._kit.service.delete_conversation(conversation_id)
            except ServiceFailed as exc:
                _log.warning("conversations not deleted yet", error=type(exc).__name__)
                return False
            self._kit.store.erased(conversation_id)
        return True


def question_rows(key: str, action: str, language: Language) -> Rows:
    """Example questions as buttons, one a line."""
    questions = say(key, language).split("\n")
    return tuple(
        (Button(question, Callback("contact" if action == "contact" else "starter", language, str(index))),)
        for index, question in enumerate(questions)
    )


def own_question(callback: Callback) -> str | None:
    """The example question that a button stands for."""
    key = "human_questions" if callback.action == "contact" else "starters"
    if callback.subject not in LANGUAGES:
        return None
    questions = say(key, "en" if callback.subject == "en" else "de").split("\n")
    index = int(callback.argument) if callback.argument.isdigit() else len(questions)
    return questions[index] if index < len(questions) else None
