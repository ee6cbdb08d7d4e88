"""Concepts of the thesaurus as a bridge: everyday words in a comment, policy words in a section.

娃儿读书 in a comment and 子女就学 in a section share no character, but both belong to one concept.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from itertools import pairwise
from typing import Final

import numpy as np

from consult.analysis.normalise import align
from consult.analysis.normalise_batch import Batch, normalised
from consult.analysis.phrases_batch import BatchFinder, Spotted
from consult.analysis.sections_vocabulary import Floats, shares, sums
from consult.domain.knowledge import Thesaurus

# Evidence that amounts to half, in units of one concept that a single section out of all holds.
DAMPING: Final = 0.5
TITLE_TIMES: Final = 3
# What a matter that the plan does not have says for off-plan: far less than one that a section has
# alone, since people also ask that the plan take a new matter up.
ORPHAN: Final = 0.15


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
        homes: dict[str, list[int]] = {}
        for number, concept in enumerate(thesaurus.concepts):
            for word in {align(word) for word in (*concept.policy, *concept.everyday)}:
                if len(word) > 1:
                    homes.setdefault(word, []).append(number)
        self._finder = BatchFinder(homes)
        self.concepts = tuple(tuple(homes[word]) for word in self._finder.phrases)
        self.ids = tuple(
            tuple(thesaurus.concepts[number].id for number in numbers) for numbers in self.concepts
        )
        self._named: list[dict[int, str]] = [{} for _ in thesaurus.concepts]
        self._strength = np.zeros((len(thesaurus.concepts), len(documents)))
        for outcome, (title, document) in enumerate(zip(titles, documents, strict=True)):
            self._place(outcome, title, TITLE_TIMES)
            self._place(outcome, document, 1)
        self._strength = _weighted(self._strength)
        if offplan is not None:  # a matter that no section holds
            orphans = self._strength.sum(axis=1) == 0
            self._strength[orphans, offplan] = ORPHAN
        self.counterparts = [
            self._counterparts(word, concepts)
            for word, concepts in zip(self._finder.phrases, self.concepts, strict=True)
        ]

    def _counterparts(self, word: str, concepts: Sequence[int]) -> dict[int, str]:
        """Return for a word the other word of its concept that stands in each outcome."""
        own: dict[int, str] = {}
        for concept in concepts:
            for outcome, named in self._named[concept].items():
                if named != word:
                    own.setdefault(outcome, named)
        return own

    def __bool__(self) -> bool:
        return bool(self._finder)

    def _place(self, outcome: int, text: str, times: int) -> None:
        for word in self.find(normalised([text])).phrases.tolist():
            for concept in self.concepts[word]:
                self._strength[concept, outcome] += times
                self._named[concept].setdefault(outcome, self._finder.phrases[word])

    def find(self, batch: Batch) -> Spotted:
        """Return the distinct words of concepts in texts at their first places."""
        return self._finder.first(batch)

    def scores(self, found: Spotted) -> Floats:
        """Return texts × outcomes: shares of the evidence, 0 to 1; little evidence stays small."""
        words, bounds = found.phrases.tolist(), found.starts.tolist()
        own = [
            sorted({concept for word in words[a:b] for concept in self.concepts[word]})
            for a, b in pairwise(bounds)
        ]
        return shares(sums(self._strength, own), DAMPING)


def _weighted(counts: Floats) -> Floats:
    """Weigh a concept by how few outcomes hold it; its weight is shared among them by frequency."""
    outcomes = counts.shape[1]
    homes = (counts > 0).sum(axis=1, keepdims=True)
    shares = np.log1p(counts)
    shares = shares / np.maximum(shares.sum(axis=1, keepdims=True), 1e-9)
    rarity = np.log((1 + outcomes) / (1 + homes)) / math.log(1 + outcomes)
    weighted: Floats = shares * rarity
    return weighted
