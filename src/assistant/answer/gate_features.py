"""What is measured of a whole search, for the learned decision whether the question is answered at all."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import NDArray

from assistant.answer.asked_types import ASKED_TYPES, QUESTION_KINDS
from assistant.answer.asked_values import VALUE_FEATURES, measure_values
from assistant.answer.draft import DocumentReading, Draft, nameless_words
from assistant.answer.line_features import FEATURES
from assistant.answer.uncovered import UNCOVERED, measure_uncovered
from assistant.domain.values import Language
from assistant.language.analysis import Analyser
from assistant.learned.ordinary_words import OrdinaryWords
from assistant.learned.question_neighbours import Neighbourhood

_OF_BEST_LINE = (
    "cover", "cover_grams", "cover_here", "cover_grams_here", "synonyms", "soft", "soft_least", "similar", "similar_here", "cover_near", "synonyms_near",
    "heading_grams", "heading_synonyms", "section_grams", "section_similar", "section_synonyms", "held", "held_any", "held_rare", "rare", "rare_section",
    "passage_score", "passage_rank", "sample", "sample_grams", "sample_stems", "sample_meaning", "sample_gap", "rest", "rest_soft", "rest_near", "field", "outdated", "first", "shape_characters",
)  # fmt: skip
"""Features of the likeliest line that are taken over."""
_OF_DOCUMENT = (
    "lines", "all_cover", "all_grams", "all_synonyms", "all_soft", "all_soft_least", "text_similar", "best_similar", "best_grams", "best_soft",
    "title_grams", "title_similar", "title_synonyms", "rarest", "rare_text", "document", "document_lead", "document_score", "document_rank", "document_margin",
    "sample_best", "sample_lead", "document_whole", "document_asked", "named", "any_named", "sheet", "fields_asked", "stems", "types", "english", "other_language",
    *(f"asks_{kind.name}" for kind in ASKED_TYPES), *(f"is_{name}" for name, _ in QUESTION_KINDS),
)  # fmt: skip
"""Features that all lines of a document share."""
_OF_PROBABILITIES = (
    "p1",
    "p2",
    "p3",
    "p5",
    "p_sum",
    "p_mean",
    "p_spread",
    "p_other",
    "documents",
    "agreement",
    "known_words",
    "same_document",
    "wording",
    *(f"judged_{name}" for name in Neighbourhood._fields),
)
GATE_FEATURES: tuple[str, ...] = (*_OF_PROBABILITIES, *UNCOVERED, *VALUE_FEATURES, *_OF_BEST_LINE, *_OF_DOCUMENT)
"""Columns of `measure_gate`, in order."""
OF_EACH, OF_ALL = 8, 12
"""Lines of each document, and of all together, that are looked at for the words and values asked for."""

_COLUMN = {name: i for i, name in enumerate(FEATURES)}


class KnownWords:
    """Which of a question's words the index holds at all."""

    def __init__(self, analyser: Analyser, rarity: Callable[[str], float]) -> None:
        """Take the rarity of stems from `rarity`; a stem that never occurs has the highest of all."""
        self._analyser = analyser
        self._rarity = rarity
        self._highest = rarity("\0")

    def share(self, text: str, language: Language) -> float:
        """Share of the question's stems that occur, each weighed by its rarity; 1 when there are none."""
        weights = [self._rarity(stem) for stem in dict.fromkeys(self._analyser.stems(text, language))]
        return sum(w for w in weights if w < self._highest) / sum(weights) if weights else 1.0


def measure_gate(draft: Draft) -> NDArray[np.float32]:
    """Gate features of a judged draft, float32 (len(GATE_FEATURES),); at least one document must have been read."""
    leading = leading_reading(draft.readings)
    best = int(leading.probabilities.argmax())
    ordered = np.sort(leading.probabilities)[::-1]
    others = [float(reading.probabilities.max()) for reading in draft.readings if reading is not leading]
    first_hits = draft.hits[:5]
    values: dict[str, float] = {
        "p1": float(ordered[0]), "p2": _at(ordered, 1), "p3": _at(ordered, 2), "p5": _at(ordered, 4), "p_sum": float(ordered.sum()),
        "p_mean": float(ordered.mean()), "p_spread": float(ordered.std()), "p_other": max(others, default=0.0), "documents": float(len(draft.readings)),
        "agreement": _agreement(draft), "known_words": draft.known_words, "wording": draft.wording.log_odds,
        "same_document": sum(h.passage.document_id == leading.lines.document_id for h in first_hits) / max(1, len(first_hits)),
    }  # fmt: skip
    values |= {f"judged_{name}": value for name, value in draft.wording.neighbourhood._asdict().items()}
    sentences = _likeliest_sentences(draft.readings)
    values |= measure_values(draft.text, sentences)
    values |= measure_uncovered(nameless_words(draft), leading.lines.vocabulary, sentences, OrdinaryWords.load())
    row = leading.features[best]
    return np.array(
        [values[name] if name in values else row[_COLUMN[name]] for name in GATE_FEATURES], dtype=np.float32
    )


def _likeliest_sentences(readings: Sequence[DocumentReading]) -> list[tuple[float, str]]:
    """Probability and text of the likeliest lines of all documents, likeliest first."""
    found = [
        (float(reading.probabilities[i]), reading.lines.texts[i])
        for reading in readings
        for i in np.argsort(-reading.probabilities, kind="stable")[:OF_EACH]
    ]
    return sorted(found, key=lambda line: -line[0])[:OF_ALL]


def leading_reading(readings: Sequence[DocumentReading]) -> DocumentReading:
    """The document that holds the likeliest line; there must be one."""
    return max(readings, key=lambda reading: float(reading.probabilities.max()))


def _at(values: NDArray[np.float32], index: int) -> float:
    return float(values[index]) if index < len(values) else 0.0


def _agreement(draft: Draft) -> float:
    """Share of the first five hits that both rankings place among their first ten."""
    first = draft.hits[:5]
    agreeing = [
        hit for hit in first
        if hit.scores.dense_rank is not None and hit.scores.dense_rank <= 10
        and hit.scores.lexical_rank is not None and hit.scores.lexical_rank <= 10
    ]  # fmt: skip
    return len(agreeing) / max(1, len(first))
