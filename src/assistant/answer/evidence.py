"""Sixth step: reads the likeliest documents line by line and judges which lines belong to the answer."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from assistant.answer.document_features import measure_documents
from assistant.answer.draft import DocumentReading, Draft, nameless_words
from assistant.answer.facts import field_evidence
from assistant.answer.line_features import FEATURES, AskedQuestion, QuestionReader, measure_lines
from assistant.answer.lines import LineReader, Lines
from assistant.answer.question_type import Field, asked_fields
from assistant.domain.answers import Evidence, Hit
from assistant.domain.ports import Library
from assistant.domain.quoting import definition_evidence, edition
from assistant.domain.values import Language, Passage
from assistant.learned.wording import Wording

READ_DOCUMENTS = 8
"""Documents that are read, the likeliest first; named ones are read besides."""
NAMED_DOCUMENTS = 6
WHOLE_DOCUMENT = 150
"""Sentences up to which a document is read whole; of a longer one only what surrounds the hits."""
AROUND_HIT = 2
"""Passages read on each side of a hit in a long document."""
KEPT = 40
_DOCUMENT, _DOCUMENT_LEAD = FEATURES.index("document"), FEATURES.index("document_lead")
FIELD_STRENGTHS = (1.0, 0.6, 0.4)
"""How much a recorded value counts for the field asked for most, second and third most clearly."""


class Samples(Protocol):
    """Sample questions of sentences."""

    @property
    def sentences(self) -> Mapping[tuple[str, int], int]:
        """Number of each sentence that has samples, by document id and start."""

    def liken(self, text: str, language: Language, *, name_words: frozenset[str] = ...) -> SampleLikeness:
        """How much a question is like the samples of each sentence."""


class SampleLikeness(Protocol):
    """Values between 0 and 1, each float32 (n_sentences,)."""

    @property
    def whole(self) -> NDArray[np.float32]: ...  # noqa: D102
    @property
    def grams(self) -> NDArray[np.float32]: ...  # noqa: D102
    @property
    def stems(self) -> NDArray[np.float32]: ...  # noqa: D102
    @property
    def meaning(self) -> NDArray[np.float32]: ...  # noqa: D102


class DocumentLikeness(Protocol):
    """Values between 0 and 1."""

    @property
    def whole(self) -> float: ...  # noqa: D102
    @property
    def asked(self) -> float: ...  # noqa: D102


LikenDocuments = Callable[[str, Language, frozenset[str]], Mapping[str, DocumentLikeness]]
"""From a question, its language and the folded words that name its subject, to how much it is like documents, by their ids."""
Judge = Callable[[NDArray[np.float32]], NDArray[np.float32]]
"""From features, float32 (n, n_features), to n probabilities."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Found:
    """What the search says of one document."""

    document_id: str
    hits: tuple[Hit, ...]
    score: float
    rank: float
    """1 / rank among documents; 0 for one read only because it is named."""
    margin: float
    """Score less the best score of another document."""


class SelectEvidence:
    """Judges lines; the same for a fact sheet, a web page and a page of a PDF."""

    def __init__(
        self,
        library: Library,
        *,
        lines: LineReader,
        questions: QuestionReader,
        samples: Samples,
        liken_documents: LikenDocuments,
        judge_documents: Judge,
        judge_lines: Judge,
        known_share: Callable[[str, Language], float],
        judge_wording: Callable[[str], Wording],
    ) -> None:
        self._library = library
        self._lines = lines
        self._questions = questions
        self._samples = samples
        self._liken_documents = liken_documents
        self._judge_documents = judge_documents
        self._judge_lines = judge_lines
        self._known_share = known_share
        self._judge_wording = judge_wording

    def __call__(self, draft: Draft) -> Draft:
        """Set `readings` and `evidence`, best first."""
        readings = self.read(draft)
        if readings:
            write_document_probabilities(readings, self._judge_documents(document_rows(readings)))
            probabilities = self._judge_lines(np.concatenate([reading.features for reading in readings]))
            bounds = np.cumsum([len(reading.lines) for reading in readings])[:-1]
            for reading, own in zip(readings, np.split(probabilities, bounds), strict=True):
                reading.probabilities[:] = np.where(reading.lines.quotable, own, 0.0)
        evidence = sorted(
            (item for reading in readings for item in self._evidence_of(reading)),
            key=lambda e: (-e.score, e.passage.document_id, e.sentence.start),
        )[:KEPT]
        seen: list[dict[str, Any]] = [
            {"document_id": e.passage.document_id, "text": e.text[:120], "score": round(e.score, 3)}
            for e in evidence[:8]
        ]
        return replace(self.measure_question(draft), readings=tuple(readings), evidence=tuple(evidence)).noting(
            "evidence", documents=[reading.lines.document_id for reading in readings], best=seen
        )

    def warm(self, should_stop: Callable[[], bool] = lambda: False) -> None:
        """Analyse every document that is read whole, so that the first questions are as quick as later ones."""
        for document in self._library.documents():
            if should_stop():
                return
            passages = self._library.passages(document.id)
            if passages and sum(len(passage.sentences) for passage in passages) <= WHOLE_DOCUMENT:
                self._lines.read(document.id, passages)

    def measure_question(self, draft: Draft) -> Draft:
        """Set what the gate takes from the question alone."""
        return replace(
            draft,
            known_words=self._known_share(draft.text, draft.text_language),
            wording=self._judge_wording(" ".join(nameless_words(draft))),
        )

    def read(self, draft: Draft) -> list[DocumentReading]:
        """The documents that are read for a question, measured but not judged."""
        return self._measure_all(draft, self._documents(draft))

    def read_document(self, draft: Draft, document_id: str) -> DocumentReading:
        """One document measured outside any search."""
        found = _Found(document_id=document_id, hits=(), score=0.0, rank=0.0, margin=0.0)
        (reading,) = self._measure_all(draft, [found])
        write_document_probabilities([reading], np.ones(1, dtype=np.float32))
        return reading

    def _measure_all(self, draft: Draft, documents: Sequence[_Found]) -> list[DocumentReading]:
        texts = [self._lines.read(found.document_id, self._passages_to_read(found)) for found in documents]
        asked = self._questions.read(draft.text, draft.text_language)
        fields = asked_fields(draft.text)
        samples = self._sample_values(draft, texts)
        likeness = self._liken_documents(draft.text, draft.text_language, draft.name_words)
        for lines, values in zip(texts, samples, strict=True):
            if (own := likeness.get(lines.document_id)) is not None:
                values["document_whole"], values["document_asked"] = own.whole, own.asked
        return [
            self._measure(draft, asked, fields, found, lines, own)
            for found, lines, own in zip(documents, texts, samples, strict=True)
        ]

    def _sample_values(self, draft: Draft, texts: Sequence[Lines]) -> list[dict[str, NDArray[np.float32] | float]]:
        """For each document: how much the question is like the sample questions of each line."""
        likeness = self._samples.liken(draft.text, draft.text_language, name_words=draft.name_words)
        numbers = [
            np.array(
                [
                    -1 if place is None else self._samples.sentences.get((lines.document_id, place[1].start), -1)
                    for place in lines.places
                ]
            )
            for lines in texts
        ]
        columns = (
            ("sample", likeness.whole), ("sample_grams", likeness.grams), ("sample_stems", likeness.stems), ("sample_meaning", likeness.meaning),
        )  # fmt: skip
        found: list[dict[str, NDArray[np.float32] | float]] = []
        for own in numbers:
            known = own >= 0
            values: dict[str, NDArray[np.float32] | float] = {}
            for name, all_values in columns:
                column = np.zeros(len(own), dtype=np.float32)
                column[known] = all_values[own[known]]
                values[name] = column
            found.append(values)
        best = [float(np.max(values["sample"])) for values in found]
        for i, values in enumerate(found):
            values["sample_best"] = best[i]
            values["sample_gap"] = np.asarray(best[i] - values["sample"], dtype=np.float32)
            values["sample_lead"] = best[i] - max((other for j, other in enumerate(best) if j != i), default=0.0)
        return found

    def _documents(self, draft: Draft) -> list[_Found]:
        """The documents with the best hits, then named ones that were not found."""
        by_document: dict[str, list[Hit]] = {}
        for hit in draft.hits:
            by_document.setdefault(hit.passage.document_id, []).append(hit)
        ranked = sorted(by_document.items(), key=lambda item: (-item[1][0].scores.fused, item[0]))
        best = [hits[0].scores.fused for _, hits in ranked]
        found = [
            _Found(
                document_id=document_id, hits=tuple(hits), score=best[i], rank=1.0 / (i + 1),
                margin=best[i] - max((score for j, score in enumerate(best) if j != i), default=0.0),
            )
            for i, (document_id, hits) in enumerate(ranked[:READ_DOCUMENTS])
        ]  # fmt: skip
        read = {item.document_id for item in found}
        kinds = draft.question.kinds
        for base in draft.document_ids[:NAMED_DOCUMENTS]:
            own = edition(base, draft.text_language, self._library)
            document = self._library.document(own)
            if document is not None and own not in read and (not kinds or document.kind in kinds):
                hits = by_document.get(own, [])
                score = hits[0].scores.fused if hits else 0.0
                found.append(
                    _Found(
                        document_id=own, hits=tuple(hits), score=score, rank=0.0, margin=score - max(best, default=0.0)
                    )
                )
        return found

    def _measure(
        self,
        draft: Draft,
        asked: AskedQuestion,
        fields: Sequence[Field],
        found: _Found,
        lines: Lines,
        samples: Mapping[str, NDArray[np.float32] | float],
    ) -> DocumentReading:
        hit_of = {hit.passage.id: hit for hit in found.hits}
        score, rank, strength, outdated, first = (np.zeros(len(lines), dtype=np.float32) for _ in range(5))
        stated = self._stated_fields(found.document_id, fields)
        for i, place in enumerate(lines.places):
            if place is None:
                continue
            passage, sentence = place
            hit = hit_of.get(passage.id)
            if hit is not None:
                score[i], rank[i] = hit.scores.fused, 1.0 / hit.rank
            strength[i], outdated[i] = stated.get(sentence.start, (0.0, False))
            first[i] = passage.ordinal == 0 and sentence.start == passage.sentences[0].start
        facts = self._library.facts(found.document_id)
        place_values: dict[str, NDArray[np.float32] | float] = {
            **samples,
            "passage_score": score, "passage_rank": rank, "document_score": found.score, "document_rank": found.rank, "document_margin": found.margin,
            "named": float(found.document_id.removesuffix(".en") in draft.document_ids), "any_named": float(bool(draft.document_ids)), "field": strength,
            "fields_asked": float(min(len(fields), 3)), "outdated": outdated, "sheet": float(bool(facts) or found.document_id.startswith("policy/")), "first": first,
            "other_language": float(lines.language != draft.text_language),
        }  # fmt: skip
        features = measure_lines(asked, lines, place_values)
        return DocumentReading(lines=lines, features=features, probabilities=np.zeros(len(lines), dtype=np.float32))

    def _passages_to_read(self, found: _Found) -> Sequence[Passage]:
        passages = self._library.passages(found.document_id)
        if sum(len(passage.sentences) for passage in passages) <= WHOLE_DOCUMENT:
            return passages
        wanted = {
            near for hit in found.hits[:READ_DOCUMENTS]
            for near in range(hit.passage.ordinal - AROUND_HIT, hit.passage.ordinal + AROUND_HIT + 1)
        }  # fmt: skip
        around = [passage for passage in passages if passage.ordinal in wanted]
        return around or passages[: 2 * AROUND_HIT + 1]

    def _stated_fields(self, document_id: str, fields: Sequence[Field]) -> dict[int, tuple[float, bool]]:
        """For starts of sentences that state an asked field: how clearly it is asked, and whether the value is outdated."""
        facts = self._library.facts(document_id)
        outdated = {
            entry["sentence"] for entries in facts.values() if isinstance(entries, list) for entry in entries
            if isinstance(entry, dict) and entry.get("outdated")
        }  # fmt: skip
        stated: dict[int, tuple[float, bool]] = {}
        for strength, field in zip(FIELD_STRENGTHS, fields, strict=False):
            found = field_evidence(self._library, document_id, field)
            if field == "definition" and facts:
                first = definition_evidence(self._library, document_id)
                found = [first] if first else []
            for evidence in found:
                stated.setdefault(evidence.sentence.start, (strength, evidence.sentence.label in outdated))
        return stated

    def _evidence_of(self, reading: DocumentReading) -> Iterable[Evidence]:
        sources = self._library.sources(reading.lines.document_id)
        for place, text, probability in zip(
            reading.lines.places, reading.lines.texts, reading.probabilities, strict=True
        ):
            if place is not None:
                passage, sentence = place
                yield Evidence(
                    passage=passage, sentence=sentence, text=text, sources=tuple(sources[i] for i in sentence.sources), score=float(probability)
                )  # fmt: skip


def document_rows(readings: Sequence[DocumentReading]) -> NDArray[np.float32]:
    """Features of the documents read for one question, float32 (n_documents, len(DOCUMENT_FEATURES))."""
    return measure_documents(
        [reading.lines.document_id for reading in readings],
        [reading.features for reading in readings],
        [reading.lines.quotable for reading in readings],
    )


def write_document_probabilities(readings: Sequence[DocumentReading], probabilities: NDArray[np.float32]) -> None:
    """Write how likely each document is, and its lead over the others, into the features of its lines."""
    for number, reading in enumerate(readings):
        others = [float(p) for i, p in enumerate(probabilities) if i != number]
        reading.features[:, _DOCUMENT] = probabilities[number]
        reading.features[:, _DOCUMENT_LEAD] = probabilities[number] - max(others, default=0.0)


def sentence_key(evidence: Evidence) -> tuple[str, int]:
    """Identity of a sentence across steps."""
    return evidence.passage.document_id, evidence.sentence.start
