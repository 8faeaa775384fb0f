"""Words of two meanings, told apart by the words beside them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from pathlib import Path

import yaml

from assistant.company.vocabulary import Token, term_key
from assistant.domain.values import LANGUAGES, Language
from assistant.language.normalise import fold

HOMONYMS = Path(__file__).parent / "homonyms.yaml"
MIN_INSIDE = 4
"""Letters a word must have to be recognised inside a compound."""


class Homonyms:
    """Which words of a description do not mean what the vocabulary takes them for."""

    def __init__(self, entries: Mapping[Language, Iterable[Mapping[str, Sequence[str]]]]) -> None:
        """Take for each language entries with `words` and the `beside` words that give them another meaning."""
        self._beside: dict[str, set[str]] = {}
        for language, listed in entries.items():
            for entry in listed:
                for word in entry["words"]:
                    self._beside.setdefault(term_key(word, language), set()).update(map(fold, entry["beside"]))

    @classmethod
    @cache
    def load(cls) -> Homonyms:
        """The table that ships with the package, loaded once."""
        data = yaml.safe_load(HOMONYMS.read_text(encoding="utf-8"))
        return cls({language: data[language] for language in LANGUAGES})

    def elsewise(self, tokens: Sequence[Token], language: Language) -> set[int]:
        """Positions of the words that have another meaning here."""
        found: set[int] = set()
        for position, token in enumerate(tokens):
            beside = self._beside.get(term_key(token.text, language))
            if beside is None:
                continue
            others = [other for other in tokens if term_key(other.text, language) != term_key(token.text, language)]
            if any(_stands_in(word, other.folded, language) for word in beside for other in others):
                found.add(position)
        return found


def _stands_in(word: str, token: str, language: Language) -> bool:
    """Whether a word is a token, inflected or not, or in German a part at the beginning or end of one."""
    if token == word or term_key(token, language) == term_key(word, language):
        return True
    return language == "de" and len(word) >= MIN_INSIDE and (token.startswith(word) or token.endswith(word))
