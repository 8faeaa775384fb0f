"""Splits German compounds by a lexicon of the corpus's own words."""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import lru_cache

LINKS = ("", "s", "n", "en", "es", "er", "e")
MIN_PART = 4
MIN_COUNT = 2
_HEADS = """
    foerderung foerder mittel programm antrag richtlinie quote satz betrag summe zuschuss kredit darlehen fonds
    kapital beteiligung cluster netzwerk verein initiative agentur gesellschaft behoerde senat amt stelle stand ort
    region politik wirtschaft innovation forschung entwicklung technologie technik projekt vorhaben kosten ausgaben
    beratung gruendung gruender unternehmen firma betrieb staette mitarbeiter mitglied mitglieder beitrag frist
    termin datum dauer laufzeit zeitraum jahr monat hochschule universitaet wissenschaft transfer kooperation
    partner verbund luftfahrt schiffahrt hafen logistik energie wasserstoff wind solar gesundheit medizin medien
    kreativ digital daten umwelt klima schutz material ressourcen ernaehrung lebensmittel finanz markt einfuehrung
    messe export patent recht steuer umsatz bilanz groesse klasse zulage stipendium preis siegel auszeichnung
    strategie ziel aufgabe leistung angebot veranstaltung arbeit platz kraft fach personal wachstum investition
    nachfolge haus park zentrum institut kammer bank land bund stadt europa regional haushalt quelle kontakt
    anschrift telefon start spiel film musik drohne flug zeug schiff werft fracht transport verkehr raum fahrt
    erneuerbar strom netz speicher
""".split()


class CompoundLexicon:
    """Knows which words a compound may be made of."""

    def __init__(self, words: frozenset[str]) -> None:
        self.words = words
        self._parts = lru_cache(maxsize=50_000)(self._split)

    @classmethod
    def from_words(cls, counts: Mapping[str, int]) -> CompoundLexicon:
        """Take the folded words that occur at least twice, and a short list of administrative word parts."""
        own = {
            word
            for word, count in counts.items()
            if count >= MIN_COUNT and len(word) >= MIN_PART and word.isalpha() and len(word) <= 14
        }
        return cls(frozenset(own | set(_HEADS)))

    def parts(self, word: str) -> tuple[str, ...]:
        """Parts of a folded word, in order; empty when it is no compound of known words."""
        return self._parts(word)

    def _split(self, word: str) -> tuple[str, ...]:
        if len(word) < 2 * MIN_PART or not word.isalpha():
            return ()
        best: tuple[str, ...] = ()
        for cut in range(MIN_PART, len(word) - MIN_PART + 1):
            head = self._head(word[:cut])
            if head is None:
                continue
            tail = word[cut:]
            rest = self._split(tail) if len(tail) >= 2 * MIN_PART else ()
            if tail in self.words or self._inflected(tail):
                candidate = (head, *(rest or (tail,)))
            elif rest:
                candidate = (head, *rest)
            else:
                continue
            if (
                not best
                or len(candidate) < len(best)
                or (len(candidate) == len(best) and min(map(len, candidate)) > min(map(len, best)))
            ):
                best = candidate
        return best

    def _head(self, text: str) -> str | None:
        for link in LINKS:
            stem = text[: len(text) - len(link)] if link and text.endswith(link) else text if not link else ""
            if len(stem) >= MIN_PART and stem in self.words:
                return stem
        return None

    def _inflected(self, tail: str) -> bool:
        return any(
            tail.endswith(ending) and tail[: -len(ending)] in self.words for ending in ("en", "n", "e", "er", "es", "s")
        )

    def to_json(self) -> str:
        """The lexicon as text."""
        return json.dumps(sorted(self.words), ensure_ascii=False)

    @classmethod
    def from_json(cls, text: str) -> CompoundLexicon:
        """Read what `to_json` wrote."""
        return cls(frozenset(json.loads(text)))
