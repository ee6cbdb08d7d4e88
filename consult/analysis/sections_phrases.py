"""The lexicon's phrases as a scorer: which sections' ways of speaking occur in a text."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Final

import numpy as np

from consult.analysis.normalise import align
from consult.analysis.normalise_batch import Batch
from consult.analysis.phrases_batch import BatchFinder, Spotted
from consult.analysis.sections_vocabulary import Floats, ranges, shares, sums

LENGTH: Final = 4  # longer phrases are no more certain than one of four characters
DAMPING: Final = 4.0  # evidence that amounts to half: about one phrase of two characters


class PhraseScorer:
    """Scores outcomes by the phrases filed under them: rarer and longer ones count more."""

    def __init__(self, phrases: Mapping[int, Sequence[str]], outcomes: int) -> None:
        homes: dict[str, list[int]] = {}
        for outcome in sorted(phrases):
            for phrase in sorted({align(phrase) for phrase in phrases[outcome]}):
                homes.setdefault(phrase, []).append(outcome)
        self._finder = BatchFinder(homes)
        self.weights = np.zeros((len(self._finder.phrases), outcomes))
        for row, phrase in enumerate(self._finder.phrases):
            found = homes[phrase]
            rarity = math.log(outcomes / len(found)) / len(found) ** 0.5
            for outcome in found:
                self.weights[row, outcome] = min(len(phrase), LENGTH) * rarity

        home = self.weights.nonzero()
        self._homes, self._shares = home[1], self.weights[home]
        self._ends = np.searchsorted(home[0], np.arange(len(self.weights) + 1))

    def find(self, batch: Batch) -> Spotted:
        """Return the distinct phrases of texts at their first places."""
        return self._finder.first(batch)

    def scores(self, found: Spotted, texts: int) -> Floats:
        """Return texts × outcomes: shares of the evidence, 0 to 1; little evidence stays small.

        The evidence is summed phrase by phrase, in the order of their places.
        """
        if texts == 1:
            return shares(sums(self.weights, [found.phrases.tolist()]), DAMPING)
        begin = self._ends.take(found.phrases)
        times = self._ends.take(found.phrases + 1) - begin
        places, outcomes = ranges(begin, times), self.weights.shape[1]
        cells = np.repeat(found.texts * outcomes, times) + self._homes.take(places)
        weights = self._shares.take(places)
        evidence = np.bincount(cells, weights, minlength=texts * outcomes).astype(np.float64)
        return shares(evidence.reshape(texts, outcomes), DAMPING)
