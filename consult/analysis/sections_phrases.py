"""The lexicon's phrases as a scorer: which sections' ways of speaking occur in a text."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Final

import numpy as np

from consult.analysis.normalise import align
from consult.analysis.phrases import Match, PhraseFinder
from consult.analysis.sections_vocabulary import Floats, shares, sums

LENGTH: Final = 4  # longer phrases are no more certain than one of four characters
DAMPING: Final = 4.0  # evidence that amounts to half: about one phrase of two characters


class PhraseScorer:
    """Scores outcomes by the phrases filed under them: rarer and longer ones count more."""

    def __init__(self, phrases: Mapping[int, Sequence[str]], outcomes: int) -> None:
        homes: dict[str, list[int]] = {}
        for outcome in sorted(phrases):
            for phrase in sorted({align(phrase) for phrase in phrases[outcome]}):
                homes.setdefault(phrase, []).append(outcome)
        self._finder = PhraseFinder(homes)
        self.weights = np.zeros((len(self._finder.phrases), outcomes))
        for row, phrase in enumerate(self._finder.phrases):
            found = homes[phrase]
            rarity = math.log(outcomes / len(found)) / len(found) ** 0.5
            self.weights[row, found] = min(len(phrase), LENGTH) * rarity

    def find(self, aligned: str) -> list[Match]:
        """Return the distinct phrases of an aligned text at their first places."""
        return self._finder.first(aligned)

    def scores(self, texts: Sequence[Sequence[Match]]) -> Floats:
        """Return texts × outcomes: shares of the evidence, 0 to 1; little evidence stays small."""
        return shares(sums(self.weights, [[match[0] for match in own] for own in texts]), DAMPING)
