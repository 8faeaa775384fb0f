"""What an outside suite is made of: its cases, and a system that can be asked them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path

from evals.runs import AnyCase
from evals.suites.temporary import Progress
from evals.systems import System


@dataclass(frozen=True, slots=True, kw_only=True)
class Suite:
    """A suite that was read from a file, not yet indexed."""

    name: str
    source: Path
    cases: Sequence[AnyCase]
    open: Callable[[Progress], AbstractContextManager[System]] | None
    """Builds its index and gives the system over it; None where the deployed pipeline is asked."""
