"""How many requests a model serves at a time, and how many may wait for it."""

from __future__ import annotations

import time
from collections.abc import Callable
from threading import Condition

from assistant.domain.errors import ModelBusy

LOOK_S = 0.05
"""How often one who waits looks whether he is still wanted."""


class Places:
    """A few places and a short queue; whoever finds the queue full is turned away at once."""

    def __init__(self, places: int, *, queue: int) -> None:
        """Offer `places` >= 1 at a time, with up to `queue` >= 0 waiting."""
        self._free = places
        self._queue = queue
        self._waiting = 0
        self._changed = Condition()

    def take(self, *, within_s: float, should_stop: Callable[[], bool]) -> bool:
        """Take a place as soon as one is free; False when `should_stop` said so before.

        Raises:
            ModelBusy: If the queue is full, or no place became free in time.
        """
        until = time.monotonic() + within_s
        with self._changed:
            if self._free == 0 and self._waiting >= self._queue:
                raise ModelBusy("the queue for the language model is full")
            self._waiting += 1
            try:
                while self._free == 0:
                    remaining = until - time.monotonic()
                    if should_stop():
                        return False
                    if remaining <= 0:
                        raise ModelBusy(f"no place at the language model became free within {within_s:g} s")
                    self._changed.wait(min(remaining, LOOK_S))
                self._free -= 1
                return True
            finally:
                self._waiting -= 1

    def give_back(self) -> None:
        """Give a place back."""
        with self._changed:
            self._free += 1
            self._changed.notify()
