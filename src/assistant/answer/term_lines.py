"""Which lines of a text hold which terms, in little memory: all texts share one numbering of terms."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np
from numpy.typing import NDArray


class TermNumbers:
    """Numbers terms in the order in which they are first met."""

    def __init__(self) -> None:
        self._numbers: dict[str, int] = {}

    def number(self, term: str) -> int:
        """Number of a term, a new one where it was never met."""
        return self._numbers.setdefault(term, len(self._numbers))

    def known(self, terms: Iterable[str]) -> NDArray[np.int32]:
        """Numbers of terms, -1 for one that no text holds."""
        return np.array([self._numbers.get(term, -1) for term in terms], dtype=np.int32)


class TermLines:
    """The terms of one text with the lines that hold them; immutable."""

    def __init__(self, numbers: TermNumbers, lines: Sequence[Iterable[str]]) -> None:
        """Take the terms of each line."""
        pairs = {(numbers.number(term), line) for line, terms in enumerate(lines) for term in terms}
        ordered = np.array(sorted(pairs), dtype=np.int32).reshape(-1, 2)
        self._numbers = numbers
        self._count = len(lines)
        self._terms, first = np.unique(ordered[:, 0], return_index=True)
        self._bounds = np.append(first, len(ordered)).astype(np.int32)
        self._lines = ordered[:, 1].astype(np.int16)

    def hits(self, terms: Sequence[str]) -> NDArray[np.float32]:
        """float32 (n_lines, max(1, n_terms)): 1 where a line holds a term."""
        found = np.zeros((self._count, max(1, len(terms))), dtype=np.float32)
        for column, place in self._places(terms):
            found[self._lines[self._bounds[place] : self._bounds[place + 1]], column] = 1.0
        return found

    def hits_of_any(self, groups: Sequence[Sequence[str]]) -> NDArray[np.float32]:
        """float32 (n_lines, max(1, n_groups)): 1 where a line holds any term of a group."""
        found = np.zeros((self._count, max(1, len(groups))), dtype=np.float32)
        column_of = [column for column, group in enumerate(groups) for _ in group]
        for number, place in self._places([term for group in groups for term in group]):
            found[self._lines[self._bounds[place] : self._bounds[place + 1]], column_of[number]] = 1.0
        return found

    def _places(self, terms: Sequence[str]) -> Iterable[tuple[int, int]]:
        """For each term that is held: its position in `terms` and in our own order."""
        if not len(self._terms) or not terms:
            return []
        wanted = self._numbers.known(terms)
        places = np.minimum(np.searchsorted(self._terms, wanted), len(self._terms) - 1)
        held = np.flatnonzero(self._terms[places] == wanted)
        return zip(held.tolist(), places[held].tolist(), strict=True)
