"""Which handler an update goes to; in groups, whether the bot is meant at all."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Awaitable, Callable
from typing import Any

import structlog
from telegram import CallbackQuery, ChatMemberUpdated, Message, Update
from telegram.constants import ChatMemberStatus, ChatType
from telegram.error import BadRequest, Forbidden, TelegramError
from telegram.ext import ContextTypes

from bots.telegram.callbacks import Callback, read_callback
from bots.telegram.commands import Name, Written, read_command
from bots.telegram.conversation import Conversation
from bots.telegram.dialogues import Dialogues
from bots.telegram.inline import Inline
from bots.telegram.kit import Kit
from bots.telegram.parts import Button, Part
from bots.telegram.personal import Personal, own_question
from bots.telegram.places import Place, place_of
from bots.telegram.richtext import plain
from bots.telegram.texts import say

UPDATES = ("message", "edited_message", "callback_query", "inline_query", "my_chat_member")
"""What Telegram is asked to send; the bot never sees anything else."""
NOT_TEXT_EVERY_S = 10.0
"""An album is one message each picture; one answer is enough."""
TAPS_PER_S = 1.0
TAPS_AT_ONCE = 15
BUTTON_BUSY_S = 1.0
"""After this long a button shows no more that it is busy."""
_log = structlog.get_logger("clusterlotse.telegram")
_Context = ContextTypes.DEFAULT_TYPE


class Router:
    """Takes updates to their handlers."""

    def __init__(self, kit: Kit) -> None:
        self._kit = kit
        self.personal = Personal(kit)
        self._conversation = Conversation(kit)
        self._dialogues = Dialogues(kit)
        self._inline = Inline(kit)

    # --- messages ----------------------------------------------------------------------------------------------------

    async def on_message(self, update: Update, _: _Context) -> None:
        """A message in a private chat or a group."""
        message, place = update.message, place_of(update, self._kit.store, self._kit.pseudonyms)
        if message is None or place is None or _is_own(message):
            return
        text = (message.text or message.caption or "").strip()
        written = read_command(text, self._kit.username()) if message.text else None
        if written is not None:
            await self._obey(place, written, message)
        elif place.is_private:
            await self._on_private_text(place, text, message)
        elif self._is_meant(message, text):
            await self._on_group_text(place, self._without_mention(text), message)

    async def _on_private_text(self, place: Place, text: str, message: Message) -> None:
        if not text:
            if not self._kit.store.try_slot(f"not text {place.chat}", interval_s=NOT_TEXT_EVERY_S, burst=1):
                await self._kit.outbox.say(place, say("not_text", place.language))
            return
        if message.caption:
            await self._kit.outbox.say(place, say("only_caption", place.language))
        finder = self._dialogues.current(place)
        if finder is None:
            await self._conversation.ask(place, text, message_id=message.message_id)
        elif finder.asked is not None and text.endswith("?"):  # a question of their own in between
            await self._conversation.ask(place, text, message_id=message.message_id)
            await self._dialogues.show_current(place)
        else:
            await self._dialogues.read(place, finder, text, message_id=message.message_id)

    async def _on_group_text(self, place: Place, text: str, message: Message) -> None:
        if text:
            await self._conversation.ask(place, text, message_id=message.message_id)
        elif message.text or message.caption:  # nothing but the mention
            await self._kit.outbox.say(place, say("empty_mention", place.language, bot=self._kit.mention()))

    async def on_edited(self, update: Update, _: _Context) -> None:
        """A message that was changed; answered again only if it is the last question."""
        message, place = update.edited_message, place_of(update, self._kit.store, self._kit.pseudonyms)
        if message is None or place is None:
            return
        text = (message.text or message.caption or "").strip()
        question = text if place.is_private else self._without_mention(text)
        if question and not question.startswith("/"):
            await self._conversation.ask_edited(place, question, message_id=message.message_id)

    # --- groups ------------------------------------------------------------------------------------------------------

    def _is_meant(self, message: Message, text: str) -> bool:
        """Mentioned by name, or answered to one of the bot's own messages."""
        answered = message.reply_to_message
        if answered is not None and answered.from_user is not None and answered.from_user.id == message.get_bot().id:
            return True
        return self._mention().search(text) is not None

    def _without_mention(self, text: str) -> str:
        return self._mention().sub(" ", text).strip(" \n,:;-")

    def _mention(self) -> re.Pattern[str]:
        return re.compile(rf"(?<!\w){re.escape(self._kit.mention())}\b", re.IGNORECASE)

    # --- commands ----------------------------------------------------------------------------------------------------

    async def _obey(self, place: Place, written: Written, message: Message) -> None:
        place = place.speaking(written.language)
        if written.command is None:
            if place.is_private:
                await self._kit.outbox.say(place, say("unknown_command", place.language))
            return
        name = written.command.id
        if name == "start" and written.argument in ("cluster", "funding"):
            name = "cluster" if written.argument == "cluster" else "funding"
        if not place.is_private and name in ("cluster", "funding", "privacy", "language", "start"):
            await self._send_to_private(place, name)
            return
        handlers: dict[Name, Callable[[Place], Awaitable[None]]] = {
            "start": self.personal.start,
            "help": self.personal.help,
            "language": self.personal.ask_language,
            "cluster": lambda place: self._dialogues.begin(place, "cluster"),
            "funding": lambda place: self._dialogues.begin(place, "funding"),
            "sources": self._conversation.sources,
            "new": self._conversation.fresh,
            "privacy": self.personal.data,
            "delete": self.personal.erase,
            "human": self.personal.human,
        }
        await handlers[name](place)

    async def _send_to_private(self, place: Place, name: Name) -> None:
        argument = name if name in ("cluster", "funding") else ""
        open_private = Button(say("open_private", place.language), url=self._kit.deep_link(argument))
        await self._kit.outbox.send(place, [Part(plain(say("private_only", place.language)), ((open_private,),))])

    # --- buttons -----------------------------------------------------------------------------------------------------

    async def on_button(self, update: Update, _: _Context) -> None:
        """A button below one of the bot's messages."""
        query = update.callback_query
        place = place_of(update, self._kit.store, self._kit.pseudonyms)
        if query is None or query.message is None or place is None:
            return
        callback = read_callback(query.data or "")
        if callback is None:
            await _answer(query, say("button_old", place.language))
            return
        wait_s = self._kit.store.try_slot(f"taps {place.person}", interval_s=1 / TAPS_PER_S, burst=TAPS_AT_ONCE)
        if wait_s:
            await _answer(query, say("too_many", place.language, seconds=round(wait_s + 0.5)))
            return
        pressing = asyncio.ensure_future(self._press(place, callback, query))
        await asyncio.wait({pressing}, timeout=BUTTON_BUSY_S)
        is_quick = pressing.done()
        await _answer(query, pressing.result() if is_quick and pressing.exception() is None else None)
        problem = await pressing
        if problem and not is_quick:
            await self._kit.outbox.say(place, problem)

    async def _press(self, place: Place, callback: Callback, query: CallbackQuery) -> str | None:
        """Do what the button stands for; returns what to show over the chat, such as why that is not possible."""
        assert query.message is not None, "checked by the caller"
        message_id = query.message.message_id
        match callback.action:
            case "quote":
                return await self._conversation.quote(place, callback, message_id=message_id)
            case "suggest" | "option":
                return await self._conversation.ask_stored(place, callback, message_id=message_id)
            case "good" | "bad":
                return await self._conversation.judge(place, callback)
            case "retry":
                return await self._retry(place, query)
            case "starter" | "contact":
                question = own_question(callback)
                if question is None:
                    return say("button_old", place.language)
                await self._conversation.ask(
                    place, question, message_id=message_id, tapped=True, is_fresh=True, again=callback
                )
            case "language":
                return await self.personal.choose_language(place, callback.subject)
            case "erase":
                await self.personal.erase(place)
            case "find":
                await self._dialogues.begin(place, "cluster" if callback.subject == "cluster" else "funding")
            case "step":
                return await self._dialogues.press(place, callback, message_id=message_id)
            case "result":
                return await self._dialogues.show(place, callback, message_id=message_id)
            case "shelf":
                return await self._dialogues.quote(place, callback, message_id=message_id)
        return None

    async def _retry(self, place: Place, query: CallbackQuery) -> str | None:
        """Ask again what the message with the button replies to."""
        asked = query.message.reply_to_message if isinstance(query.message, Message) else None
        text = self._without_mention((asked.text or asked.caption or "").strip()) if asked else ""
        if asked is None or not text:
            return say("retry_lost", place.language)
        answered_at = None if place.is_private else asked.message_id
        await self._conversation.ask(place.replying_to(answered_at), text, message_id=asked.message_id)
        return None

    # --- the rest ----------------------------------------------------------------------------------------------------

    async def on_inline(self, update: Update, _: _Context) -> None:
        """Somebody writes `@bot question` in any chat."""
        if update.inline_query is not None:
            await self._inline.answer(update.inline_query)

    async def on_membership(self, update: Update, _: _Context) -> None:
        """The bot was blocked, or added to a group."""
        change, place = update.my_chat_member, place_of(update, self._kit.store, self._kit.pseudonyms)
        if change is None or place is None:
            return
        if place.is_private:
            if change.new_chat_member.status == ChatMemberStatus.BANNED:
                await self.personal.forget(place.person)
        elif _has_joined(change) and change.chat.type in (ChatType.GROUP, ChatType.SUPERGROUP):
            text = say("group_joined", place.language, bot=self._kit.mention(), days=self._kit.retention_days)
            await self._kit.outbox.say(place.replying_to(None), text)

    async def on_error(self, update: object, context: _Context) -> None:
        """Log what went wrong without a word of anybody's, then tell the person."""
        error = context.error
        if isinstance(error, Forbidden):
            _log.info("nobody to send to", why="the bot was blocked or removed")
            return
        _log.error("update not handled", error=type(error).__name__, at=frames_of(error))
        place = place_of(update, self._kit.store, self._kit.pseudonyms) if isinstance(update, Update) else None
        if place is None or isinstance(error, TelegramError):  # what could not be sent cannot be explained either
            return
        await self._kit.outbox.say(place, say("broken", place.language))


def frames_of(error: BaseException | None) -> list[str]:
    """Where an exception was raised, innermost last; never its message, which may quote somebody or hold the token."""
    frames: list[str] = []
    traceback: Any = error.__traceback__ if error else None
    while traceback is not None:
        code = traceback.tb_frame.f_code
        frames.append(f"{'/'.join(code.co_filename.split('/')[-2:])}:{traceback.tb_lineno} {code.co_name}")
        traceback = traceback.tb_next
    return frames[-8:]


def _is_own(message: Message) -> bool:
    """Whether somebody sent it by the bot's inline mode."""
    return message.via_bot is not None and message.via_bot.id == message.get_bot().id


def _has_joined(change: ChatMemberUpdated) -> bool:
    outside = (ChatMemberStatus.LEFT, ChatMemberStatus.BANNED)
    return change.old_chat_member.status in outside and change.new_chat_member.status not in outside


async def _answer(query: CallbackQuery, text: str | None) -> None:
    try:
        await query.answer(text, show_alert=bool(text) and len(text or "") > 60)
    except BadRequest as exc:  # too old by now; the person has long seen what the button did
        _log.info("button's answer not wanted any more", why=exc.message)
