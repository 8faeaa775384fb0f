"""Who writes where: what a handler needs to know of an update, with people and chats already turned into hashes."""

from __future__ import annotations

from dataclasses import dataclass, replace

from telegram import Chat, Message, Update, User
from telegram.constants import ChatType

from bots.telegram.pseudonyms import Pseudonyms
from bots.telegram.replies import Language
from bots.telegram.store import Store


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """One person in one chat."""

    chat_id: int
    thread_id: int | None
    """The topic, in a group that has topics."""
    is_private: bool
    person: str
    chat: str
    is_shared: bool
    """Several people write under this identity, as a group's anonymous administrators do; nothing is remembered of it."""
    language: Language
    """In which the bot speaks on its own account."""
    chosen: Language | None
    """As chosen with /sprache; None takes the language of each question."""
    reply_to: int | None
    """The message that is answered, where the answer has to point at it."""

    def replying_to(self, message_id: int | None) -> Place:
        """The same place, with an answer that points at a message."""
        return replace(self, reply_to=message_id)

    def speaking(self, language: Language | None) -> Place:
        """The same place, in the language that a command's name gives away, unless the person chose one."""
        return replace(self, language=self.chosen or language or self.language)


def place_of(update: Update, store: Store, pseudonyms: Pseudonyms) -> Place | None:
    """Where an update comes from; None for what no person wrote, such as a channel's posts."""
    chat, user, message = update.effective_chat, update.effective_user, update.effective_message
    if chat is None or user is None or chat.type == ChatType.CHANNEL:
        return None
    is_private = chat.type == ChatType.PRIVATE
    person = pseudonyms.person(user.id)
    chosen = _known_language(store.person(person).language)
    return Place(
        chat_id=chat.id,
        thread_id=message.message_thread_id if message is not None and is_in_topic(message) else None,
        is_private=is_private,
        person=person,
        chat=pseudonyms.chat(chat.id),
        is_shared=is_anonymous(message, chat),
        language=chosen or language_of(user),
        chosen=chosen,
        reply_to=message.message_id if isinstance(message, Message) and not is_private else None,
    )


def language_of(user: User) -> Language:
    """German, unless Telegram is set to another language."""
    code = (user.language_code or "de").lower()
    return "de" if code.split("-")[0] == "de" else "en"


def is_in_topic(message: object) -> bool:
    """Whether a message stands in a topic of a group."""
    return isinstance(message, Message) and bool(message.is_topic_message)


def is_anonymous(message: object, chat: Chat) -> bool:
    """Whether a message was written in the name of a group or channel."""
    return isinstance(message, Message) and message.sender_chat is not None and chat.type != ChatType.PRIVATE


def _known_language(language: str | None) -> Language | None:
    return language if language in ("de", "en") else None  # type: ignore[return-value]  # narrowed by the test
