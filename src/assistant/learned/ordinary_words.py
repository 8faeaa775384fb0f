"""Which words are ordinary German or English: a Bloom filter, so that a right word that no document holds is not "corrected"."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from functools import cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

FILTER = Path(__file__).parent / "ordinary_words.npz"
HASHES = 7
BITS_A_WORD = 10
"""With seven hashes, about one strange word in a hundred passes for an ordinary one."""


class OrdinaryWords:
    """Answers whether a folded word is ordinary; wrongly yes now and then, never wrongly no."""

    def __init__(self, bits: NDArray[np.uint8], count: int) -> None:
        """Take the packed bits, uint8 (ceil(count / 8),)."""
        self._bits = bits
        self._count = count

    @classmethod
    def of(cls, words: Iterable[str]) -> OrdinaryWords:
        """The filter of these folded words."""
        known = set(words)
        flags = np.zeros(max(8, BITS_A_WORD * len(known)), dtype=bool)
        for word in known:
            flags[_positions(word, len(flags))] = True
        return cls(np.packbits(flags), len(flags))

    @classmethod
    @cache
    def load(cls, path: Path = FILTER) -> OrdinaryWords:
        """The filter that ships with the package."""
        with np.load(path, allow_pickle=False) as data:
            return cls(data["bits"], int(data["count"]))

    def save(self, path: Path = FILTER) -> None:
        """Write to an .npz file."""
        np.savez_compressed(path, bits=self._bits, count=np.int64(self._count))

    def __contains__(self, word: object) -> bool:
        return isinstance(word, str) and all(
            self._bits[p >> 3] >> (7 - (p & 7)) & 1 for p in _positions(word, self._count)
        )


def _positions(word: str, count: int) -> list[int]:
    digest = hashlib.blake2b(word.encode(), digest_size=4 * HASHES).digest()
    return [int.from_bytes(digest[4 * i : 4 * i + 4], "big") % count for i in range(HASHES)]
