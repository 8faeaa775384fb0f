"""What the model may use in a day."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Protocol

import structlog

from assistant.domain.errors import ModelBudgetSpent, ModelUnavailable
from assistant.domain.language_model import Usage

_log = structlog.get_logger("assistant.llm")


@dataclass(frozen=True, slots=True, kw_only=True)
class Spent:
    """Used in a day."""

    usage: Usage
    cost: Decimal

    @property
    def tokens(self) -> int:
        """Read and written."""
        return self.usage.input_tokens + self.usage.output_tokens


class Ledger(Protocol):
    """Keeps what was used, for all processes that share it."""

    def spent_on(self, day: date) -> tuple[Usage, Decimal]:
        """Usage and cost of a day."""

    def add(self, day: date, usage: Usage, cost: Decimal) -> None:
        """Add to a day."""


class Spending:
    """Counts usage by day and says when the day's budget is used up.

    Calls that run when it is reached are finished, so a day may end a little above its budget.
    """

    def __init__(
        self, ledger: Ledger, *, today: Callable[[], date], daily_tokens: int | None, daily_cost: Decimal | None
    ) -> None:
        """Count in `ledger`; None sets no limit."""
        self._ledger = ledger
        self._today = today
        self._daily_tokens = daily_tokens
        self._daily_cost = daily_cost

    def check(self) -> None:
        """Let a request pass.

        Raises:
            ModelBudgetSpent: If the day's budget is used up.
            ModelUnavailable: If that cannot be told: without its book nothing is spent.
        """
        if self._daily_tokens is None and self._daily_cost is None:
            return
        try:
            spent = self.today()
        except Exception as exc:  # of whatever kind the ledger is
            _log.error("what the language model used cannot be read", error=type(exc).__name__)
            raise ModelUnavailable from exc
        if self._daily_tokens is not None and spent.tokens >= self._daily_tokens:
            raise ModelBudgetSpent(f"{spent.tokens} of {self._daily_tokens} tokens are used today")
        if self._daily_cost is not None and spent.cost >= self._daily_cost:
            raise ModelBudgetSpent(f"{spent.cost:.2f} of {self._daily_cost:.2f} are spent today")

    def record(self, usage: Usage, cost: Decimal) -> None:
        """Count a call."""
        try:
            self._ledger.add(self._today(), usage, cost)
        except Exception as exc:  # the answer is there; losing count of it must not lose it
            _log.error("what the language model used is not counted", error=type(exc).__name__)

    def today(self) -> Spent:
        """What was used today."""
        usage, cost = self._ledger.spent_on(self._today())
        return Spent(usage=usage, cost=cost)
