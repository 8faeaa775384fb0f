"""Which citations a part of a result rests on."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import fields, is_dataclass

from pydantic import BaseModel

from assistant.service.advice_wire import CitedOut


def numbers_in(part: object) -> frozenset[int]:
    """The numbers of all citations anywhere within a part."""
    return frozenset(_numbers(part))


def _numbers(part: object) -> Iterator[int]:
    if isinstance(part, CitedOut):
        yield from part.citations
    if isinstance(part, BaseModel):
        for name in type(part).model_fields:
            yield from _numbers(getattr(part, name))
    elif is_dataclass(part):
        for one in fields(part):
            yield from _numbers(getattr(part, one.name))
    elif isinstance(part, Iterable) and not isinstance(part, str):
        for member in part:
            yield from _numbers(member)
