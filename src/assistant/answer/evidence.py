"""Fifth step: which sentences belong to the answer."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from assistant.answer.draft import Draft
from assistant.answer.facts import definition_evidence, edition, field_evidence
from assistant.answer.features import EvidenceFeatures
from assistant.answer.names import NameIndex
from assistant.answer.question_type import Field, answer_type, asked_fields
from assistant.domain.answers import Evidence, Hit
from assistant.domain.ports import Library
from assistant.domain.values import Language, Passage
from assistant.language.analysis import Analyser
from assistant.language.quantities import quantities

READ_PASSAGES = 10
"""Passages whose sentences are weighed."""
NAMED_READ_DOCUMENTS = 3
KEPT = 24

_QUANTITY_OF_TYPE = {
    "money": {"money"}, "percent": {"percent"}, "date": {"date", "year"}, "duration": {"duration", "date"},
    "count": {"number", "money", "percent", "duration"}, "contact": {"email", "phone", "url"},
}  # fmt: skip


class WordWeights:
    """How telling a word is, by its rarity in the corpus."""

    def __init__(self, idf: Callable[[str], float], *, highest: float) -> None:
        """Take the rarity of stems from `idf`, whose value for a stem that never occurs is `highest`."""
        self._idf = idf
        self._highest = highest

    def known_share(self, stems: Iterable[str]) -> float:
        """Weighed share of stems that occur in the corpus at all; 1 when there are none."""
        weights = [self._idf(stem) for stem in dict.fromkeys(stems)]
        return sum(w for w in weights if w < self._highest) / sum(weights) if weights else 1.0

    def share(self, wanted: Iterable[str], found: frozenset[str]) -> float:
        """Weighed share of `wanted` stems that are `found`; 0 when nothing is wanted."""
        total = matched = 0.0
        for stem in wanted:
            weight = self._idf(stem)
            total += weight
            if stem in found:
                matched += weight
        return matched / total if total else 0.0


Synonyms = Callable[[str, Language], dict[str, frozenset[str]]]
"""For a question: stems that may stand for each of its stems, by stem."""
Embed = Callable[[Sequence[str]], NDArray[np.float32]]
Scorer = Callable[[NDArray[np.float32]], NDArray[np.float32]]
"""From features, float32 (n_sentences, n_features), to the probability that each sentence belongs to the answer."""


class SelectEvidence:
    """Reads the best passages, and all of a named document, sentence by sentence."""

    def __init__(
        self,
        library: Library,
        names: NameIndex,
        analyser: Analyser,
        *,
        weights: WordWeights,
        synonyms: Synonyms,
        embed: Embed,
        score: Scorer,
    ) -> None:
        self._library = library
        self._names = names
        self._analyser = analyser
        self._weights = weights
        self._synonyms = synonyms
        self._embed = embed
        self._score = score

    def __call__(self, draft: Draft) -> Draft:
        """Set `evidence`, best first."""
        candidates, features = self.candidates(draft)
        scores = self._score(np.stack([f.vector() for f in features])) if features else ()
        found = sorted(
            (replace(candidate, score=float(score)) for candidate, score in zip(candidates, scores, strict=True)),
            key=lambda e: (-e.score, e.passage.document_id, e.sentence.start),
        )[:KEPT]
        seen: list[dict[str, Any]] = [
            {"document_id": e.passage.document_id, "text": e.text[:120], "score": round(e.score, 3)} for e in found[:8]
        ]
        by_sentence = {sentence_key(e): f for e, f in zip(candidates, features, strict=True)}
        known = self._weights.known_share(self._analyser.stems(draft.text, draft.language))
        return replace(draft, evidence=tuple(found), features=by_sentence, known_words=known).noting(
            "evidence", candidates=len(candidates), best=seen
        )

    def candidates(self, draft: Draft) -> tuple[list[Evidence], list[EvidenceFeatures]]:
        """All sentences weighed for a question, with their features, in the order of reading."""
        passages = self._passages_to_read(draft)
        pairs = [(passage, sentence) for passage, _ in passages for sentence in passage.sentences]
        if not pairs:
            return [], []
        hit_of = {passage.id: hit for passage, hit in passages}
        texts = [self._library.text(p.document_id)[s.start : s.end] for p, s in pairs]
        question_vector = self._embed([draft.text])[0]
        similarities = (
            self._embed([f"{p.title}\n{t}" for (p, _), t in zip(pairs, texts, strict=True)]) @ question_vector
        )
        fields = asked_fields(draft.text)
        stated = self._stated_fields(draft, fields, {p.document_id for p, _ in passages})
        question = _QuestionWords.read(draft, self._names, self._analyser, self._synonyms)
        wanted_type = answer_type(draft.text)
        evidence: list[Evidence] = []
        features: list[EvidenceFeatures] = []
        context_stems: dict[tuple[str, ...], frozenset[str]] = {}
        for (passage, sentence), text, similarity in zip(pairs, texts, similarities, strict=True):
            key = (passage.document_id, *passage.heading)
            if key not in context_stems:
                context_stems[key] = self._stems(f"{passage.title} {' '.join(passage.heading)}", passage.language)
            own = self._stems(text, passage.language)
            around = own | context_stems[key]
            wanted = question.for_document(passage.document_id)
            hit = hit_of[passage.id]
            strength, outdated = stated.get((passage.document_id, sentence.start), (0.0, False))
            features.append(
                EvidenceFeatures(
                    coverage=self._weights.share(wanted, own),
                    context_coverage=self._weights.share(wanted, around),
                    synonym_coverage=self._weights.share(wanted, question.matched(wanted, around)),
                    similarity=float(similarity),
                    passage_score=hit.scores.fused if hit else 0.0,
                    rank=1.0 / hit.rank if hit else 0.0,
                    named=float(passage.document_id.removesuffix(".en") in draft.document_ids),
                    field=strength,
                    type_fits=_type_fits(wanted_type, text, passage.language),
                    first=float(passage.ordinal == 0 and sentence.start == passage.sentences[0].start),
                    outdated=float(outdated),
                )
            )
            sources = self._library.sources(passage.document_id)
            evidence.append(
                Evidence(
                    passage=passage, sentence=sentence, text=text, sources=tuple(sources[i] for i in sentence.sources)
                )
            )
        return evidence, features

    def _passages_to_read(self, draft: Draft) -> list[tuple[Passage, Hit | None]]:
        """The best hits, then the remaining passages of documents that the question names."""
        hits = {hit.passage.id: hit for hit in draft.hits}
        result: list[tuple[Passage, Hit | None]] = [(hit.passage, hit) for hit in draft.hits[:READ_PASSAGES]]
        taken = {passage.id for passage, _ in result}
        for document_id in draft.document_ids[:NAMED_READ_DOCUMENTS]:
            own = edition(document_id, draft.language, self._library)
            if self._library.document(own) is None:
                continue
            for passage in self._library.passages(own):
                if passage.id not in taken:
                    result.append((passage, hits.get(passage.id)))
        return result

    def _stated_fields(
        self, draft: Draft, fields: Sequence[Field], document_ids: set[str]
    ) -> dict[tuple[str, int], tuple[float, bool]]:
        """For sentences that state an asked field: how clearly it is asked, and whether the value is outdated."""
        stated: dict[tuple[str, int], tuple[float, bool]] = {}
        for document_id in sorted(document_ids):
            facts = self._library.facts(document_id)
            outdated = {
                entry["sentence"] for entries in facts.values() if isinstance(entries, list) for entry in entries
                if isinstance(entry, dict) and entry.get("outdated")
            }  # fmt: skip
            for position, field in enumerate(fields[:3]):
                strength = (1.0, 0.6, 0.4)[position]
                found = field_evidence(self._library, document_id, field)
                if field == "definition":
                    first = definition_evidence(self._library, document_id)
                    found = [first] if first else []
                for evidence in found:
                    key = (document_id, evidence.sentence.start)
                    stated.setdefault(key, (strength, evidence.sentence.label in outdated))
        return stated

    def _stems(self, text: str, language: Language) -> frozenset[str]:
        terms = self._analyser.terms(text, language)
        return frozenset(terms.stems) | frozenset(terms.parts)


@dataclass(frozen=True, slots=True, kw_only=True)
class _QuestionWords:
    """The words a sentence has to hold to answer the question."""

    stems: tuple[str, ...]
    name_stems: frozenset[str]
    named: frozenset[str]
    synonyms: dict[str, frozenset[str]]

    @classmethod
    def read(cls, draft: Draft, names: NameIndex, analyser: Analyser, synonyms: Synonyms) -> _QuestionWords:
        name_words = names.find(draft.text).words
        stems = tuple(dict.fromkeys(analyser.stems(draft.text, draft.language)))
        name_stems = frozenset(analyser.stems(" ".join(name_words), draft.language))
        return cls(
            stems=stems,
            name_stems=name_stems,
            named=frozenset(draft.document_ids),
            synonyms=synonyms(draft.text, draft.language),
        )

    def for_document(self, document_id: str) -> tuple[str, ...]:
        """Stems to be covered: a named document's sentences need not repeat its name."""
        if document_id.removesuffix(".en") in self.named:
            return tuple(stem for stem in self.stems if stem not in self.name_stems)
        return self.stems

    def matched(self, wanted: Iterable[str], found: frozenset[str]) -> frozenset[str]:
        """Wanted stems that stand in `found` themselves or by a synonym."""
        return frozenset(stem for stem in wanted if stem in found or self.synonyms.get(stem, frozenset()) & found)


def _type_fits(wanted: str, text: str, language: Language) -> float:
    kinds = _QUANTITY_OF_TYPE.get(wanted)
    if kinds is None:
        return 0.5
    return float(any(quantity.kind in kinds for quantity in quantities(text, language)))


def sentence_key(evidence: Evidence) -> tuple[str, int]:
    """Identity of a sentence across steps."""
    return evidence.passage.document_id, evidence.sentence.start
