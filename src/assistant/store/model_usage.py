"""What the language model used, by day; shared by all processes on the database."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from sqlalchemy import Engine, insert, select, update
from sqlalchemy.engine import Connection
from sqlalchemy.exc import IntegrityError

from assistant.domain.language_model import Usage
from assistant.store.schema import model_usage

_NANO = Decimal(1_000_000_000)


class ModelUsageStore:
    """Adds up calls, tokens and cost."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def spent_on(self, day: date) -> tuple[Usage, Decimal]:
        """Usage and cost of a day; nothing for a day without calls."""
        with self._engine.connect() as connection:
            row = connection.execute(select(model_usage).where(model_usage.c.day == day)).first()
        if row is None:
            return Usage(), Decimal(0)
        usage = Usage(calls=row.calls, input_tokens=row.input_tokens, output_tokens=row.output_tokens)
        return usage, Decimal(row.cost_nano) / _NANO

    def add(self, day: date, usage: Usage, cost: Decimal) -> None:
        """Add to a day."""
        try:
            with self._engine.begin() as connection:
                if not _add(connection, day, usage, cost):
                    connection.execute(
                        insert(model_usage).values(
                            day=day,
                            calls=usage.calls,
                            input_tokens=usage.input_tokens,
                            output_tokens=usage.output_tokens,
                            cost_nano=int(cost * _NANO),
                        )
                    )
        except IntegrityError:  # another call was the first of the day as well
            with self._engine.begin() as connection:
                _add(connection, day, usage, cost)


def _add(connection: Connection, day: date, usage: Usage, cost: Decimal) -> bool:
    """Add to a row; False when the day has none yet."""
    columns = model_usage.c
    changed = connection.execute(
        update(model_usage)
        .where(columns.day == day)
        .values(
            calls=columns.calls + usage.calls,
            input_tokens=columns.input_tokens + usage.input_tokens,
            output_tokens=columns.output_tokens + usage.output_tokens,
            cost_nano=columns.cost_nano + int(cost * _NANO),
        )
    )
    return changed.rowcount > 0
