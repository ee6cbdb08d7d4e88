"""TF-IDF cosine between texts and the sections, as sparse times dense products."""

from __future__ import annotations

import numpy as np

from consult.analysis.sections_vocabulary import Floats, Places, Rows, Vectors


class Similarity:
    """Cosine of TF-IDF vectors to a fixed list of documents."""

    def __init__(self, documents: Vectors, terms: int) -> None:
        """Take the documents as vectors over so many terms."""
        self._matrix = np.zeros((terms, len(documents)))
        for column, (rows, weights) in enumerate(documents):
            self._matrix[rows, column] = weights

    def scores(self, texts: Vectors) -> Floats:
        """Return texts × documents, the cosine to each document, 0 to 1."""
        return texts.times(self._matrix)

    def added(self, rows: Rows, weights: Floats, documents: Places) -> Floats:
        """Return what each term adds to the cosine of its text to the document given with it."""
        parts: Floats = weights * self._matrix[rows, documents]
        return parts
