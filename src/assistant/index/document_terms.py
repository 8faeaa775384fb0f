"""How much a question is like whole documents, by shared character 4-grams.

A passage holds a few of a question's words; which document it is about often shows only in all of its text, and in all the ways in
which its sample questions ask. Both are kept as tf-idf vectors of a document, so that one long document does not outweigh the others.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from assistant.domain.values import Language
from assistant.index.samples import SampleQuestion, without_words
from assistant.language.analysis import AnalysedText, Analyser


class DocumentLikeness(NamedTuple):
    """How much a question is like a document, each 0 to 1."""

    whole: float
    """Like its text and its sample questions, names included."""
    asked: float
    """Like its sample questions, without the names of the subject on either side."""


class DocumentTerms:
    """Tf-idf vectors of documents, of length 1; immutable."""

    def __init__(
        self,
        document_ids: Sequence[str],
        terms: Sequence[str],
        bounds: NDArray[np.int32],
        documents: NDArray[np.int16],
        weights: NDArray[np.float32],
    ) -> None:
        """Take an inverted index.

        Args:
            document_ids: The documents, in the order in which they are numbered.
            terms: All terms, each once.
            bounds: int32 (n_terms + 1,): where the entries of each term begin, and the end.
            documents: int16 (n_entries,): numbers of the documents that hold a term.
            weights: float32 (n_entries,): what the term weighs in them.
        """
        self.document_ids = tuple(document_ids)
        self._terms = tuple(terms)
        self._bounds = bounds
        self._documents = documents
        self._weights = weights
        self._number = {term: i for i, term in enumerate(self._terms)}
        self._rarity = _rarity(np.diff(bounds), len(self.document_ids))

    @classmethod
    def build(cls, terms_of: Mapping[str, Sequence[str]]) -> DocumentTerms:
        """Index the terms of each document, by id; a term counts 1 + ln(how often it occurs) times its rarity."""
        postings: dict[str, list[tuple[int, int]]] = {}
        for number, terms in enumerate(terms_of.values()):
            for term, count in Counter(terms).items():
                postings.setdefault(term, []).append((number, count))
        counts = np.array([len(found) for found in postings.values()], dtype=np.int32)
        bounds = np.concatenate([[0], np.cumsum(counts)]).astype(np.int32)
        entries = np.array([entry for found in postings.values() for entry in found], dtype=np.int32).reshape(-1, 2)
        weights = (1 + np.log(entries[:, 1])) * np.repeat(_rarity(counts, len(terms_of)), counts)
        lengths = np.sqrt(np.bincount(entries[:, 0], weights=weights**2, minlength=len(terms_of)))
        return cls(
            tuple(terms_of),
            tuple(postings),
            bounds,
            entries[:, 0].astype(np.int16),
            (weights / lengths[entries[:, 0]]).astype(np.float32),
        )

    def liken(self, terms: Sequence[str]) -> dict[str, float]:
        """Cosine of a question's terms to each document that shares one, 0 to 1, by document id."""
        numbers = [number for term in dict.fromkeys(terms) if (number := self._number.get(term)) is not None]
        if not numbers:
            return {}
        scores = np.zeros(len(self.document_ids), dtype=np.float32)
        for number in numbers:
            own = slice(self._bounds[number], self._bounds[number + 1])
            scores[self._documents[own]] += self._rarity[number] * self._weights[own]
        scores /= np.linalg.norm(self._rarity[numbers])
        return {self.document_ids[i]: float(scores[i]) for i in np.flatnonzero(scores)}

    def save(self, path: Path) -> None:
        """Write to an .npz file."""
        np.savez(
            path, document_ids=np.array(self.document_ids), terms=np.array(self._terms, dtype=np.str_), bounds=self._bounds,
            documents=self._documents, weights=self._weights.astype(np.float16),
        )  # fmt: skip

    @classmethod
    def load(cls, path: Path) -> DocumentTerms:
        """Read what `save` wrote."""
        with np.load(path, allow_pickle=False) as data:
            return cls(
                data["document_ids"].tolist(), data["terms"].tolist(), data["bounds"], data["documents"],
                data["weights"].astype(np.float32),
            )  # fmt: skip


class WholeDocuments:
    """Likens questions to all documents of a generation; immutable."""

    def __init__(self, whole: DocumentTerms, asked: DocumentTerms, analyser: Analyser) -> None:
        self._whole = whole
        self._asked = asked
        self._analyser = analyser
        self.liken = lru_cache(maxsize=64)(self._liken)
        """See `_liken`."""

    @classmethod
    def build(
        cls,
        texts: Sequence[tuple[str, AnalysedText]],
        samples: Sequence[SampleQuestion],
        *,
        name_words: Mapping[str, frozenset[str]],
        analyser: Analyser,
    ) -> WholeDocuments:
        """Index documents.

        Args:
            texts: Id of a document and an analysed piece of it.
            name_words: By document id, the folded words that name the document.
        """
        whole: dict[str, list[str]] = {}
        for document_id, analysed in texts:
            whole.setdefault(document_id, []).extend(analysed.grams)
        asked: dict[str, list[str]] = {}
        for sample in samples:
            document_id = sample.document_id
            whole.setdefault(document_id, []).extend(analyser.terms(sample.text, sample.language).grams)
            nameless = without_words(sample.text, name_words.get(document_id, frozenset()))
            asked.setdefault(document_id, []).extend(analyser.terms(nameless, sample.language).grams)
        return cls(DocumentTerms.build(whole), DocumentTerms.build(asked), analyser)

    def _liken(
        self, text: str, language: Language, name_words: frozenset[str] = frozenset()
    ) -> Mapping[str, DocumentLikeness]:
        """Likeness by document id, of documents that share a term; `name_words` are the folded words that name the subject."""
        whole = self._whole.liken(self._analyser.terms(text, language).grams)
        asked = self._asked.liken(self._analyser.terms(without_words(text, name_words), language).grams)
        return {i: DocumentLikeness(whole.get(i, 0.0), asked.get(i, 0.0)) for i in whole.keys() | asked.keys()}

    def save(self, folder: Path) -> None:
        """Write below `folder`, which must exist."""
        self._whole.save(folder / "documents-whole.npz")
        self._asked.save(folder / "documents-asked.npz")

    @classmethod
    def load(cls, folder: Path, analyser: Analyser) -> WholeDocuments:
        """Read what `save` wrote."""
        whole, asked = (DocumentTerms.load(folder / f"documents-{name}.npz") for name in ("whole", "asked"))
        return cls(whole, asked, analyser)


def _rarity(counts: NDArray[np.int32], documents: int) -> NDArray[np.float32]:
    return np.asarray(np.log((1 + documents) / (1 + counts)) + 1, dtype=np.float32)
