"""The runs and terms that any vocabulary of a reader knows, and texts counted in them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import repeat

import numpy as np
from numpy.typing import NDArray

from consult.analysis.key_table import ABSENT, LONGEST, KeyTable, key_of, keys_of
from consult.analysis.normalise_batch import Batch
from consult.analysis.sections_vocabulary import LOGS, Counts, Places, Rows, counted
from consult.analysis.segment_layout import Bag


class TermIndex:
    """The terms that any vocabulary of a reader knows, in the order of their characters."""

    def __init__(self, texts: Iterable[Iterable[str]]) -> None:
        self.terms = sorted({term for text in texts for term in text})
        self._rows = {term: row for row, term in enumerate(self.terms)}
        short = [row for row, term in enumerate(self.terms) if 0 < len(term) <= LONGEST]
        keys = [key_of(self.terms[row]) for row in short]
        self._table = KeyTable(np.array(keys, dtype=np.uint64))
        self._short = np.array([*short, ABSENT], dtype=np.int32)

    @property
    def size(self) -> int:
        """The number of terms."""
        return len(self.terms)

    def row(self, term: str) -> int:
        """Return the row of a term, ``ABSENT`` when it is unknown."""
        return self._rows.get(term, ABSENT)

    def rows(self, terms: Sequence[str]) -> Rows:
        """Return the row of each term, ``ABSENT`` for unknown ones."""
        return np.fromiter(map(self._rows.get, terms, repeat(ABSENT)), np.int32, len(terms))

    def rows_of(self, bag: Bag) -> Rows:
        """Return the row of each word, ``ABSENT`` for unknown ones.

        Short ones are looked up by their keys: asking a dictionary for a word that was made just
        now takes ten times as long.
        """
        rows = self._short.take(self._table.find(bag.keys))
        rows[bag.keys == 0] = self.rows(bag.others)
        return rows

    def count_one(self, words: Iterable[str], rows: Iterable[int]) -> Counts:
        """Return the known terms of a single text, given by words and by rows.

        Of a few dozen, faster than with arrays.
        """
        known = self._rows.get
        times = Counter([*rows, *[row for row in map(known, words) if row is not None]])
        distinct = sorted(times)
        often = np.array([times[row] for row in distinct], dtype=np.int64)
        owners, starts = np.zeros(len(distinct), dtype=np.int64), np.array((0, len(distinct)))
        own = np.array(distinct, dtype=np.int32)
        return Counts(starts, owners, own, LOGS.take(often, mode="clip"))

    def count(self, rows: Rows, owners: Places, texts: int) -> Counts:
        """Return the known terms of each text, given by their rows; ``owners`` in any order."""
        known = (rows != ABSENT).nonzero()[0]
        rows, owners = rows.take(known), owners.take(known)
        order = owners.argsort(kind="stable")
        rows, owners = rows.take(order), owners.take(order)
        return counted(rows, np.searchsorted(owners, np.arange(texts + 1)))


@dataclass(frozen=True, slots=True)
class Grams:
    """The runs of one to three folded characters of texts, each as one 64-bit key.

    ``keys`` is characters × 3: the runs that begin there; 0 where one reaches into the next text.
    Those of text ``i`` lie from ``starts[i]`` to ``starts[i + 1]``.
    """

    keys: NDArray[np.uint64]
    starts: Places

    @property
    def texts(self) -> int:
        """The number of texts."""
        return len(self.starts) - 1


def grams(batch: Batch) -> Grams:
    """Return the runs of every text; none reaches from one text into the next."""
    keys, owners = keys_of(batch.codes), batch.owners
    if len(batch.texts) > 1:
        keys[:-1, 1][owners[:-1] != owners[1:]] = 0
        keys[:-2, 2][owners[:-2] != owners[2:]] = 0
    return Grams(keys, batch.starts)


def spread(runs: Grams) -> tuple[NDArray[np.uint64], Places]:
    """Return the distinct runs and in how many texts each stands."""
    keys = runs.keys.ravel()
    owners = np.repeat(np.arange(runs.texts), 3 * np.diff(runs.starts))
    order = np.lexsort((owners, keys))
    keys, owners = keys[order], owners[order]
    new = keys != 0
    new[1:] &= (keys[1:] != keys[:-1]) | (owners[1:] != owners[:-1])
    distinct, texts = np.unique(keys[new], return_counts=True)
    return distinct, texts


class GramIndex:
    """The runs of one to three characters that any vocabulary of a reader knows.

    Texts are looked up and counted once. Single characters carry most and are kept: 1 to 3 won
    over 2 to 3 in every comparison.
    """

    def __init__(self, *keys: NDArray[np.uint64]) -> None:
        known = np.unique(np.concatenate(keys))
        self._table = KeyTable(known)
        self.size = len(known)

    def count(self, runs: Grams) -> Counts:
        """Return the known runs of each text."""
        places, rows = self._table.known(runs.keys.ravel())
        return counted(rows, places.searchsorted(LONGEST * runs.starts))
