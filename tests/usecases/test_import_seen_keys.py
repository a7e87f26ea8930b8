"""Which keys a file has had is remembered exactly, in little memory."""

from __future__ import annotations

from array import array

from hypothesis import given
from hypothesis import strategies as st

from usecases.imports.seen import SeenKeys

keys = st.integers(-(2**63), 2**63 - 1).filter(bool)


@given(st.lists(st.sets(keys, max_size=3), max_size=60))
def test_it_answers_like_a_set(rows: list[set[int]]) -> None:
    seen, known = SeenKeys(), set[int]()
    for row in rows:
        unsigned = {key % 2**64 for key in row}
        assert seen.add(row) == bool(unsigned & known)
        known |= unsigned
    assert len(seen) == len(known)


def test_it_grows_with_neighbouring_keys_too() -> None:
    seen = SeenKeys()
    assert not any(seen.add({number}) for number in range(1, 20_001))
    assert all(seen.add({number}) for number in range(1, 20_001))
    assert not seen.add({20_001})


def test_a_hundred_thousand_keys_take_two_megabytes() -> None:
    seen = SeenKeys()
    seen.add(hash(str(number)) for number in range(100_000))
    slots: array[int] = vars(seen)["_slots"]
    assert len(slots) * slots.itemsize == 2 * 1024 * 1024
