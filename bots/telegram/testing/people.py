"""People and groups on the loopback Telegram: they write, tap and read."""

from __future__ import annotations

import time
import uuid
from dataclasses import dataclass
from typing import Any

from bots.telegram.testing.bot_api import BOT, BotApi, Json, Sent, chat_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """Somebody with Telegram; their private chat with the bot has their own number."""

    api: BotApi
    id: int
    language_code: str = "de"
    first_name: str = "Person"

    @property
    def user(self) -> Json:
        """As Telegram describes them."""
        return {
            "id": self.id,
            "is_bot": False,
            "first_name": self.first_name,
            "language_code": self.language_code,
        }

    def say(self, text: str, *, chat_id: int | None = None, reply_to: Sent | None = None, **more: Any) -> int:
        """Write a message, in the private chat unless told otherwise; returns its number."""
        return self.post({"text": text}, chat_id=chat_id, reply_to=reply_to, **more)

    def post(self, content: Json, *, chat_id: int | None = None, reply_to: Sent | None = None, **more: Any) -> int:
        """Send any kind of message."""
        chat_id = chat_id or self.id
        number = self.api.next_message_id(chat_id)
        message = {**self.envelope(number, chat_id=chat_id), **content, **more}
        if reply_to is not None:
            message["reply_to_message"] = bot_message(reply_to)
        self.api.deliver({"message": message})
        return number

    def edit(self, number: int, text: str, *, chat_id: int | None = None) -> None:
        """Change a message."""
        message = {**self.envelope(number, chat_id=chat_id), "edit_date": int(time.time()), "text": text}
        self.api.deliver({"edited_message": message})

    def tap(self, message: Sent, label: str, *, asked: tuple[int, str] | None = None) -> str:
        """Tap a button; `asked` is the message that `message` replies to. Returns the number of the tap."""
        button = next(button for row in message.rows for button in row if button["text"].startswith(label))
        tap = uuid.uuid4().hex
        shown = bot_message(message)
        if asked is not None:
            shown["reply_to_message"] = {**self.envelope(asked[0], chat_id=message.chat_id), "text": asked[1]}
        query = {
            "id": tap,
            "from": self.user,
            "chat_instance": "1",
            "data": button["callback_data"],
            "message": shown,
        }
        self.api.deliver({"callback_query": query})
        return tap

    def ask_inline(self, text: str) -> str:
        """Write `@bot text` in some chat; returns the number of the query."""
        number = uuid.uuid4().hex
        self.api.deliver({"inline_query": {"id": number, "from": self.user, "query": text, "offset": ""}})
        return number

    def block(self) -> None:
        """Block the bot."""
        self.api.blocked.add(self.id)
        self.api.deliver(membership(self.user, self.id, "member", "kicked"))

    def reads(self, count: int = 1, *, chat_id: int | None = None, within_s: float = 30.0) -> list[Sent]:
        """Wait until the chat holds `count` messages of the bot, and return all of them."""
        chat_id = chat_id or self.id
        self.api.wait_for(lambda: len(self.api.messages_in(chat_id)) >= count, within_s=within_s)
        return self.api.messages_in(chat_id)

    def hears(self, text: str, *, count: int = 1, **more: Any) -> list[Sent]:
        """Write, and return what the bot answers: `count` messages."""
        before = len(self.api.messages_in(self.id))
        self.say(text, **more)
        return self.reads(before + count)[before:]

    def hears_whole(self, text: str) -> list[Sent]:
        """Write, and return the whole answer, however many messages it takes."""
        before = len(self.api.messages_in(self.id))
        self.say(text)
        return self.reads_whole(before)

    def reads_whole(self, before: int = 0) -> list[Sent]:
        """Wait until all parts of the answer are there that follows the first `before` messages of the private chat."""

        def parts() -> list[Sent]:
            messages = self.api.messages_in(self.id)[before:]
            label = messages[0].text.partition("\n")[0] if messages else ""
            count = int(label.split()[-1]) if label.startswith(("Teil 1 von ", "Part 1 of ")) else 1
            return messages if len(messages) >= count else []

        found: list[Sent] = self.api.wait_for(parts)
        return found

    def taps(self, message: Sent, label: str, *, count: int = 1, **more: Any) -> list[Sent]:
        """Tap a button, and return what the bot answers: `count` messages."""
        before = len(self.api.messages_in(message.chat_id))
        self.tap(message, label, **more)
        return self.reads(before + count, chat_id=message.chat_id)[before:]

    def told(self, tap: str) -> str:
        """Wait for what appears over the chat after a tap."""
        self.api.wait_for(lambda: tap in self.api.seen.callback_answers)
        return self.api.seen.callback_answers[tap]

    def envelope(self, number: int, *, chat_id: int | None = None) -> Json:
        """What surrounds the words of a message."""
        return {"message_id": number, "date": int(time.time()), "chat": chat_of(chat_id or self.id), "from": self.user}


def bot_message(message: Sent) -> Json:
    """A message of the bot as Telegram shows it to the bot again."""
    return {
        "message_id": message.message_id,
        "date": int(time.time()),
        "chat": chat_of(message.chat_id),
        "from": BOT,
        "text": message.text,
    }


def membership(user: Json, chat_id: int, old: str, new: str) -> Json:
    """The bot's membership in a chat has changed."""

    def member(status: str) -> Json:
        return {"user": BOT, "status": status, **({"until_date": 0} if status == "kicked" else {})}

    change = {"chat": chat_of(chat_id), "from": user, "date": int(time.time())}
    return {"my_chat_member": {**change, "old_chat_member": member(old), "new_chat_member": member(new)}}
