"""What labelled comments of the same plan teach: a linear model on what they say and how."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from consult.analysis.sections_precedents import PrecedentFinder
from consult.analysis.sections_views import Views
from consult.analysis.sections_vocabulary import Floats, Terms, Vectors, Vocabulary
from consult.domain.consultation import GENERAL, OFFPLAN

# Below so many labelled texts a linear model teaches nothing; its share grows with their number
# and reaches one half at HALFWAY.
FEWEST: Final = 20
HALFWAY: Final = 100
# Length of the vector of terms beside that of the runs. By the exemplars alone, first answer right
# on three labelled sets: runs .836, .778, .794; with words .863, .791, .813; with the concepts of
# the thesaurus among them .872, .829, .826.
TERMS: Final = 0.7
# What a section without any example gets at most, between never (0) and surely (2): a text much
# like the examples of another section goes there, one like none of them is not pulled anywhere.
# Measured with examples of half the sections: at .8 as good as or better than without this bound.
UNTAUGHT: Final = 0.8
# A person's correction counts as much as three exemplars (weight 3 won in the reference notes).
CORRECTION: Final = 3.0

Read = Callable[[Sequence[str]], Views]
Seen = tuple[Vectors, Vectors]  # runs and terms of texts, weighed by the examples


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
    """A labelled text, the rarest term it shares with a comment, and their cosine, 0 to 1."""

    example: Example
    term: str
    cosine: float


class Learned:
    """A LinearSVC on the TF-IDF of runs and terms over ``codes``, the outcomes.

    Sections without any example get the score of the best outcome that has some, up to
    ``UNTAUGHT``: examples of half the sections must not pull all comments there.
    """

    def __init__(
        self, examples: Sequence[Example], codes: Sequence[str], views: Views, terms: Sequence[str]
    ) -> None:
        """Take the examples with their views, and the terms of the index in order."""
        columns = [codes.index(example.code) for example in examples]
        self._runs = Vocabulary(views.runs, 1 + int(views.runs.rows.max(initial=0)))
        self._terms = Vocabulary(views.terms, len(terms))
        self._known = sorted(set(columns))
        self._sections = np.array([code not in (GENERAL, OFFPLAN) for code in codes])
        self._share = len(examples) / (len(examples) + HALFWAY)
        seen = self.read(views)
        coefficients, self._intercepts = self._fit(seen, columns, [e.weight for e in examples])
        self._by_runs, by_terms = np.split(coefficients, [self._runs.size])
        self._by_terms = by_terms * TERMS
        self._examples, self._names = tuple(examples), terms
        self._precedents = PrecedentFinder(seen[1], columns, len(codes), len(terms))

    def _fit(
        self, seen: Seen, columns: Sequence[int], weights: Sequence[float]
    ) -> tuple[Floats, Floats]:
        """Return a weight per run and term and known outcome, and the intercepts."""
        from scipy.sparse import csr_array, hstack
        from sklearn.svm import LinearSVC

        blocks = zip(seen, (1.0, TERMS), (self._runs.size, self._terms.size), strict=True)
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
        model.fit(rows, columns, sample_weight=list(weights))
        learned, bases = np.asarray(model.coef_), np.asarray(model.intercept_)
        if len(self._known) == 2:  # scikit-learn keeps one row for two classes
            learned, bases = np.vstack([-learned, learned]), np.concatenate([-bases, bases])
        return np.ascontiguousarray(learned.T), bases

    def read(self, texts: Views) -> Seen:
        """Return runs and terms of each text, weighed by the examples."""
        return self._runs.read(texts.runs), self._terms.read(texts.terms)

    def scores(self, texts: Seen) -> Floats:
        """Return what was learned, texts × outcomes, 0 (never) to about 2 (surely)."""
        runs, terms = texts
        decisions = runs.times(self._by_runs) + terms.times(self._by_terms) + self._intercepts
        known = np.clip(1.0 + decisions, 0.0, 2.0) * self._share
        untaught = np.minimum(known.max(axis=1), UNTAUGHT * self._share)
        scores: Floats = np.where(self._sections, untaught[:, np.newaxis], 0.0)
        scores[:, self._known] = known
        return scores

    def precedents(self, texts: Sequence[Terms], outcomes: Sequence[int]) -> list[Precedent | None]:
        """Return for each text, given by its terms, the nearest one of the outcome."""
        return [
            Precedent(self._examples[near.example], self._names[near.term], near.cosine)
            if near
            else None
            for near in self._precedents.find(texts, outcomes)
        ]


def learn(
    examples: Sequence[Example], codes: Sequence[str], read: Read, terms: Sequence[str]
) -> Learned | None:
    """Return a model of the examples, or None where they are too few to teach anything.

    ``read`` gives the views of texts, ``terms`` are those of the index in order. Blank texts and
    codes that are not among the outcomes are left out.
    """
    known = sorted(
        (item for item in examples if item.code in codes and item.text.strip()),
        key=lambda item: (item.text, item.code, item.weight),
    )
    if len(known) < FEWEST or len({item.code for item in known}) < 2:
        return None
    return Learned(known, codes, read([example.text for example in known]), terms)
