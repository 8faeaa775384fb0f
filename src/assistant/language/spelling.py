"""Corrects typing errors towards the words that the index knows; careful, because a corrected right word misleads."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from rapidfuzz import process
from rapidfuzz.distance import OSA

from assistant.domain.values import Language
from assistant.language.normalise import fold

MIN_LETTERS = 5
LONG_WORD = 8
"""From this length on, two errors are forgiven, below only one."""
_WORD = re.compile(r"[^\W\d_]+")
_SHORT: dict[Language, dict[str, str]] = {
    "de": {
        "wan": "wann", "wielange": "wie lange", "wiviel": "wie viel", "wiviele": "wie viele", "wivil": "wie viel", "kan": "kann", "is": "ist",
        "gibts": "gibt es", "gibs": "gibt es", "krig": "kriege", "muß": "muss", "wofur": "wofür", "fuern": "für den", "fürn": "für den",
        "nich": "nicht", "ne": "eine", "nen": "einen", "obs": "ob es", "wirds": "wird es", "ists": "ist es", "hats": "hat es",
    },
    "en": {
        "wich": "which", "wat": "what", "waht": "what", "wen": "when", "hwo": "how", "hte": "the", "teh": "the", "whos": "who is", "whats": "what is", "wheres": "where is",
        "u": "you", "alot": "a lot", "wether": "whether", "pls": "please",
    },
}  # fmt: skip
"""Little words as they are typed in a hurry; too short to be told from others by their likeness."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Corrected:
    """A text after correction."""

    text: str
    changes: tuple[tuple[str, str], ...] = ()
    """Each word as it was written and as it was understood."""


class SpellingCorrector:
    """Knows the words of one index."""

    def __init__(self, words: Mapping[str, int], *, is_known: Callable[[str], bool]) -> None:
        """Correct towards `words`.

        Args:
            words: How often each word occurs, as it is written.
            is_known: Whether a folded word is fine though it is not among them, such as an inflected form or a compound.
        """
        self._written: dict[str, str] = {}
        self._counts: dict[str, int] = {}
        for word, count in words.items():
            folded = fold(word)
            if count > self._counts.get(folded, 0):
                self._written[folded] = word
            self._counts[folded] = self._counts.get(folded, 0) + count
        self._by_initial: dict[str, list[str]] = {}
        for folded in self._counts:
            if len(folded) >= MIN_LETTERS and folded.isalpha():
                self._by_initial.setdefault(folded[0], []).append(folded)
        self._is_known = is_known

    def correct(self, text: str, language: Language) -> Corrected:
        """Replace words that are unknown and close to exactly one known word, or closest to one that is far more common.

        Little words typed in a hurry are replaced without mention.
        """
        changes: list[tuple[str, str]] = []

        def replace(match: re.Match[str]) -> str:
            short = _SHORT[language].get(match[0].lower())
            if short is not None:
                return short
            better = self._nearest(fold(match[0]))
            if better is None:
                return match[0]
            changes.append((match[0], self._written[better]))
            return self._written[better]

        corrected = _WORD.sub(replace, text)
        return Corrected(text=corrected, changes=tuple(changes))

    def _nearest(self, word: str) -> str | None:
        if len(word) < MIN_LETTERS or word in self._counts or self._is_known(word):
            return None
        allowed = 2 if len(word) >= LONG_WORD else 1
        found = process.extract(
            word, self._by_initial.get(word[0], ()), scorer=OSA.distance, score_cutoff=allowed, limit=5
        )
        if not found:
            return None
        closest = min(distance for _, distance, _ in found)
        candidates = [candidate for candidate, distance, _ in found if distance == closest]
        return max(candidates, key=lambda candidate: (self._counts[candidate], candidate))
