"""Concepts of the thesaurus as a bridge: everyday words in a comment, policy words in a section.

娃儿读书 in a comment and 子女就学 in a section share no character, but both belong to one concept.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from consult.analysis.normalise import align
from consult.analysis.phrases import PhraseFinder
from consult.analysis.sections_vocabulary import Floats
from consult.domain.knowledge import Thesaurus

# Evidence that amounts to half, in units of one concept that a single section out of all holds.
DAMPING: Final = 0.5
TITLE_TIMES: Final = 3
# What a matter that the plan does not have says for off-plan: far less than one that a section has
# alone, since people also ask that the plan take a new matter up.
ORPHAN: Final = 0.15


@dataclass(frozen=True, slots=True)
class ConceptHit:
    """A word of a concept in a text."""

    word: str
    start: int
    concept: int


class ConceptScorer:
    """Scores sections by the concepts they share with a text."""

    def __init__(
        self,
        thesaurus: Thesaurus,
        titles: Sequence[str],
        documents: Sequence[str],
        offplan: int | None = None,
    ) -> None:
        """Find each concept's words in the titles and texts of the outcomes.

        ``offplan`` is the outcome that concepts speak for which the plan does not have.
        """
        self._homes: dict[str, list[int]] = {}
        for number, concept in enumerate(thesaurus.concepts):
            for word in {align(word) for word in (*concept.policy, *concept.everyday)}:
                if len(word) > 1:
                    self._homes.setdefault(word, []).append(number)
        self._finder = PhraseFinder(self._homes)
        self._named: dict[tuple[int, int], str] = {}
        self._strength = np.zeros((len(thesaurus.concepts), len(documents)))
        for outcome, (title, document) in enumerate(zip(titles, documents, strict=True)):
            self._place(outcome, title, TITLE_TIMES)
            self._place(outcome, document, 1)
        self._strength = _weighted(self._strength)
        if offplan is not None:  # a matter that no section holds
            orphans = self._strength.sum(axis=1) == 0
            self._strength[orphans, offplan] = ORPHAN

    def __bool__(self) -> bool:
        return bool(self._homes)

    def _place(self, outcome: int, text: str, times: int) -> None:
        for hit in self.find(align(text)):
            self._strength[hit.concept, outcome] += times
            self._named.setdefault((hit.concept, outcome), hit.word)

    def find(self, aligned: str) -> list[ConceptHit]:
        """Return the words of concepts in an aligned text, each word once."""
        first: dict[str, int] = {}
        for place, word in self._finder.find(aligned):
            first.setdefault(word, place)
        return [
            ConceptHit(word, place, concept)
            for word, place in first.items()
            for concept in self._homes[word]
        ]

    def scores(self, hits: Sequence[ConceptHit]) -> Floats:
        """Return each outcome's share of the evidence, 0 to 1; little evidence stays small."""
        sums: Floats = np.zeros(self._strength.shape[1])
        for concept in {hit.concept for hit in hits}:
            sums += self._strength[concept]
        shares: Floats = sums / (sums.sum() + DAMPING)
        return shares

    def counterpart(self, hit: ConceptHit, outcome: int) -> str:
        """Return the word of the same concept that stands in the section, empty when none does."""
        return self._named.get((hit.concept, outcome), "")


def _weighted(counts: Floats) -> Floats:
    """Weigh a concept by how few outcomes hold it; its weight is shared among them by frequency."""
    outcomes = counts.shape[1]
    homes = (counts > 0).sum(axis=1, keepdims=True)
    shares = np.log1p(counts)
    shares = shares / np.maximum(shares.sum(axis=1, keepdims=True), 1e-9)
    rarity = np.log((1 + outcomes) / (1 + homes)) / math.log(1 + outcomes)
    weighted: Floats = shares * rarity
    return weighted
