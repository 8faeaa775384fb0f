"""Fourth step: complete lists and comparisons, written from recorded values rather than from the best hits."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date

from assistant.answer.draft import Draft, Outcome, Statement
from assistant.answer.facts import definition_evidence, edition, field_evidence, labelled_evidence
from assistant.answer.names import NameIndex
from assistant.answer.question_type import Field, asked_fields, asks_for_comparison, asks_for_list
from assistant.answer.texts import text_for
from assistant.domain.answers import Evidence
from assistant.domain.ports import Library
from assistant.domain.values import Document, Language
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

_CLUSTERS = re.compile(r"\b(cluster|clustern|clusters|clusterinitiativen|branchencluster)\b")
_NETWORKS = re.compile(r"\b(netzwerke?n?|networks?)\b")
_PROGRAMMES = re.compile(
    r"\b(programme?n?|foerderprogramme?n?|foerderungen|foerdermittel|foerderangebote?n?|zuschuesse?n?|kredite?n?|darlehen|grants?|loans?|programmes|programs|funding|schemes)\b"
)
_ALL = re.compile(
    r"\b(welche|alle|liste|nenn\w*|ueberblick|uebersicht|zaehl\w*|which|what|all|list|name|overview|gibt es|are there|exist)\b"
)
_AUDIENCES: tuple[tuple[str, frozenset[str], frozenset[str]], ...] = (
    (r"start-?ups?|jungunternehmen|junge (unternehmen|firmen)|young companies", frozenset({"startup"}), frozenset({"young"})),
    (r"gruend(er\w*|ung\w*|en)|existenzgruend\w*|founders?|founding|selbststaendig\w*", frozenset({"founder", "team"}), frozenset({"idea", "founding"})),
    (r"hochschul\w*|universitaet\w*|wissenschaftl\w*|forschungseinrichtung\w*|universit\w*|researchers?|academics?|studier\w*|students?", frozenset({"university", "research", "academic"}), frozenset()),
    (r"kmu|mittelstand\w*|mittelstaendisch\w*|kleine\w*|smes?|small", frozenset({"sme", "small_company"}), frozenset()),
    (r"freiberuf\w*|freelance\w*", frozenset({"freelancer"}), frozenset()),
    (r"investor\w*|business angels?|investors?", frozenset({"investor"}), frozenset()),
)  # fmt: skip
_FORMS: tuple[tuple[str, str], ...] = (
    (r"kredit\w*|darlehen|loans?", "loan"), (r"zuschuss\w*|zuschuesse\w*|grants?", "grant"), (r"beteiligung\w*|equity|venture|wagniskapital", "equity"),
)  # fmt: skip
_FILLING = re.compile(
    r"\b(welche\w*|was|fuer|es|gibt|in|hamburg\w*|der|die|das|den|dem|stadt|alle|liste|nenne?|mir|bitte|und|von|im|ueberhaupt|denn|eigentlich|gerade|aktuell|derzeit|momentan|"
    r"offen\w*|laufend\w*|sind|ist|kann|koennen|ich|wir|beantragen|bekommen|which|what|are|there|is|the|of|and|for|do|you|know|currently|open|available|exist|list|all|name|"
    r"me|please|can|i|we|apply|get|does|have|has|hat|zur|zum|zu|ein|eine|einen|a|an|existieren|kennst|du|sie|city|land|ueberblick|uebersicht|ueber|how|many|wie|viele|"
    r"cluster\w*|netzwerk\w*|network\w*|programm\w*|program\w*|foerder\w*|fund\w*|zuschuss\w*|zuschuesse\w*|kredit\w*|darlehen|grants?|loans?|schemes?|heute|noch|jetzt|unternehmen|companies|firmen|"
    r"start-?ups?|gruend\w*|existenzgruend\w*|founders?|kmu|smes?|small|kleine\w*|mittelst\w*|hochschul\w*|universit\w*|forsch\w*|research\w*|freiberuf\w*|freelance\w*|investor\w*|junge?|young|neue|business|angels?|clusterpolitik)\b"
)


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
        elif not draft.document_ids and asks_for_list(draft.text):
            statements = self._list(draft)
        if not any(statement.evidence for statement in statements):
            return draft
        outcome = Outcome(status="answered", statements=tuple(statements))
        return replace(draft, outcome=outcome, answerable=1.0).noting("overview", statements=len(statements))

    # --- comparison ---

    def _compare(self, draft: Draft) -> list[Statement]:
        asked = [f for f in asked_fields(draft.text) if f not in ("definition", "services", "outside", "status")]
        statements: list[Statement] = []
        for document_id in draft.document_ids[:3]:
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

    # --- lists ---

    def _list(self, draft: Draft) -> list[Statement]:
        folded = fold(draft.text)
        if not _ALL.search(folded) or re.search(r"[a-z]", _FILLING.sub("", folded)):
            return []  # something else is asked of them, which only a search can find
        today = draft.question.today
        if _PROGRAMMES.search(folded):
            return self._programmes(folded, draft.language, today)
        if _CLUSTERS.search(folded):
            groups = self._organisations("cluster", draft.language, "list_clusters")
            return groups + (
                self._organisations("network", draft.language, "list_networks") if _NETWORKS.search(folded) else []
            )
        if _NETWORKS.search(folded):
            return self._organisations("network", draft.language, "list_networks")
        return []

    def _organisations(self, kind: str, language: Language, heading: str) -> list[Statement]:
        documents = self._editions(language, lambda document: document.kind == kind)
        active = [d for d in documents if d.status == "active"]
        ended = [d for d in documents if d.status != "active"]
        statements = [Statement(text=f"{text_for(heading, language)}:", shape="heading"), *self._items(active)]
        if ended:
            statements += [Statement(text=f"{text_for('list_ended', language)}:", shape="heading"), *self._items(ended)]
        return statements

    def _programmes(self, folded: str, language: Language, today: date) -> list[Statement]:
        audience = next(
            ((who, stages) for pattern, who, stages in _AUDIENCES if re.search(rf"\b({pattern})\b", folded)), None
        )
        form = next((name for pattern, name in _FORMS if re.search(rf"\b({pattern})\b", folded)), None)
        in_hamburg = bool(re.search(r"\bhamburg", folded))
        statements: list[Statement] = []
        for document in self._editions(
            language, lambda d: d.kind == "funding" and status_on(d, today) in ("open", "calls_only")
        ):
            terms = self._library.facts(document.id)
            if not terms.get("is_programme", True) or (form and form not in terms.get("form", ())):
                continue
            if in_hamburg and terms.get("level") != "hamburg":
                continue
            evidence = definition_evidence(self._library, document.id)
            if audience:
                evidence = self._stating(document.id, audience)
            if evidence:
                statements.append(Statement(text=evidence.text, evidence=(evidence,), shape="item"))
        if not statements:
            return []
        return [Statement(text=f"{text_for('list_programmes', language)}:", shape="heading"), *statements]

    def _stating(self, document_id: str, audience: tuple[frozenset[str], frozenset[str]]) -> Evidence | None:
        """The sentence that names the audience among the applicants or stages, or None."""
        who, stages = audience
        terms = self._library.facts(document_id)
        for entry in terms.get("applicants", ()):
            if entry["who"] in who and not entry.get("excluded"):
                return labelled_evidence(self._library, document_id, entry["sentence"])
        for entry in terms.get("stage", ()):
            if entry["stage"] in stages:
                return labelled_evidence(self._library, document_id, entry["sentence"])
        return None

    def _items(self, documents: Sequence[Document]) -> list[Statement]:
        found = (definition_evidence(self._library, document.id) for document in documents)
        return [Statement(text=e.text, evidence=(e,), shape="item") for e in found if e]

    def _editions(self, language: Language, wanted: Callable[[Document], bool]) -> list[Document]:
        """Matching documents, each in the wanted language where it exists."""
        bases = sorted({document.id.removesuffix(".en") for document in self._library.documents() if wanted(document)})
        found = (self._library.document(edition(base, language, self._library)) for base in bases)
        return [document for document in found if document is not None]


def status_on(document: Document, day: date) -> str:
    """A programme's status on a day: what is recorded, unless its time is over or has not begun."""
    if document.valid_until is not None and document.valid_until < day and document.status in ("open", "calls_only"):
        return "ended"
    return document.status
