"""A circuit breaker: a model that fails again and again is left alone for a while."""

from __future__ import annotations

from collections.abc import Callable
from threading import Lock

import structlog

from assistant.domain.errors import ModelUnavailable

FAILURES = 3
"""In a row, after which the model is left alone."""
PAUSE_S = 30.0
_log = structlog.get_logger("assistant.llm")


class Breaker:
    """Closed while the model works; open after failures; after a pause one request tries whether it works again."""

    def __init__(self, clock: Callable[[], float]) -> None:
        """Tell the time by `clock`, in seconds."""
        self._clock = clock
        self._lock = Lock()
        self._failures = 0
        self._open_until = 0.0

    @property
    def is_open(self) -> bool:
        """Whether requests are turned away now."""
        return self._failures >= FAILURES and self._clock() < self._open_until

    def check(self) -> None:
        """Let a request pass.

        Raises:
            ModelUnavailable: While the model is left alone.
        """
        with self._lock:
            if self._failures < FAILURES:
                return
            remaining = self._open_until - self._clock()
            if remaining > 0:
                raise ModelUnavailable(remaining)
            self._open_until = self._clock() + PAUSE_S  # this one tries; the others wait for what comes of it

    def record(self, *, succeeded: bool) -> None:
        """Take note of how a request went."""
        with self._lock:
            was_open = self._failures >= FAILURES
            self._failures = 0 if succeeded else self._failures + 1
            if self._failures >= FAILURES:
                self._open_until = self._clock() + PAUSE_S
            is_open = self._failures >= FAILURES
        if is_open and not was_open:
            _log.error("the language model is left alone for a while", failures=FAILURES, pause_s=PAUSE_S)
        if was_open and not is_open:
            _log.info("the language model answers again")
