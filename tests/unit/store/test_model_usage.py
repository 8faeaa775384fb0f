"""What the language model used in a day adds up, also over several processes."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import date
from decimal import Decimal

from sqlalchemy import Engine

from assistant.domain.language_model import Usage
from assistant.store.database import open_database
from assistant.store.model_usage import ModelUsageStore

MONDAY, TUESDAY = date(2026, 11, 23), date(2026, 11, 24)
CALL = Usage(calls=1, input_tokens=1200, output_tokens=80)


def test_a_day_without_calls_has_used_nothing(engine: Engine) -> None:
    assert ModelUsageStore(engine).spent_on(MONDAY) == (Usage(), Decimal(0))


def test_calls_add_up_by_day_to_the_billionth(engine: Engine) -> None:
    store = ModelUsageStore(engine)
    for day in (MONDAY, MONDAY, TUESDAY):
        store.add(day, CALL, Decimal("0.000000125"))
    assert store.spent_on(MONDAY) == (Usage(calls=2, input_tokens=2400, output_tokens=160), Decimal("0.00000025"))
    assert store.spent_on(TUESDAY) == (CALL, Decimal("0.000000125"))


def test_nothing_is_lost_when_several_processes_begin_a_day_at_once(engine: Engine) -> None:
    others = [open_database(engine.url, upgrade=False) for _ in range(4)]
    with ThreadPoolExecutor(4) as pool:
        list(pool.map(lambda other: ModelUsageStore(other).add(MONDAY, CALL, Decimal("0.01")), others))
    assert ModelUsageStore(engine).spent_on(MONDAY) == (
        Usage(calls=4, input_tokens=4800, output_tokens=320),
        Decimal("0.04"),
    )
    for other in others:
        other.dispose()
