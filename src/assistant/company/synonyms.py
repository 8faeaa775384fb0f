"""Everyday words for words of the sheets."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path

import yaml

from assistant.company.vocabulary import term_key
from assistant.domain.values import LANGUAGES, Language

SYNONYMS = Path(__file__).parent / "synonyms.yaml"


class Synonyms:
    """Which terms stand for which others."""

    def __init__(self, entries: Mapping[Language, Mapping[str, Iterable[str]]]) -> None:
        """Take for each language words of the sheets, with the everyday words that stand for them."""
        self.terms = [
            (language, text) for language, listed in entries.items() for words in listed.values() for text in words
        ]
        """Language and text of every everyday word."""
        self.meant = {
            term_key(text, language): term_key(meant, language)
            for language, listed in entries.items()
            for meant, words in listed.items()
            for text in words
        }
        """The key of each everyday word, and of the word of a sheet that it stands for."""

    @classmethod
    @cache
    def load(cls) -> Synonyms:
        """The table that ships with the package, loaded once."""
        data = yaml.safe_load(SYNONYMS.read_text(encoding="utf-8"))
        return cls({language: data[language] for language in LANGUAGES})

    def with_meant(self, terms: Mapping[str, float]) -> dict[str, float]:
        """Keys of terms with their closeness, and those that they stand for besides."""
        meant = {self.meant[key]: closeness for key, closeness in terms.items() if key in self.meant}
        return {**meant, **terms}
