"""What is measured of every line of a document with regard to a question, for the learned selector.

Everything is comparable between questions and documents: shares, similarities, distances and ranks, never raw scores of a search.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from assistant.answer.asked_types import ASKED_TYPES, QUESTION_KINDS, question_kinds, types_asked
from assistant.answer.lines import NO_LINE, SHAPE, Lines
from assistant.domain.values import Language
from assistant.language.analysis import Analyser, stop_words
from assistant.language.words import plain_words
from assistant.learned.embedder import StaticEmbedder

Floats = NDArray[np.float32]
SYNONYM_SHARE = 0.8
"""A line that holds a glossary word instead of the question's own counts so much of it."""
IDENTITY_SHARE = 0.15
"""What a word still counts that only says which document is meant."""
ABSENT = -0.1
"""Stands for a neighbour, heading or introduction that does not exist; below every real value."""

_NEIGHBOURS = (1, 2, 3)
PLACE = (
    "document", "document_lead", "sample", "sample_grams", "sample_stems", "sample_meaning", "sample_gap", "sample_best", "sample_lead",
    "document_whole", "document_asked", "passage_score", "passage_rank", "document_score", "document_rank", "document_margin", "named", "any_named", "field", "fields_asked", "outdated", "sheet", "first", "other_language",
)  # fmt: skip
"""What the search and the recorded values say of a line; zero where a document is read outside a search.

`document` and `document_lead`, how likely the document is to be the right one and by how much it leads, are written afterwards.
"""
_OF_LINE = (
    "cover", "cover_grams", "cover_here", "cover_grams_here", "synonyms", "soft", "soft_here", "soft_least", "similar", "similar_here",
    "rest", "rest_soft", "rest_near", "rest_section", "gap_rest", "gap_rest_soft", "cover_near", "cover_grams_near", "synonyms_near", "soft_near", "similar_near", "cover_grams_wide",
    "gap_cover", "gap_grams", "gap_soft", "gap_similar", "gap", "rank", "rank_share", "from_best", "distance", "same_section",
    "heading_grams", "heading_similar", "heading_synonyms", "heading_away", "intro_away", "intro_grams", "intro_asked",
    "section_grams", "section_similar", "section_soft", "section_synonyms", "section_held", "gap_section_grams", "gap_section_similar", "gap_section_soft", "gap_section_held",
    "held", "held_any", "held_rare", "held_near", "held_around", "rare", "rare_section", "position", "position_share",
)  # fmt: skip
_OF_NEIGHBOURS = tuple(
    f"{side}_{value}_{step}" for step in _NEIGHBOURS for side in ("before", "after") for value in ("match", "grams")
)
_OF_TEXT = ("lines", "all_cover", "all_grams", "all_synonyms", "all_soft", "all_soft_least", "text_similar", "best_similar", "best_grams", "best_soft", "title_grams", "title_similar", "title_synonyms", "rarest", "rare_text")  # fmt: skip
_OF_QUESTION = ("stems", "types", "english", *(f"asks_{kind.name}" for kind in ASKED_TYPES), *(f"is_{name}" for name, _ in QUESTION_KINDS))  # fmt: skip
FEATURES: tuple[str, ...] = (
    *_OF_LINE, *_OF_NEIGHBOURS, *(f"shape_{name}" for name in SHAPE), *(f"holds_{kind.name}" for kind in ASKED_TYPES), *_OF_TEXT, *_OF_QUESTION, *PLACE,
)  # fmt: skip
"""Columns of `measure_lines`, in order."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """A question's words as a text of one language would hold them."""

    stems: tuple[str, ...]
    """Stems and compound parts, each once."""
    stem_weights: Floats
    """Rarity of each stem in the index."""
    grams: tuple[str, ...]
    gram_weights: Floats
    synonyms: tuple[tuple[str, ...], ...]
    """For each stem: stems that may stand for it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AskedQuestion:
    """A question as the selector reads it."""

    words: Mapping[Language, Words]
    nearness: Floats
    """float32 (n_words, n_known_words): cosine of each content word to every word the embedder has met."""
    strengths: Floats
    """float32 (n_words,), sum 1: how telling each content word is."""
    content_stems: Mapping[Language, tuple[str, ...]]
    """Stem of each content word."""
    vector: Floats
    """float32 (dim,), of length 1."""
    types: NDArray[np.bool_]
    kinds: NDArray[np.bool_]
    language: Language


Rarity = Callable[[str], float]
Synonyms = Callable[[str, Language], Mapping[str, frozenset[str]]]


class QuestionReader:
    """Reads questions."""

    def __init__(
        self,
        analyser: Analyser,
        embedder: StaticEmbedder,
        *,
        stem_rarity: Rarity,
        gram_rarity: Rarity,
        synonyms: Synonyms,
    ) -> None:
        self._analyser = analyser
        self._embedder = embedder
        self._stem_rarity = stem_rarity
        self._gram_rarity = gram_rarity
        self._synonyms = synonyms

    def read(self, text: str, language: Language) -> AskedQuestion:
        """Read a question that is written in `language`; the documents it is to be measured against must be read before."""
        stop = stop_words(language)
        content = [word for word in plain_words(text) if word not in stop] or plain_words(text) or ["."]
        rows = self._embedder.word_rows(content)
        vectors = self._embedder.vectors[rows]
        lengths = np.maximum(np.linalg.norm(vectors, axis=1), 1e-9)
        total = vectors.sum(axis=0)
        synonyms = self._synonyms(text, language)
        return AskedQuestion(
            words={reading: self._words(text, reading, synonyms) for reading in ("de", "en")},
            nearness=self._embedder.nearness((vectors / lengths[:, None]).astype(np.float32)),
            strengths=(lengths / lengths.sum()).astype(np.float32),
            content_stems={
                reading: tuple(self._analyser.stem(word, reading) for word in content) for reading in ("de", "en")
            },
            vector=(total / max(float(np.linalg.norm(total)), 1e-9)).astype(np.float32),
            types=types_asked(text),
            kinds=question_kinds(text),
            language=language,
        )

    def _words(self, text: str, language: Language, synonyms: Mapping[str, frozenset[str]]) -> Words:
        terms = self._analyser.terms(text, language)
        stems = tuple(dict.fromkeys((*terms.stems, *terms.parts)))
        grams = tuple(dict.fromkeys(terms.grams))
        return Words(
            stems=stems,
            stem_weights=np.array([self._stem_rarity(stem) for stem in stems], dtype=np.float32),
            grams=grams,
            gram_weights=np.array([self._gram_rarity(gram) for gram in grams], dtype=np.float32),
            synonyms=tuple(tuple(sorted(synonyms.get(stem, ()))) for stem in stems),
        )


def measure_lines(asked: AskedQuestion, lines: Lines, place: Mapping[str, Floats | float]) -> Floats:
    """All features of all lines.

    Args:
        place: A value or one per line for each of `PLACE`; what is missing is zero.

    Returns:
        float32 (n_lines, len(FEATURES)).
    """
    n = len(lines)
    words = asked.words[lines.language]
    hits = lines.stems.hits(words.stems)
    gram_hits = lines.grams.hits(words.grams)
    by_synonym = np.maximum(hits, SYNONYM_SHARE * lines.stems.hits_of_any(words.synonyms))
    soft = np.maximum.reduceat(asked.nearness[:, lines.words], lines.first_word, axis=1).T
    here = (soft - soft.mean(axis=0)) / (soft.std(axis=0) + 0.05)
    centre = lines.vectors.mean(axis=0)
    apart = lines.vectors - centre

    cover = _share(hits, words.stem_weights)
    grams = _share(gram_hits, words.gram_weights)
    grams_here = _share(gram_hits, _weights_here(gram_hits, words.gram_weights))
    synonyms = _share(by_synonym, _weights_here(by_synonym, words.stem_weights))
    soft_mean = soft @ asked.strengths
    rest = _share(by_synonym, _weights_here(by_synonym, words.stem_weights) * _unlike(words.stems, lines.identity))
    rest_strengths = asked.strengths * _unlike(asked.content_stems[lines.language], lines.identity)
    rest_soft = here @ (rest_strengths / max(float(rest_strengths.sum()), 1e-9))
    soft_here = here @ asked.strengths
    similar = lines.vectors @ asked.vector
    similar_here = (apart @ asked.vector) / (np.linalg.norm(apart, axis=1) + 1e-9)
    held = _held(asked.types, lines.held)
    match = np.asarray(0.3 * (cover + grams + similar + soft_mean), dtype=np.float64)
    best = int(match.argmax())
    rank = np.empty(n)
    rank[np.argsort(-match, kind="stable")] = np.arange(n)
    near = {name: _around(values, 1) for name, values in (("cover", cover), ("grams", grams_here), ("synonyms", synonyms), ("soft", soft_here), ("similar", similar_here), ("held", held.any_share))}  # fmt: skip
    of_section = {name: _by_section(values, lines.section) for name, values in (("grams", grams_here), ("similar", similar_here), ("soft", soft_here), ("synonyms", synonyms), ("held", held.any_share))}  # fmt: skip
    rarest = int(words.stem_weights.argmax()) if len(words.stems) else 0
    rare = by_synonym[:, rarest] if len(words.stems) else np.zeros(n)
    whole = lines.vectors.sum(axis=0)
    numbers = np.arange(n)

    columns: dict[str, object] = {
        "cover": cover, "cover_grams": grams, "cover_here": _share(hits, _weights_here(hits, words.stem_weights)), "cover_grams_here": grams_here,
        "synonyms": synonyms, "soft": soft_mean, "soft_here": soft_here, "soft_least": soft.min(axis=1), "similar": similar, "similar_here": similar_here,
        "rest": rest, "rest_soft": rest_soft, "rest_near": _around(rest, 1), "rest_section": _by_section(rest, lines.section), "gap_rest": rest.max() - rest, "gap_rest_soft": rest_soft.max() - rest_soft,
        "cover_near": near["cover"], "cover_grams_near": near["grams"], "synonyms_near": near["synonyms"], "soft_near": near["soft"],
        "similar_near": near["similar"], "cover_grams_wide": _around(grams_here, 2),
        "gap_cover": cover.max() - cover, "gap_grams": grams_here.max() - grams_here, "gap_soft": soft_here.max() - soft_here,
        "gap_similar": similar_here.max() - similar_here, "gap": match[best] - match, "rank": rank, "rank_share": rank / n,
        "from_best": numbers - best, "distance": np.abs(numbers - best), "same_section": lines.section == lines.section[best],
        "heading_grams": _at(grams_here, lines.heading), "heading_similar": _at(similar_here, lines.heading), "heading_synonyms": _at(synonyms, lines.heading),
        "heading_away": np.where(lines.heading == NO_LINE, 99, numbers - lines.heading), "intro_away": np.where(lines.intro == NO_LINE, 50, numbers - lines.intro),
        "intro_grams": _at(grams_here, lines.intro), "intro_asked": _at(held.any_share, lines.intro),
        **{f"section_{name}": values for name, values in of_section.items()},
        **{f"gap_section_{name}": of_section[name].max() - of_section[name] for name in ("grams", "similar", "soft", "held")},
        "held": held.share, "held_any": held.any_share, "held_rare": held.rare, "held_near": near["held"], "held_around": _mean_around(held.any_share, 3),
        "rare": rare, "rare_section": _by_section(rare, lines.section), "position": numbers, "position_share": numbers / n,
        "lines": n, "all_cover": _share(hits.max(axis=0, keepdims=True), words.stem_weights)[0], "all_grams": _share(gram_hits.max(axis=0, keepdims=True), words.gram_weights)[0],
        "all_synonyms": _share(by_synonym.max(axis=0, keepdims=True), words.stem_weights)[0], "all_soft": float(soft.max(axis=0) @ asked.strengths), "all_soft_least": soft.max(axis=0).min(),
        "text_similar": float(whole @ asked.vector) / (float(np.linalg.norm(whole)) + 1e-9), "best_similar": similar.max(), "best_grams": grams.max(), "best_soft": soft_mean.max(),
        "title_grams": grams[0], "title_similar": similar[0], "title_synonyms": synonyms[0], "rarest": words.stem_weights.max(initial=0.0), "rare_text": rare.max(),
        "stems": len(words.stems), "types": int(asked.types.sum()), "english": asked.language == "en",
    }  # fmt: skip
    for step in _NEIGHBOURS:
        for value, values in (("match", match), ("grams", grams_here)):
            columns[f"before_{value}_{step}"] = _shifted(values, step)
            columns[f"after_{value}_{step}"] = _shifted(values, -step)
    columns.update({f"shape_{name}": lines.shape[:, i] for i, name in enumerate(SHAPE)})
    columns.update({f"holds_{kind.name}": lines.held[:, i] for i, kind in enumerate(ASKED_TYPES)})
    columns.update({f"asks_{kind.name}": asked.types[i] for i, kind in enumerate(ASKED_TYPES)})
    columns.update({f"is_{name}": asked.kinds[i] for i, (name, _) in enumerate(QUESTION_KINDS)})
    columns.update({name: place.get(name, 0.0) for name in PLACE})
    features = np.empty((n, len(FEATURES)), dtype=np.float32)
    for i, name in enumerate(FEATURES):
        features[:, i] = columns[name]  # type: ignore[call-overload]
    return features


@dataclass(frozen=True, slots=True, kw_only=True)
class _Held:
    """How far lines hold what is asked for, each (n_lines,)."""

    share: NDArray[np.float64]
    any_share: NDArray[np.float64]
    rare: NDArray[np.float64]


def _held(types: NDArray[np.bool_], held: NDArray[np.bool_]) -> _Held:
    wanted = held[:, types]
    if not wanted.shape[1]:
        nothing = np.zeros(len(held))
        return _Held(share=nothing, any_share=nothing, rare=nothing)
    rarity = np.log(1 + len(held) / (wanted.sum(axis=0) + 1.0))
    return _Held(
        share=wanted.mean(axis=1), any_share=wanted.any(axis=1).astype(float), rare=(wanted * rarity).max(axis=1)
    )


def _weights_here(hits: Floats, weights: Floats) -> Floats:
    """Rarity in the index times rarity within this text; what does not occur here counts a third."""
    if not len(weights):
        return np.ones(hits.shape[1], dtype=np.float32)
    count = hits.sum(axis=0)
    here = weights * np.log(1 + len(hits) / (count + 0.5))
    return np.asarray(np.where(count > 0, here, 0.3 * here), dtype=np.float32)


def _share(hits: Floats, weights: Floats) -> NDArray[np.float64]:
    """Weighted share of the terms that each line holds, 0 to 1."""
    if not len(weights):
        return np.zeros(len(hits))
    # Not `hits @ weights`: for such small shapes BLAS gains nothing, and it was seen to raise warnings of invalid values on valid ones.
    return np.asarray(np.einsum("ij,j->i", hits, weights) / max(float(weights.sum()), 1e-9), dtype=np.float64)


def _unlike(stems: Sequence[str], identity: frozenset[str]) -> Floats:
    """1 for each stem, less where it only says which document is meant."""
    return np.array([IDENTITY_SHARE if stem in identity else 1.0 for stem in stems] or [1.0], dtype=np.float32)


def _shifted(values: NDArray[np.float64], step: int) -> NDArray[np.float64]:
    """The value `step` lines above (below, where negative)."""
    moved = np.full(len(values), ABSENT)
    if step > 0:
        moved[step:] = values[:-step] if step < len(values) else []
    else:
        moved[:step] = values[-step:] if -step < len(values) else []
    return moved


def _around(values: NDArray[np.float64], width: int) -> NDArray[np.float64]:
    """The highest value among a line and its neighbours."""
    highest = np.array(values, dtype=np.float64)
    for step in range(1, width + 1):
        np.maximum(highest[step:], values[:-step], out=highest[step:])
        np.maximum(highest[:-step], values[step:], out=highest[:-step])
    return highest


def _mean_around(values: NDArray[np.float64], width: int) -> NDArray[np.float64]:
    padded = np.pad(values, width)
    return np.asarray(np.lib.stride_tricks.sliding_window_view(padded, 2 * width + 1).mean(axis=1))


def _at(values: NDArray[np.float64], where: NDArray[np.int32]) -> NDArray[np.float64]:
    return np.where(where == NO_LINE, ABSENT, values[where])


def _by_section(values: NDArray[np.float64] | Floats, section: NDArray[np.int32]) -> NDArray[np.float64]:
    """The highest value within a line's section."""
    highest = np.full(int(section.max()) + 1, -np.inf)
    np.maximum.at(highest, section, values)
    return np.asarray(highest[section])
