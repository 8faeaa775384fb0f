"""The same sentence in the other language: fact sheets are translated sentence by sentence."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from assistant.domain.answers import Evidence
from assistant.domain.ports import Library
from assistant.domain.quoting import edition
from assistant.domain.values import Language, Passage, Sentence


def in_language(evidence: Evidence, language: Language, library: Library) -> Evidence:
    """The evidence in a language where its document has that edition, sentence by sentence; otherwise as it is."""
    own = evidence.passage.document_id
    other = edition(own, language, library)
    if other == own or evidence.passage.language == language:
        return evidence
    here, there = _sentences(own, library), _sentences(other, library)
    number = next((i for i, (_, s) in enumerate(here) if s.start == evidence.sentence.start), None)
    if number is None or len(here) != len(there):
        return evidence
    passage, sentence = there[number]
    sources = library.sources(other)
    text = library.text(other)[sentence.start : sentence.end]
    return replace(
        evidence, passage=passage, sentence=sentence, text=text, sources=tuple(sources[i] for i in sentence.sources)
    )


def _sentences(document_id: str, library: Library) -> Sequence[tuple[Passage, Sentence]]:
    return [(passage, s) for passage in library.passages(document_id) for s in passage.sentences]
