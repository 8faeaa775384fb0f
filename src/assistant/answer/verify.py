"""Tenth step: no claim without a quotation that is an exact slice of a stored version, with its figures in it."""

from __future__ import annotations

from dataclasses import replace

from assistant.answer.draft import Draft, Outcome, Statement
from assistant.answer.texts import text_for
from assistant.domain.answers import Check, Evidence, Reason
from assistant.domain.ports import Library
from assistant.language.normalise import fold
from assistant.language.quantities import quantities

GUARDED = {"number", "money", "percent", "date", "year", "section", "duration", "email", "phone", "url"}


def check_statement(statement: Statement, library: Library) -> Check | None:
    """How a statement holds: quoted word for word, supported by its evidence, or not at all (None)."""
    if not statement.evidence or not all(is_exact(evidence, library) for evidence in statement.evidence):
        return None
    if any(statement.text == evidence.text for evidence in statement.evidence):
        return "quoted"
    quoted = " ".join(evidence.text for evidence in statement.evidence)
    if fold(statement.text).rstrip(".") in fold(quoted):
        return "quoted"
    return "supported" if figures_hold(statement.text, quoted) else None


def is_exact(evidence: Evidence, library: Library) -> bool:
    """Whether the quotation is the slice of the canonical text that it claims to be."""
    document_id = evidence.passage.document_id
    if library.document(document_id) is None:
        return False
    sentence = evidence.sentence
    return bool(evidence.text) and library.text(document_id)[sentence.start : sentence.end] == evidence.text


def figures_hold(text: str, evidence: str) -> bool:
    """Whether every amount, rate, date, section and address in `text` stands in `evidence`, in German or English form.

    A year or month stands in every date that falls in it.
    """
    found = quantities(evidence)
    stated = {(q.kind, q.value) for q in found}
    dates = [f"{q.value}-" for q in found if q.kind in ("date", "year")]
    return all(
        (q.kind, q.value) in stated
        or (q.kind in ("date", "year") and any(day.startswith(f"{q.value}-") for day in dates))
        for q in quantities(text)
        if q.kind in GUARDED
    )


class Verify:
    """Drops every claim that does not hold; without any left, the answer becomes an abstention."""

    def __init__(self, library: Library) -> None:
        self._library = library

    def __call__(self, draft: Draft) -> Draft:
        """Check the outcome's statements."""
        outcome = draft.outcome
        if outcome is None or not outcome.statements:
            return draft
        kept: list[Statement] = []
        dropped: list[str] = []
        for statement in outcome.statements:
            if statement.shape == "heading" or check_statement(statement, self._library):
                kept.append(statement)
            else:
                dropped.append(statement.text)
        kept = _without_empty_headings(kept)
        draft = draft.noting("verify", checked=len(outcome.statements), dropped=dropped)
        if not any(statement.evidence for statement in kept):
            message = text_for("no_match", draft.language)
            return replace(draft, outcome=Outcome(status="abstained", reason=Reason.NO_MATCH, message=message))
        return replace(draft, outcome=replace(outcome, statements=tuple(kept)))


def _without_empty_headings(statements: list[Statement]) -> list[Statement]:
    return [
        statement
        for i, statement in enumerate(statements)
        if statement.shape != "heading" or (i + 1 < len(statements) and statements[i + 1].shape != "heading")
    ]
