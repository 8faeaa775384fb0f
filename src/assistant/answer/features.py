"""What is measured of sentences and of a whole search, for the learned judgements; comparable between questions."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True, slots=True, kw_only=True)
class EvidenceFeatures:
    """What is known of one sentence with regard to one question; every value between 0 and 1 unless said otherwise."""

    coverage: float
    """Share of the question's words found in the sentence, each word weighed by its rarity; names left out."""
    context_coverage: float
    """The same over the sentence, its heading and its document's title."""
    synonym_coverage: float
    """Coverage when glossary words count for one another."""
    similarity: float
    """Cosine of question and sentence, -1 to 1."""
    passage_score: float
    """Fused score of the passage."""
    rank: float
    """1 / rank of the passage; 0 for one read only because its document is named."""
    named: float
    """1 where the question names the document."""
    field: float
    """1 where a recorded value of the asked field rests on the sentence, less for a field asked less clearly."""
    type_fits: float
    """1 where the sentence holds the kind of value asked for; 0.5 where any would do."""
    first: float
    """1 for the sentence that says what the document is about."""
    outdated: float
    """1 where a recorded value calls it an older state."""

    def vector(self) -> NDArray[np.float32]:
        """The values in the order above, float32 (11,)."""
        return np.array([getattr(self, name) for name in self.__slots__], dtype=np.float32)


@dataclass(frozen=True, slots=True, kw_only=True)
class GateFeatures:
    """What decides whether to answer; comparable between questions, unlike raw scores of a search."""

    best: float
    """Probability of the best sentence."""
    second: float
    coverage: float
    """Of the best sentence with its context, synonyms counted."""
    union_coverage: float
    """Of the best three sentences of the leading document together."""
    similarity: float
    named: float
    field: float
    type_fits: float
    agreement: float
    """Share of the first five hits that both rankings place among their first ten."""
    known_words: float
    """Share of the question's words, by rarity, that occur anywhere in the corpus."""
    top_document_share: float
    """Share of the first five hits that come from the leading document."""

    def vector(self) -> NDArray[np.float32]:
        """The values in the order above, float32 (11,)."""
        return np.array([getattr(self, name) for name in self.__slots__], dtype=np.float32)
