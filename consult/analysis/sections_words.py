"""The words of a text as a scorer: cosine to the sections, and which words make it."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from consult.analysis.sections_similarity import Similarity
from consult.analysis.sections_vocabulary import Counts, Floats, Terms, Vectors, Vocabulary


class WordScorer:
    """Scores outcomes by the words a text shares with their documents."""

    def __init__(self, documents: Counts, terms: Sequence[str]) -> None:
        """Take the counted words of the documents, and all terms of the index in order."""
        self._terms = terms
        self._vocabulary = Vocabulary(documents, len(terms))
        self._similarity = Similarity(self._vocabulary.read(documents), len(terms))
        self._telling = np.array([len(term) > 1 for term in terms], dtype=bool)

    def read(self, texts: Counts) -> Vectors:
        """Return the words of each text with their weights."""
        return self._vocabulary.read(texts)

    def scores(self, texts: Vectors) -> Floats:
        """Return texts × outcomes, the cosine to each document, 0 to 1."""
        return self._similarity.scores(texts)

    def shared(
        self, texts: Sequence[Terms], outcomes: Sequence[int], top: int
    ) -> list[list[tuple[str, float]]]:
        """Return the words that each text shares with its outcome, strongest first.

        Single characters are left out: they count, but explain nothing to a person. Equally strong
        ones stand in the order of their characters.
        """
        rows = np.concatenate([rows for rows, _ in texts])
        weights = np.concatenate([weights for _, weights in texts])
        owners = np.repeat(np.arange(len(texts)), [len(rows) for rows, _ in texts])
        added = self._similarity.added(rows, weights, np.asarray(outcomes)[owners]).round(4)
        telling = ((added > 0) & self._telling[rows]).nonzero()[0]
        order = telling[np.lexsort((rows[telling], -added[telling], owners[telling]))]
        found: list[list[tuple[str, float]]] = [[] for _ in texts]
        every = (owners[order].tolist(), rows[order].tolist(), added[order].tolist())
        for owner, row, share in zip(*every, strict=True):
            if len(found[owner]) < top:
                found[owner].append((self._terms[row], share))
        return found
