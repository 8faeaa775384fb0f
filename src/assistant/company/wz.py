"""The table of economic activities: WZ 2008 divisions and groups with everyday words."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from assistant.company.vocabulary import term_key
from assistant.domain.company import ActivityKind
from assistant.domain.values import LANGUAGES, Language

TABLE = Path(__file__).parent / "wz2008.yaml"
GENERIC = Path(__file__).parent / "generic.yaml"


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A group or class of the table."""

    code: str
    kind: ActivityKind
    names: dict[Language, str]
    words: dict[Language, tuple[str, ...]]


class ActivityTable:
    """The table, and which entries a term belongs to."""

    def __init__(self, divisions: dict[str, dict[Language, str]], entries: Iterable[Entry]) -> None:
        self.divisions = divisions
        """Titles of the divisions by two-digit code."""
        self.entries = {entry.code: entry for entry in entries}
        self._by_term: dict[str, list[str]] = {}
        for entry in self.entries.values():
            for language in LANGUAGES:
                for word in (*entry.words[language], entry.names[language]):
                    codes = self._by_term.setdefault(term_key(word, language), [])
                    if entry.code not in codes:
                        codes.append(entry.code)

    @classmethod
    @cache
    def load(cls) -> ActivityTable:
        """The table that ships with the package, loaded once."""
        data = yaml.load(TABLE.read_text(encoding="utf-8"), Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))
        return cls(
            {d["code"]: {"de": d["de"], "en": d["en"]} for d in data["divisions"]}, map(_entry, data["activities"])
        )

    def terms(self) -> Iterable[tuple[Language, str]]:
        """Language and text of every word and name in the table."""
        for entry in self.entries.values():
            for language in LANGUAGES:
                yield from ((language, word) for word in (*entry.words[language], entry.names[language]))

    def codes_of(self, key: str) -> list[str]:
        """Codes of the entries that a term stands for; empty when none."""
        return self._by_term.get(key, [])

    def under(self, code: str) -> list[str]:
        """Codes of all entries that a code covers: itself, and what its digits begin."""
        return [known for known in self.entries if known == code or known.startswith(code)]


@cache
def load_generic_words() -> dict[Language, list[str]]:
    """Words that suit many branches; see `generic.yaml`."""
    words: dict[Language, list[str]] = yaml.load(
        GENERIC.read_text(encoding="utf-8"), Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    )
    return words


def covers(codes: Iterable[str], code: str) -> bool:
    """Whether one of the codes is the activity or an ancestor of it: "30" covers "30.3", "52.2" covers "52.24"."""
    return any(code.startswith(own) for own in codes)


def _entry(data: dict[str, Any]) -> Entry:
    return Entry(
        code=data["code"],
        kind=data["kind"],
        names={language: data[language] for language in LANGUAGES},
        words={language: tuple(data["words"][language]) for language in LANGUAGES},
    )
