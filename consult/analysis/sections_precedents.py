"""The labelled text nearest to a comment: what the learned model has to show for its answer.

Compared by words and concepts, not by characters: those are what a person recognises.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, NamedTuple

import numpy as np

from consult.analysis.sections_vocabulary import Counts, Floats, Places, Vectors, firsts, ranges

# Below this cosine the nearest text has little to do with the comment.
NEAR: Final = 0.15
# Terms that more than this part of the labelled texts have (建议, 希望) make nothing near.
COMMON: Final = 0.01
_FEW: Final = 20  # texts; what no more than these have is telling in any case


class Nearest(NamedTuple):
    """The number of a labelled text, the term that brings it nearest, and the cosine, 0 to 1."""

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

    def find(self, texts: Counts, weights: Floats, outcomes: Places) -> list[Nearest | None]:
        """Return the nearest labelled text of the outcome given with each text, None without.

        ``weights`` are those of the texts' terms, each text of length one.
        """
        found: list[Nearest | None] = [None] * (len(texts.starts) - 1)
        files = texts.rows.astype(np.int64)
        files *= self._outcomes
        files += outcomes.take(texts.owners)
        begin = self._ends.take(files)
        times = self._ends.take(files + 1) - begin
        postings = ranges(begin, times)
        if postings.size:
            products = np.repeat(weights, times) * self._weights.take(postings)
            pairs = np.repeat(texts.owners * self._size, times) + self._examples.take(postings)
            self._keep_best(found, pairs, products, np.repeat(texts.rows, times))
        return found

    def _keep_best(
        self, found: list[Nearest | None], pairs: Places, products: Floats, rows: Places
    ) -> None:
        """Sum the products of each pair and keep each text's best; the first of equal ones."""
        order = pairs.argsort(kind="stable")
        ordered, products, rows = pairs[order], products[order], rows[order]
        first = firsts(ordered)
        cosines = np.add.reduceat(products, first).round(4)
        if len(found) == 1:
            found[0] = self._nearest(ordered, first, cosines, products, rows)
            return
        texts, examples = np.divmod(ordered.take(first), self._size)
        best = _largest(cosines, firsts(texts))
        best = best[cosines.take(best) >= NEAR]
        terms = rows.take(_largest(products, first).take(best))
        near = (part.take(best).tolist() for part in (texts, examples, cosines))
        for text, example, cosine, term in zip(*near, terms.tolist(), strict=True):
            found[text] = Nearest(example, term, cosine)

    def _nearest(
        self, pairs: Places, first: Places, cosines: Floats, products: Floats, rows: Places
    ) -> Nearest | None:
        """Return the best pair of a single text: a third of the time of the way for many."""
        best = int(cosines.argmax())
        if cosines[best] < NEAR:
            return None
        own = slice(first[best], first[best + 1] if best + 1 < len(first) else None)
        term = int(rows[own][products[own].argmax()])
        return Nearest(int(pairs[first[best]]) % self._size, term, float(cosines[best]))


def _largest(values: Floats, begin: Places) -> Places:
    """Return the place of the largest value of each run, the first of equal ones."""
    times = np.diff(begin, append=len(values))
    most = np.repeat(np.maximum.reduceat(values, begin), times)
    places = (values == most).nonzero()[0]
    first: Places = places.take(np.searchsorted(places, begin))
    return first
