"""Remembers, in eight bytes each, which keys a file has had: a file of a million rows must not fill the memory."""

from __future__ import annotations

from array import array
from collections.abc import Iterable

_FIRST_SLOTS = 1 << 12
_MASK = (1 << 64) - 1
# Whatever the low bits of a hash are like, its product with this spreads them (Knuth's multiplicative hashing, for 64 bits).
_SPREAD = 0x9E3779B97F4A7C15
_NOTHING = 0


class SeenKeys:
    """A set of 64-bit hashes in open addressing, at most half full. A slot of zero is empty; the key of zero counts as one."""

    def __init__(self) -> None:
        self._slots = array("Q", bytes(8 * _FIRST_SLOTS))
        self._taken = 0

    def __len__(self) -> int:
        return self._taken

    def add(self, keys: Iterable[int]) -> bool:
        """Take in keys, and tell whether one of them was there already."""
        known = False
        for key in keys:
            known |= self._add(key & _MASK or 1)
        return known

    def _add(self, key: int) -> bool:
        slots = self._slots
        last = len(slots) - 1
        place = (key * _SPREAD & _MASK) >> 20 & last
        while (found := slots[place]) != _NOTHING:
            if found == key:
                return True
            place = place + 1 & last
        slots[place] = key
        self._taken += 1
        if 2 * self._taken > last:
            self._grow()
        return False

    def _grow(self) -> None:
        before = self._slots
        self._slots = array("Q", bytes(16 * len(before)))
        self._taken = 0
        for key in before:
            if key != _NOTHING:
                self._add(key)
