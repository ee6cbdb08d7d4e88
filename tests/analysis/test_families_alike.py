"""Equal keys meet in a table."""

from __future__ import annotations

import numpy as np
from hypothesis import example, given
from hypothesis import strategies as st

from consult.analysis.families_alike import alike

# Keys that part in high bits alone meet in the same slots for several tables.
KEYS = st.integers(0, 3).flatmap(lambda low: st.integers(0, 7).map(lambda up: up << 61 | low))


@given(st.lists(st.one_of(KEYS, st.integers(0, (1 << 64) - 1)), max_size=40))
@example([])
@example([0])
@example([1 << 63, 0] * 20)
def test_places_are_the_same_for_equal_keys_alone(keys: list[int]):
    place = alike(np.array(keys, np.uint64)).tolist()

    assert [keys[at] for at in place] == keys
    assert len(set(place)) == len(set(keys))
