"""Fills the filter of ordinary words: `python -m assistant.learned.training.ordinary_words`; needs the package `wordfreq`.

Source of the words: wordfreq 3 (Robyn Speer; data CC BY-SA 4.0), the most frequent ones of German and English.
"""

from __future__ import annotations

from rich.console import Console
from wordfreq import top_n_list

from assistant.language.normalise import fold
from assistant.learned.ordinary_words import OrdinaryWords

MOST_FREQUENT = 30_000
"""So many of each language; rarer ones hold too many typing errors."""
LEAST_LETTERS = 5
"""Shorter words are never corrected."""


def main() -> None:
    """Write the file that ships."""
    words = {fold(word) for language in ("de", "en") for word in top_n_list(language, MOST_FREQUENT)}
    kept = {word for word in words if word.isalpha() and len(word) >= LEAST_LETTERS}
    OrdinaryWords.of(kept).save()
    Console().print(f"{len(kept)} ordinary words")


if __name__ == "__main__":
    main()
