"""Words of a text as the embedder and the selector count them: folded, hyphenated names taken apart."""

from __future__ import annotations

import re

from assistant.language.normalise import fold

_WORD = re.compile(r"[a-z0-9§]+")


def plain_words(text: str) -> list[str]:
    """Folded words and figures, in order."""
    return _WORD.findall(fold(text))
