"""What labelled comments of the same plan teach: exemplars, and what staff decided."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from typing import Final, NamedTuple

import numpy as np

from consult.analysis.sections_decisions import NearDecisions
from consult.analysis.sections_linear import Lesson, Linear, teach
from consult.analysis.sections_precedents import PrecedentFinder
from consult.analysis.sections_products import Part, lengths_part
from consult.analysis.sections_views import Views
from consult.analysis.sections_vocabulary import Counts, Floats, Places, Vocabulary
from consult.domain.consultation import GENERAL, OFFPLAN

# Below so many labelled texts a linear model teaches nothing.
FEWEST: Final = 20
# So many decisions of a section say what people call its matter.
COVERED: Final = 2
# Part of the outcomes with so many decisions from which a model with them counts: beside exemplars,
# and alone. Below it a model of few sections takes what belongs to the others: decisions of four
# sections without exemplars cost 6 to 8 points on the rest of a plan.
ENOUGH: Final = 0.5
ENOUGH_ALONE: Final = 0.25
HALF: Final = 0.5
# A person's correction counts as much as three exemplars (weight 3 won in the reference notes).
CORRECTION: Final = 3.0

Read = Callable[[Sequence[str]], Views]


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


class Precedent(NamedTuple):
    """A labelled text, the rarest term it shares with a comment, and their cosine, 0 to 1."""

    example: Example
    term: str
    cosine: float


@dataclass(frozen=True, slots=True)
class Taught:
    """What was learned, and its parts to be multiplied: of runs, and of terms.

    The last part of the terms has no product: it gives the lengths that ``precedents`` wants.
    """

    learned: Learned
    runs: list[Part]
    terms: list[Part]


class Learned:
    """What labelled texts say of the outcomes ``codes``.

    Exemplars teach a linear model. Decisions of staff count where a comment is like them, and enter
    a second model, with the exemplars, as far as they cover the plan: staff work chapter by
    chapter, and decisions about some sections must not move the comments on others. Without
    exemplars the decisions alone teach the model.
    """

    def __init__(
        self,
        examples: Sequence[Example],
        codes: Sequence[str],
        models: Sequence[tuple[float, Linear]],
        views: Views,
        vocabularies: tuple[Vocabulary, Vocabulary],
        terms: Sequence[str],
    ) -> None:
        """Take the examples with their views, the models of them with the share of each.

        ``vocabularies`` weigh runs and terms by the examples; ``terms`` are all terms in order.
        """
        columns = [codes.index(example.code) for example in examples]
        self._models = models
        self._runs, self._terms = vocabularies
        decided = [i for i, example in enumerate(examples) if example.decided]
        self._near = None
        if decided:
            vectors = self._runs.read(views.some(decided).runs)
            own = [columns[i] for i in decided]
            self._near = NearDecisions(vectors, own, len(codes), self._runs.size)
        self._outcomes = len(codes)
        self._examples, self._names = tuple(examples), terms
        taught = self._terms.read(views.terms)
        self._precedents = PrecedentFinder(taught, columns, len(codes), len(terms))

    @property
    def settled(self) -> bool:
        """Whether the linear models speak for more than half of what they could."""
        return sum(share for share, _ in self._models) > HALF

    def scores(self, runs: Counts, by_runs: Sequence[Floats], by_terms: Sequence[Floats]) -> Floats:
        """Return what was learned, texts × outcomes, from 0; about 2 is sure.

        ``by_runs`` and ``by_terms`` are the products of the texts with the parts of the models.
        """
        scores = np.zeros((len(runs.starts) - 1, self._outcomes))
        for (share, model), *products in zip(self._models, by_runs, by_terms, strict=False):
            scores += share * model.scores(*products)
        if self._near is not None:
            scores += self._near.scores(self._runs.read(runs))
        return scores

    def precedents(
        self, texts: Counts, lengths: Floats, outcomes: Places
    ) -> list[tuple[int, Precedent]]:
        """Return the texts, given by their terms, that have a precedent of the outcome, with it.

        ``lengths`` are those of ``Multiplied``: the last is that by the vocabulary of examples.
        """
        vectors = texts.scaled(self._terms.rarity, lengths[:, -1])
        return [
            (
                near.text,
                Precedent(self._examples[near.example], self._names[near.term], near.cosine),
            )
            for near in self._precedents.find(texts, vectors.weights, outcomes)
        ]


def _lessons(examples: Sequence[Example], codes: Sequence[str]) -> list[tuple[float, list[int]]]:
    """Return the models to learn: the share of each, and the places of its examples."""
    every = list(range(len(examples)))
    weak = [place for place in every if not examples[place].decided]
    if len(weak) == len(every):
        return [(1.0, every)]
    if _teach([examples[place] for place in weak]):
        taught = {examples[place].code for place in weak}
        share = _grown(_covered(examples, taught), ENOUGH)
        parts = [(1.0 - share, weak), (share, every)]
    else:
        parts = [(_grown(_covered(examples, codes), ENOUGH_ALONE), every)]
    return [(share, own) for share, own in parts if share]


def _covered(examples: Sequence[Example], outcomes: Collection[str]) -> float:
    """Return the part of the outcomes with enough decisions, 0 to 1."""
    times = Counter(example.code for example in examples if example.decided)
    return sum(times[code] >= COVERED for code in outcomes) / len(outcomes)


def _grown(covered: float, enough: float) -> float:
    """Return the share of a model: 0 up to ``enough``, then growing to 1."""
    return max(0.0, (covered - enough) / (1.0 - enough))


def _teach(examples: Sequence[Example]) -> bool:
    return len(examples) >= FEWEST and len({example.code for example in examples}) > 1


def learn(
    examples: Sequence[Example],
    codes: Sequence[str],
    read: Read,
    runs: int,
    terms: Sequence[str],
) -> Taught | None:
    """Return a model of the examples, or None where they are too few to teach anything.

    ``read`` gives the views of texts, ``runs`` is the size of their index of runs, ``terms`` are
    those of the index in order. Blank texts and codes that are not among the outcomes are left out.
    """
    known = sorted(
        (item for item in examples if item.code in codes and item.text.strip()),
        key=lambda item: (item.text, item.code, item.weight),
    )
    if not _teach(known):
        return None
    views = read([example.text for example in known])
    lessons = [
        (share, _lesson(known, own, codes, views, (runs, len(terms))))
        for share, own in _lessons(known, codes)
    ]
    vocabularies = Vocabulary(views.runs, runs), Vocabulary(views.terms, len(terms))
    models = [(share, lesson.model) for share, lesson in lessons]
    return Taught(
        Learned(known, codes, models, views, vocabularies, terms),
        [lesson.runs for _, lesson in lessons],
        [*(lesson.terms for _, lesson in lessons), lengths_part(vocabularies[1])],
    )


def _lesson(
    examples: Sequence[Example],
    own: Sequence[int],
    codes: Sequence[str],
    views: Views,
    sizes: tuple[int, int],
) -> Lesson:
    """Return the model of the examples at these places."""
    columns = [codes.index(examples[place].code) for place in own]
    weights = [examples[place].weight for place in own]
    sections = [code not in (GENERAL, OFFPLAN) for code in codes]
    return teach(views.some(own), columns, weights, sections, sizes)
