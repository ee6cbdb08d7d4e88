"""The labelled text nearest to a comment: what the learned model has to show for its answer.

Compared by words, not by characters: shared words are what a person recognises.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from consult.analysis.sections_vocabulary import Floats, Places, Rows, Vectors, firsts

# Below this cosine the nearest text has little to do with the comment: one common word or two.
NEAR: Final = 0.2


@dataclass(frozen=True, slots=True)
class Nearest:
    """The number of a labelled text and its cosine to the comment, 0 to 1."""

    example: int
    cosine: float


class PrecedentFinder:
    """Finds the nearest among the labelled texts of one outcome."""

    def __init__(self, examples: Vectors, columns: Sequence[int], outcomes: int) -> None:
        """Take the texts as vectors and the outcome of each.

        Postings are filed under (term, outcome), so that only texts of that outcome are compared.
        """
        own = np.repeat(np.arange(len(examples)), examples.starts[1:] - examples.starts[:-1])
        files = examples.rows.astype(np.int64) * outcomes + np.asarray(columns)[own]
        order = np.argsort(files, kind="stable")
        self._outcomes = outcomes
        self._files = files[order]
        self._examples, self._weights = own[order], examples.weights[order]
        self._size = len(examples)

    def find(
        self, texts: Sequence[tuple[Rows, Floats]], outcomes: Sequence[int]
    ) -> list[Nearest | None]:
        """Return the nearest labelled text of the outcome given with each text, None without."""
        found: list[Nearest | None] = [None] * len(texts)
        owners = np.repeat(np.arange(len(texts)), [len(rows) for rows, _ in texts])
        if not owners.size:
            return found
        rows = np.concatenate([rows for rows, _ in texts]).astype(np.int64)
        files = rows * self._outcomes + np.asarray(outcomes)[owners]
        begin = np.searchsorted(self._files, files)
        times = np.searchsorted(self._files, files, side="right") - begin
        postings = _ranges(begin, times)
        weights = np.concatenate([weights for _, weights in texts])
        products = np.repeat(weights, times) * self._weights[postings]
        pairs = np.repeat(owners, times) * self._size + self._examples[postings]
        self._keep_best(found, pairs, products)
        return found

    def _keep_best(self, found: list[Nearest | None], pairs: Places, products: Floats) -> None:
        """Sum the products of each pair and keep each text's best; the first of equal ones."""
        if not pairs.size:
            return
        order = np.argsort(pairs, kind="stable")
        first = firsts(pairs[order])
        cosines = np.add.reduceat(products[order], first).round(4)
        texts, examples = np.divmod(pairs[order][first], self._size)
        best = np.lexsort((examples, -cosines, texts))
        for place in best[firsts(texts[best])].tolist():
            if cosines[place] >= NEAR:
                nearest = Nearest(int(examples[place]), float(cosines[place]))
                found[int(texts[place])] = nearest


def _ranges(begin: Places, times: Places) -> Places:
    """Return begin, begin + 1, … so many times for each, one after another."""
    ends = np.cumsum(times)
    return np.arange(ends[-1] if len(ends) else 0) + np.repeat(begin - ends + times, times)
