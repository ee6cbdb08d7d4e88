"""What a linear model sees of a text: its runs of characters, its words, its concepts."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from consult.analysis.phrases import Match
from consult.analysis.sections_vocabulary import (
    Floats,
    Grams,
    GramVocabulary,
    Vectors,
    WordVocabulary,
)

# Length of a view's vectors. Characters alone place .84, .78, .79 of three labelled sets by the
# exemplars alone, with words .86, .79, .81, with concepts too .89, .84, .83; concepts at .5 and
# more, or without words, lose on one of the sets.
WORDS: Final = 0.6
CONCEPTS: Final = 0.3


@dataclass(frozen=True, slots=True)
class Views:
    """Texts three times: runs of characters, words, places of the words of concepts."""

    runs: Grams
    words: Sequence[Sequence[str]]
    concepts: Sequence[Sequence[Match]]


Seen = tuple[Vectors, Vectors, Vectors]  # the known terms of texts, view by view


class ViewVocabulary:
    """The terms of all three views; rows of words and concepts come after those of the runs."""

    def __init__(self, examples: Views, concepts: Sequence[Sequence[str]], least: int = 1) -> None:
        """Learn the terms; runs must stand in at least so many examples.

        ``concepts`` are the ids of the concepts behind each word that the matches name.
        """
        self._ids = concepts
        self._runs = GramVocabulary(examples.runs, least)
        self._words = WordVocabulary(examples.words)
        self._concepts = WordVocabulary(self._named(examples))

    def _named(self, texts: Views) -> list[list[str]]:
        """Return the ids of each text's concepts, once for each word of it."""
        return [[name for row, _, _ in own for name in self._ids[row]] for own in texts.concepts]

    def read(self, texts: Views) -> Seen:
        """Return the known terms of each text by view, rows counted within the view."""
        return (
            self._runs.read(texts.runs),
            self._words.read(texts.words),
            self._concepts.read(self._named(texts)),
        )

    def words(self, texts: Views) -> Vectors:
        """Return the known words of each text."""
        return self._words.read(texts.words)

    def rarity(self, word: str) -> float:
        """Return the inverse document frequency of a known word among the examples."""
        return self._words.rarity(word)

    def blocks(self, texts: Views) -> Iterator[tuple[Vectors, int, float]]:
        """Yield each view of texts with the number of its terms and the length of its vectors."""
        sizes = (self._runs.size, self._words.size, self._concepts.size)
        return zip(self.read(texts), sizes, (1.0, WORDS, CONCEPTS), strict=True)

    def split(self, coefficients: Floats) -> tuple[Floats, Floats, Floats]:
        """Return the coefficients by view, from all of them, terms × columns."""
        ends = [self._runs.size, self._runs.size + self._words.size]
        runs, words, concepts = np.split(coefficients, ends)
        return runs, words * WORDS, concepts * CONCEPTS
