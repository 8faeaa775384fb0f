"""Query expansion by the glossary: synonyms, abbreviations, everyday words and the other language's words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from assistant.domain.values import LANGUAGES, Language
from assistant.language.analysis import Analyser

MAX_PHRASE = 5
"""Longest glossary phrase that is looked for, in words."""
SAME_LANGUAGE_WEIGHT = 0.35
"""A synonym counts less than the word the person chose."""
OTHER_LANGUAGE_WEIGHT = 0.8


@dataclass(frozen=True, slots=True, kw_only=True)
class Expansion:
    """Words to search besides those of the query."""

    text: str
    language: Language
    weight: float
    """0 to 1, relative to the query's own words."""


class Glossary:
    """Finds glossary terms in a query, whatever their inflection."""

    def __init__(self, entries: Sequence[Mapping[str, Any]], analyser: Analyser) -> None:
        self._entries = entries
        self._analyser = analyser
        self._by_stems: dict[tuple[str, ...], list[int]] = {}
        self._entry_stems: dict[int, frozenset[str]] = {}
        for number, entry in enumerate(entries):
            for language in LANGUAGES:
                for term in entry.get(language, ()):
                    key = tuple(analyser.stems(str(term), language))
                    if key and number not in self._by_stems.setdefault(key, []):
                        self._by_stems[key].append(number)

    def expand(self, text: str, language: Language) -> list[Expansion]:
        """Expansions for a query in `language`, each term once, in the order of the glossary."""
        matched: dict[int, None] = {}
        for reading in LANGUAGES:  # German questions use English terms and the other way round
            stems = self._analyser.stems(text, reading)
            for length in range(MAX_PHRASE, 0, -1):
                for start in range(len(stems) - length + 1):
                    for number in self._by_stems.get(tuple(stems[start : start + length]), ()):
                        matched[number] = None
        own = set(self._analyser.stems(text, language))
        expansions: list[Expansion] = []
        for number in matched:
            entry = self._entries[number]
            strength = float(entry.get("weight", 1.0))
            for other in LANGUAGES:
                base = SAME_LANGUAGE_WEIGHT if other == language else OTHER_LANGUAGE_WEIGHT
                for term in entry.get(other, ()):
                    if other == language and set(self._analyser.stems(str(term), other)) <= own:
                        continue
                    expansions.append(Expansion(text=str(term), language=other, weight=base * strength))
        return expansions

    def stems_for(self, text: str, language: Language) -> dict[str, frozenset[str]]:
        """For each stem of `text` that a glossary term covers: stems, in either language, that may stand for it."""
        found: dict[str, set[str]] = {}
        for reading in LANGUAGES:
            stems = self._analyser.stems(text, reading)
            for length in range(min(MAX_PHRASE, len(stems)), 0, -1):
                for start in range(len(stems) - length + 1):
                    phrase = tuple(stems[start : start + length])
                    for number in self._by_stems.get(phrase, ()):
                        others = self._stems_of_entry(number)
                        for stem in phrase:
                            found.setdefault(stem, set()).update(others)
        return {stem: frozenset(others) for stem, others in found.items()}

    def _stems_of_entry(self, number: int) -> frozenset[str]:
        if number not in self._entry_stems:
            entry = self._entries[number]
            self._entry_stems[number] = frozenset(
                stem
                for language in LANGUAGES
                for term in entry.get(language, ())
                for stem in self._analyser.stems(str(term), language)
            )
        return self._entry_stems[number]
