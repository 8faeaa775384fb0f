"""What the handlers work with."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from bots.telegram.outbox import Outbox
from bots.telegram.places import Place
from bots.telegram.pseudonyms import Pseudonyms
from bots.telegram.service import Service
from bots.telegram.store import Store, Talk
from bots.telegram.texts import say

HINT_EVERY_S = 30.0
"""Somebody who writes too fast is told so once in this time."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Kit:
    """The bot's parts, made once."""

    store: Store
    pseudonyms: Pseudonyms
    service: Service
    outbox: Outbox
    today: Callable[[], date]
    retention_days: int
    questions_per_minute: int
    username: Callable[[], str]
    """Of the bot, without @."""

    def talk(self, place: Place) -> Talk:
        """Where the person stands here."""
        return Talk() if place.is_shared else self.store.talk(place.person, place.chat)

    def save_talk(self, place: Place, talk: Talk) -> None:
        """Remember where the person stands here."""
        if not place.is_shared:
            self.store.save_talk(place.person, place.chat, talk)

    def address(self, place: Place) -> str:
        """What the service counts this person's questions by."""
        return self.pseudonyms.address(place.person)

    def mention(self) -> str:
        """How the bot is addressed in a group."""
        return f"@{self.username()}"

    def deep_link(self, argument: str = "") -> str:
        """An address that opens the private chat with the bot."""
        return f"https://t.me/{self.username()}" + (f"?start={argument}" if argument else "")

    async def admits(self, place: Place) -> bool:
        """Whether this person and this group may ask now; tells them, once in a while, when they may not."""
        interval_s = 60 / self.questions_per_minute
        burst = max(3, self.questions_per_minute // 2)
        for scope in (f"asks {place.person}", f"asks {place.chat}"):
            wait_s = self.store.try_slot(scope, interval_s=interval_s, burst=burst)
            if wait_s:
                if not self.store.try_slot(f"hint {place.chat}", interval_s=HINT_EVERY_S, burst=1):
                    await self.outbox.say(place, say("too_many", place.language, seconds=round(wait_s + 0.5)))
                return False
        return True
