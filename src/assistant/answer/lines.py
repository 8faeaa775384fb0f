"""A document as the selector reads it: its title, headings and sentences in order, analysed once and kept."""

from __future__ import annotations

import re
from collections import OrderedDict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from threading import Lock

import numpy as np
from numpy.typing import NDArray

from assistant.answer.asked_types import ASKED_TYPES, types_held
from assistant.answer.term_lines import TermLines, TermNumbers
from assistant.answer.uncovered import Vocabulary
from assistant.domain.ports import Library
from assistant.domain.values import Language, Passage, Sentence
from assistant.language.analysis import Analyser
from assistant.language.words import plain_words
from assistant.learned.embedder import StaticEmbedder, unit_rows

KEPT_DOCUMENTS = 600
NO_LINE = -1
_NO_HEADING_END = re.compile(r"[.!:,;)]$")
_MAX_HEADING = 80


@dataclass(frozen=True, slots=True, kw_only=True)
class Lines:
    """The lines of a document or of a part of it. Arrays have one entry per line."""

    document_id: str
    language: Language
    places: tuple[tuple[Passage, Sentence] | None, ...]
    """Where a line stands; None for the title and for headings, which are read but never quoted."""
    texts: tuple[str, ...]
    identity: frozenset[str]
    """Stems that say what the document is about: of its title, other names, keywords and first sentence."""
    stems: TermLines
    """Stems and compound parts with the lines that hold them."""
    grams: TermLines
    words: NDArray[np.int32]
    """Rows of the embedder's word vectors, line after line."""
    vocabulary: Vocabulary
    """Of all lines together."""
    first_word: NDArray[np.int32]
    """Where each line's words begin in `words`; a line without words has one stand-in."""
    vectors: NDArray[np.float32]
    """float32 (n_lines, dim), rows of length 1."""
    held: NDArray[np.bool_]
    """bool (n_lines, n_types): signs of each of `ASKED_TYPES`."""
    is_heading: NDArray[np.bool_]
    """Headings, and lines that look like one."""
    heading: NDArray[np.int32]
    """The nearest heading above, `NO_LINE` for none."""
    section: NDArray[np.int32]
    """Number of the section: a heading and what stands below it."""
    intro: NDArray[np.int32]
    """The nearest line above, within the section, that ends in a colon."""
    shape: NDArray[np.float32]
    """float32 (n_lines, len(SHAPE))."""

    @property
    def quotable(self) -> NDArray[np.bool_]:
        """Which lines may be quoted: all but the title and headings."""
        return np.array([place is not None for place in self.places], dtype=bool)

    def __len__(self) -> int:
        return len(self.texts)


SHAPE = ("heading", "colon", "after_colon", "characters", "words", "question", "repeats", "lower", "item", "row", "digits", "next_heading", "before", "after", "in_section")  # fmt: skip


class LineReader:
    """Reads documents into `Lines` and keeps the latest ones."""

    def __init__(self, library: Library, analyser: Analyser, embedder: StaticEmbedder) -> None:
        self._library = library
        self._analyser = analyser
        self._embedder = embedder
        self._kept: OrderedDict[tuple[str, int, int, int], Lines] = OrderedDict()
        self._lock = Lock()
        self._stem_numbers, self._gram_numbers = TermNumbers(), TermNumbers()

    def read(self, document_id: str, passages: Sequence[Passage]) -> Lines:
        """The lines of these passages of one document, in their order; there must be at least one."""
        key = (document_id, passages[0].ordinal, passages[-1].ordinal, len(passages))
        with self._lock:
            known = self._kept.get(key)
            if known is not None:
                self._kept.move_to_end(key)
                return known
            lines = self._analyse(document_id, passages)
            self._kept[key] = lines
            while len(self._kept) > KEPT_DOCUMENTS:
                self._kept.popitem(last=False)
            return lines

    def _analyse(self, document_id: str, passages: Sequence[Passage]) -> Lines:
        language = passages[0].language
        rows = list(_rows_of(self._library.text(document_id), passages))
        texts = tuple(text for text, _ in rows)
        places = tuple(place for _, place in rows)
        is_heading = np.array([place is None or looks_like_heading(text) for text, place in rows], dtype=bool)
        heading, section, intro = _layout(texts, is_heading)
        words = [plain_words(text) or ["."] for text in texts]
        word_rows = self._embedder.word_rows([word for line in words for word in line])
        first_word = np.cumsum([0, *(len(line) for line in words[:-1])], dtype=np.int32)
        terms = [self._analyser.terms(text, language) for text in texts]
        return Lines(
            document_id=document_id,
            language=language,
            places=places,
            texts=texts,
            identity=self._identity(document_id, texts, places, language),
            stems=TermLines(self._stem_numbers, [(*own.stems, *own.parts) for own in terms]),
            grams=TermLines(self._gram_numbers, [own.grams for own in terms]),
            words=word_rows,
            vocabulary=Vocabulary.of(word for line in words for word in line),
            first_word=first_word,
            vectors=unit_rows(np.add.reduceat(self._embedder.vectors[word_rows], first_word, axis=0)),
            held=np.array([types_held(text) for text in texts], dtype=bool).reshape(len(texts), len(ASKED_TYPES)),
            is_heading=is_heading,
            heading=heading,
            section=section,
            intro=intro,
            shape=_shape(rows, words, is_heading, section),
        )

    def _identity(
        self,
        document_id: str,
        texts: Sequence[str],
        places: Sequence[tuple[Passage, Sentence] | None],
        language: Language,
    ) -> frozenset[str]:
        document = self._library.document(document_id)
        names = [document.title, *document.aliases, *document.keywords] if document else []
        first = next((text for text, place in zip(texts, places, strict=True) if place), "") if names[1:] else ""
        terms = self._analyser.terms(" ".join([*names, first]), language)
        return frozenset((*terms.stems, *terms.parts))


def looks_like_heading(text: str) -> bool:
    """Whether a line of a text without markup reads like a heading: short, capital first, no end mark but a question mark."""
    return (
        len(text) <= _MAX_HEADING
        and text[:1].isupper()
        and "@" not in text
        and (text.endswith("?") or not _NO_HEADING_END.search(text))
    )


def _rows_of(text: str, passages: Sequence[Passage]) -> Iterator[tuple[str, tuple[Passage, Sentence] | None]]:
    """Title, headings where they change, and sentences."""
    yield passages[0].title, None
    path: tuple[str, ...] = ()
    for passage in passages:
        for depth, title in enumerate(passage.heading):
            if path[: depth + 1] != passage.heading[: depth + 1]:
                yield title, None
        path = passage.heading
        for sentence in passage.sentences:
            yield text[sentence.start : sentence.end], (passage, sentence)


def _layout(
    texts: Sequence[str], is_heading: NDArray[np.bool_]
) -> tuple[NDArray[np.int32], NDArray[np.int32], NDArray[np.int32]]:
    """Nearest heading, section number and introducing line of each line."""
    heading, section, intro = (np.empty(len(texts), dtype=np.int32) for _ in range(3))
    last_heading = last_intro = NO_LINE
    number = 0
    for i, text in enumerate(texts):
        heading[i] = last_heading
        if is_heading[i]:
            number += 1
            last_heading, last_intro = i, NO_LINE
        section[i] = number
        intro[i] = last_intro
        if text.endswith(":"):
            last_intro = i
    return heading, section, intro


def _shape(
    rows: Sequence[tuple[str, tuple[Passage, Sentence] | None]],
    words: Sequence[Sequence[str]],
    is_heading: NDArray[np.bool_],
    section: NDArray[np.int32],
) -> NDArray[np.float32]:
    n = len(rows)
    texts = [text for text, _ in rows]
    next_heading = np.full(n, 9.0)
    for i in map(int, np.flatnonzero(is_heading)):
        for back in range(1, 6):
            if i - back >= 0:
                next_heading[i - back] = min(next_heading[i - back], back)
    first_of_section = {int(s): int(np.argmax(section == s)) for s in np.unique(section)}
    shape = np.zeros((n, len(SHAPE)), dtype=np.float32)
    for i, (text, place) in enumerate(rows):
        block = place[1].block if place else "heading"
        shape[i] = (
            is_heading[i], text.endswith(":"), i > 0 and texts[i - 1].endswith(":"), min(len(text), 400), min(len(words[i]), 80),
            text.endswith("?"), i > 0 and texts[i - 1] == text, text[:1].islower(), block == "list", block == "table",
            any(char.isdigit() for char in text), next_heading[i], min(len(texts[i - 1]), 400) if i else 0,
            min(len(texts[i + 1]), 400) if i + 1 < n else 0, i - first_of_section[int(section[i])],
        )  # fmt: skip
    return shape
