"""Texts times several matrices over one index of terms, in one pass."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from consult.analysis.sections_vocabulary import Counts, Floats, Places, Vectors, Vocabulary


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

    The weights of the terms are folded into the matrices, and their squares are further columns:
    so a text's rows are fetched once for all parts and lengths. Looking them up again and again was
    a quarter of the time of a comment.
    """

    def __init__(self, parts: Sequence[Part]) -> None:
        """Take the parts; all their vocabularies weigh the same index."""
        rarities = [part.vocabulary.rarity[:, np.newaxis] for part in parts]
        weighed = [rarity * part.matrix for rarity, part in zip(rarities, parts, strict=True)]
        self._matrix = np.hstack([*weighed, *(rarity * rarity for rarity in rarities)])
        widths = [part.matrix.shape[1] for part in parts]
        self._part_of = np.repeat(np.arange(len(parts)), widths)
        self._bounds = [0, *np.cumsum(widths).tolist()]

    def of(self, texts: Counts) -> Multiplied:
        """Return the products of texts.

        Text by text: the sums of a text then never depend on the company it is in.
        """
        matrix, width = self._matrix, self._bounds[-1]
        rows = texts.rows.astype(np.int64)  # as ``take`` wants them
        both = np.array((texts.times, texts.times * texts.times))
        sums = np.empty((len(texts.starts) - 1, 2, matrix.shape[1]))
        for place, (a, b) in enumerate(pairwise(texts.starts.tolist())):
            np.dot(both[:, a:b], matrix.take(rows[a:b], axis=0), out=sums[place])
        lengths = np.sqrt(sums[:, 1, width:])
        lengths[lengths == 0] = 1.0
        product = sums[:, 0, :width] / lengths.take(self._part_of, axis=1)
        return Multiplied([product[:, a:b] for a, b in pairwise(self._bounds)], lengths)

    def added(self, part: int, texts: Counts, lengths: Floats, columns: Places) -> Floats:
        """Return what each term adds to its text's product with the column given for that text.

        ``lengths`` are the texts' lengths in the part.
        """
        at = columns + self._bounds[part]
        added: Floats = self._matrix[texts.rows, at.take(texts.owners)]
        added *= texts.times
        added /= lengths.take(texts.owners)
        return added
