"""The labelled text nearest to a comment: what the learned model has to show for its answer.

Compared by words and concepts, not by characters: those are what a person recognises.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from consult.analysis.sections_vocabulary import Floats, Places, Terms, Vectors, firsts

# Below this cosine the nearest text has little to do with the comment.
NEAR: Final = 0.15
# Terms that more than this part of the labelled texts have (建议, 希望) make nothing near.
COMMON: Final = 0.01
_FEW: Final = 20  # texts; what no more than these have is telling in any case


@dataclass(frozen=True, slots=True)
class Nearest:
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

    def find(self, texts: Sequence[Terms], outcomes: Sequence[int]) -> list[Nearest | None]:
        """Return the nearest labelled text of the outcome given with each text, None without."""
        found: list[Nearest | None] = [None] * len(texts)
        owners = np.repeat(np.arange(len(texts)), [len(rows) for rows, _ in texts])
        rows = np.concatenate([rows for rows, _ in texts]).astype(np.int64)
        files = rows * self._outcomes + np.asarray(outcomes)[owners]
        begin = self._ends[files]
        times = self._ends[files + 1] - begin
        postings = _ranges(begin, times)
        if not postings.size:
            return found
        weights = np.concatenate([weights for _, weights in texts])
        products = np.repeat(weights, times) * self._weights[postings]
        pairs = np.repeat(owners, times) * self._size + self._examples[postings]
        self._keep_best(found, pairs, products, np.repeat(rows, times))
        return found

    def _keep_best(
        self, found: list[Nearest | None], pairs: Places, products: Floats, rows: Places
    ) -> None:
        """Sum the products of each pair and keep each text's best; the first of equal ones."""
        order = np.argsort(pairs, kind="stable")
        ordered, products, rows = pairs[order], products[order], rows[order]
        first = firsts(ordered)
        ends = np.append(first[1:], len(ordered))
        cosines = np.add.reduceat(products, first).round(4)
        texts, examples = np.divmod(ordered[first], self._size)
        best = np.lexsort((examples, -cosines, texts))
        for place in best[firsts(texts[best])].tolist():
            if cosines[place] >= NEAR:
                own = slice(first[place], ends[place])
                term = int(rows[own][products[own].argmax()])
                nearest = Nearest(int(examples[place]), term, float(cosines[place]))
                found[int(texts[place])] = nearest


def _ranges(begin: Places, times: Places) -> Places:
    """Return begin, begin + 1, … so many times for each, one after another."""
    ends = np.cumsum(times)
    return np.arange(ends[-1] if len(ends) else 0) + np.repeat(begin - ends + times, times)
