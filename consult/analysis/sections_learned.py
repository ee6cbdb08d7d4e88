"""What labelled comments of the same plan teach: a linear model on what they say and how."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from consult.analysis.sections_precedents import PrecedentFinder
from consult.analysis.sections_views import Seen, Views, ViewVocabulary
from consult.analysis.sections_vocabulary import Floats, Words
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


Read = Callable[[Sequence[str]], Views]
ConceptIds = Sequence[Sequence[str]]


@dataclass(frozen=True, slots=True)
class Example:
    """A text, the code it belongs to, and how much it counts: 1 for an exemplar, a weak label."""

    text: str
    code: str
    weight: float = 1.0

    @property
    def decided(self) -> bool:
        """Whether a person decided it, about a comment that somebody sent."""
        return self.weight == CORRECTION


@dataclass(frozen=True, slots=True)
class Precedent:
    """A labelled text, the rarest word it shares with a comment, and their cosine, 0 to 1."""

    example: Example
    word: str
    cosine: float


class Learned:
    """A LinearSVC on the TF-IDF of characters, words and concepts over ``codes``, the outcomes.

    Sections without any example get the score of the best outcome that has some, up to
    ``UNTAUGHT``: examples of half the sections must not pull all comments there.
    """

    def __init__(
        self, examples: Sequence[Example], codes: Sequence[str], views: Views, ids: ConceptIds
    ) -> None:
        columns = [codes.index(example.code) for example in examples]
        weights = [example.weight for example in examples]
        self._vocabulary = ViewVocabulary(views, ids, least=2 if len(examples) >= MANY else 1)
        self._known = sorted(set(columns))
        self._sections = np.array([code not in (GENERAL, OFFPLAN) for code in codes])
        self._share = len(examples) / (len(examples) + HALFWAY)
        coefficients, self._intercepts = self._fit(views, columns, weights)
        self._coefficients = self._vocabulary.split(coefficients)
        self._examples = tuple(examples)
        self._words = [frozenset(words) for words in views.words]
        self._precedents = PrecedentFinder(self._vocabulary.words(views), columns, len(codes))

    def _fit(
        self, views: Views, columns: Sequence[int], shares: Sequence[float]
    ) -> tuple[Floats, Floats]:
        """Return a weight per term and known outcome, and the intercepts."""
        from scipy.sparse import csr_array, hstack
        from sklearn.svm import LinearSVC

        model = LinearSVC(C=1.0, random_state=0)
        rows = hstack(
            [
                csr_array((own.weights * scale, own.rows, own.starts), shape=(len(own), size))
                for own, size, scale in self._vocabulary.blocks(views)
            ],
            format="csr",
        )
        # liblinear counts with 32 bits.
        rows.indices, rows.indptr = rows.indices.astype(np.int32), rows.indptr.astype(np.int32)
        model.fit(rows, columns, sample_weight=list(shares))
        weights, bases = np.asarray(model.coef_), np.asarray(model.intercept_)
        if len(self._known) == 2:  # scikit-learn keeps one row for two classes
            weights, bases = np.vstack([-weights, weights]), np.concatenate([-bases, bases])
        return np.ascontiguousarray(weights.T), bases

    def scores(self, texts: Seen) -> Floats:
        """Return what was learned, texts × outcomes, 0 (never) to about 2 (surely)."""
        decisions = np.tile(self._intercepts, (len(texts[0]), 1))
        for vectors, coefficients in zip(texts, self._coefficients, strict=True):
            decisions += vectors.times(coefficients)
        known = np.clip(1.0 + decisions, 0.0, 2.0) * self._share
        untaught = np.minimum(known.max(axis=1), UNTAUGHT * self._share)
        scores: Floats = np.where(self._sections, untaught[:, np.newaxis], 0.0)
        scores[:, self._known] = known
        return scores

    def read(self, texts: Views) -> Seen:
        """Return the known terms of each text, view by view."""
        return self._vocabulary.read(texts)

    def precedents(
        self, texts: Sequence[Words], words: Sequence[Sequence[str]], outcomes: Sequence[int]
    ) -> list[Precedent | None]:
        """Return for each text (also given by its words) the nearest one of an outcome."""
        found: list[Precedent | None] = []
        for near, own in zip(self._precedents.find(texts, outcomes), words, strict=True):
            if near is None:
                found.append(None)
                continue
            common = [word for word in own if word in self._words[near.example]]
            strongest = max(common, key=self._vocabulary.rarity)
            found.append(Precedent(self._examples[near.example], strongest, near.cosine))
        return found


def learn(
    examples: Sequence[Example], codes: Sequence[str], read: Read, ids: ConceptIds
) -> Learned | None:
    """Return a model of the examples, or None where they are too few to teach anything.

    ``read`` gives the views of texts, ``ids`` the concepts behind each word found in them. Blank
    texts and codes that are not among the outcomes are left out.
    """
    known = sorted(
        (item for item in examples if item.code in codes and item.text.strip()),
        key=lambda item: (item.text, item.code, item.weight),
    )
    if len(known) < FEWEST or len({item.code for item in known}) < 2:
        return None
    return Learned(known, codes, read([example.text for example in known]), ids)
