"""A linear model of labelled texts: what they say, and in which words and runs of characters."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from consult.analysis.sections_products import Part
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


@dataclass(frozen=True, slots=True)
class Lesson:
    """A linear model with its parts, which are multiplied together with others."""

    model: Linear
    runs: Part
    terms: Part


class Linear:
    """What a LinearSVC on the TF-IDF of runs and terms says, over outcomes given as columns.

    Sections without any text get the score of the best outcome that has some, up to ``UNTAUGHT``:
    texts of half the sections must not pull all comments there.
    """

    def __init__(
        self, known: Sequence[int], sections: Sequence[bool], intercepts: Floats, texts: int
    ) -> None:
        """Take the outcomes that have texts, whether each outcome is a section, and how many texts.

        ``intercepts`` are those of the known outcomes.
        """
        self._known = list(known)
        self._sections = np.array(sections)
        self._every = len(self._known) == len(self._sections)
        self._bases = 1.0 + intercepts
        self._share = texts / (texts + HALFWAY)

    def scores(self, by_runs: Floats, by_terms: Floats) -> Floats:
        """Return what was learned, texts × outcomes, 0 (never) to about 2 (surely).

        ``by_runs`` and ``by_terms`` are the products of the texts with the lesson's parts.
        """
        known = by_runs + by_terms
        known += self._bases
        np.clip(known, 0.0, 2.0, out=known)
        known *= self._share
        if self._every:
            return known
        untaught = np.minimum(known.max(axis=1), UNTAUGHT * self._share)
        scores: Floats = np.where(self._sections, untaught[:, np.newaxis], 0.0)
        scores[:, self._known] = known
        return scores


def teach(
    views: Views,
    columns: Sequence[int],
    weights: Sequence[float],
    sections: Sequence[bool],
    sizes: tuple[int, int],
) -> Lesson:
    """Learn a linear model from texts, their columns and weights.

    ``sections`` tells of each outcome whether it is a section, ``sizes`` are those of the indices
    of runs and of terms.
    """
    by_runs, by_terms = Vocabulary(views.runs, sizes[0]), Vocabulary(views.terms, sizes[1])
    runs, terms = by_runs.read(views.runs), by_terms.read(views.terms)
    known = sorted(set(columns))
    coefficients, intercepts = _fit(
        [(runs, 1.0, sizes[0]), (terms, TERMS, sizes[1])], columns, weights, len(known)
    )
    runs_matrix, terms_matrix = np.split(coefficients, [sizes[0]])
    model = Linear(known, sections, intercepts, len(columns))
    return Lesson(model, Part(by_runs, runs_matrix), Part(by_terms, terms_matrix * TERMS))


def _fit(
    blocks: Sequence[tuple[Vectors, float, int]],
    columns: Sequence[int],
    weights: Sequence[float],
    classes: int,
) -> tuple[Floats, Floats]:
    """Return a weight per run and term and known outcome, and the intercepts.

    ``blocks`` are texts as vectors, what these count, and the size of their index.
    """
    import warnings

    from scipy.sparse import csr_array, hstack
    from sklearn.svm import LinearSVC

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
    if classes == 2:  # scikit-learn keeps one row for two classes
        learned, bases = np.vstack([-learned, learned]), np.concatenate([-bases, bases])
    return np.ascontiguousarray(learned.T), bases
