"""What labelled comments of the same plan teach: a linear model on their characters."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from consult.analysis.normalise_batch import normalised
from consult.analysis.sections_vocabulary import Floats, Grams, GramVocabulary, Vectors, grams
from consult.domain.consultation import GENERAL, OFFPLAN

# Below so many labelled texts a linear model teaches nothing; its share grows with their number
# and reaches one half at HALFWAY.
FEWEST: Final = 20
HALFWAY: Final = 100
# From so many texts on, what stands in one alone is left out: it teaches little and fills memory.
MANY: Final = 1000


# What a section without any example gets at most, between never (0) and surely (2): a text much
# like the examples of another section goes there, one like none of them is not pulled anywhere.
# Measured with examples of half the sections: at .8 as good as or better than without this bound.
UNTAUGHT: Final = 0.8
# A person's correction counts as much as three exemplars (weight 3 won in the reference notes).
CORRECTION: Final = 3.0


@dataclass(frozen=True, slots=True)
class Example:
    """A text, the code it belongs to, and how much it counts: 1 for an exemplar, a weak label."""

    text: str
    code: str
    weight: float = 1.0


class Learned:
    """A LinearSVC on character TF-IDF over ``codes``, the outcomes; ``columns`` are the labels.

    Sections without any example get the score of the best outcome that has some, up to
    ``UNTAUGHT``: examples of half the sections must not pull all comments there.
    """

    def __init__(self, examples: Sequence[Example], codes: Sequence[str]) -> None:
        columns = [codes.index(example.code) for example in examples]
        weights = [example.weight for example in examples]
        own = grams(normalised([example.text for example in examples]))
        self._vocabulary = GramVocabulary(own, least=2 if len(examples) >= MANY else 1)
        self._known = sorted(set(columns))
        self._sections = np.array([code not in (GENERAL, OFFPLAN) for code in codes])
        self._share = len(examples) / (len(examples) + HALFWAY)
        vectors = self._vocabulary.read(own)
        self._coefficients, self._intercepts = self._fit(vectors, columns, weights)

    def _fit(
        self, vectors: Vectors, columns: Sequence[int], shares: Sequence[float]
    ) -> tuple[Floats, Floats]:
        """Return a weight per term and known outcome, and the intercepts."""
        from scipy.sparse import csr_array
        from sklearn.svm import LinearSVC

        model = LinearSVC(C=1.0, random_state=0)
        shape = (len(vectors), self._vocabulary.size)
        starts = vectors.starts.astype(np.int32)
        rows = csr_array((vectors.weights, vectors.rows, starts), shape=shape)
        model.fit(rows, columns, sample_weight=list(shares))
        weights, bases = np.asarray(model.coef_), np.asarray(model.intercept_)
        if len(self._known) == 2:  # scikit-learn keeps one row for two classes
            weights, bases = np.vstack([-weights, weights]), np.concatenate([-bases, bases])
        return np.ascontiguousarray(weights.T), bases

    def scores(self, texts: Grams) -> Floats:
        """Return what was learned, texts × outcomes, 0 (never) to about 2 (surely)."""
        decisions = self._vocabulary.read(texts).times(self._coefficients) + self._intercepts
        known = np.clip(1.0 + decisions, 0.0, 2.0) * self._share
        untaught = np.minimum(known.max(axis=1), UNTAUGHT * self._share)
        scores: Floats = np.where(self._sections, untaught[:, np.newaxis], 0.0)
        scores[:, self._known] = known
        return scores


def learn(examples: Sequence[Example], codes: Sequence[str]) -> Learned | None:
    """Return a model of the examples, or None where they are too few to teach anything.

    Blank texts and codes that are not among the outcomes are left out.
    """
    known = sorted(
        (item for item in examples if item.code in codes and item.text.strip()),
        key=lambda item: (item.text, item.code, item.weight),
    )
    if len(known) < FEWEST or len({item.code for item in known}) < 2:
        return None
    return Learned(known, codes)
