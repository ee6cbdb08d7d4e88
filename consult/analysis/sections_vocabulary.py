"""The terms of a list of documents, and texts as weighted rows of them.

Written on plain numpy and for many texts at once: a call of scikit-learn's vectorizer costs 1.6 ms
for a single text, and pages that show a placement need not load scikit-learn.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, pairwise
from typing import Final

import numpy as np
from numpy.typing import NDArray

from consult.analysis.key_table import ABSENT, KeyTable
from consult.analysis.normalise_batch import Batch

Floats = NDArray[np.float64]
Rows = NDArray[np.int32]
Places = NDArray[np.int64]
_SHIFT = np.uint64(21)  # a code point needs 21 bits, so three of them fit into one key


@dataclass(frozen=True, slots=True)
class Vectors:
    """Texts as rows of a vocabulary and their weights, each of length one.

    Those of text ``i`` lie from ``starts[i]`` to ``starts[i + 1]``, rows ascending.
    """

    starts: Places
    rows: Rows
    weights: Floats

    def __len__(self) -> int:
        return len(self.starts) - 1

    def __iter__(self) -> Iterator[tuple[Rows, Floats]]:
        bounds = self.starts.tolist()
        for a, b in pairwise(bounds):
            yield self.rows[a:b], self.weights[a:b]


def idf(spread: Floats, documents: int) -> Floats:
    """Return the inverse document frequency, smoothed as scikit-learn does by default."""
    weights: Floats = np.log((1 + documents) / (1 + spread)) + 1.0
    return weights


@dataclass(frozen=True, slots=True)
class Counts:
    """The distinct rows of texts and how often each occurs, 1 + log; ``owners`` name the text.

    Those of text ``i`` lie from ``starts[i]`` to ``starts[i + 1]``, rows ascending.
    """

    starts: Places
    owners: Places
    rows: Rows
    times: Floats

    def some(self, places: Sequence[int]) -> Counts:
        """Return the counts of the texts at these places, ascending."""
        kept = np.asarray(places, dtype=np.int64)
        sizes = self.starts[kept + 1] - self.starts[kept]
        inside = np.isin(self.owners, kept)
        starts = np.concatenate(([0], np.cumsum(sizes)))
        owners = np.repeat(np.arange(len(kept)), sizes)
        return Counts(starts, owners, self.rows[inside], self.times[inside])

    def weighed(self, weight: Floats) -> Vectors:
        """Return the rows with times × ``weight`` of the row, each text of length one."""
        own = self.times * weight.take(self.rows)
        return self.scaled(weight, _lengths(own, self.starts))

    def scaled(self, weight: Floats, lengths: Floats) -> Vectors:
        """Return the rows with times × ``weight`` of the row, over the length of their text."""
        own = self.times * weight.take(self.rows)
        if len(lengths) == 1:
            own /= lengths[0]
        else:
            own /= lengths.take(self.owners)
        return Vectors(self.starts, self.rows, own)


def counted(owners: Places, rows: Rows, texts: int, size: int) -> Counts:
    """Count the rows of each text, of a vocabulary of so many.

    ``owners`` names the text of each row, ascending; rows that are ``ABSENT`` are left out.
    """
    known = rows != ABSENT
    if texts == 1:
        pairs = np.sort(rows[known])
        first = firsts(pairs)
        owner, row = np.zeros(len(first), dtype=np.int64), pairs[first]
        starts = np.array((0, len(first)))
    else:
        # Stable: owners ascend, and merging what is in order costs half of any other sort.
        pairs = np.sort(owners[known] * max(1, size) + rows[known], kind="stable")
        first = firsts(pairs)
        owner, row = np.divmod(pairs[first], max(1, size))
        starts, row = np.searchsorted(owner, np.arange(texts + 1)), row.astype(np.int32)
    times = np.empty_like(first)
    times[-1:] = len(pairs)
    times[:-1] = first[1:]
    times -= first
    return Counts(starts, owner, row, _LOGS.take(times, mode="clip"))


def _counted_few(rows: Sequence[int]) -> Counts:
    """Count the rows of a single text: of a few dozen, faster than with arrays."""
    times = Counter(rows)
    distinct = sorted(times)
    often = np.array([times[row] for row in distinct], dtype=np.int64)
    owners, starts = np.zeros(len(distinct), dtype=np.int64), np.array((0, len(distinct)))
    return Counts(
        starts, owners, np.array(distinct, dtype=np.int32), _LOGS.take(often, mode="clip")
    )


def firsts(ordered: Places) -> Places:
    """Return where each run of equal values begins."""
    new = np.empty(len(ordered), dtype=bool)
    new[:1] = True
    np.not_equal(ordered[1:], ordered[:-1], out=new[1:])
    return new.nonzero()[0]


def _lengths(weights: Floats, starts: Places) -> Floats:
    """Return the Euclidean length of each text's weights; 1 where all are zero or none."""
    lengths = np.ones(len(starts) - 1)
    filled = (starts[1:] > starts[:-1]).nonzero()[0]
    if filled.size:
        lengths[filled] = np.sqrt(np.add.reduceat(weights * weights, starts[filled]))
    lengths[lengths == 0] = 1.0
    return lengths


def ranges(begin: Places, times: Places) -> Places:
    """Return begin, begin + 1, … so many times for each, one after another."""
    ends = np.cumsum(times)
    return np.arange(ends[-1] if len(ends) else 0) + np.repeat(begin - ends + times, times)


# 1 + log of how often a run stands in a text, through a table: a vectorised log may differ by its
# neighbours. More than a thousand times says no more than a thousand times.
_LOGS: Final = 1.0 + np.log(np.maximum(1.0, np.arange(1001)))


def sums(matrix: Floats, texts: Sequence[Sequence[int]]) -> Floats:
    """Return texts × columns: the sum of the rows of a matrix that each text names."""
    summed = np.zeros((len(texts), matrix.shape[1]))
    for place, rows in enumerate(texts):
        for row in rows:
            summed[place] += matrix[row]
    return summed


def shares(evidence: Floats, damping: float) -> Floats:
    """Return what part of each text's evidence falls to each outcome; little stays small."""
    parts: Floats = evidence / (evidence.sum(axis=1, keepdims=True) + damping)
    return parts


class TermIndex:
    """The terms that any vocabulary of a reader knows, in the order of their characters."""

    def __init__(self, texts: Iterable[Iterable[str]]) -> None:
        self.terms = sorted({term for text in texts for term in text})
        self._rows = {term: row for row, term in enumerate(self.terms)}

    @property
    def size(self) -> int:
        """The number of terms."""
        return len(self.terms)

    def row(self, term: str) -> int:
        """Return the row of a term, ``ABSENT`` when it is unknown."""
        return self._rows.get(term, ABSENT)

    def count(self, texts: Sequence[Sequence[str]]) -> Counts:
        """Return the known terms of each text."""
        known = self._rows.get
        found = [[row for row in map(known, text) if row is not None] for text in texts]
        if len(found) == 1:
            return _counted_few(found[0])
        rows = np.fromiter(chain.from_iterable(found), np.int32)
        owners = np.repeat(np.arange(len(texts)), [len(text) for text in found])
        return counted(owners, rows, len(texts), self.size)


@dataclass(frozen=True, slots=True)
class Grams:
    """The runs of one to three folded characters of texts, each as one 64-bit key."""

    keys: NDArray[np.uint64]
    owners: Places
    texts: int


def grams(batch: Batch) -> Grams:
    """Return the runs of every text; none reaches from one text into the next."""
    codes, owners = batch.codes.astype(np.uint64), batch.owners
    if len(batch.texts) == 1:
        pairs = (codes[:-1] << _SHIFT) | codes[1:]
        keys = np.concatenate((codes, pairs, (pairs[:-1] << _SHIFT) | codes[2:]))
        return Grams(keys, np.zeros(len(keys), dtype=np.int64), 1)
    keys = np.empty((len(codes), 3), dtype=np.uint64)
    inside = np.zeros((len(codes), 3), dtype=bool)
    keys[:, 0], inside[:, 0] = codes, True
    keys[:-1, 1] = (codes[:-1] << _SHIFT) | codes[1:]
    inside[:-1, 1] = owners[:-1] == owners[1:]
    keys[:-2, 2] = (keys[:-2, 1] << _SHIFT) | codes[2:]
    inside[:-2, 2] = owners[:-2] == owners[2:]
    within = inside.ravel()
    return Grams(keys.ravel()[within], np.repeat(owners, 3)[within], len(batch.texts))


def spread(runs: Grams) -> tuple[NDArray[np.uint64], Places]:
    """Return the distinct runs and in how many texts each stands."""
    order = np.lexsort((runs.owners, runs.keys))
    keys, owners = runs.keys[order], runs.owners[order]
    new = np.ones(len(keys), dtype=bool)
    new[1:] = (keys[1:] != keys[:-1]) | (owners[1:] != owners[:-1])
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

    def rows(self, keys: NDArray[np.uint64]) -> Rows:
        """Return the row of each run, ``ABSENT`` for unknown ones."""
        return self._table.find(keys)

    def count(self, runs: Grams) -> Counts:
        """Return the known runs of each text."""
        return counted(runs.owners, self._table.find(runs.keys), runs.texts, self.size)


class Vocabulary:
    """Weighs the rows of an index by how few of a list of documents have them."""

    def __init__(self, documents: Counts, size: int) -> None:
        """Learn in how many documents each of so many rows stands; those of none weigh nothing."""
        found = np.bincount(documents.rows, minlength=size).astype(np.float64)
        self.rarity = np.where(found > 0, idf(found, len(documents.starts) - 1), 0.0)

    @property
    def size(self) -> int:
        """The number of rows of the index."""
        return len(self.rarity)

    def read(self, texts: Counts) -> Vectors:
        """Return the rows of each text with their weights."""
        return texts.weighed(self.rarity)
