"""Recorded values of clusters and programmes: which sentence states the field a question asks for."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from assistant.answer.question_type import Field
from assistant.domain.answers import Evidence
from assistant.domain.ports import Library
from assistant.domain.quoting import labelled_evidence

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


def field_evidence(library: Library, document_id: str, field: Field) -> list[Evidence]:
    """Sentences of a document that state a field: current values first, in the order of the sheet."""
    found = (
        labelled_evidence(library, document_id, label) for label, _ in labels_for(library.facts(document_id), field)
    )
    return [evidence for evidence in found if evidence is not None]
