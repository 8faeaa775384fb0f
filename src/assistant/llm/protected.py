"""A model that cannot hurt the service: bounded in time, places, repeats, money, and left alone while it fails."""

from __future__ import annotations

import contextlib
import random
import threading
import time
from collections.abc import Callable, Iterator
from decimal import Decimal
from queue import Empty, SimpleQueue

from assistant.domain.errors import ModelError, ModelRefused, ModelTimeout, ModelUnavailable
from assistant.domain.language_model import ChatModel, ModelRequest, Piece, Usage
from assistant.llm.breaker import Breaker
from assistant.llm.places import Places
from assistant.llm.spending import Spending

TRIES = 3
FIRST_WAIT_S = 0.4
QUEUE_SHARE = 0.5
"""Of the time, how much may go by in the queue: who waits longer would be cut off while the model writes."""
MAX_CHARACTERS = 24_000
"""Written by a model that does not stop; no answer is half as long."""
LAST_PIECE_S = 0.5
LOOK_S = 0.05
"""How often one who waits for the next piece looks whether it is still wanted."""


class ProtectedModel:
    """See `assistant.domain.language_model.ChatModel`.

    The model writes in a thread of its own, so that time is kept even when an integration blocks. That thread holds its
    place until the call has really ended: places count what the server has to do, not what somebody still waits for.
    """

    def __init__(self, model: ChatModel, *, places: Places, breaker: Breaker, spending: Spending) -> None:
        self._model = model
        self._places = places
        self._breaker = breaker
        self._spending = spending
        self.name = model.name

    def cost_of(self, usage: Usage) -> Decimal:
        """What that usage costs."""
        return self._model.cost_of(usage)

    def write(self, request: ModelRequest, *, within_s: float, should_stop: Callable[[], bool]) -> Iterator[Piece]:
        """Write in pieces; see `ChatModel.write`.

        Raises:
            ModelBudgetSpent: If the day's budget is used up.
            ModelBusy: If too many are waiting.
            ModelUnavailable: If the model does not answer, even when asked again, or is left alone.
            ModelTimeout: If it takes longer than `within_s`.
            ModelRefused: If its server will not serve the request.
        """
        until = time.monotonic() + within_s
        self._spending.check()
        wait_s = FIRST_WAIT_S
        for number in range(1, TRIES + 1):
            self._breaker.check()
            has_begun = False
            try:
                for piece in self._try(request, until, within_s, should_stop):
                    has_begun = True
                    yield piece
            except ModelUnavailable as exc:
                wait_s = exc.retry_after_s if exc.retry_after_s is not None else wait_s * random.uniform(0.75, 1.25)
                if has_begun or number == TRIES or time.monotonic() + wait_s >= until:
                    self._breaker.record(succeeded=False)
                    raise
                if not _wait(wait_s, should_stop):
                    return
                wait_s *= 2
            except (ModelTimeout, ModelRefused):
                self._breaker.record(succeeded=False)
                raise
            else:
                if has_begun:
                    self._breaker.record(succeeded=True)
                return

    def _try(
        self, request: ModelRequest, until: float, within_s: float, should_stop: Callable[[], bool]
    ) -> Iterator[Piece]:
        """One call; every piece comes over a queue from the thread that makes it."""
        remaining = until - time.monotonic()
        if not self._places.take(within_s=QUEUE_SHARE * remaining, should_stop=should_stop):
            return
        call = _Call(self._model, request, until - time.monotonic(), self._finish)
        try:
            call.start()
        except RuntimeError as exc:  # no more threads
            self._places.give_back()
            raise ModelUnavailable from exc
        written = 0
        try:
            while True:
                remaining = until - time.monotonic()
                if remaining <= 0:
                    raise ModelTimeout(within_s)
                if should_stop():
                    return
                try:
                    piece = call.pieces.get(timeout=min(remaining, LOOK_S))
                except Empty:
                    continue
                if piece is None:
                    return
                if isinstance(piece, ModelError):
                    raise piece
                written += len(piece.text)
                if written > MAX_CHARACTERS:
                    yield call.end()
                    return
                yield piece
        finally:
            call.is_abandoned.set()

    def _finish(self, usage: Usage | None) -> None:
        """Called by the thread of a call at its end."""
        self._places.give_back()
        if usage is not None:
            self._spending.record(usage, self._model.cost_of(usage))


class _Call(threading.Thread):
    """One call of the model; a daemon, so that a silent server does not keep the process alive."""

    def __init__(
        self, model: ChatModel, request: ModelRequest, within_s: float, on_end: Callable[[Usage | None], None]
    ) -> None:
        super().__init__(name="language-model", daemon=True)
        self.pieces: SimpleQueue[Piece | ModelError | None] = SimpleQueue()
        self.is_abandoned = threading.Event()
        self._model = model
        self._request = request
        self._within_s = within_s
        self._on_end = on_end

    def end(self) -> Piece:
        """Break the call off; the last piece of a text that was cut, with the usage where it comes soon."""
        self.is_abandoned.set()
        until = time.monotonic() + LAST_PIECE_S
        while (remaining := until - time.monotonic()) > 0:
            try:
                piece = self.pieces.get(timeout=remaining)
            except Empty:
                break
            if not isinstance(piece, Piece):
                break
            if piece.usage is not None:
                return Piece(is_cut=True, usage=piece.usage)
        return Piece(is_cut=True)

    def run(self) -> None:
        usage: Usage | None = None
        end: ModelError | None = None
        try:
            pieces = self._model.write(
                self._request, within_s=max(0.1, self._within_s), should_stop=self.is_abandoned.is_set
            )
            for piece in pieces:
                usage = piece.usage or usage
                self.pieces.put(piece)
        except ModelError as exc:
            end = exc
        except BaseException:
            end = ModelUnavailable()
            raise
        finally:
            with contextlib.suppress(Exception):
                self._on_end(usage)
            self.pieces.put(end)


def _wait(seconds: float, should_stop: Callable[[], bool]) -> bool:
    """Wait; False when `should_stop` said so before the time was over."""
    until = time.monotonic() + seconds
    while (remaining := until - time.monotonic()) > 0:
        if should_stop():
            return False
        time.sleep(min(remaining, LOOK_S))
    return True
