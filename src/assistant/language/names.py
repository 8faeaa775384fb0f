"""Names of organisations and programmes as people write them."""

from __future__ import annotations

import re
from collections.abc import Iterable

from assistant.language.normalise import fold

_WORD = re.compile(r"[a-z0-9#&.]+")
GENERIC_WORDS = frozenset(
    """
    hamburg hamburger hamburgs cluster clusters netzwerk network programm programme foerderung funding kredit der die das the und and for fuer of in
    e v gmbh innovation innovationen initiative agentur fonds fund gesellschaft start up startup digital hub check invest city foerderprogramm club
    wirtschaft kmu sme smes fristen frist deadline deadlines unternehmen existenzgruendung gruendung medien luftfahrt logistik energie gesundheit
    """.split()
)
"""Words that stand in many names and do not name anything by themselves."""


def words_of_name(name: str) -> tuple[str, ...]:
    """Folded words of a name, hyphens counting as blanks."""
    return tuple(_WORD.findall(fold(name).replace("-", " ").replace("–", " ")))


def name_variants(name: str) -> list[str]:
    """Spellings under which a name is looked up: as it is, without its bracket, and what stands in the bracket."""
    folded = fold(name).replace("-", " ").replace("–", " ")
    bare = re.sub(r"\s*\([^)]*\)", "", folded).strip()
    inside = re.findall(r"\(([^)]*)\)", folded)
    return [v for v in dict.fromkeys([folded, bare, *(part for part in inside if len(part.split()) <= 2)]) if v]


def telling_words(names: Iterable[str]) -> frozenset[str]:
    """Folded words of names by which one knows what is meant; generic ones left out, joined spellings added."""
    found: set[str] = set()
    for name in names:
        words = words_of_name(re.sub(r"\s*\([^)]*\)", "", name))
        found.update(word for word in words if word not in GENERIC_WORDS and len(word) > 1)
        if len(words) > 1:
            found.add("".join(words))
    return frozenset(found)
