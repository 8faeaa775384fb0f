"""Fourth step: complete lists and comparisons, written from recorded values rather than from the best hits."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from typing import Literal

from assistant.answer.draft import Draft, Outcome, Statement
from assistant.answer.facts import field_evidence
from assistant.answer.list_request import ListRequest, read_list_request
from assistant.answer.names import NameIndex
from assistant.answer.question_type import Field, asked_fields, asks_for_comparison, compared_fields
from assistant.answer.texts import text_for
from assistant.domain.answers import Evidence
from assistant.domain.ports import Library
from assistant.domain.quoting import definition_evidence, edition, labelled_evidence, status_on
from assistant.domain.values import LANGUAGES, Document, Language
from assistant.language.normalise import fold

COMPARED_FIELDS: tuple[Field, ...] = (
    "purposes",
    "applicants",
    "amounts",
    "rates",
    "duration",
    "combination",
    "deadlines",
    "contact",
)
COMPARED_PROFILE: tuple[Field, ...] = ("sectors", "region", "members", "founded", "services", "contact")
SENTENCES_PER_FIELD = 1


class Overview:
    """Answers "Welche Cluster gibt es?" and "Was unterscheidet A von B?"."""

    def __init__(self, library: Library, names: NameIndex) -> None:
        self._library = library
        self._names = names

    def __call__(self, draft: Draft) -> Draft:
        """Set the outcome for a list or a comparison; leave anything else."""
        statements: list[Statement] = []
        if len(draft.document_ids) >= 2 and asks_for_comparison(draft.text):
            statements = self._compare(draft)
        elif not draft.document_ids and (wanted := read_list_request(draft.text)):
            statements = self._list(wanted, draft)
        if not any(statement.evidence for statement in statements):
            return draft
        outcome = Outcome(status="answered", statements=tuple(statements))
        return replace(draft, outcome=outcome, answerable=1.0).noting("overview", statements=len(statements))

    # --- comparison ---

    def _compare(self, draft: Draft) -> list[Statement]:
        asked = [f for f in asked_fields(draft.text) if f not in ("definition", "services", "outside", "status")]
        asked += [f for f in compared_fields(draft.text) if f not in asked]
        statements: list[Statement] = []
        for document_id in self._compared(draft)[:3]:
            own = edition(document_id, draft.language, self._library)
            fields = asked or (COMPARED_PROFILE if own.startswith(("clusters/", "networks/")) else COMPARED_FIELDS)
            statements.append(
                Statement(text=f"{self._names.short_name(document_id, draft.language)}:", shape="heading")
            )
            chosen: dict[tuple[int, int], Evidence] = {}
            first = definition_evidence(self._library, own)
            if first:
                chosen[first.sentence.start, first.sentence.end] = first
            for field in fields:
                for evidence in field_evidence(self._library, own, field)[: SENTENCES_PER_FIELD + bool(asked)]:
                    chosen.setdefault((evidence.sentence.start, evidence.sentence.end), evidence)
            statements.extend(Statement(text=e.text, evidence=(e,), shape="item") for e in list(chosen.values())[:5])
        return statements

    def _compared(self, draft: Draft) -> tuple[str, ...]:
        """The documents named; of those that share a name, the ones called by just what the question says, or else the first."""
        text = fold(draft.text)
        chosen: dict[str, None] = {}
        for document_id in draft.document_ids:
            alike = {document_id, *self._names.siblings(document_id)}
            group = [i for i in draft.document_ids if i in alike]
            called = [i for i in group if any(fold(self._names.short_name(i, lang)) in text for lang in LANGUAGES)]
            chosen |= dict.fromkeys(called or group[:1])
        return tuple(chosen)

    # --- lists ---

    def _list(self, wanted: ListRequest, draft: Draft) -> list[Statement]:
        statements: list[Statement] = []
        for kind in wanted.kinds:
            if kind == "funding":
                statements += self._programmes(wanted, draft.language, draft.question.today)
            else:
                statements += self._organisations(kind, draft.language)
        return statements

    def _organisations(self, kind: Literal["cluster", "network"], language: Language) -> list[Statement]:
        documents = self._editions(language, lambda document: document.kind == kind)
        active = [d for d in documents if d.status == "active"]
        ended = [d for d in documents if d.status != "active"]
        statements = [Statement(text=f"{text_for(f'list_{kind}s', language)}:", shape="heading"), *self._items(active)]
        if ended:
            statements += [Statement(text=f"{text_for('list_ended', language)}:", shape="heading"), *self._items(ended)]
        return statements

    def _programmes(self, wanted: ListRequest, language: Language, today: date) -> list[Statement]:
        statements: list[Statement] = []
        for document in self._editions(
            language, lambda d: d.kind == "funding" and status_on(d, today) in ("open", "calls_only")
        ):
            terms = self._library.facts(document.id)
            if not terms.get("is_programme", True) or (wanted.form and wanted.form not in terms.get("form", ())):
                continue
            if wanted.level and terms.get("level") != wanted.level:
                continue
            evidence = self._stating(document.id, wanted)
            if evidence:
                statements.append(Statement(text=evidence.text, evidence=(evidence,), shape="item"))
        if not statements:
            return []
        return [Statement(text=f"{text_for('list_programmes', language)}:", shape="heading"), *statements]

    def _stating(self, document_id: str, wanted: ListRequest) -> Evidence | None:
        """The sentence for which a programme belongs on the list, or None where it does not."""
        terms = self._library.facts(document_id)
        labels: list[str | None] = []
        if wanted.applicants or wanted.stages:
            applicants = (e for e in terms.get("applicants", ()) if not e.get("excluded"))
            stating = [e["sentence"] for e in applicants if e["who"] in wanted.applicants]
            stating += [e["sentence"] for e in terms.get("stage", ()) if e["stage"] in wanted.stages]
            labels.append(next(iter(stating), None))
        if wanted.purposes:
            labels.append(
                next((e["sentence"] for e in terms.get("purposes", ()) if e["purpose"] in wanted.purposes), None)
            )
        if None in labels:
            return None
        if labels and labels[0]:
            return labelled_evidence(self._library, document_id, labels[0])
        return definition_evidence(self._library, document_id)

    def _items(self, documents: Sequence[Document]) -> list[Statement]:
        found = (definition_evidence(self._library, document.id) for document in documents)
        return [Statement(text=e.text, evidence=(e,), shape="item") for e in found if e]

    def _editions(self, language: Language, wanted: Callable[[Document], bool]) -> list[Document]:
        """Matching documents, each in the wanted language where it exists."""
        bases = sorted({document.id.removesuffix(".en") for document in self._library.documents() if wanted(document)})
        found = (self._library.document(edition(base, language, self._library)) for base in bases)
        return [document for document in found if document is not None]
