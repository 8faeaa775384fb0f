"""The checks that a sentence of a model must pass before anybody sees it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from assistant.answer.draft import Statement
from assistant.answer.names import NameIndex
from assistant.answer.verify import check_statement
from assistant.domain.answers import Evidence
from assistant.domain.language_model import Entailment
from assistant.domain.ports import Library
from assistant.domain.values import Language, Sentence
from assistant.language.instructions import gives_instructions
from assistant.language.normalise import fold
from assistant.language.quantities import quantities
from assistant.llm.contract import WrittenSentence
from assistant.llm.passages import NumberedPassage, Sheet
from assistant.llm.quotation import find_in_any, find_quotation
from assistant.llm.support import Support, turns_round, unstated_figure

Fault = Literal[
    "no_quotation", "quotation_not_found", "figure", "turned_round", "name", "unsupported", "address", "form", "leak", "not_entailed"
]  # fmt: skip
"""Why a sentence does not hold."""

MAX_LENGTH = 500
"""Characters of one sentence; a longer one is not a sentence."""
LEAK_WORDS = 8
"""Words in a row that a sentence may not share with the prompt."""
ENTAILED = 0.5
_ADDRESS = re.compile(r"https?:|www\.|://|\bhxxp|\w@[\w-]+\.\w|\[[^\]]*\]\(|\b[\w-]+(\.|\s?(\(dot\)|\[dot\]|\(punkt\)|\[\.\])\s?)(com|net|org|de|io|info|ru|cn|xyz|top|shop|site|online|app|biz|eu|tk)\b", re.IGNORECASE)  # fmt: skip
_MARKS = re.compile(r"\s*[\[(]\s*(?:S\s?\d{1,3}|\d{1,2})(?:\s*[,;]\s*(?:S\s?)?\d{1,3})*\s*[\])]")
_MARKUP = re.compile(r"[<>{}|`#*_\\\u0000-\u001f]|\[|\]|^\s*[-•]\s|\bADDRESS_?\d", re.IGNORECASE)
_END = re.compile(r"[.!?…:][\"“”»«')]*$")


@dataclass(frozen=True, slots=True, kw_only=True)
class Failed:
    """A sentence that does not hold."""

    sentence: WrittenSentence
    fault: Fault
    detail: str = ""
    """The figure, name or word that it is about."""


class Checks:
    """Turns a written sentence into a statement with evidence, or says why it is none."""

    def __init__(
        self, library: Library, names: NameIndex, support: Support, *, entailment: Entailment | None = None
    ) -> None:
        self._library = library
        self._names = names
        self._support = support
        self._entailment = entailment

    def check(self, sentence: WrittenSentence, sheet: Sheet, *, language: Language, prompt: str) -> Statement | Failed:
        """Check one sentence against what the model was given to read.

        Args:
            sentence: As the model wrote it.
            sheet: The passages that it was given.
            language: Of the reply.
            prompt: Its instructions, of which nothing may leak.
        """
        text = _MARKS.sub("", sentence.text).strip()
        if _ADDRESS.search(text) or any(q.kind in ("email", "url", "phone") for q in quantities(text)):
            return Failed(sentence=sentence, fault="address")  # it has seen none, so this one is invented
        restored = sheet.with_addresses(text)
        if restored is None or not _is_sentence(restored):
            return Failed(sentence=sentence, fault="form")
        text = restored
        if gives_instructions(text) or leaks(text, prompt):
            return Failed(sentence=sentence, fault="leak")
        if not sentence.quotes:
            return Failed(sentence=sentence, fault="no_quotation")
        evidence: dict[tuple[str, int], Evidence] = {}
        for quote in sentence.quotes:
            words = sheet.with_addresses(quote.words)
            found = _locate(words, quote.label, sheet.passages) if words else None
            if found is None:
                return Failed(sentence=sentence, fault="quotation_not_found", detail=quote.words[:120])
            passage, sentences = found
            for item in sentences:
                own = passage.evidence(item, self._library)
                evidence.setdefault((own.passage.document_id, item.start), own)
        return self._supported(sentence, text, tuple(evidence.values()), language)

    def _supported(
        self, sentence: WrittenSentence, text: str, evidence: tuple[Evidence, ...], language: Language
    ) -> Statement | Failed:
        quoted = " ".join(item.text for item in evidence)
        statement = Statement(text=text, evidence=evidence)
        if any(text == item.text for item in evidence):
            return statement
        figure = unstated_figure(text, quoted)
        if figure is not None:
            return Failed(sentence=sentence, fault="figure", detail=text[figure.start : figure.end])
        if turns_round(text, quoted):
            return Failed(sentence=sentence, fault="turned_round")
        name = self._foreign_name(text, evidence)
        if name is not None:
            return Failed(sentence=sentence, fault="name", detail=name)
        evidence_language = evidence[0].passage.language
        word = self._support.foreign_word(text, language, quoted, evidence_language, subject=self._subject(evidence))
        if word is not None:
            return Failed(sentence=sentence, fault="unsupported", detail=word)
        if check_statement(statement, self._library) is None:
            return Failed(sentence=sentence, fault="figure")
        if self._entailment is not None and self._entailment.probability(premise=quoted, claim=text) < ENTAILED:
            return Failed(sentence=sentence, fault="not_entailed")
        return statement

    def _foreign_name(self, text: str, evidence: Sequence[Evidence]) -> str | None:
        """A known organisation, programme or topic that the sentence names and the evidence is not about."""
        own = {item.passage.document_id.removesuffix(".en") for item in evidence}
        stated = " ".join([*(item.text for item in evidence), *(item.passage.title for item in evidence)])
        named = self._names.find(text)
        known = self._names.find(stated)
        for document_id in named.document_ids:
            if document_id not in own and document_id not in known.document_ids and document_id not in known.choices:
                return self._names.short_name(document_id, evidence[0].passage.language)
        if named.shared_name and not set(named.choices) & (own | set(known.document_ids) | set(known.choices)):
            return named.shared_name
        return None

    def _subject(self, evidence: Sequence[Evidence]) -> str:
        languages: tuple[Language, Language] = ("de", "en")
        documents = {item.passage.document_id: item.passage.title for item in evidence}
        short = [self._names.short_name(document_id, language) for document_id in documents for language in languages]
        return " ".join([*documents.values(), *short])


def _locate(
    words: str, label: str, passages: Sequence[NumberedPassage]
) -> tuple[NumberedPassage, tuple[Sentence, ...]] | None:
    """Where a quotation stands; a wrong label does no harm when the words stand in another passage."""
    named = next((passage for passage in passages if passage.label == label), None)
    if named is not None:
        sentences = find_quotation(words, named)
        if sentences:
            return named, sentences
    return find_in_any(words, passages)


def _is_sentence(text: str) -> bool:
    """Whether a text is one whole sentence or two, without marks of any format."""
    return 8 <= len(text) <= MAX_LENGTH and not _MARKUP.search(text) and bool(_END.search(text))


def leaks(text: str, prompt: str) -> bool:
    """Whether a text repeats what the model was told to do."""
    words, told = fold(text).split(), f" {' '.join(fold(prompt).split())} "
    return any(f" {' '.join(words[i : i + LEAK_WORDS])} " in told for i in range(len(words) - LEAK_WORDS + 1))
