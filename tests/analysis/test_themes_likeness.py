"""How alike texts are does not depend on how many rows are multiplied at a time."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.sparse import random as sparse_random

from consult.analysis.themes_likeness import Likeness, product


def test_a_few_rows_multiplied_at_a_time_give_what_all_at_once_give() -> None:
    chance = np.random.default_rng(7)
    rows = sparse_random(150, 400, 0.1, format="csr", dtype=np.float32, random_state=chance)
    whole = (rows @ rows.T).toarray()
    places = [5, 149, 0, 77]

    few = Likeness(rows)

    assert (product(rows) == whole).all()
    assert (few.among(np.array(places)) == whole[np.ix_(places, places)]).all()
    assert (next(few.blocks(places))[1] == whole[np.ix_(places, places)]).all()


def test_many_rows_are_compared_block_by_block(monkeypatch: pytest.MonkeyPatch) -> None:
    rows = sparse_random(150, 400, 0.1, format="csr", dtype=np.float32, random_state=3)
    whole = (rows @ rows.T).toarray()
    monkeypatch.setattr("consult.analysis.themes_likeness.LARGEST", 149)

    blocks = list(Likeness(rows).blocks(range(150)))

    assert [start for start, _ in blocks] == [0, 64, 128]
    assert (np.concatenate([block for _, block in blocks]) == whole).all()


def test_groups_multiplied_together_give_what_each_gives(monkeypatch: pytest.MonkeyPatch) -> None:
    rows = sparse_random(150, 400, 0.1, format="csr", dtype=np.float32, random_state=3)
    whole = (rows @ rows.T).toarray()
    monkeypatch.setattr("consult.analysis.themes_likeness.LARGEST", 100)
    groups = [[3], [5, 4], [*range(10, 130)], [*range(9, 2, -1)], [140, 7], [*range(50, 100)]]

    found = [[*blocks] for blocks in Likeness(rows).within(groups)]

    for own, blocks in zip(groups, found, strict=True):
        assert (np.concatenate([block for _, block in blocks]) == whole[np.ix_(own, own)]).all()
    assert [[start for start, _ in blocks] for blocks in found] == [[0], [0], [0, 64], *[[0]] * 3]


def test_the_likeness_to_sides_is_that_to_their_rows_added_up() -> None:
    rows = sparse_random(90, 400, 0.1, format="csr", dtype=np.float32, random_state=5)
    sizes, left, sides = list(range(1, 91)), [4, 0, 70], [[5, 3, 89], [2], []]

    found = [*Likeness(rows).drawn(left, sides, sizes)]

    for own, side in zip(found, sides, strict=True):
        times = np.array([float(sizes[place]) for place in side])
        assert (own == rows[left] @ (rows[side].T @ times)).all()
