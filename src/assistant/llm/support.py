"""Whether a sentence is supported by quoted evidence: figures, names, direction of a statement, and its words."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence

import numpy as np
from numpy.typing import NDArray
from rapidfuzz import fuzz

from assistant.domain.values import LANGUAGES, Language
from assistant.language.analysis import Analyser, stop_words
from assistant.language.normalise import fold
from assistant.language.quantities import Quantity, quantities, without_quantities

Synonyms = Callable[[str, Language], Mapping[str, frozenset[str]]]
"""For each stem of a text: stems, in either language, that may stand for it."""
Embed = Callable[[Sequence[str]], NDArray[np.float32]]
"""Vectors of texts, float32 (n, dim), rows of length 1 or 0; the same meaning lies close in either language."""

SAME_WORD = 84.0
"""Of 100; word forms that a stemmer keeps apart, such as "zahlt" and "gezahlt", are at least as alike."""
NEAR_WORD, FAR_WORD = 0.55, 0.25
"""Cosines: from the lower one on a word begins to count as supported by the nearest word of the evidence; from the upper
one on it counts in full."""
ENOUGH, ENOUGH_ACROSS = 0.6, 0.45
"""Least coverage of a sentence, and of one whose evidence is in the other language. With all checks together, 65 of 100 translated
sentences of the corpus hold beside the sentence they translate, and 1 of 100 beside another one of the same sheet."""
TELLING = 5.0
"""Rarity of a stem, natural logarithm, from which on a word must not be without support, whatever the others have: it stands in
less than one passage of a hundred and fifty."""
RELATED = 0.28
"""Cosine from which on a rare word counts as a translation of one of the evidence."""

_NEGATION = re.compile(
    r"\b(nicht|kein|keine[mnrs]?|nie|niemals|nirgends|weder|ohne|ausgeschlossen|entfaellt|ausser|not|no|none|never|neither|nor|without|excluded?|cannot|except)\b|n't\b"
)
_AT_MOST = re.compile(
    r"\b(hoechst\w*|maxim\w*|bis zu|at most|up to|no more than|\w*grenze|begrenzt|gedeckelt|deckel\w*|capped|cap|ceiling|limit\w*|less than|weniger als|(unter|below|under) (?=[\d€]))\b"
)
_AT_LEAST = re.compile(
    r"\b(mindest\w*|minim\w*|at least|no less than|mehr als|more than|wenigstens|exceeds?|(ueber|over|above|ab) (?=[\d€]))\b"
)
_NUMBER_KINDS = frozenset({"number", "duration"})


def unstated_figure(text: str, evidence: str) -> Quantity | None:
    """The first figure of a sentence that does not stand in the evidence, in German or English form."""
    stated = quantities(evidence)
    values = {(quantity.kind, quantity.value) for quantity in stated}
    numbers = {quantity.value.split(" ")[0] for quantity in stated if quantity.kind in _NUMBER_KINDS}
    dates = [quantity.value for quantity in stated if quantity.kind in ("date", "year")]
    for quantity in quantities(text):
        if (quantity.kind, quantity.value) in values:
            continue
        if quantity.kind == "number" and quantity.value in numbers:
            continue
        if quantity.kind in ("date", "year") and any(day.startswith(f"{quantity.value}-") for day in dates):
            continue  # a year or month of a date that is stated
        return quantity
    return None


def turns_round(text: str, evidence: str) -> bool:
    """Whether a sentence denies what the evidence affirms, or makes a minimum of a maximum, or the other way round."""
    said, stated = fold(text), fold(evidence)
    if bool(_NEGATION.search(said)) != bool(_NEGATION.search(stated)):
        return True
    return any(bool(limit.search(said)) and not limit.search(stated) for limit in (_AT_MOST, _AT_LEAST))


class Support:
    """Measures how far the words of a sentence are supported by its evidence."""

    def __init__(self, analyser: Analyser, *, rarity: Callable[[str], float], synonyms: Synonyms, embed: Embed) -> None:
        """Weigh words by `rarity` of their stems; take words for the same by `synonyms` and by nearness of `embed`."""
        self._analyser = analyser
        self._rarity = rarity
        self._synonyms = synonyms
        self._embed = embed

    def foreign_word(
        self, text: str, language: Language, evidence: str, evidence_language: Language, *, subject: str = ""
    ) -> str | None:
        """The word of a sentence that speaks most against it; None when the evidence supports the sentence well enough.

        A sentence is supported when enough of its words are, each weighed by its rarity, and no rare one is left without. Words
        of `subject`, the title of what the evidence is about, count neither way: they would carry any sentence about it.
        """
        own = set(self._analyser.words(subject))
        words = [word for word in self._content_words(text) if word not in own]
        if not words:
            return None
        is_across = language != evidence_language
        known = _Evidence(self._analyser, evidence)
        synonyms = self._synonyms(text, language)
        open_words = [word for word in words if not known.holds(word, synonyms)]
        nearness = dict(zip(open_words, self._nearness(open_words, known.words), strict=True))
        weights = {word: self._rarity(self._analyser.stem(word, language)) for word in words}
        names = _capitalised(text) if language == "en" else frozenset()
        for word in open_words:
            may_be_translated = is_across and word not in names
            if weights[word] >= TELLING and not (may_be_translated and nearness[word] >= RELATED):
                return word
        lost = {word: (1.0 - _share(nearness[word])) * weights[word] for word in open_words}
        coverage = 1.0 - sum(lost.values()) / max(sum(weights.values()), 1e-9)
        if coverage >= (ENOUGH_ACROSS if is_across else ENOUGH):
            return None
        return max(lost, key=lambda word: lost[word])

    def _content_words(self, text: str) -> list[str]:
        """Folded words, each once; figures with their units are checked as such and left out."""
        words = self._analyser.words(without_quantities(text))
        return [word for word in dict.fromkeys(words) if re.search(r"[a-z]{2}", word) and word not in _EMPTY_WORDS]

    def _nearness(self, words: Sequence[str], others: Sequence[str]) -> list[float]:
        if not words or not others:
            return [0.0] * len(words)
        return [float(value) for value in (self._embed(words) @ self._embed(others).T).max(axis=1)]


class _Evidence:
    """The words of the evidence in every form that is compared."""

    def __init__(self, analyser: Analyser, text: str) -> None:
        self._analyser = analyser
        self.words = [word for word in dict.fromkeys(analyser.words(text)) if len(word) > 1]
        parts = {part for word in self.words for part in analyser.compound_parts(word)}
        self._stems = {analyser.stem(word, language) for word in self.words for language in LANGUAGES}
        self._stems |= {analyser.stem(part, "de") for part in parts}

    def holds(self, word: str, synonyms: Mapping[str, frozenset[str]]) -> bool:
        """Whether a word stands in the evidence: itself, inflected, derived, as a compound of its words, or as a synonym."""
        stems = {self._analyser.stem(word, language) for language in LANGUAGES}
        if stems & self._stems or any(synonyms.get(stem, frozenset()) & self._stems for stem in stems):
            return True
        parts = self._analyser.compound_parts(word)
        if parts and all(self._analyser.stem(part, "de") in self._stems for part in parts):
            return True
        return any(_are_related(word, other) for other in self.words)


def _are_related(one: str, other: str) -> bool:
    """Whether two folded words are forms of one another, such as "zahlt", "gezahlt" and "Zahlung"."""
    if min(len(one), len(other)) < 5:
        return False
    if fuzz.ratio(one, other) >= SAME_WORD:
        return True
    common = next((i for i, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))
    return common >= 6 or (common >= 4 and min(len(one), len(other)) == 5)


def _capitalised(text: str) -> frozenset[str]:
    """Folded words that are written like names in English."""
    return frozenset(fold(word) for word in re.findall(r"\b[A-ZÄÖÜ][\w&-]*", text))


def _share(nearness: float) -> float:
    """How much of a word counts by its nearness to the nearest word of the evidence."""
    return min(1.0, max(0.0, (nearness - FAR_WORD) / (NEAR_WORD - FAR_WORD)))


_EMPTY_WORDS = (
    stop_words("de")
    | stop_words("en")
    | frozenset(
        """
        dabei dazu dafuer davon damit darueber hierbei hierfuer hierzu sowie zudem ausserdem somit daher deshalb jedoch allerdings insgesamt
        jeweils dessen deren derzeit beispielsweise insbesondere zwischen weitere weiteren weiterer laut gemaess sofern falls waehrend pro
        wenigstens mindestens hoechstens maximal rund etwa circa ca knapp eur euro euros prozent percent
        betraegt betragen erhalten erhaelt bekommen bekommt laeuft laufen dauert dauern gehoert gehoeren liegt liegen umfasst umfassen lautet
        wegen aufgrund trotz statt bereits mittels zuvor danach zunaechst anschliessend grundsaetzlich lediglich beziehungsweise innerhalb
        ebenfalls ebenso besteht bestehen volumen gilt gelten findet finden steht stehen stellt duerfte handelt richtet moeglich sitzt
        also moreover therefore thus however currently overall each both either while during according further its within per around about
        receive receives received get gets give gives given runs run amounts belongs belong includes include offers offer based possible
        now although whose down up due besides behalf since until before after whether because though yet still even more most less least
        own same other others another such several every only already always often first then later again together one ones
        who whoever whom something anything someone anyone them itself himself themselves upon onto via between among against along
        make makes made take takes taken go goes went come comes came put puts set sets let lets keep keeps
        """.split()
    )
)
"""Folded words that say nothing which a quotation would have to hold."""
