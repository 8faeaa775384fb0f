"""What a question says that the evidence does not: its figures and words that stand neither in the document nor in the line.

A qualifier that no line states ("in Japan", "the 7th call") makes a near miss of an answer that shares every other word with the question.
"""

from __future__ import annotations

import re
from collections.abc import Container, Iterable, Sequence
from dataclasses import dataclass

from assistant.language.analysis import STOP_WORDS
from assistant.language.words import plain_words

BEGINNING = 6
"""Letters of a word that stand for all its forms."""
PART = 5
"""From so many letters on, a word also counts as said where it is part of a longer one."""
LIKELY_SHARE = 0.3
"""Lines of at least this share of the best one's probability may answer together."""
FIRST = 3
_YEAR = re.compile(r"(19|20)\d\d")
UNCOVERED = (
    "figures", "new_figures", "figures_in_line", "new_words", "new_words_share", "strange_words", "new_years_in_line", "new_words_in_line_share", "longest_new_word",
    "new_words_likely_share", "new_words_first_share", "telling_words",
)  # fmt: skip
"""Names of what `measure_uncovered` gives."""


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The folded words of a text."""

    words: frozenset[str]
    beginnings: frozenset[str]
    joined: str

    @classmethod
    def of(cls, words: Iterable[str]) -> Vocabulary:
        """The vocabulary of folded words."""
        known = frozenset(words)
        beginnings = frozenset(word[:BEGINNING] for word in known if len(word) >= BEGINNING)
        return cls(known, beginnings, " ".join(sorted(known)))

    def says(self, word: str) -> bool:
        """Whether the text holds a folded word, another form of it, or a word that it is part of."""
        return (
            word in self.words
            or (len(word) >= BEGINNING and word[:BEGINNING] in self.beginnings)
            or (len(word) >= PART and word in self.joined)
        )


def measure_uncovered(
    words: Iterable[str], document: Vocabulary, sentences: Sequence[tuple[float, str]], ordinary: Container[str]
) -> dict[str, float]:
    """Counts and shares of what is asked and not said.

    Args:
        words: Folded words of the question, without the names of its subject.
        document: Of the document that holds the likeliest line.
        sentences: Probability and text of the lines of all documents, likeliest first; at least one.
        ordinary: Folded words of the language; others are names or technical terms.
    """
    telling = [word for word in words if word not in STOP_WORDS]
    figures = [word for word in telling if word[0].isdigit()]
    plain = [word for word in telling if not word[0].isdigit() and len(word) > 2]
    new = [word for word in plain if not document.says(word)]
    of_line = Vocabulary.of(plain_words(sentences[0][1]))
    likely = _vocabulary_of(text for p, text in sentences if p >= LIKELY_SHARE * sentences[0][0])
    first = _vocabulary_of(text for _, text in sentences[:FIRST])
    return {
        "figures": len(figures),
        "new_figures": sum(figure not in document.words for figure in figures),
        "figures_in_line": sum(figure in of_line.words for figure in figures),
        "new_words": len(new),
        "new_words_share": len(new) / max(1, len(plain)),
        "strange_words": sum(word not in ordinary for word in new),
        "new_years_in_line": sum(bool(_YEAR.fullmatch(f)) and f not in of_line.words for f in figures),
        "new_words_in_line_share": sum(not of_line.says(word) for word in plain) / max(1, len(plain)),
        "longest_new_word": max((len(word) for word in new), default=0),
        "new_words_likely_share": sum(not likely.says(word) for word in plain) / max(1, len(plain)),
        "new_words_first_share": sum(not first.says(word) for word in plain) / max(1, len(plain)),
        "telling_words": len(plain),
    }


def _vocabulary_of(texts: Iterable[str]) -> Vocabulary:
    return Vocabulary.of(word for text in texts for word in plain_words(text))
