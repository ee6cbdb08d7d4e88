"""TF-IDF cosine between a text and the sections, as one sparse-times-dense product."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from consult.analysis.sections_vocabulary import Floats, Vector, Vocabulary


class Similarity:
    """Cosine of TF-IDF vectors to a fixed list of documents."""

    def __init__(self, vocabulary: Vocabulary, documents: Sequence[str]) -> None:
        self._matrix = np.zeros((vocabulary.size, len(documents)))
        for column, document in enumerate(documents):
            vector = vocabulary.read(document)
            self._matrix[vector.rows, column] = vector.weights

    def scores(self, vector: Vector) -> Floats:
        """Return the cosine to each document, 0 to 1."""
        product: Floats = vector.weights @ self._matrix[vector.rows]
        return product

    def shared(
        self, vector: Vector, terms: Sequence[str], document: int, top: int
    ) -> list[tuple[str, float]]:
        """Return the terms that bring a text closest to a document, strongest first.

        Single characters are left out: they count, but explain nothing to a person.
        """
        shares = vector.weights * self._matrix[vector.rows, document]
        named = [
            (terms[row], round(share, 4))
            for row, share in zip(vector.rows.tolist(), shares.tolist(), strict=True)
            if share > 0 and len(terms[row]) > 1
        ]
        return sorted(named, key=lambda item: (-item[1], item[0]))[:top]
