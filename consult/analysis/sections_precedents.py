"""The labelled text nearest to a comment: what the learned model has to show for its answer.

Compared by words and concepts, not by characters: those are what a person recognises.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, NamedTuple

import numpy as np

from consult.analysis.sections_vocabulary import (
    Counts,
    Floats,
    Places,
    Rows,
    Vectors,
    firsts,
    ranges,
)

# Below this cosine the nearest text has little to do with the comment.
NEAR: Final = 0.15
# Terms that more than this part of the labelled texts have (建议, 希望) make nothing near.
COMMON: Final = 0.01
_FEW: Final = 20  # texts; what no more than these have is telling in any case


class Nearest(NamedTuple):
    """A text, the labelled text nearest to it, the term that brings it nearest, and the cosine."""

    text: int
    example: int
    term: int
    cosine: float


class PrecedentFinder:
    """Finds the nearest among the labelled texts of one outcome."""

    def __init__(
        self, examples: Vectors, columns: Sequence[int], outcomes: int, terms: int
    ) -> None:
        """Take the texts as vectors over so many terms and the outcome of each.

        Postings are filed under (term, outcome), so that only texts of that outcome are compared.
        """
        own = np.repeat(np.arange(len(examples)), examples.starts[1:] - examples.starts[:-1])
        spread = np.bincount(examples.rows, minlength=terms)
        telling = spread[examples.rows] <= max(_FEW, COMMON * len(examples))
        own, rows = own[telling], examples.rows[telling].astype(np.int64)
        files = rows * outcomes + np.asarray(columns)[own]
        order = np.argsort(files, kind="stable")
        self._outcomes, self._size = outcomes, len(examples)
        self._ends = np.searchsorted(files[order], np.arange(terms * outcomes + 1))
        self._examples, self._weights = own[order], examples.weights[telling][order]

    def find(self, texts: Counts, weights: Floats, outcomes: Places) -> list[Nearest]:
        """Return the nearest labelled text of the outcome given with each text, where there is one.

        ``weights`` are those of the texts' terms, each text of length one.
        """
        files = texts.rows.astype(np.int64)
        files *= self._outcomes
        alone = len(outcomes) == 1
        files += outcomes if alone else outcomes.take(texts.owners)
        begin = self._ends.take(files)
        times = self._ends.take(files + 1) - begin
        filed = times.nonzero()[0]  # a third of all terms
        if not filed.size:
            return []
        times, rows = times.take(filed), texts.rows.take(filed)
        postings = ranges(begin.take(filed), times)
        products = weights.take(filed).repeat(times) * self._weights.take(postings)
        pairs = self._examples.take(postings)
        if not alone:
            pairs += (texts.owners.take(filed) * self._size).repeat(times)
        return self._best(pairs, products, rows.repeat(times), alone=alone)

    def _best(self, pairs: Places, products: Floats, rows: Rows, *, alone: bool) -> list[Nearest]:
        """Sum the products of each pair and return each text's best; the first of equal ones."""
        order = pairs.argsort(kind="stable")
        pairs, products, rows = pairs.take(order), products.take(order), rows.take(order)
        first = firsts(pairs)
        cosines = np.add.reduceat(products, first).round(4)
        if alone:
            return self._nearest(pairs, first, cosines, products, rows)
        texts, examples = np.divmod(pairs.take(first), self._size)
        best = _largest(cosines, firsts(texts))
        best = best[cosines.take(best) >= NEAR]
        begin = first.take(best)
        times = np.append(first, len(pairs)).take(best + 1) - begin
        own = ranges(begin, times)
        terms = rows.take(own.take(_largest(products.take(own), times.cumsum() - times)))
        near = [part.take(best).tolist() for part in (texts, examples, cosines)]
        every = zip(*near, terms.tolist(), strict=True)
        return [Nearest(text, example, term, cosine) for text, example, cosine, term in every]

    def _nearest(
        self, pairs: Places, first: Places, cosines: Floats, products: Floats, rows: Rows
    ) -> list[Nearest]:
        """Return the best pair of a single text: a third of the time of the way for many."""
        best = int(cosines.argmax())
        if cosines[best] < NEAR:
            return []
        own = slice(first[best], first[best + 1] if best + 1 < len(first) else None)
        term = int(rows[own][products[own].argmax()])
        return [Nearest(0, int(pairs[first[best]]) % self._size, term, float(cosines[best]))]


def _largest(values: Floats, begin: Places) -> Places:
    """Return the place of the largest value of each run, the first of equal ones."""
    times = np.diff(begin, append=len(values))
    most = np.repeat(np.maximum.reduceat(values, begin), times)
    places = (values == most).nonzero()[0]
    first: Places = places.take(np.searchsorted(places, begin))
    return first
