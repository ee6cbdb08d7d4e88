"""Concepts and phrases that speak for outcomes of texts: reasons for people, many at once."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from itertools import pairwise
from typing import TYPE_CHECKING, Any, Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from consult.analysis.key_table import ABSENT
from consult.analysis.sections_vocabulary import Places, parts_of, ranks
from consult.domain.comment import Evidence
from consult.domain.consultation import GENERAL, OFFPLAN

if TYPE_CHECKING:
    from consult.analysis.sections_scores import Reader, Readings

PHRASES: Final = 5
CONCEPT: Final = 0.5  # shown weight of a concept: between a citation and a shared word
PLAIN: Final = {GENERAL: "总体意见", OFFPLAN: "与规划无关"}
# Evidence of all its fields at once, in a third of the time of naming them to the class: a comment
# has nine on the average.
evidence_of: Final[Callable[[tuple[str, str, str, int, int, float]], Evidence]] = partial(
    tuple.__new__, Evidence
)


class Wanted(NamedTuple):
    """Texts, given by their places, each with an outcome that reasons are wanted for."""

    places: Places
    outcomes: Places


def _lists(*arrays: NDArray[Any]) -> Iterator[tuple[Any, ...]]:
    """Return the values of arrays side by side."""
    return zip(*[array.tolist() for array in arrays], strict=True)


def grouped(found: list[Evidence], owners: Places, groups: int) -> list[list[Evidence]]:
    """Return what is found group by group; ``owners`` are ascending."""
    if groups == 1:
        return [found]
    bounds = owners.searchsorted(np.arange(groups + 1)).tolist()
    return [found[a:b] for a, b in pairwise(bounds)]


class Spoken:
    """Finds the concepts and phrases of texts that speak for outcomes of one reader's plan."""

    def __init__(self, reader: Reader) -> None:
        weights = reader.phrases.weights
        self._outcomes = weights.shape[1]
        self._weights, self._most = weights.ravel(), weights.max(axis=1)
        named = reader.concepts.counterparts
        self._names = sorted({name for own in named for name in own.values()})
        numbers = {name: number for number, name in enumerate(self._names)}
        self._named = np.full((len(named), self._outcomes), ABSENT, dtype=np.int32)
        for row, own in enumerate(named):
            for outcome, name in own.items():
                self._named[row, outcome] = numbers[name]
        self._kinds = [code if code in PLAIN else "lexicon" for code in reader.codes]
        self._shown = [
            PLAIN.get(code) or heading
            for code, heading in zip(reader.codes, reader.headings, strict=True)
        ]

    def find(self, readings: Readings, wanted: Wanted) -> list[list[Evidence]]:
        """Return for each text and outcome wanted first the concepts, then the phrases."""
        concepts, phrases = self._concepts(readings, wanted), self._phrases(readings, wanted)
        return [one + other for one, other in zip(concepts, phrases, strict=True)]

    def _concepts(self, readings: Readings, wanted: Wanted) -> list[list[Evidence]]:
        """Return the words of concepts that an outcome has another word for, in their order."""
        found = readings.concepts
        owners, at = parts_of(found.starts, wanted.places)
        cells = found.phrases.take(at) * self._outcomes + wanted.outcomes.take(owners)
        named = self._named.ravel().take(cells)
        there = (named != ABSENT).nonzero()[0]
        owners, at = owners.take(there), at.take(there)
        texts, names = readings.texts, self._names
        every = [
            evidence_of(("concept", texts[place][start:end], names[name], start, end, CONCEPT))
            for place, name, start, end in _lists(
                found.texts.take(at), named.take(there), found.begins.take(at), found.ends.take(at)
            )
        ]
        return grouped(every, owners, len(wanted.places))

    def _phrases(self, readings: Readings, wanted: Wanted) -> list[list[Evidence]]:
        """Return the lexicon's phrases that speak for an outcome, the weightiest first.

        The weight shown is that of all phrases of the text, each for the outcome it says most of.
        """
        found, texts = readings.phrases, readings.texts
        owners, at = parts_of(found.starts, wanted.places)
        cells = found.phrases.take(at) * self._outcomes + wanted.outcomes.take(owners)
        weights = self._weights.take(cells)
        there = weights.nonzero()[0]
        owners, at, weights = owners.take(there), at.take(there), weights.take(there)
        order = np.lexsort((-weights, owners))  # stable: those of equal weight stay in their order
        if len(order) > PHRASES:
            order = order[ranks(owners) < PHRASES]
        owners, at, weights = owners.take(order), at.take(order), weights.take(order)
        everything = np.bincount(found.texts, self._most.take(found.phrases), len(texts))
        places, kinds, shown = found.texts.take(at), self._kinds, self._shown
        every = [
            evidence_of((
                kinds[outcome], texts[place][start:end], shown[outcome], start, end,
                round(share, 4),
            ))
            for place, outcome, start, end, share in _lists(
                places, wanted.outcomes.take(owners), found.begins.take(at), found.ends.take(at),
                weights / everything.take(places),
            )
        ]  # fmt: skip
        return grouped(every, owners, len(wanted.places))
