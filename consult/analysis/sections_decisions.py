"""What earlier decisions say of a comment much like them, and of no other.

A linear model that is fitted anew to a few decisions changes its mind about every section: with
corrections of three chapters alone, comments on the other four went wrong (1.6 points at 100, and
3.4 by characters alone). A decision must count where a comment is like it, and nowhere else.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import numpy as np

from consult.analysis.sections_vocabulary import Floats, Vectors, firsts, ranges

# Cosine of runs from which a decision is like a comment; of texts on different matters of one plan
# nine in ten lie below. Three separately written sets: .3 and .25 never cost, .2 and .1 did.
LIKE: Final = 0.3
# What a decision that is the very comment adds: 1.4, about as much as a sure linear model.
STRENGTH: Final = 2.0


class NearDecisions:
    """The nearest decision of each outcome, by runs of characters."""

    def __init__(self, decided: Vectors, columns: Sequence[int], outcomes: int, runs: int) -> None:
        """Take the decided texts as vectors over so many runs, and the outcome of each."""
        order = np.argsort(np.asarray(columns), kind="stable")
        place = np.empty(len(order), dtype=np.int64)
        place[order] = np.arange(len(order))
        owners = np.repeat(place, decided.starts[1:] - decided.starts[:-1])
        filed = np.lexsort((owners, decided.rows))
        self._ends = np.searchsorted(decided.rows[filed], np.arange(runs + 1))
        self._owners, self._weights = owners[filed], decided.weights[filed]
        ordered = np.asarray(columns, dtype=np.int64)[order]
        self._firsts = firsts(ordered)
        self._columns = ordered[self._firsts]
        self._outcomes, self._size = outcomes, len(order)

    def scores(self, texts: Vectors) -> Floats:
        """Return texts × outcomes: 0 where no decision is like the text."""
        scores = np.zeros((len(texts), self._outcomes))
        for place, (rows, weights) in enumerate(texts):
            begin = self._ends[rows]
            times = self._ends[rows + 1] - begin
            postings = ranges(begin, times)
            products = np.repeat(weights, times) * self._weights[postings]
            cosines = np.bincount(self._owners[postings], products, minlength=self._size)
            nearest = np.maximum.reduceat(cosines, self._firsts)
            scores[place, self._columns] = STRENGTH * np.maximum(0.0, nearest - LIKE)
        return scores
