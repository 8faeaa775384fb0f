"""Recognises which clusters, networks, programmes and topics a question names."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz

from assistant.domain.ports import Library
from assistant.domain.values import LANGUAGES, Document, Language
from assistant.language.detect import language_of
from assistant.language.names import GENERIC_WORDS, name_variants, words_of_name
from assistant.language.normalise import fold

FUZZY_MIN_LETTERS = 6
FUZZY_MIN_RATIO = 86.0
"""Of 100; "Innorampap" still means InnoRampUp, "Innofonds" no longer InnoFounder."""
MAX_NAME_WORDS = 8
ORDINARY_ENGLISH = frozenset({"exist", "invest", "gate"})


@dataclass(frozen=True, slots=True, kw_only=True)
class NamedDocuments:
    """What a question names."""

    document_ids: tuple[str, ...] = ()
    """In the order of the question, without language suffix."""
    words: frozenset[str] = frozenset()
    """Folded words of the question that were part of a name."""
    shared_name: str | None = None
    """A name that several documents share, where the question does not say which."""
    choices: tuple[str, ...] = ()
    """The documents that share it."""
    misspelt: bool = False
    """A name was recognised only by its likeness."""


class NameIndex:
    """Names of everything the corpus is about, in both languages."""

    def __init__(self, library: Library) -> None:
        self._names: dict[tuple[str, ...], set[str]] = {}
        self._titles: dict[str, str] = {}
        self._short: dict[tuple[str, Language], str] = {}
        for document in library.documents():
            base = document.id.removesuffix(".en")
            facts = library.facts(document.id)
            short = (facts.get("short_name") or {}).get(document.language) or document.title
            self._short[base, document.language] = short
            self._titles.setdefault(base, short)
            for name in (document.title, short, *document.aliases):
                self._add(name, base, is_title=name in (document.title, short))
        self._names = {key: ids for key, ids in self._names.items() if len(ids) <= 4}
        self._shared = _shared_names(
            {
                base: fold(short)
                for base, short in self._titles.items()
                if base.startswith(("funding/", "clusters/", "networks/"))
            }
        )
        for key, ids in self._shared.items():
            self._names.setdefault(tuple(key.split()), set()).update(ids)
        self._longest = max((len(key) for key in self._names), default=1)
        self._fuzzy = [
            (" ".join(key), ids)
            for key, ids in self._names.items()
            if len("".join(key)) >= FUZZY_MIN_LETTERS and len(ids) == 1
        ]

    def _add(self, name: str, base: str, *, is_title: bool) -> None:
        for variant in name_variants(name):
            words = words_of_name(variant)
            is_generic = all(word in GENERIC_WORDS or len(word) < 2 for word in words)
            if (
                not words
                or len("".join(words)) < 3
                or len(words) > MAX_NAME_WORDS
                or (is_generic and not (is_title and len(words) in (2, 3)))
            ):
                continue  # "Hamburg Invest" and "Hamburg Digital Check" are names; a lone "Kredit" or a longer row of such words is none
            self._names.setdefault(words, set()).add(base)

    def short_name(self, document_id: str, language: Language) -> str:
        """The name by which a document is called in a language."""
        base = document_id.removesuffix(".en")
        return self._short.get((base, language)) or self._titles.get(base, base)

    def siblings(self, document_id: str) -> list[str]:
        """Other documents whose names begin like that of this one: the Hamburg-Kredite, the PROFI programmes."""
        base = document_id.removesuffix(".en")
        groups = [ids for ids in self._shared.values() if base in ids]
        return sorted(set().union(*groups) - {base}) if groups else []

    def telling_words(self, document_id: str) -> frozenset[str]:
        """Folded words of a document's short names that those of its siblings do not hold."""
        own = self._words_of(document_id)
        return own - frozenset().union(*(self._words_of(sibling) for sibling in self.siblings(document_id)))

    def _words_of(self, document_id: str) -> frozenset[str]:
        return frozenset(
            word for language in LANGUAGES for word in words_of_name(self.short_name(document_id, language))
        )

    def find(self, text: str) -> NamedDocuments:
        """Find the names in a question; the longest name at each place counts."""
        words = words_of_name(text)
        found: dict[str, None] = {}
        ambiguous: list[tuple[str, ...]] = []
        used: set[str] = set()
        position = 0
        while position < len(words):
            for length in range(min(self._longest, len(words) - position), 0, -1):
                key = tuple(words[position : position + length])
                ids = self._names.get(key)
                if ids is None or (key[0] in ORDINARY_ENGLISH and length == 1 and not _is_meant(key[0], text)):
                    continue
                used.update(key)
                if " ".join(key) in self._shared or len(ids) > 1:
                    ambiguous.append(key)
                if len(ids) == 1:
                    found.setdefault(next(iter(ids)))
                position += length - 1
                break
            position += 1
        misspelt = False
        if not found and not ambiguous:
            for word, base in self._find_misspelt(words):
                found.setdefault(base)
                used.update(word.split())
                misspelt = True
        return self._resolve(tuple(found), ambiguous, frozenset(used), misspelt)

    def _resolve(
        self, found: tuple[str, ...], ambiguous: Sequence[tuple[str, ...]], used: frozenset[str], misspelt: bool
    ) -> NamedDocuments:
        for key in ambiguous:
            name = " ".join(key)
            choices = sorted(self._shared.get(name, set()) | self._names.get(key, set()))
            if len(choices) > 1 and not set(found) - set(choices):
                own = [base for base in found if base in choices and fold(self._titles[base]) != name]
                if not own:
                    return NamedDocuments(
                        document_ids=found or tuple(choices),
                        words=used,
                        shared_name=self._spelling(choices, key),
                        choices=tuple(choices),
                    )
        return NamedDocuments(document_ids=found, words=used, misspelt=misspelt)

    def _spelling(self, choices: Sequence[str], key: tuple[str, ...]) -> str:
        """The shared name as the documents write it."""
        for base in choices:
            words = self._titles[base].replace("-", " ").split()
            if fold(" ".join(words[: len(key)])) == " ".join(key):
                title = self._titles[base]
                return title[: _end_of_words(title, len(key))]
        return " ".join(key)

    def _find_misspelt(self, words: Sequence[str]) -> list[tuple[str, str]]:
        best: list[tuple[float, str, str]] = []
        for length in (1, 2, 3):
            for start in range(len(words) - length + 1):
                candidate = " ".join(words[start : start + length])
                if len(candidate) < FUZZY_MIN_LETTERS or all(w in GENERIC_WORDS for w in words[start : start + length]):
                    continue
                for name, ids in self._fuzzy:
                    if abs(len(name) - len(candidate)) > 3 or name[:1] != candidate[:1]:
                        continue
                    ratio = fuzz.ratio(candidate, name, score_cutoff=FUZZY_MIN_RATIO)
                    if ratio:
                        best.append((ratio, candidate, next(iter(ids))))
        best.sort(key=lambda item: (-item[0], item[2]))
        return [(word, base) for _, word, base in best[:1]]


def _is_meant(word: str, text: str) -> bool:
    """Whether a name that is also an ordinary English word is meant as a name: written in capitals, or in a German text."""
    return bool(re.search(rf"\b{word.upper()}\b", text)) or language_of(text) == "de"


def _shared_names(titles: dict[str, str]) -> dict[str, set[str]]:
    """First words that several names share, such as PROFI, EXIST, ZIM or Hamburg-Kredit, with the documents."""
    groups: dict[str, set[str]] = {}
    for base, title in titles.items():
        words = words_of_name(title)
        for length in (1, 2):
            key = " ".join(words[:length])
            if len(words) >= length and (length > 1 or words[0] not in GENERIC_WORDS):
                groups.setdefault(key, set()).add(base)
    return {
        key: ids for key, ids in groups.items() if 2 <= len(ids) <= 6 and len({base.split("/")[0] for base in ids}) == 1
    }


def _end_of_words(title: str, count: int) -> int:
    """Offset behind the first `count` words of a title, hyphens counting as blanks."""
    ends = [match.end() for match in re.finditer(r"[^\s-]+", title)]
    return ends[count - 1] if len(ends) >= count else len(title)


def title_of(document: Document) -> str:
    """A document's title without its bracket."""
    return re.sub(r"\s*\([^)]*\)", "", document.title).strip()
