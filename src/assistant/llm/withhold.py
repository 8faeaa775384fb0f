"""A step after the search: passages that give orders to whoever reads them are no evidence, with a model or without."""

from __future__ import annotations

from dataclasses import replace

from assistant.answer.draft import Draft
from assistant.llm.passages import is_trusted


def withhold_instructions(draft: Draft) -> Draft:
    """Take out the evidence of passages that give orders, and of documents whose title does."""
    kept = tuple(item for item in draft.evidence if is_trusted(item.passage))
    if len(kept) == len(draft.evidence):
        return draft
    return replace(draft, evidence=kept).noting("withhold", sentences=len(draft.evidence) - len(kept))
