"""Analysis of text for searching: folded words, stems, compound parts, character 4-grams."""

from __future__ import annotations

import hashlib
import re
from functools import cache, lru_cache
from typing import NamedTuple

import Stemmer

from assistant.domain.values import Language
from assistant.language.compounds import CompoundLexicon
from assistant.language.normalise import fold

RULES = "analysis-2"
GRAM = 4
_TOKEN = re.compile(r"§+|\d+(?:[.,]\d+)*|[a-z0-9]+(?:[-/&+.'][a-z0-9]+)*[+#]*")
_THOUSANDS = re.compile(r"^\d{1,3}(?:[.,]\d{3})+$")
_STOP: dict[Language, frozenset[str]] = {
    "de": frozenset(
        """
        der die das den dem des ein eine einen einem einer eines und oder aber auch nicht kein keine keinen ist
        sind war waren wird werden wurde wurden sein seine seinen seiner haben hat hatte habe ich du er sie es
        wir ihr ihre ihren ihrer ihnen mich mir uns sich man mit bei von vom zum zur zu im in am an auf aus nach
        ueber unter fuer als wie was wer wo wann warum wieso weshalb welche welcher welches welchen welchem dass
        ob wenn dann denn doch noch nur schon so sehr da dort hier dies diese dieser dieses diesen diesem kann
        koennen koennte darf duerfen muss muessen soll sollen will wollen wuerde wuerden bitte gibt gibts mal
        etwa also bis durch ohne um gegen vor seit je jede jeder jedes eigentlich ueberhaupt genau gerade ja
        nein hallo guten tag moin sagen mein meine meinen meiner unser unsere unseren
        """.split()
    ),
    "en": frozenset(
        """
        the a an of to in on at for with by from and or but not no is are was were be been being what who whom
        where when why which how do does did can could may might must should would will i you he she it we they
        my our your their his her its there this that these those have has had if then than so as about into any
        some such please tell me us them
        """.split()
    ),
}


class AnalysedText(NamedTuple):
    """The three fields of the lexical index, each in text order with repeats."""

    stems: list[str]
    parts: list[str]
    """Every stem and the stems of compound parts, umlauts reduced, so that "Antrag" and "Anträge" meet."""
    grams: list[str]


STOP_WORDS = _STOP["de"] | _STOP["en"]
"""Folded words that carry no content in German or in English."""


def stop_words(language: Language) -> frozenset[str]:
    """Folded words that carry no content."""
    return _STOP[language]


class Analyser:
    """Analyses German and English; immutable."""

    def __init__(self, lexicon: CompoundLexicon) -> None:
        self._lexicon = lexicon
        digest = hashlib.sha256(lexicon.to_json().encode()).hexdigest()[:8]
        self.fingerprint = f"{RULES}+{digest}"
        self._parts = lru_cache(maxsize=50_000)(self._stems_of_parts)

    def words(self, text: str) -> list[str]:
        """Folded words; figures without thousands marks; a hyphenated name gives the whole, joined, and its parts."""
        found: list[str] = []
        for token in _TOKEN.findall(fold(text)):
            if _THOUSANDS.match(token):
                found.append(token.replace(".", "").replace(",", ""))
                continue
            plain = token.strip("-/&.'+") or token
            pieces = (
                [piece for piece in re.split(r"[-/&.']", plain) if piece] if re.search(r"[a-z]", plain) else [plain]
            )
            if len(pieces) > 1:
                found.append("".join(pieces))
            found.extend(pieces)
        return found

    def stems(self, text: str, language: Language) -> list[str]:
        """Stems of the content words, in order."""
        stop = _STOP[language]
        return [_stem(word, language) for word in self.words(text) if word not in stop]

    def stem(self, word: str, language: Language) -> str:
        """Stem of one folded word."""
        return _stem(word, language)

    def compound_parts(self, word: str) -> tuple[str, ...]:
        """Parts of a folded German compound; empty when it is none of known words."""
        return self._lexicon.parts(word)

    def terms(self, text: str, language: Language) -> AnalysedText:
        """All three fields of a text."""
        stop = _STOP[language]
        stems: list[str] = []
        parts: list[str] = []
        grams: list[str] = []
        for word in self.words(text):
            if word in stop:
                continue
            stem = _stem(word, language)
            stems.append(stem)
            parts.append(_without_umlauts(stem) if language == "de" else stem)
            if language == "de":
                parts.extend(self._parts(word))
            grams.extend(_grams(word))
        return AnalysedText(stems, parts, grams)

    def _stems_of_parts(self, word: str) -> tuple[str, ...]:
        return tuple(_without_umlauts(_stem(part, "de")) for part in self._lexicon.parts(word))


@cache
def _stemmer(language: Language) -> Stemmer.Stemmer:
    return Stemmer.Stemmer("german" if language == "de" else "english")


@lru_cache(maxsize=200_000)
def _stem(word: str, language: Language) -> str:
    """Stem a folded word. Digraphs are kept while stemming, so that Buerger and Burg stay apart."""
    if not word.isalpha() or len(word) < 4:
        return word
    if language == "en":
        return str(_stemmer("en").stemWord(word))
    # Snowball reads "ue" as ü unless u is preceded by q; marking the digraph keeps it from being folded to u.
    marked = word.replace("ae", "aæ").replace("oe", "oæ").replace("ue", "uæ")
    return str(_stemmer("de").stemWord(marked)).replace("æ", "e")


def _without_umlauts(stem: str) -> str:
    """A stem in which the umlaut of a plural or a derived word is taken back: antraeg, antrag."""
    return stem.replace("ae", "a").replace("oe", "o").replace("ue", "u") if stem.isalpha() else stem


@lru_cache(maxsize=100_000)
def _grams(word: str) -> tuple[str, ...]:
    marked = f"_{word}_"
    return (marked,) if len(marked) <= GRAM else tuple(marked[i : i + GRAM] for i in range(len(marked) - GRAM + 1))
