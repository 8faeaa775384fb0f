"""Places, circuit breaker and spending: each keeps its bound."""

from __future__ import annotations

import threading
import time
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from assistant.domain.errors import ModelBudgetSpent, ModelBusy, ModelUnavailable
from assistant.domain.language_model import Usage
from assistant.llm.breaker import FAILURES, PAUSE_S, Breaker
from assistant.llm.places import Places
from assistant.llm.spending import Spending
from assistant.store.database import open_database
from assistant.store.model_usage import ModelUsageStore

DAY, NEXT_DAY = date(2026, 11, 23), date(2026, 11, 24)


def never() -> bool:
    return False


def test_a_full_queue_turns_away_at_once() -> None:
    places = Places(1, queue=0)
    assert places.take(within_s=1, should_stop=never)
    started = time.monotonic()
    with pytest.raises(ModelBusy):
        places.take(within_s=5, should_stop=never)
    assert time.monotonic() - started < 1


def test_one_who_waits_gets_the_place_that_becomes_free() -> None:
    places = Places(1, queue=1)
    places.take(within_s=1, should_stop=never)
    threading.Timer(0.1, places.give_back).start()
    assert places.take(within_s=5, should_stop=never)


def test_waiting_ends_with_the_time_or_the_wish() -> None:
    places = Places(1, queue=2)
    places.take(within_s=1, should_stop=never)
    with pytest.raises(ModelBusy):
        places.take(within_s=0.1, should_stop=never)
    assert places.take(within_s=5, should_stop=lambda: True) is False


def test_the_breaker_opens_after_failures_and_lets_one_try_after_its_pause() -> None:
    now = [0.0]
    breaker = Breaker(lambda: now[0])
    for _ in range(FAILURES):
        breaker.check()
        breaker.record(succeeded=False)
    with pytest.raises(ModelUnavailable) as refused:
        breaker.check()
    assert refused.value.retry_after_s == PAUSE_S and breaker.is_open
    now[0] += PAUSE_S + 1
    breaker.check()
    with pytest.raises(ModelUnavailable):
        breaker.check()
    breaker.record(succeeded=True)
    breaker.check()
    assert not breaker.is_open


def test_a_success_between_failures_keeps_it_closed() -> None:
    breaker = Breaker(lambda: 0.0)
    for succeeded in (False, False, True, False, False):
        breaker.record(succeeded=succeeded)
    breaker.check()


def test_usage_adds_up_by_day_across_processes(tmp_path: Path) -> None:
    address = f"sqlite:///{tmp_path / 'a.db'}"
    first, second = (ModelUsageStore(open_database(address)) for _ in range(2))
    usage = Usage(calls=1, input_tokens=1000, output_tokens=50)
    threads = [
        threading.Thread(target=lambda s=store: [s.add(DAY, usage, Decimal("0.000000123")) for _ in range(10)])
        for store in (first, second)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert second.spent_on(DAY) == (Usage(calls=20, input_tokens=20_000, output_tokens=1000), Decimal("0.00000246"))
    assert second.spent_on(NEXT_DAY) == (Usage(), Decimal(0))


@pytest.mark.parametrize(("tokens", "cost"), [(100, None), (None, Decimal("0.5"))])
def test_a_budget_lasts_a_day(tmp_path: Path, tokens: int | None, cost: Decimal | None) -> None:
    today = [DAY]
    ledger = ModelUsageStore(open_database(f"sqlite:///{tmp_path / 'a.db'}"))
    spending = Spending(ledger, today=lambda: today[0], daily_tokens=tokens, daily_cost=cost)
    spending.check()
    spending.record(Usage(calls=1, input_tokens=90, output_tokens=20), Decimal("0.6"))
    with pytest.raises(ModelBudgetSpent):
        spending.check()
    today[0] = NEXT_DAY
    spending.check()


class LostLedger:
    """A database that is gone."""

    def spent_on(self, day: date) -> tuple[Usage, Decimal]:
        raise OSError("gone")

    def add(self, day: date, usage: Usage, cost: Decimal) -> None:
        raise OSError("gone")


def test_without_its_book_a_budget_spends_nothing_and_loses_no_answer() -> None:
    spending = Spending(LostLedger(), today=lambda: DAY, daily_tokens=100, daily_cost=None)
    with pytest.raises(ModelUnavailable):
        spending.check()
    spending.record(Usage(calls=1), Decimal(0))
    Spending(LostLedger(), today=lambda: DAY, daily_tokens=None, daily_cost=None).check()
