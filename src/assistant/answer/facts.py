"""Recorded values of clusters and programmes: which sentence states the field a question asks for."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from assistant.answer.question_type import Field
from assistant.domain.answers import Evidence
from assistant.domain.ports import Library
from assistant.domain.values import Language

_SOURCES_OF_FIELD: dict[Field, tuple[str, ...]] = {
    "amounts": ("amounts",), "rates": ("rates",), "deadlines": ("deadlines", "rolling"),
    "applicants": ("applicants", "stage", "age", "staff", "turnover", "region", "target_groups"), "duration": ("duration",),
    "start": ("start",), "combination": ("combination",), "costs": ("costs",), "contact": ("office", "contact"), "apply": ("apply", "rolling"),
    "purposes": ("purposes",), "members": ("members",), "founded": ("founded",), "region": ("region",), "joining": ("joining",),
    "services": ("services",), "awards": ("awards",), "legal_form": ("legal_form",), "sectors": ("sectors", "value_chain"),
    "outside": ("outside",), "supervised_by": ("supervised_by", "office"), "own_share": ("own_share",), "de_minimis": ("de_minimis",),
    "status": ("ended", "successor", "deadlines"), "definition": (),
}  # fmt: skip
"""Keys of `profile` or `terms` that answer each field, most telling first."""

_FIELDS_WITH_EARLIER_VALUES: frozenset[Field] = frozenset({"amounts", "rates", "members"})


def edition(document_id: str, language: Language, library: Library) -> str:
    """Id of the document's version in `language`, or of the other one where there is none."""
    base = document_id.removesuffix(".en")
    wanted = f"{base}.en" if language == "en" else base
    return wanted if library.document(wanted) else (base if library.document(base) else f"{base}.en")


def labels_for(facts: Mapping[str, Any], field: Field) -> Iterator[tuple[str, bool]]:
    """Labels of the sentences that state a field, and whether the value is an outdated one; each label once."""
    seen: set[str] = set()
    for outdated in (False, True):
        if outdated and field not in _FIELDS_WITH_EARLIER_VALUES:
            return
        for key in _SOURCES_OF_FIELD[field]:
            for entry in facts.get(key, ()):
                if (
                    isinstance(entry, Mapping)
                    and bool(entry.get("outdated")) is outdated
                    and entry["sentence"] not in seen
                ):
                    seen.add(entry["sentence"])
                    yield entry["sentence"], outdated


def labelled_evidence(library: Library, document_id: str, label: str, *, score: float = 1.0) -> Evidence | None:
    """The sentence with a label as evidence, or None where the document does not hold it."""
    found = library.labelled(document_id, label)
    if found is None:
        return None
    passage, sentence = found
    sources = library.sources(document_id)
    return Evidence(
        passage=passage,
        sentence=sentence,
        text=library.text(document_id)[sentence.start : sentence.end],
        sources=tuple(sources[i] for i in sentence.sources),
        score=score,
    )


def field_evidence(library: Library, document_id: str, field: Field) -> list[Evidence]:
    """Sentences of a document that state a field: current values first, in the order of the sheet."""
    found = (
        labelled_evidence(library, document_id, label) for label, _ in labels_for(library.facts(document_id), field)
    )
    return [evidence for evidence in found if evidence is not None]


def definition_evidence(library: Library, document_id: str) -> Evidence | None:
    """A document's first sentence, which says what it is about."""
    passages = library.passages(document_id)
    if not passages or not passages[0].sentences:
        return None
    passage, sentence = passages[0], passages[0].sentences[0]
    sources = library.sources(document_id)
    return Evidence(
        passage=passage,
        sentence=sentence,
        text=library.text(document_id)[sentence.start : sentence.end],
        sources=tuple(sources[i] for i in sentence.sources),
        score=1.0,
    )
