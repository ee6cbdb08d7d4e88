"""A linear model of labelled texts: what they say, and in which words and runs of characters."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import numpy as np

from consult.analysis.sections_views import Views
from consult.analysis.sections_vocabulary import Floats, Vectors, Vocabulary

# The share of a model grows with the number of its texts and reaches one half at HALFWAY.
HALFWAY: Final = 100
# Length of the vector of terms beside that of the runs. By the exemplars alone, first answer right
# on three labelled sets: runs .836, .778, .794; with words .863, .791, .813; with the concepts of
# the thesaurus among them .872, .829, .826.
TERMS: Final = 0.7
# What a section without any example gets at most, between never (0) and surely (2): a text much
# like the examples of another section goes there, one like none of them is not pulled anywhere.
# Measured with examples of half the sections: at .8 as good as or better than without this bound.
UNTAUGHT: Final = 0.8


class Linear:
    """A LinearSVC on the TF-IDF of runs and terms, over outcomes given as columns.

    Sections without any text get the score of the best outcome that has some, up to ``UNTAUGHT``:
    texts of half the sections must not pull all comments there.
    """

    def __init__(
        self,
        views: Views,
        columns: Sequence[int],
        weights: Sequence[float],
        sections: Sequence[bool],
        sizes: tuple[int, int],
    ) -> None:
        """Learn from texts, their columns and weights.

        ``sections`` tells of each outcome whether it is a section, ``sizes`` are those of the
        indices of runs and of terms.
        """
        self._runs = Vocabulary(views.runs, sizes[0])
        self._terms = Vocabulary(views.terms, sizes[1])
        self._known = sorted(set(columns))
        self._sections = np.array(sections)
        self._share = len(columns) / (len(columns) + HALFWAY)
        runs, words = self._runs.read(views.runs), self._terms.read(views.terms)
        coefficients, self._intercepts = self._fit(runs, words, columns, weights)
        self._by_runs, by_terms = np.split(coefficients, [self._runs.size])
        self._by_terms = by_terms * TERMS

    def _fit(
        self, runs: Vectors, terms: Vectors, columns: Sequence[int], weights: Sequence[float]
    ) -> tuple[Floats, Floats]:
        """Return a weight per run and term and known outcome, and the intercepts."""
        import warnings

        from scipy.sparse import csr_array, hstack
        from sklearn.svm import LinearSVC

        blocks = ((runs, 1.0, self._runs.size), (terms, TERMS, self._terms.size))
        rows = hstack(
            [
                csr_array((own.weights * scale, own.rows, own.starts), shape=(len(own), size))
                for own, scale, size in blocks
            ],
            format="csr",
        )
        rows.eliminate_zeros()
        # liblinear counts with 32 bits.
        rows.indices, rows.indptr = rows.indices.astype(np.int32), rows.indptr.astype(np.int32)
        model = LinearSVC(C=1.0, random_state=0)
        with warnings.catch_warnings():
            # Twenty-five corrections of twenty-five sections are few, but they are classes.
            warnings.filterwarnings("ignore", "The number of unique classes is greater")
            model.fit(rows, columns, sample_weight=list(weights))
        learned, bases = np.asarray(model.coef_), np.asarray(model.intercept_)
        if len(self._known) == 2:  # scikit-learn keeps one row for two classes
            learned, bases = np.vstack([-learned, learned]), np.concatenate([-bases, bases])
        return np.ascontiguousarray(learned.T), bases

    def scores(self, texts: Views) -> Floats:
        """Return what was learned, texts × outcomes, 0 (never) to about 2 (surely)."""
        runs, terms = self._runs.read(texts.runs), self._terms.read(texts.terms)
        decisions = runs.times(self._by_runs) + terms.times(self._by_terms) + self._intercepts
        known = np.clip(1.0 + decisions, 0.0, 2.0) * self._share
        untaught = np.minimum(known.max(axis=1), UNTAUGHT * self._share)
        scores: Floats = np.where(self._sections, untaught[:, np.newaxis], 0.0)
        scores[:, self._known] = known
        return scores
