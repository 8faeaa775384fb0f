"""The record of what a model had to do with a reply, added up over its calls."""

from __future__ import annotations

from dataclasses import replace

from assistant.answer.draft import Draft
from assistant.domain.language_model import ChatModel, Fallback, ModelRecord, Usage


def record_call(
    draft: Draft,
    model: ChatModel,
    *,
    prompts: tuple[str, ...] = (),
    usage: Usage | None = None,
    seconds: float = 0.0,
    sentences: int = 0,
    dropped: int = 0,
    fallback: Fallback | None = None,
) -> Draft:
    """The draft with a call added to its record; the last call's fallback counts."""
    earlier = draft.model
    added = usage or Usage()
    total = added + earlier.usage if earlier else added
    record = ModelRecord(
        name=model.name,
        prompts=(*(earlier.prompts if earlier else ()), *prompts),
        usage=total,
        cost=model.cost_of(total),
        seconds=round(seconds + (earlier.seconds if earlier else 0.0), 3),
        sentences=sentences,
        dropped=dropped,
        fallback=fallback,
    )
    return replace(draft, model=record)
