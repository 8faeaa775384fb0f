"""Finds the words of a vocabulary in a description: inflected, inside compounds, as phrases, and by closeness of meaning."""

from __future__ import annotations

import re
from collections.abc import Callable, Container, Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from rapidfuzz.distance import OSA

from assistant.domain.values import LANGUAGES, Language
from assistant.language.analysis import Analyser, stop_words
from assistant.language.compounds import LINKS, CompoundLexicon
from assistant.language.normalise import fold
from assistant.language.spelling import SpellingCorrector

MIN_PART = 4
"""Letters a word must have to be recognised inside a compound whose other part is a known word."""
LONG_PART = 6
"""From this length on, the other part of the compound need not be known."""
MIN_REST = 3
VERY_LONG = 12
"""From this length on, any two typing errors are forgiven."""
WINDOW = 2
"""Words between which the two words of a phrase such as "Haare schneiden" are looked for."""
EXACT, UMLAUT, PHRASE, HEAD, MODIFIER, OTHER_LANGUAGE, MISSPELT = 1.0, 0.95, 0.9, 0.85, 0.8, 0.9, 0.9
"""How closely a term is named: as itself, apart from an umlaut, as a phrase in pieces, as head or modifier of a compound, in the
other language, with a typing error."""
FOREIGN_MIN = 5
"""Letters a single word of the other language must have; shorter ones are too often another word here ("Art", "Gift")."""
_CASE_SENSITIVE = frozenset(["it", "ar", "pr", "ais", "hr", "er", "os", "cad", "art"])
"""Abbreviations that are other words in small letters."""
_NO_PARTS = frozenset(
    "burg burgen bauer bauern macher geber leger fahrer niere nieren lunge lungen wunde wunden".split()
)
"""Ends of words for people who do something ("Maschinenbauer"), which alone are a trade or thing of another kind."""
_APART: dict[Language, frozenset[str]] = {
    "de": frozenset("bunker dampfer elektriker frachter tanker hafer leder glaser drucker fernseher".split()),
    "en": frozenset(
        "engineer engineering coaching shipping training wellness machining airliner building lease generation".split()
    ),
}
"""Words whose stem is that of another thing ("Frachter" and "Fracht", "engineering" and "engine"); each is its own stem."""
_NO_REST = re.compile(r"l?ich(?:e[mnrs]?)?|l?ichkeit(?:en)?")
"""What makes a word of its own out of another and is no part of a compound: "künstlich" has nothing of a "Künstler"."""
_PARTICIPLE = re.compile(r"end(?:e[mnrs]?)?$")
"""Written small, such a word says what something does ("tropfende Hähne"), not what it is ("Tropfen")."""
_INFINITIVE = re.compile(r"(?:en|ern|eln)$")
"""Written small, such a word is mostly a verb and no compound of nouns: "verbringen" has nothing of a ring."""
_ADJECTIVE = re.compile(r"isch(?:e[mnrs]?)?$")
"""Written small, such a word says how something is ("elektrische Antriebe"), not who makes it ("Elektriker")."""
_TOKEN = re.compile(r"[^\W_]+(?:['’.&+][^\W_]+)*[+#]*")

Near = Callable[[Sequence[str]], Sequence[Sequence[tuple[str, float]]]]
"""For each word the keys of terms of close meaning with their closeness, closest first."""


class Token(NamedTuple):
    """A word of a text."""

    text: str
    folded: str
    start: int
    end: int


class Found(NamedTuple):
    """A term found in a text, and how closely."""

    key: str
    closeness: float
    start: int
    end: int
    tokens: tuple[int, ...]
    """Positions of the words it was found in."""


def tokens_of(text: str) -> list[Token]:
    """The words of a text; a hyphenated word gives its parts."""
    return [Token(m[0], fold(m[0]), m.start(), m.end()) for m in _TOKEN.finditer(text)]


def term_key(text: str, language: Language) -> str:
    """The key of a term; terms that differ only in case, hyphens or inflection share it."""
    return f"{language}:{' '.join(_stems(text, language))}"


@dataclass(frozen=True, slots=True)
class _Term:
    key: str
    language: Language
    stems: tuple[str, ...]
    is_noun: bool
    """Written with a capital in German, so that "bar" is not taken for "Bar"."""
    needs_capitals: bool
    may_be_in_pieces: bool
    """Two content words; "App auf Rezept" must stand as it is, or a cookery app would be taken for medicine."""


class Vocabulary:
    """Terms of both languages, ready to be found; immutable."""

    def __init__(
        self,
        terms: Iterable[tuple[Language, str]],
        *,
        known_words: Iterable[str] = (),
        ordinary: Container[str] | None = None,
    ) -> None:
        """Take the terms.

        Args:
            terms: Language and text of each.
            known_words: Further folded words that may stand beside a term in a compound.
            ordinary: Folded words that are no typing errors of a term; None leaves typing errors unknown.
        """
        self._single: dict[Language, dict[str, list[_Term]]] = {language: {} for language in LANGUAGES}
        self._plain: dict[Language, dict[str, list[_Term]]] = {language: {} for language in LANGUAGES}
        self._phrases: dict[Language, dict[str, list[_Term]]] = {language: {} for language in LANGUAGES}
        self._words = set(known_words)
        self.words_by_key: dict[str, str] = {}
        """The folded word of each term that is one word, abbreviations left out."""
        for language, text in dict.fromkeys(terms):
            self._add(text, language)
        self._ordinary: Container[str] = () if ordinary is None else ordinary
        self._spelling: SpellingCorrector | None = None
        if ordinary is not None:
            self._spelling = SpellingCorrector(
                dict.fromkeys(self.words_by_key.values(), 1),
                is_known=lambda word: word in ordinary or word in self._words,
            )

    def _add(self, text: str, language: Language) -> None:
        stems = _stems(text, language)
        if not stems:
            return
        first = next(iter(_TOKEN.findall(text)))
        term = _Term(
            key=f"{language}:{' '.join(stems)}",
            language=language,
            stems=stems,
            is_noun=language == "de" and first[:1].isupper(),
            needs_capitals=len(stems) == 1 and fold(first) in _CASE_SENSITIVE and first.isupper(),
            may_be_in_pieces=len(stems) == 2 and not any(stem in stop_words(language) for stem in stems),
        )
        self._words.update(token.folded for token in tokens_of(text) if len(token.folded) >= MIN_REST)
        if len(stems) == 1:
            if len(fold(first)) >= MIN_PART:
                self.words_by_key.setdefault(term.key, fold(first))
            _put(self._single[language], stems[0], term)
            _put(self._plain[language], without_umlauts(stems[0]), term)
            return
        for stem in dict.fromkeys(stems):
            _put(self._phrases[language], stem, term)
        if len(stems) == 2:  # "Offshore-Wind" is also written "Offshorewind"
            joined = "".join(fold(token) for token in _TOKEN.findall(text))
            _put(self._single[language], _stem(joined, language), term)

    def find(self, text: str, language: Language, *, near: Near | None = None) -> list[Found]:
        """All terms in a text, in order; where a longer term is found, the shorter ones inside it are left out."""
        tokens = tokens_of(text)
        is_all_small = not any(token.text[:1].isupper() for token in tokens[1:])
        other: Language = "en" if language == "de" else "de"
        found: list[Found] = []
        taken: set[int] = set()
        for phrase in self._find_phrases(tokens, language) + self._find_phrases(tokens, other):
            if not taken.intersection(phrase.tokens):
                found.append(phrase)
                taken.update(phrase.tokens)
        unknown: list[int] = []
        for position, token in enumerate(tokens):
            if position in taken or token.folded in stop_words(language):
                continue
            hits = (
                self._find_single(token, language, is_all_small)
                or self._find_foreign(token, other)
                or self._find_misspelt(token, language)
            )
            found += [Found(key, closeness, token.start, token.end, (position,)) for key, closeness in hits]
            if not hits and len(token.folded) > MIN_PART:
                unknown.append(position)
        if near is not None and unknown:
            close = near([tokens[position].folded for position in unknown])
            for position, nearest in zip(unknown, close, strict=True):
                token = tokens[position]
                found += [Found(key, closeness, token.start, token.end, (position,)) for key, closeness in nearest]
        return sorted(found, key=lambda f: (f.start, f.end, f.key))

    def _find_phrases(self, tokens: Sequence[Token], language: Language) -> list[Found]:
        """Phrases, longest and closest together first."""
        stems = [_stem(token.folded, language) for token in tokens]
        index = self._phrases[language]
        found: list[Found] = []
        seen: set[str] = set()
        for stem in stems:
            for term in index.get(stem, ()):
                if term.key in seen:
                    continue
                seen.add(term.key)
                positions = _together(term.stems, stems, in_pieces=term.may_be_in_pieces)
                if positions is None:
                    continue
                is_whole = positions == tuple(range(positions[0], positions[0] + len(positions)))
                closeness = EXACT if is_whole else PHRASE
                found.append(
                    Found(
                        term.key,
                        closeness,
                        tokens[min(positions)].start,
                        tokens[max(positions)].end,
                        tuple(sorted(positions)),
                    )
                )
        return sorted(found, key=lambda f: (-len(f.tokens), -f.closeness, f.start, f.key))

    def _find_single(self, token: Token, language: Language, is_all_small: bool) -> list[tuple[str, float]]:
        stem = _stem(token.folded, language)
        is_small = token.text[:1].islower() and not is_all_small
        is_participle = is_small and _PARTICIPLE.search(token.folded) is not None
        is_adjective = is_small and _ADJECTIVE.search(token.folded) is not None
        hits = [
            (term.key, EXACT)
            for term in self._single[language].get(stem, ())
            if not (term.needs_capitals and not token.text.isupper())
            and not (term.is_noun and is_small and (is_participle or len(token.folded) <= FOREIGN_MIN))
            and not (term.is_noun and is_adjective)
        ]
        if hits or language == "en" or is_participle or is_adjective or (is_small and _INFINITIVE.search(token.folded)):
            return hits
        if len(stem) > MIN_PART:
            hits = [(term.key, UMLAUT) for term in self._plain["de"].get(without_umlauts(stem), ())]
        return hits or self._find_parts(token.folded)

    def _find_foreign(self, token: Token, language: Language) -> list[tuple[str, float]]:
        if len(token.folded) < FOREIGN_MIN:
            return []
        terms = self._single[language].get(_stem(token.folded, language), ())
        return [(term.key, OTHER_LANGUAGE) for term in terms if not term.needs_capitals]

    def _find_misspelt(self, token: Token, language: Language) -> list[tuple[str, float]]:
        """Terms that a word with a typing error comes closest to."""
        if self._spelling is None or len(token.folded) < LONG_PART or token.folded in self._ordinary:
            return []
        corrected = (self._spelling.correct(form, language) for form in (token.folded, _stem(token.folded, language)))
        changes = next((found.changes for found in corrected if found.changes), ())
        return [
            (term.key, MISSPELT)
            for written, better in changes
            if _is_slip(written, better)
            for known in (language, *(other for other in LANGUAGES if other != language))
            for term in self._single[known].get(_stem(better, known), ())
            if not term.needs_capitals
        ]

    def _find_parts(self, word: str) -> list[tuple[str, float]]:
        """Terms a German compound is made of: the longest at its end and the longest at its beginning."""
        if len(word) < MIN_PART + MIN_REST or not word.isalpha():
            return []
        head: tuple[str, ...] = ()
        cut = 0
        for start in range(MIN_REST, len(word) - MIN_PART + 1):
            keys = self._part(word[start:])
            if keys and self._may_stand_beside(word[start:], word[:start]):
                head, cut = keys, start
                break
        modifier: tuple[str, ...] = ()
        for end in range(cut or len(word) - MIN_REST, MIN_PART - 1, -1):
            if end <= len(word) - MIN_REST or end == cut:
                keys = self._part(_without_link(word[:end], self))
                if keys and self._may_stand_beside(word[:end], word[end:]):
                    modifier = keys
                    break
        return [(key, HEAD) for key in head] + [(key, MODIFIER) for key in modifier if key not in head]

    def _part(self, word: str) -> tuple[str, ...]:
        if len(word) < MIN_PART or word in _NO_PARTS:
            return ()
        terms = self._single["de"].get(_stem(word, "de"), ())
        return tuple(term.key for term in terms if not term.needs_capitals)

    def _may_stand_beside(self, part: str, rest: str) -> bool:
        if _NO_REST.fullmatch(rest):
            return False
        if len(part) >= LONG_PART and len(rest) >= MIN_REST:
            return True
        return any(rest.removesuffix(link) in self._words for link in LINKS if not link or rest.endswith(link)) or (
            rest in self._words
        )


def _is_slip(written: str, meant: str) -> bool:
    """Whether one letter is missing, too many or swapped; another letter in its place mostly makes another word ("Speichel")."""
    if len(written) >= VERY_LONG:
        return True
    return OSA.distance(written, meant) == 1 and (len(written) != len(meant) or sorted(written) == sorted(meant))


def without_umlauts(stem: str) -> str:
    """A stem in which umlauts are taken back: "maerkt", "markt"."""
    return stem.replace("ae", "a").replace("oe", "o").replace("ue", "u")


def _without_link(word: str, vocabulary: Vocabulary) -> str:
    """A modifier without the letters that join it to the next part, where that makes it a known word."""
    for link in LINKS:
        if link and word.endswith(link):
            bare = word.removesuffix(link)
            if len(bare) >= MIN_PART and vocabulary._part(bare):
                return bare
    return word


def _together(wanted: Sequence[str], stems: Sequence[str], *, in_pieces: bool) -> tuple[int, ...] | None:
    """Positions of a phrase: in one piece, or two words within `WINDOW` in any order; None where it is not there."""
    length = len(wanted)
    for start in range(len(stems) - length + 1):
        if all(stems[start + i] == wanted[i] for i in range(length)):
            return tuple(range(start, start + length))
    if not in_pieces:
        return None
    first = [i for i, stem in enumerate(stems) if stem == wanted[0]]
    second = [i for i, stem in enumerate(stems) if stem == wanted[1]]
    pairs = [(a, b) for a in first for b in second if a != b and abs(a - b) <= WINDOW]
    return min(pairs, key=lambda pair: (abs(pair[0] - pair[1]), pair)) if pairs else None


def _put(index: dict[str, list[_Term]], stem: str, term: _Term) -> None:
    terms = index.setdefault(stem, [])
    if all(other.key != term.key for other in terms):
        terms.append(term)


_ANALYSER = Analyser(CompoundLexicon(frozenset()))


@lru_cache(maxsize=100_000)
def _stem(word: str, language: Language) -> str:
    for bare in (word, word[:-1]) if word.endswith(("n", "s")) else (word,):
        if bare in _APART[language]:
            return bare
    if language == "de" and word.endswith("innen") and len(word) >= LONG_PART + len("innen"):
        word = word.removesuffix("nen")
    return _ANALYSER.stem(word, language)


def _stems(text: str, language: Language) -> tuple[str, ...]:
    return tuple(_stem(token.folded, language) for token in tokens_of(text))
