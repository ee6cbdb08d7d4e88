"""Texts times several matrices over one index of terms, in one pass."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

import numpy as np

from consult.analysis.sections_vocabulary import (
    Counts,
    Floats,
    Places,
    Vectors,
    Vocabulary,
)

_MANY: Final = 20  # texts that are worth loading SciPy
_FIRST: Final = np.zeros(1, dtype=np.int64)  # where a single text begins


@dataclass(frozen=True, slots=True)
class Part:
    """A matrix with a row a term, and the vocabulary that weighs the terms of a text for it."""

    vocabulary: Vocabulary
    matrix: Floats


def documents_part(vocabulary: Vocabulary, documents: Vectors) -> Part:
    """Return the part whose products are the cosines of texts to documents."""
    matrix = np.zeros((vocabulary.size, len(documents)))
    for column, (rows, weights) in enumerate(documents):
        matrix[rows, column] = weights
    return Part(vocabulary, matrix)


def lengths_part(vocabulary: Vocabulary) -> Part:
    """Return the part that has no product: the texts' lengths alone are wanted."""
    return Part(vocabulary, np.zeros((vocabulary.size, 0)))


@dataclass(frozen=True, slots=True)
class Multiplied:
    """Products of texts: for each part texts × its columns; ``lengths`` is texts × parts."""

    products: Sequence[Floats]
    lengths: Floats


class Products:
    """Multiplies texts, weighed and of length one by the vocabulary of each part, with its matrix.

    The weights of the terms are folded into the matrices: so a text's rows are fetched once for all
    parts. Looking them up again and again was a quarter of the time of a comment.
    """

    def __init__(self, parts: Sequence[Part]) -> None:
        """Take the parts; all their vocabularies weigh the same index."""
        self._rarities = np.array([part.vocabulary.rarity for part in parts])
        weighed = [part.vocabulary.rarity[:, np.newaxis] * part.matrix for part in parts]
        # The weights themselves stand at the end of each row: a single text fetches them with it.
        self._matrix = np.hstack([*weighed, self._rarities.T])
        widths = [part.matrix.shape[1] for part in parts]
        self._part_of = np.repeat(np.arange(len(parts)), widths)
        self._bounds = [0, *np.cumsum(widths).tolist()]

    def of(self, texts: Counts) -> Multiplied:
        """Return the products of texts."""
        alone = len(texts.starts) == 2 and len(texts.rows) > 0
        if alone:
            sums, lengths = self._of_one(texts)
        else:
            sums, lengths = self._sums(texts), self._lengths(texts)
        products = sums[:, : self._bounds[-1]]
        products /= lengths.take(self._part_of, axis=1)
        return Multiplied([products[:, a:b] for a, b in pairwise(self._bounds)], lengths)

    def _of_one(self, text: Counts) -> tuple[Floats, Floats]:
        """Return the sums and lengths of a single text, which waits for memory only once."""
        rows = self._matrix.take(text.rows, axis=0)
        rows *= text.times[:, np.newaxis]
        weights = rows[:, self._bounds[-1] :].T.copy()  # in line: added up as those of many texts
        weights *= weights
        lengths = np.sqrt(np.add.reduceat(weights, _FIRST, axis=1).T)
        lengths[lengths == 0] = 1.0
        return np.add.reduce(rows, axis=0, keepdims=True), lengths

    def _lengths(self, texts: Counts) -> Floats:
        """Return the Euclidean lengths of texts in each part, texts × parts; 1 for those of 0."""
        weights = self._rarities.take(texts.rows, axis=1)
        weights *= texts.times
        weights *= weights
        lengths = np.ones((len(weights), len(texts.starts) - 1))
        filled = (texts.starts[1:] > texts.starts[:-1]).nonzero()[0]
        if filled.size:
            squares = np.add.reduceat(weights, texts.starts.take(filled), axis=1)
            lengths[:, filled] = np.sqrt(squares)
        lengths[lengths == 0] = 1.0
        return lengths.T

    def _sums(self, texts: Counts) -> Floats:
        """Return the sum of the rows of each text, texts × columns, those of the weights too.

        One row after the other either way: so the sums of a text do not depend on its company.
        SciPy does it without a copy of the rows, in half of the time; pages need not load it.
        """
        size = len(texts.starts) - 1
        if size >= _MANY:
            from scipy.sparse import csr_array

            shape = (size, len(self._matrix))
            summed: Floats = (
                csr_array((texts.times, texts.rows, texts.starts), shape) @ self._matrix
            )
            return summed
        sums = np.empty((size, self._matrix.shape[1]))
        for place, (a, b) in enumerate(pairwise(texts.starts.tolist())):
            rows = self._matrix.take(texts.rows[a:b], axis=0)
            rows *= texts.times[a:b, np.newaxis]
            np.add.reduce(rows, axis=0, out=sums[place])
        return sums

    def added(self, part: int, texts: Counts, lengths: Floats, columns: Places) -> Floats:
        """Return what each term adds to its text's product with the column given for that text.

        ``lengths`` are the texts' lengths in the part.
        """
        at = columns + self._bounds[part]
        alone = len(at) == 1  # then one column and one length hold for all terms
        added: Floats = self._matrix[texts.rows, at if alone else at.take(texts.owners)]
        added *= texts.times
        added /= lengths if alone else lengths.take(texts.owners)
        return added
