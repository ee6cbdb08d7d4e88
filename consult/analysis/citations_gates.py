"""Which texts are worth searching for titles and quotations: array look-ups for all at once."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final

import numpy as np

from consult.analysis.key_table import ABSENT, Keys
from consult.analysis.normalise_batch import codes_of
from consult.analysis.sections_vocabulary import Counts, GramIndex, firsts

_SHIFT: Final = np.uint64(21)  # bits of a code point
_BASE: Final = np.uint64(1_000_003)  # of the polynomial that names a run


class TitlePairs:
    """Tells which titles a text may name: half of a title's pairs of characters must be there.

    A typo spoils two pairs at most.
    """

    def __init__(self, titles: Sequence[str], runs: GramIndex) -> None:
        """Take the folded titles and the index of runs that texts are counted in."""
        self._member = np.zeros((runs.size, len(titles)), dtype=np.int64)
        for column, title in enumerate(titles):
            rows = runs.rows(np.unique(_pair_keys(title)))
            self._member[rows[rows != ABSENT], column] = 1
        self._pair = self._member.sum(axis=1) > 0
        self._least = np.array([(len(np.unique(_pair_keys(title))) + 1) // 2 for title in titles])

    def named(self, counts: Counts) -> list[tuple[int, ...]]:
        """Return the titles that each counted text may name."""
        named: list[tuple[int, ...]] = [()] * (len(counts.starts) - 1)
        pairs = self._pair[counts.rows].nonzero()[0]
        if not pairs.size:
            return named
        owners = counts.owners[pairs]
        starts = firsts(owners)
        found = np.add.reduceat(self._member[counts.rows[pairs]], starts, axis=0)
        for place, title in zip(*(found >= self._least).nonzero(), strict=True):
            text = int(owners[starts[place]])
            named[text] = (*named[text], int(title))
        return named


def _pair_keys(text: str) -> Keys:
    codes = codes_of(text).astype(np.uint64)
    return (codes[:-1] << _SHIFT) | codes[1:]


def run_keys(codes: Keys, length: int) -> Keys:
    """Return a key for each run of so many code points; what has equal keys is read again."""
    size = len(codes) - length + 1
    return mixed([codes[offset : offset + size] for offset in range(length)])


def mixed(columns: Iterable[Keys]) -> Keys:
    """Return a key for each row of columns of code points, by a polynomial in 64 bits."""
    first, *others = columns
    keys: Keys = first.copy()
    for column in others:
        keys = keys * _BASE + column
    return keys
