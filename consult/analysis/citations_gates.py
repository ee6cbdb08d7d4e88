"""Which texts are worth searching for titles and quotations: array look-ups for all at once."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final

import numpy as np

from consult.analysis.key_table import ABSENT, Keys, KeyTable
from consult.analysis.normalise_batch import Places, codes_of
from consult.analysis.sections_vocabulary import firsts

_SHIFT: Final = np.uint64(21)  # bits of a code point
_BASE: Final = np.uint64(1_000_003)  # of the polynomial that names a run


class TitlePairs:
    """Tells which titles a text may name: half of a title's pairs of characters must be there.

    A typo spoils two pairs at most.
    """

    def __init__(self, titles: Sequence[str]) -> None:
        own = [np.unique(pair_keys(codes_of(title).astype(np.uint64))) for title in titles]
        keys = np.unique(np.concatenate(own)) if own else np.empty(0, dtype=np.uint64)
        self._table = KeyTable(keys)
        self._member = np.zeros((len(keys), len(titles)))
        for column, pairs in enumerate(own):
            self._member[np.searchsorted(keys, pairs), column] = 1.0
        self._least = self._member.sum(axis=0) / 2

    def named(self, pairs: Keys, owners: Places, texts: int) -> list[tuple[int, ...]]:
        """Return the titles each text may name, from the pairs of all texts and their owners."""
        rows = self._table.find(pairs)
        known = rows != ABSENT
        named: list[tuple[int, ...]] = [()] * texts
        if not known.any():
            return named
        seen = np.unique(owners[known] * len(self._member) + rows[known])
        owner, row = np.divmod(seen, len(self._member))
        starts = firsts(owner)
        counts = np.add.reduceat(self._member[row], starts, axis=0)
        for place, title in zip(*np.nonzero(counts >= self._least), strict=True):
            text = int(owner[starts[place]])
            named[text] = (*named[text], int(title))
        return named


def pair_keys(codes: Keys) -> Keys:
    """Return a key for each two neighbouring code points."""
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
