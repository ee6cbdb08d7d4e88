"""Shards through one function."""

from __future__ import annotations

import pytest

from consult.analysis.engine import map_shards


def test_results_come_in_the_order_of_the_shards():
    assert map_shards(sum, [[1, 2], [3], []]) == [3, 3, 0]


def test_any_number_of_processes_gives_the_same_result():
    shards = [list(range(n)) for n in range(7)]

    assert map_shards(sum, shards, processes=2) == map_shards(sum, shards, processes=1)


def test_no_shards_have_no_results():
    assert map_shards(sum, []) == []


def test_less_than_one_process_is_refused():
    with pytest.raises(ValueError, match="at least 1"):
        map_shards(sum, [[1]], processes=0)
