"""The bot's commands: their names in both languages, and how Telegram's menu shows them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal, NamedTuple

import structlog
from telegram import Bot, BotCommand, BotCommandScopeAllGroupChats, BotCommandScopeAllPrivateChats

from bots.telegram.replies import LANGUAGES, Language
from bots.telegram.texts import say

Name = Literal["start", "help", "language", "cluster", "funding", "sources", "new", "privacy", "delete", "human"]
_WRITTEN = re.compile(r"/([\w-]+)(?:@(\w+))?(?:\s+(.*))?", re.DOTALL)
_FOLDED = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss"})
_log = structlog.get_logger("clusterlotse.telegram")


@dataclass(frozen=True, slots=True, kw_only=True)
class Command:
    """One command."""

    id: Name
    german: str
    english: str
    description: dict[Language, str]
    in_groups: bool = False
    """Whether the menu of a group shows it."""

    def name(self, language: Language) -> str:
        """Its name in a language."""
        return self.german if language == "de" else self.english


COMMANDS = (
    Command(id="cluster", german="cluster", english="cluster", description={"de": "Welches Cluster passt zu uns?", "en": "Which cluster fits us?"}),
    Command(id="funding", german="foerderung", english="funding", description={"de": "Welche Förderung kommt in Frage?", "en": "Which funding could we get?"}),
    Command(id="sources", german="quellen", english="sources", in_groups=True, description={"de": "Alle Belege der letzten Antwort", "en": "All quotations of the last answer"}),
    Command(id="new", german="neu", english="new", in_groups=True, description={"de": "Neues Gespräch beginnen", "en": "Begin a new conversation"}),
    Command(id="human", german="mensch", english="human", in_groups=True, description={"de": "Einen Menschen erreichen", "en": "Reach a person"}),
    Command(id="language", german="sprache", english="language", description={"de": "Sprache wählen", "en": "Choose the language"}),
    Command(id="privacy", german="daten", english="privacy", description={"de": "Was über Sie gespeichert ist", "en": "What is stored about you"}),
    Command(id="delete", german="loeschen", english="delete", description={"de": "Alles über Sie löschen", "en": "Delete everything about you"}),
    Command(id="help", german="hilfe", english="help", in_groups=True, description={"de": "Was ich kann", "en": "What I can do"}),
    Command(id="start", german="start", english="start", description={"de": "Von vorn beginnen", "en": "Start over"}),
)  # fmt: skip


class Written(NamedTuple):
    """A command as somebody wrote it."""

    command: Command | None
    """None for one that the bot does not know."""
    language: Language | None
    """Which language its name belongs to; None where it is the same in both."""
    argument: str


def read_command(text: str, username: str) -> Written | None:
    """The command a message begins with; None when it is none, or is meant for another bot.

    Names with umlauts and in any case are understood, although Telegram itself does not mark them as commands.
    """
    match = _WRITTEN.match(text)
    if match is None or (match[2] and match[2].lower() != username.lower()):
        return None
    name = match[1].lower().translate(_FOLDED)
    for command in COMMANDS:
        if name in (command.german, command.english):
            same = command.german == command.english
            language: Language | None = None if same else "de" if name == command.german else "en"
            return Written(command, language, (match[3] or "").strip())
    return Written(None, None, "")


async def register(bot: Bot) -> None:
    """Put commands and descriptions in place, in both languages; only what differs is sent, because Telegram counts."""
    for language in LANGUAGES:
        everything = [BotCommand(command.name(language), command.description[language]) for command in COMMANDS]
        for_groups = [
            BotCommand(command.name(language), command.description[language])
            for command in COMMANDS
            if command.in_groups
        ]
        # German is also what people see whose Telegram speaks neither language, so it is set without a code.
        code = None if language == "de" else language
        for scope, commands in (
            (BotCommandScopeAllPrivateChats(), everything),
            (BotCommandScopeAllGroupChats(), for_groups),
        ):
            if list(await bot.get_my_commands(scope=scope, language_code=code)) != commands:
                await bot.set_my_commands(commands, scope=scope, language_code=code)
        about, short = say("about", language), say("about_short", language)
        if (await bot.get_my_description(language_code=code)).description != about:
            await bot.set_my_description(about, language_code=code)
        if (await bot.get_my_short_description(language_code=code)).short_description != short:
            await bot.set_my_short_description(short, language_code=code)
    _log.info("commands and descriptions are in place", languages=list(LANGUAGES))
