"""The words that a text shares with a section: those that a person is shown as a reason."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from consult.analysis.sections_products import Products
from consult.analysis.sections_vocabulary import Counts, Floats, Places


class SharedWords:
    """Names the words that carry the cosine of texts to a section."""

    def __init__(self, products: Products, part: int, terms: Sequence[str]) -> None:
        """Take the products, which of their parts is the sections', and all terms in order."""
        self._products, self._part, self._terms = products, part, terms
        self._telling = np.array([len(term) > 1 for term in terms], dtype=bool)

    def find(
        self, texts: Counts, lengths: Floats, outcomes: Places, top: int
    ) -> list[list[tuple[str, float]]]:
        """Return the words that each text shares with its outcome, strongest first.

        ``lengths`` are those of ``Multiplied``. Single characters are left out: they count, but
        explain nothing to a person. Equally strong ones stand in the order of their characters.
        """
        own = lengths[:, self._part]
        added = self._products.added(self._part, texts, own, outcomes).round(4)
        telling = ((added > 0) & self._telling.take(texts.rows)).nonzero()[0]
        owners, rows, shares = texts.owners[telling], texts.rows[telling], added[telling]
        order = np.lexsort((rows, -shares, owners))
        found: list[list[tuple[str, float]]] = [[] for _ in range(len(texts.starts) - 1)]
        every = (owners[order].tolist(), rows[order].tolist(), shares[order].tolist())
        for owner, row, share in zip(*every, strict=True):
            if len(found[owner]) < top:
                found[owner].append((self._terms[row], share))
        return found
