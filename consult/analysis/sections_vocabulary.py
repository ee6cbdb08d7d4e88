"""The terms of a list of documents, and texts as weighted rows of them.

Written on plain numpy and for many texts at once: a call of scikit-learn's vectorizer costs 1.6 ms
for a single text, and pages that show a placement need not load scikit-learn.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Rows = NDArray[np.int32]
Places = NDArray[np.int64]


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

    def take(self, places: Places) -> Counts:
        """Return the counts of the texts at these places, in any order and also more than once."""
        owners, at = parts_of(self.starts, places)
        starts = np.searchsorted(owners, np.arange(len(places) + 1))
        return Counts(starts, owners, self.rows.take(at), self.times.take(at))

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


def counted(rows: Rows, starts: Places) -> Counts:
    """Count the rows of each text, which lie from its start to the next; they are sorted here.

    Text by text: the rows of one fit into a processor's registers, and sorting them so takes a
    fifth of the time of sorting those of all texts at once.
    """
    bounds = starts.tolist()
    for a, b in pairwise(bounds):
        rows[a:b].sort()
    new = np.empty(len(rows), dtype=bool)
    new[:1] = True
    np.not_equal(rows[1:], rows[:-1], out=new[1:])
    alone = len(bounds) == 2
    if not alone:
        new[starts[:-1][starts[:-1] < len(rows)]] = True
    first = new.nonzero()[0]
    times = np.empty_like(first)
    times[-1:] = len(rows)
    times[:-1] = first[1:]
    times -= first
    if alone:
        own, owners = np.array((0, len(first))), np.zeros(len(first), dtype=np.int64)
        return Counts(own, owners, rows.take(first), LOGS.take(times, mode="clip"))
    own = np.searchsorted(first, starts)
    owners = np.repeat(np.arange(len(starts) - 1), own[1:] - own[:-1])
    return Counts(own, owners, rows.take(first), LOGS.take(times, mode="clip"))


def ranks(ordered: Places) -> Places:
    """Return of each value which one of its equals it is, from 0; ``ordered`` is ascending."""
    rank: Places = np.arange(len(ordered)) - ordered.searchsorted(ordered)
    return rank


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
    ends = times.cumsum()
    places: Places = (begin - ends + times).repeat(times)
    places += np.arange(len(places))
    return places


def parts_of(starts: Places, texts: Places) -> tuple[Places, Places]:
    """Return the places of what lies from the start of each of these texts to the next start.

    With each comes the place of its text in ``texts``.
    """
    begin = starts.take(texts)
    times = starts.take(texts + 1) - begin
    owners: Places = np.arange(len(texts)).repeat(times)
    return owners, ranges(begin, times)


# 1 + log of how often a run stands in a text, through a table: a vectorised log may differ by its
# neighbours. More than a thousand times says no more than a thousand times.
LOGS: Final = 1.0 + np.log(np.maximum(1.0, np.arange(1001)))


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
