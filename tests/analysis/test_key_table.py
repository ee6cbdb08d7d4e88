from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from consult.analysis.key_table import ABSENT, KeyTable, Sieve

KEYS = st.integers(0, 2**64 - 1)


@given(st.sets(KEYS, max_size=60), st.lists(KEYS, max_size=20))
def test_every_key_is_found_at_its_index_and_no_other(own: set[int], others: list[int]) -> None:
    keys = sorted(own)
    table = KeyTable(np.array(keys, dtype=np.uint64))
    asked = [*keys, *others]
    found = table.find(np.array(asked, dtype=np.uint64)).tolist()
    assert found == [keys.index(key) if key in own else ABSENT for key in asked]
    expected = [(place, row) for place, row in enumerate(found) if row != ABSENT]
    for one in (table, Sieve(np.array(keys, dtype=np.uint64))):
        places, rows = one.known(np.array(asked, dtype=np.uint64))
        assert list(zip(places.tolist(), rows.tolist(), strict=True)) == expected


def test_keys_that_want_the_same_slot_are_kept_apart() -> None:
    # Multiples of 2^60 share their lowest bits; the table must look on from slot to slot.
    keys = np.array([n << 60 for n in range(16)], dtype=np.uint64)
    assert KeyTable(keys).find(keys).tolist() == list(range(16))
