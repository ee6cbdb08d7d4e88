"""The lexicon's phrases as a scorer: which sections' ways of speaking occur in a text."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from consult.analysis.normalise import align
from consult.analysis.phrases import PhraseFinder
from consult.analysis.sections_vocabulary import Floats

LENGTH: Final = 4  # longer phrases are no more certain than one of four characters
DAMPING: Final = 4.0  # evidence that amounts to half: about one phrase of two characters


@dataclass(frozen=True, slots=True)
class PhraseHit:
    """A phrase of the lexicon in a text; ``weight`` counts for each of its outcomes."""

    phrase: str
    start: int
    outcomes: tuple[int, ...]
    weight: float


class PhraseScorer:
    """Floats outcomes by the phrases filed under them: rarer and longer ones count more."""

    def __init__(self, phrases: Mapping[int, Sequence[str]], outcomes: int) -> None:
        homes: dict[str, list[int]] = {}
        for outcome in sorted(phrases):
            for phrase in sorted({align(phrase) for phrase in phrases[outcome]}):
                homes.setdefault(phrase, []).append(outcome)
        self._outcomes = outcomes
        self._homes = {phrase: tuple(found) for phrase, found in homes.items()}
        self._weights = {
            phrase: min(len(phrase), LENGTH) * math.log(outcomes / len(found)) / len(found) ** 0.5
            for phrase, found in homes.items()
        }
        self._finder = PhraseFinder(homes)

    def find(self, aligned: str) -> list[PhraseHit]:
        """Return the distinct phrases of an aligned text with their first places."""
        first: dict[str, int] = {}
        for place, phrase in self._finder.find(aligned):
            first.setdefault(phrase, place)
        return [
            PhraseHit(phrase, place, self._homes[phrase], self._weights[phrase])
            for phrase, place in first.items()
        ]

    def scores(self, hits: Sequence[PhraseHit]) -> Floats:
        """Return each outcome's share of the evidence, 0 to 1; little evidence stays small."""
        sums = np.zeros(self._outcomes)
        for hit in hits:
            for outcome in hit.outcomes:
                sums[outcome] += hit.weight
        shares: Floats = sums / (sums.sum() + DAMPING)
        return shares
