"""Words by which texts are likened."""

from __future__ import annotations

from functools import lru_cache

from assistant.domain.values import Language
from assistant.language.analysis import Analyser
from assistant.language.compounds import CompoundLexicon


@lru_cache(maxsize=4096)
def telling_stems(text: str, language: Language) -> frozenset[str]:
    """Stems of a text's words without stop words, each once."""
    return frozenset(_analyser().stems(text, language))


@lru_cache(maxsize=1)
def _analyser() -> Analyser:
    return Analyser(CompoundLexicon.from_words({}))
