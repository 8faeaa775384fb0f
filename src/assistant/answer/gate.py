"""Sixth step: do the sentences answer the question at all? Otherwise nothing is said, with a reason and a next step."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from assistant.answer.draft import Draft, Outcome
from assistant.answer.features import GateFeatures
from assistant.answer.names import NameIndex
from assistant.answer.texts import text_for
from assistant.domain.answers import NextStep, Reason
from assistant.domain.ports import Library

POLICY_SHEET = "policy/clusterpolitik-definition-und-ziele"
"""Its official source is where a person is pointed when nothing nearer is known."""


Probability = Callable[[NDArray[np.float32]], float]
"""From the gate's features, float32 (n_features,), to the probability that the question is answered."""


class Gate:
    """Lets only questions pass that the evidence probably answers."""

    def __init__(
        self,
        library: Library,
        names: NameIndex,
        *,
        probability: Probability,
        threshold: float,
        contact: str | None,
    ) -> None:
        self._library = library
        self._names = names
        self._probability = probability
        self._threshold = threshold
        self._contact = contact

    def __call__(self, draft: Draft) -> Draft:
        """Set `answerable`, and the outcome where it is too low."""
        if not draft.evidence:
            return self._abstain(draft, known=0.0)
        features = measure_gate(draft)
        probability = self._probability(features.vector())
        draft = replace(draft, answerable=probability).noting(
            "gate",
            probability=round(probability, 3),
            threshold=self._threshold,
            features={name: round(float(getattr(features, name)), 3) for name in features.__slots__},
        )
        return draft if probability >= self._threshold else self._abstain(draft, known=features.known_words)

    def _abstain(self, draft: Draft, *, known: float) -> Draft:
        language = draft.language
        if draft.document_ids:
            name = self._names.short_name(draft.document_ids[0], language)
            message, reason = text_for("no_match_about", language, name=name), Reason.NO_MATCH
            next_step = self._sheet_step(draft.document_ids[0], draft)
        elif known < 0.5 or not draft.hits:
            message, reason = text_for("out_of_scope", language), Reason.OUT_OF_SCOPE
            next_step = self._policy_step(draft)
        else:
            message, reason = text_for("no_match", language), Reason.NO_MATCH
            next_step = self._sheet_step(draft.hits[0].passage.document_id, draft)
        if self._contact and reason is Reason.NO_MATCH:
            contact = text_for("next_contact", language, contact=self._contact)
            next_step = (
                NextStep(text=f"{next_step.text} {contact}", url=next_step.url) if next_step else NextStep(text=contact)
            )
        return replace(draft, outcome=Outcome(status="abstained", reason=reason, message=message, next_step=next_step))

    def _sheet_step(self, document_id: str, draft: Draft) -> NextStep | None:
        document = self._library.document(document_id)
        sources = self._library.sources(document_id) if document else ()
        if document is None or not sources:
            return self._policy_step(draft)
        best = next((source for source in sources if source.authority == "official"), sources[0])
        text = text_for("next_sheet", draft.language, title=document.title, publisher=best.publisher)
        return NextStep(text=text, url=best.url)

    def _policy_step(self, draft: Draft) -> NextStep | None:
        document = self._library.document(POLICY_SHEET)
        if document is None:
            return None
        source = next((s for s in self._library.sources(POLICY_SHEET) if s.authority == "official"), None)
        return NextStep(text=text_for("next_policy", draft.language), url=source.url) if source else None


def measure_gate(draft: Draft) -> GateFeatures:
    """Gate features of a draft whose evidence is sorted, best first."""
    top = draft.evidence[0]
    features_of = draft.features
    best = features_of[top.passage.document_id, top.sentence.start]
    same = [e for e in draft.evidence if e.passage.document_id == top.passage.document_id][:3]
    covered = max(features_of[e.passage.document_id, e.sentence.start].synonym_coverage for e in same)
    first_hits = draft.hits[:5]
    agreeing = [
        h for h in first_hits
        if h.scores.dense_rank is not None and h.scores.dense_rank <= 10 and h.scores.lexical_rank is not None and h.scores.lexical_rank <= 10
    ]  # fmt: skip
    return GateFeatures(
        best=top.score,
        second=draft.evidence[1].score if len(draft.evidence) > 1 else 0.0,
        coverage=best.synonym_coverage,
        union_coverage=covered,
        similarity=best.similarity,
        named=best.named,
        field=best.field,
        type_fits=best.type_fits,
        agreement=len(agreeing) / max(1, len(first_hits)),
        known_words=draft.known_words,
        top_document_share=sum(h.passage.document_id == top.passage.document_id for h in first_hits)
        / max(1, len(first_hits)),
    )
