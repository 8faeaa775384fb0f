"""Sample questions: ways in which people ask for what a sentence says; searched, never shown as fact.

Each sample belongs to one sentence of one document. A question is likened to all samples at once, by shared character 4-grams, by
shared stems and by meaning; the names of the sample's own document are left out on both sides, so that only what is asked counts.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from functools import lru_cache
from math import log
from pathlib import Path
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from assistant.domain.values import Language
from assistant.language.analysis import Analyser
from assistant.language.words import plain_words
from assistant.learned.embedder import StaticEmbedder, unit_rows

SHARES = {"grams": 0.4, "stems": 0.2, "meaning": 0.4}
"""Parts of the likeness; their sum is 1."""
KINDS = ("grams", "stems")


@dataclass(frozen=True, slots=True, kw_only=True)
class SampleQuestion:
    """A way to ask for a sentence."""

    document_id: str
    start: int
    """Where the sentence begins in the document's canonical text."""
    language: Language
    text: str


class Likeness(NamedTuple):
    """How much the samples of each sentence are like a question, each float32 (n_sentences,), 0 to 1."""

    whole: NDArray[np.float32]
    grams: NDArray[np.float32]
    """Shared 4-grams, weighed by rarity, as a share of both texts (Dice)."""
    stems: NDArray[np.float32]
    meaning: NDArray[np.float32]
    """Cosine of the embedder, cut off at 0."""


class SampleIndex:
    """Likens questions to samples; immutable."""

    def __init__(
        self,
        samples: Sequence[SampleQuestion],
        terms: dict[str, dict[str, NDArray[np.int32]]],
        vectors: NDArray[np.float32],
        analyser: Analyser,
        embedder: StaticEmbedder,
    ) -> None:
        self.samples = tuple(samples)
        self.ignores_identical = False
        """Leave a sample out of account when it is itself asked; for training on the samples."""
        self._terms = terms
        self._vectors = vectors
        self._analyser = analyser
        self._embedder = embedder
        self._rarity = {
            kind: {term: log(1 + len(samples) / len(found)) for term, found in terms[kind].items()} for kind in KINDS
        }
        self._weights = {kind: self._sum_weights(kind) for kind in KINDS}
        self.sentences: dict[tuple[str, int], int] = {}
        """Number of each sentence that has samples, by document id and start."""
        numbers = [self.sentences.setdefault((s.document_id, s.start), len(self.sentences)) for s in samples]
        self._sentence_of = np.array(numbers, dtype=np.int32)
        self._likened = lru_cache(maxsize=64)(self._liken)

    def _sum_weights(self, kind: str) -> NDArray[np.float32]:
        total = np.zeros(len(self.samples), dtype=np.float32)
        for term, found in self._terms[kind].items():
            total[found] += self._rarity[kind][term]
        return total

    @classmethod
    def build(
        cls,
        samples: Sequence[SampleQuestion],
        *,
        name_words: dict[str, frozenset[str]],
        analyser: Analyser,
        embedder: StaticEmbedder,
    ) -> SampleIndex:
        """Index samples; `name_words` holds, by document id, the folded words that name the document."""
        inverted: dict[str, dict[str, list[int]]] = {kind: {} for kind in KINDS}
        texts: list[str] = []
        for number, sample in enumerate(samples):
            text = without_words(sample.text, name_words.get(sample.document_id, frozenset()))
            texts.append(text)
            found = analyser.terms(text, sample.language)
            for kind, terms in (("grams", found.grams), ("stems", [*found.stems, *found.parts])):
                for term in dict.fromkeys(terms):
                    inverted[kind].setdefault(term, []).append(number)
        arrays = {
            kind: {term: np.array(found, dtype=np.int32) for term, found in own.items()}
            for kind, own in inverted.items()
        }
        return cls(samples, arrays, embedder.embed(texts), analyser, embedder)

    def liken(self, text: str, language: Language, *, name_words: frozenset[str] = frozenset()) -> Likeness:
        """How much a question is like the samples of each sentence; `name_words` are the folded words that name its subject.

        Returns:
            One value per sentence, in the numbering of `sentences`: that of its likest sample.
        """
        return self._likened(text, language, name_words)

    def _liken(self, text: str, language: Language, name_words: frozenset[str]) -> Likeness:
        plain = without_words(text, name_words)
        terms = self._analyser.terms(plain, language)
        grams = self._dice("grams", terms.grams)
        stems = self._dice("stems", [*terms.stems, *terms.parts])
        meaning = np.maximum(self._vectors @ unit_rows(self._embedder.embed([plain]))[0], 0.0)
        whole = SHARES["grams"] * grams + SHARES["stems"] * stems + SHARES["meaning"] * meaning
        columns = [np.asarray(values, dtype=np.float32) for values in (whole, grams, stems, meaning)]
        if self.ignores_identical:
            hidden = [i for i, sample in enumerate(self.samples) if sample.text == text]
            for values in columns:
                values[hidden] = 0.0
        return Likeness(*(self._by_sentence(values) for values in columns))

    def _by_sentence(self, values: NDArray[np.float32]) -> NDArray[np.float32]:
        """The highest value among the samples of each sentence."""
        highest = np.zeros(len(self.sentences), dtype=np.float32)
        np.maximum.at(highest, self._sentence_of, values)
        highest.flags.writeable = False
        return highest

    def _dice(self, kind: str, terms: Sequence[str]) -> NDArray[np.float32]:
        shared = np.zeros(len(self.samples), dtype=np.float32)
        own = 0.0
        highest = log(1 + len(self.samples)) if self.samples else 0.0
        for term in dict.fromkeys(terms):
            weight = self._rarity[kind].get(term, highest)
            own += weight
            found = self._terms[kind].get(term)
            if found is not None:
                shared[found] += weight
        return np.asarray(2 * shared / np.maximum(self._weights[kind] + own, 1e-9), dtype=np.float32)

    def save(self, folder: Path) -> None:
        """Write below `folder`, which must exist."""
        (folder / "samples.json").write_text(
            json.dumps([asdict(sample) for sample in self.samples], ensure_ascii=False), encoding="utf-8"
        )
        arrays: dict[str, NDArray[np.generic]] = {"vectors": self._vectors.astype(np.float16)}
        for kind in KINDS:
            found = self._terms[kind]
            arrays[f"{kind}_terms"] = np.array(list(found), dtype=np.str_)
            arrays[f"{kind}_counts"] = np.array([len(numbers) for numbers in found.values()], dtype=np.int32)
            arrays[f"{kind}_numbers"] = np.concatenate([*found.values(), np.zeros(0, dtype=np.int32)])
        np.savez(folder / "samples.npz", **arrays)  # type: ignore[arg-type]

    @classmethod
    def load(cls, folder: Path, analyser: Analyser, embedder: StaticEmbedder) -> SampleIndex:
        """Read what `save` wrote."""
        rows = json.loads((folder / "samples.json").read_text(encoding="utf-8"))
        terms: dict[str, dict[str, NDArray[np.int32]]] = {}
        with np.load(folder / "samples.npz", allow_pickle=False) as data:
            for kind in KINDS:
                bounds = np.cumsum(data[f"{kind}_counts"])[:-1]
                terms[kind] = dict(
                    zip(data[f"{kind}_terms"].tolist(), np.split(data[f"{kind}_numbers"], bounds), strict=False)
                )
            vectors = data["vectors"].astype(np.float32)
        return cls([SampleQuestion(**row) for row in rows], terms, vectors, analyser, embedder)


def without_words(text: str, words: frozenset[str]) -> str:
    """A text without some of its words; the whole text where nothing else would be left."""
    if not words:
        return text
    kept = [word for word in plain_words(text) if word not in words]
    return " ".join(kept) or text
