"""What a model is given to read: numbered passages without addresses, none that gives orders."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from assistant.answer.editions import in_language
from assistant.domain.answers import Evidence
from assistant.domain.ports import Library
from assistant.domain.quoting import is_expired
from assistant.domain.values import Language, Passage, Sentence, Span
from assistant.language.instructions import gives_instructions, informs
from assistant.language.quantities import quantities

MAX_PASSAGES = 8
MAX_CHARACTERS = 7_000
"""Of all passages together; about 2,000 tokens, so that they fit into the window of a small model."""
_ADDRESS_KINDS = frozenset({"email", "phone", "url"})
_TOKEN = re.compile(r"\bADDRESS_?(\d{1,3})\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class NumberedPassage:
    """A passage under the label by which the model refers to it."""

    label: str
    passage: Passage
    heading: str
    """Title, headings and whether the programme has ended."""
    text: str
    """As the model sees it."""

    def evidence(self, sentence: Sentence, library: Library) -> Evidence:
        """A sentence of the passage as evidence."""
        start = self.passage.start
        sources = library.sources(self.passage.document_id)
        return Evidence(
            passage=self.passage,
            sentence=sentence,
            text=self.passage.text[sentence.start - start : sentence.end - start],
            sources=tuple(sources[i] for i in sentence.sources),
            score=1.0,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """Everything a model is given to read for one question."""

    passages: tuple[NumberedPassage, ...]
    addresses: Mapping[str, str]
    """What each token such as `ADDRESS_1` stands for."""

    def with_addresses(self, text: str) -> str | None:
        """A text of the model with its tokens replaced; None when it holds one that was never given out."""
        known = [self.addresses.get(f"ADDRESS_{int(match[1])}") for match in _TOKEN.finditer(text)]
        if None in known:
            return None
        return _TOKEN.sub(lambda match: self.addresses[f"ADDRESS_{int(match[1])}"], text)


def is_trusted(passage: Passage) -> bool:
    """Whether a passage informs, all of it; what stands beside an order to the reader is not believed either."""
    return not gives_instructions(passage.title) and all(informs(_slice(passage, s)) for s in passage.sentences)


def number_passages(evidence: Sequence[Evidence], *, language: Language, library: Library, today: date) -> Sheet:
    """The passages that hold the evidence, the likeliest first, in the wished language where they exist in it.

    Args:
        evidence: Best first.
        language: Of the reply.
        library: Where the other language's edition is looked up.
        today: Decides which programmes have ended.
    """
    chosen: dict[str, Passage] = {}
    length = 0
    for item in evidence:
        passage = in_language(item, language, library).passage
        if passage.id in chosen or not is_trusted(passage):
            continue
        if chosen and (length + len(passage.text) > MAX_CHARACTERS or len(chosen) == MAX_PASSAGES):
            break
        chosen[passage.id] = passage
        length += len(passage.text)
    addresses: dict[str, str] = {}
    numbered = tuple(
        NumberedPassage(
            label=f"S{number}",
            passage=passage,
            heading=_heading(passage, library, language, today),
            text="\n".join(_shown(_slice(passage, sentence), addresses) for sentence in passage.sentences),
        )
        for number, passage in enumerate(chosen.values(), start=1)
        if passage.sentences
    )
    return Sheet(passages=numbered, addresses={token: address for address, token in addresses.items()})


def _slice(passage: Passage, sentence: Sentence) -> str:
    return passage.text[sentence.start - passage.start : sentence.end - passage.start]


def _heading(passage: Passage, library: Library, language: Language, today: date) -> str:
    parts = [passage.title, *(title for title in passage.heading if not gives_instructions(title))]
    document = library.document(passage.document_id)
    if document is not None and is_expired(document, today):
        parts.append("beendet" if language == "de" else "has ended")
    return _shown(" – ".join(parts), {})


def _shown(text: str, addresses: dict[str, str]) -> str:
    """A text with every address replaced by its token, and without the marks by which the parts of a prompt are told apart."""
    pieces: list[str] = []
    position = 0
    for span in _addresses_in(text):
        token = addresses.setdefault(text[span.start : span.end], f"ADDRESS_{len(addresses) + 1}")
        pieces += [text[position : span.start], token]
        position = span.end
    pieces.append(text[position:])
    return " ".join("".join(pieces).replace("<", "‹").replace(">", "›").split())


@lru_cache(maxsize=20_000)
def _addresses_in(text: str) -> tuple[Span, ...]:
    found = {q.start: Span(start=q.start, end=q.end) for q in quantities(text) if q.kind in _ADDRESS_KINDS}
    return tuple(found[start] for start in sorted(found))
