"""Eighth step: do the sentences answer the question at all? Otherwise nothing is said, with a reason and a next step."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from assistant.answer.asked_types import lacks_indispensable
from assistant.answer.asked_values import lacks_number
from assistant.answer.draft import Draft, Outcome
from assistant.answer.gate_features import GATE_FEATURES, leading_reading, measure_gate
from assistant.answer.names import NameIndex
from assistant.answer.plain_question import asks_plainly_for_figure, records_asked_field
from assistant.answer.texts import text_for
from assistant.domain.answers import NextStep, Reason
from assistant.domain.ports import Library

POLICY_SHEET = "policy/clusterpolitik-definition-und-ziele"
"""Its official source is where a person is pointed when nothing nearer is known."""


LIKELY_SHARE = 0.3
"""Sentences of at least this share of the best one's probability are looked at for the kind of information that is asked for."""
IN_FIELD = 0.5
"""Least probability that a question belongs to the field at all; below it, the reason is `out_of_scope`."""

PLAIN_POINT = 0.15
"""Where the gate opens for a plain question for a figure that the one sheet it names records: what is learned from near misses does not count against it."""
FOREIGN_POINT = 0.6
"""Where it opens for a question that names nothing and seems to belong to another field."""

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
        in_field: Probability,
        threshold: float,
        contact: str | None,
    ) -> None:
        self._library = library
        self._names = names
        self._probability = probability
        self._in_field = in_field
        self._threshold = threshold
        self._contact = contact

    def __call__(self, draft: Draft) -> Draft:
        """Set `answerable`, and the outcome where it is too low."""
        if not draft.evidence:
            return self._abstain(draft, in_field=0.0)
        features = measure_gate(draft)
        probability = self._probability(features)
        draft = replace(draft, answerable=probability).noting(
            "gate",
            probability=round(probability, 3),
            threshold=self._threshold,
            features={name: round(float(value), 3) for name, value in zip(GATE_FEATURES, features, strict=True)},
        )
        if probability >= self._point(draft, features):
            best = draft.evidence[0].score
            likely = [evidence.text for evidence in draft.evidence if evidence.score >= LIKELY_SHARE * best]
            missing = "number" if lacks_number(draft.text, likely) else lacks_indispensable(draft.text, likely)
            if missing is None:
                return draft
            draft = draft.noting("answer_type", missing=missing)
        return self._abstain(draft, in_field=self._in_field(features))

    def _point(self, draft: Draft, features: NDArray[np.float32]) -> float:
        """Least probability with which this question is answered."""
        if not draft.document_ids:
            return self._threshold if self._in_field(features) >= IN_FIELD else max(self._threshold, FOREIGN_POINT)
        leading = leading_reading(draft.readings)
        is_named_alone = draft.document_ids == (leading.lines.document_id.removesuffix(".en"),)
        is_plain = is_named_alone and asks_plainly_for_figure(draft) and records_asked_field(leading)
        return min(self._threshold, PLAIN_POINT) if is_plain else self._threshold

    def _abstain(self, draft: Draft, *, in_field: float) -> Draft:
        language = draft.language
        if draft.document_ids:
            name = self._names.short_name(draft.document_ids[0], language)
            message, reason = text_for("no_match_about", language, name=name), Reason.NO_MATCH
            next_step = self._sheet_step(draft.document_ids[0], draft)
        elif in_field < IN_FIELD or not draft.hits:
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
