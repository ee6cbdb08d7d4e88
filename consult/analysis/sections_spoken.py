"""Concepts and phrases that speak for outcomes of texts: reasons for people, many at once."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import partial
from itertools import pairwise
from operator import itemgetter
from typing import TYPE_CHECKING, Any, Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from consult.analysis.key_table import ABSENT
from consult.analysis.sections_vocabulary import Places, parts_of, ranks
from consult.domain.comment import Evidence
from consult.domain.consultation import GENERAL, OFFPLAN

if TYPE_CHECKING:
    from consult.analysis.phrases import Match
    from consult.analysis.sections_scores import Reader, Readings

Pairs = Sequence[tuple[int, int]]  # place of a text, outcome
PHRASES: Final = 5
CONCEPT: Final = 0.5  # shown weight of a concept: between a citation and a shared word
_WEIGHT: Final = itemgetter(0)
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

    @classmethod
    def of(cls, pairs: Pairs) -> Wanted:
        """Return pairs as arrays."""
        every = np.array(pairs, dtype=np.int64).reshape(len(pairs), 2)
        return cls(every[:, 0], every[:, 1])


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
        self._named = np.full(len(named) * self._outcomes, ABSENT, dtype=np.int32)
        for row, own in enumerate(named):
            for outcome, name in own.items():
                self._named[row * self._outcomes + outcome] = numbers[name]
        self._kinds = [code if code in PLAIN else "lexicon" for code in reader.codes]
        self._shown = [
            PLAIN.get(code) or heading
            for code, heading in zip(reader.codes, reader.headings, strict=True)
        ]

    def find(self, readings: Readings, pairs: Pairs) -> list[list[Evidence]]:
        """Return for each text and outcome wanted first the concepts, then the phrases."""
        if len(readings.texts) == 1:
            return self._find_in_one(readings, [outcome for _, outcome in pairs])
        wanted = Wanted.of(pairs)
        concepts, phrases = self._concepts(readings, wanted), self._phrases(readings, wanted)
        return [one + other for one, other in zip(concepts, phrases, strict=True)]

    def _find_in_one(self, readings: Readings, outcomes: Sequence[int]) -> list[list[Evidence]]:
        """Return what speaks for outcomes of a single text.

        Without arrays: of the few words of one text they would take four times as long.
        """
        (text,), concepts = readings.texts, readings.concepts.listed()
        phrases, everything = readings.phrases.listed(), 0.0
        for row, _, _ in phrases:  # not sum(): later ones round less, and arrays do not
            everything += self._most.item(row)
        return [
            self._concepts_in_one(text, concepts, outcome)
            + self._phrases_in_one(text, phrases, outcome, everything)
            for outcome in outcomes
        ]

    def _concepts_in_one(
        self, text: str, concepts: Sequence[Match], outcome: int
    ) -> list[Evidence]:
        width, named, names = self._outcomes, self._named.item, self._names
        return [
            evidence_of(("concept", text[start:end], names[name], start, end, CONCEPT))
            for row, start, end in concepts
            if (name := named(row * width + outcome)) != ABSENT
        ]

    def _phrases_in_one(
        self, text: str, phrases: Sequence[Match], outcome: int, everything: float
    ) -> list[Evidence]:
        width, weights = self._outcomes, self._weights.item
        hits = [
            (weight, start, end)
            for row, start, end in phrases
            if (weight := weights(row * width + outcome))
        ]
        hits.sort(key=_WEIGHT, reverse=True)  # stable: those of equal weight stay in their order
        kind, shown = self._kinds[outcome], self._shown[outcome]
        return [
            evidence_of((kind, text[start:end], shown, start, end, round(weight / everything, 4)))
            for weight, start, end in hits[:PHRASES]
        ]

    def _concepts(self, readings: Readings, wanted: Wanted) -> list[list[Evidence]]:
        """Return the words of concepts that an outcome has another word for, in their order."""
        found = readings.concepts
        owners, at = parts_of(found.starts, wanted.places)
        cells = found.phrases.take(at) * self._outcomes + wanted.outcomes.take(owners)
        named = self._named.take(cells)
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
