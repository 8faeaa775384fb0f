"""Hybrid retrieval: lexical and dense rankings of one generation, fused into one."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple, Protocol

import numpy as np
from numpy.typing import NDArray

from assistant.domain.answers import Hit, Query, Scores
from assistant.domain.values import Language, Passage
from assistant.index.embedding import Embedder
from assistant.index.generation import Generation
from assistant.retrieve.glossary import Glossary

DENSE_CANDIDATES = 300
WEIGHTS = {"stems": 0.25, "parts": 0.15, "grams": 0.20, "dense": 0.25}
"""Shares of the fused score for passages in the language of the query; see docs/decisions."""
OTHER_LANGUAGE_WEIGHTS = {"stems": 0.08, "parts": 0.04, "grams": 0.08, "dense": 0.65}
"""The same for passages in the other language, with which a query shares few words; the sum is the same."""
SAMPLE_WEIGHT = 0.8
"""What a passage gains whose sample questions are wholly like the query."""
NAMED_DOCUMENT_BONUS = 0.35
"""Added where the question names the document's subject, before the score is brought back to 0..1."""
RERANKED = 30


class Reranker(Protocol):
    """Gives the first few hits a better order."""

    def rerank(self, query: Query, hits: Sequence[Hit]) -> list[Hit]:
        """Return the same hits in a new order, ranks renewed and `scores.rerank` set; unchanged where it cannot in time."""


class FieldScores(NamedTuple):
    """Scores of all passages for one query, each `float32 (n_passages,)`."""

    stems: NDArray[np.float32]
    parts: NDArray[np.float32]
    grams: NDArray[np.float32]
    dense: NDArray[np.float32]
    """Cosine, -1 for a passage beyond the dense candidates."""
    samples: NDArray[np.float32]
    """Likeness to the passage's sample questions, 0 to 1."""


def fuse_scores(scores: FieldScores, is_other_language: NDArray[np.bool_]) -> NDArray[np.float32]:
    """Fuse field scores into one per passage, 0 to 1.

    fused = (Σ weight(field) · score(field) / max(score(field)) + SAMPLE_WEIGHT · samples) / (Σ weights + SAMPLE_WEIGHT), the
    cosine cut off at 0. A field whose scores are all zero gives nothing. Unlike reciprocal ranks this keeps how far apart two
    passages are, which the gate needs.
    """
    fused = np.zeros_like(scores.stems)
    for name, weight in WEIGHTS.items():
        values = np.maximum(getattr(scores, name), 0.0)
        top = float(values.max(initial=0.0))
        if top > 0:
            fused += np.where(is_other_language, OTHER_LANGUAGE_WEIGHTS[name], weight) * values / top
    total = sum(WEIGHTS.values()) + SAMPLE_WEIGHT
    return np.asarray((fused + SAMPLE_WEIGHT * scores.samples) / total, dtype=np.float32)


class HybridRetriever:
    """Searches one generation; see `assistant.domain.ports.Retriever`."""

    def __init__(
        self,
        generation: Generation,
        passages: Sequence[Passage],
        embedder: Embedder,
        *,
        translations: frozenset[str] = frozenset(),
        reranker: Reranker | None = None,
    ) -> None:
        """Search `generation`, whose passages are `passages` in its own order.

        Args:
            translations: Ids of documents that exist in the other language as well; for these only the version in the
                question's language is searched.
        """
        self._generation = generation
        self._passages = passages
        self._embedder = embedder
        self._reranker = reranker
        self._position = {passage.id: i for i, passage in enumerate(passages)}
        self._languages = np.array([p.language for p in passages])
        self._kinds = np.array([p.kind for p in passages])
        self._documents = np.array([p.document_id.removesuffix(".en") for p in passages])
        self._translated = np.array([p.document_id in translations for p in passages], dtype=bool)
        self.glossary = Glossary(generation.glossary, generation.analyser)
        self._passage_of_sentence = self._place_sentences()

    def _place_sentences(self) -> NDArray[np.int32]:
        """Position of the passage that holds each sentence with sample questions; -1 where there is none."""
        starts: dict[tuple[str, int], int] = {
            (passage.document_id, sentence.start): position
            for position, passage in enumerate(self._passages)
            for sentence in passage.sentences
        }
        sentences = self._generation.samples.sentences
        return np.array([starts.get(key, -1) for key in sentences], dtype=np.int32)

    @property
    def generation(self) -> str:
        """Name of the index generation that is searched."""
        return self._generation.name

    def retrieve(self, query: Query, *, top_k: int) -> list[Hit]:
        """Return at most `top_k` hits, best first; empty when nothing matches."""
        allowed = self._allowed(query)
        if not allowed.any():
            return []
        scores = self._score(query)
        stems, parts, grams = (np.where(allowed, values, 0.0).astype(np.float32) for values in scores[:3])
        dense = np.where(allowed, scores.dense, -1.0).astype(np.float32)
        samples = np.where(allowed, scores.samples, 0.0).astype(np.float32)
        fused = fuse_scores(FieldScores(stems, parts, grams, dense, samples), self._languages != query.language)
        if query.document_ids:
            named = np.isin(self._documents, query.document_ids)
            fused = (fused + NAMED_DOCUMENT_BONUS * (named & allowed)).astype(np.float32) / np.float32(
                1 + NAMED_DOCUMENT_BONUS
            )
        lexical = scores.stems + scores.parts + scores.grams
        order = np.lexsort((np.arange(len(fused)), -fused))
        order = order[(fused[order] > 0) & allowed[order]][: max(top_k, RERANKED)]
        dense_ranks = _ranks(np.where(allowed, scores.dense, -1.0))
        lexical_ranks = _ranks(np.where(allowed, lexical, 0.0))
        hits = [
            Hit(
                passage=self._passages[i],
                rank=rank,
                scores=Scores(
                    dense=float(scores.dense[i]) if scores.dense[i] > -1 else None,
                    dense_rank=int(dense_ranks[i]) if scores.dense[i] > -1 else None,
                    lexical=float(lexical[i]),
                    lexical_rank=int(lexical_ranks[i]) if lexical[i] > 0 else None,
                    fused=float(min(1.0, fused[i])),
                ),
            )
            for rank, i in enumerate(order, start=1)
        ]
        if self._reranker is not None:
            hits = self._reranker.rerank(query, hits[:RERANKED]) + hits[RERANKED:]
        return hits[:top_k]

    def _allowed(self, query: Query) -> NDArray[np.bool_]:
        """Passages that may be found: by kind and language, and only one language of a translated document."""
        allowed = ~self._translated | (self._languages == query.language)
        if query.kinds:
            allowed &= np.isin(self._kinds, query.kinds)
        if query.languages:
            allowed = np.isin(self._languages, query.languages) & (
                np.isin(self._kinds, query.kinds) if query.kinds else True
            )
        return np.asarray(allowed)

    def _score(self, query: Query) -> FieldScores:
        lexical = [np.zeros(len(self._passages), dtype=np.float32) for _ in range(3)]
        self._add_terms(lexical, query.text, query.language, weight=1.0)
        by_language: dict[tuple[Language, float], list[str]] = {}
        for expansion in self.glossary.expand(query.text, query.language):
            by_language.setdefault((expansion.language, expansion.weight), []).append(expansion.text)
        for (language, weight), texts in by_language.items():
            self._add_terms(lexical, "\n".join(texts), language, weight=weight, grams=False)
        dense = np.full(len(self._passages), -1.0, dtype=np.float32)
        vector = self._embedder.embed_query(query.text)
        near = self._generation.vectors.search(
            vector, top_k=DENSE_CANDIDATES, kinds=query.kinds, languages=query.languages
        )
        for passage_id, similarity in near:
            position = self._position.get(passage_id)
            if position is not None:
                dense[position] = similarity
        return FieldScores(lexical[0], lexical[1], lexical[2], dense, self._score_samples(query))

    def _score_samples(self, query: Query) -> NDArray[np.float32]:
        likeness = self._generation.samples.liken(query.text, query.language, name_words=query.name_words)
        scores = np.zeros(len(self._passages), dtype=np.float32)
        known = self._passage_of_sentence >= 0
        np.maximum.at(scores, self._passage_of_sentence[known], likeness.whole[known])
        return scores

    def _add_terms(
        self, lexical: list[NDArray[np.float32]], text: str, language: Language, *, weight: float, grams: bool = True
    ) -> None:
        terms = self._generation.analyser.terms(text, language)
        scores = self._generation.lexical.scores(
            stems=terms.stems, parts=terms.parts, grams=terms.grams if grams else ()
        )
        for total, values in zip(lexical, scores, strict=True):
            total += weight * values


def _ranks(values: NDArray[np.float32]) -> NDArray[np.int64]:
    """Rank of each value, 1 for the largest; equal values in order of position."""
    ranks = np.empty(len(values), dtype=np.int64)
    ranks[np.lexsort((np.arange(len(values)), -values))] = np.arange(1, len(values) + 1)
    return ranks
