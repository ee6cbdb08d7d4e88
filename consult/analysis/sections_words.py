"""The words that a text shares with a section: those that a person is shown as a reason."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from consult.analysis.sections_products import Products
from consult.analysis.sections_vocabulary import Counts, Floats, Places, ranks


class SharedWords:
    """Names the words that carry the cosine of texts to a section."""

    def __init__(
        self, products: Products, part: int, terms: Sequence[str], sections: Sequence[bool]
    ) -> None:
        """Take the products, which of their parts is the sections', and all terms in order.

        ``sections`` tells of each outcome whether it is a section: others share nothing to show.
        """
        self._products, self._part, self._terms = products, part, terms
        self._telling = np.array([len(term) > 1 for term in terms], dtype=bool)
        self._sections = np.array(sections, dtype=bool)

    def find(
        self, texts: Counts, lengths: Floats, outcomes: Places, top: int
    ) -> tuple[Places, list[str], list[float]]:
        """Return the words that each text shares with its outcome, strongest first.

        Of each word the text, which are ascending, the word, and what it adds to the cosine.
        ``lengths`` are those of ``Multiplied``. Single characters are left out: they count, but
        explain nothing to a person. Equally strong ones stand in the order of their characters.
        """
        own = lengths[:, self._part]
        added = self._products.added(self._part, texts, own, outcomes).round(4)
        if len(outcomes) == 1:
            return self._find_one(texts, added, outcomes.item(), top)
        telling = (added > 0) & self._telling.take(texts.rows)
        telling &= self._sections.take(outcomes).take(texts.owners)
        at = telling.nonzero()[0]
        owners, rows, shares = texts.owners.take(at), texts.rows.take(at), added.take(at)
        order = np.lexsort((-shares, owners))  # stable, and the rows of a text are ascending
        if len(order) > top:
            order = order[ranks(owners) < top]
        words = [self._terms[row] for row in rows.take(order).tolist()]
        return owners.take(order), words, shares.take(order).tolist()

    def _find_one(
        self, text: Counts, added: Floats, outcome: int, top: int
    ) -> tuple[Places, list[str], list[float]]:
        """Return the words of a single text: of two dozen terms, faster than with arrays."""
        terms, best = self._terms, []
        if self._sections[outcome]:
            every = zip(added.tolist(), text.rows.tolist(), strict=True)
            best = sorted([(-a, row) for a, row in every if a > 0 and len(terms[row]) > 1])[:top]
        owners = np.zeros(len(best), dtype=np.int64)
        return owners, [terms[row] for _, row in best], [-share for share, _ in best]
