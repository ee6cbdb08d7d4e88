"""Which of many pairs of texts are turned round: what ``Opposites.reverse`` says of each.

A text that turns another round has a clause in nearly the words of one of the other's. Which have
is told for thousands of pairs at once; only such clauses are read.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from typing import TYPE_CHECKING

from consult.analysis.opposites import LEAST_ALIKE, Opposites, asked_in, likest
from consult.analysis.opposites_alike import Clauses

if TYPE_CHECKING:
    from consult.analysis.normalise_batch import Batch


class Reversals:
    """Compares texts of a batch, each pair once."""

    def __init__(self, opposites: Opposites, batch: Batch) -> None:
        self._opposites = opposites
        self._texts = batch.texts
        self._clauses = Clauses(batch, LEAST_ALIKE)
        self._odd = self._clauses.odd.tolist()
        self._words: dict[int, list[str]] = {}
        self._known: dict[tuple[int, int], bool] = {}

    def among(self, pairs: Sequence[tuple[int, int]]) -> list[bool]:
        """Tell of each pair of texts (indices) whether one is the other with its ask turned."""
        fresh = [pair for pair in pairs if pair not in self._known]
        self._known.update(dict.fromkeys(fresh, False))
        plain = [(a, b) for a, b in fresh if not (self._odd[a] or self._odd[b])]
        for place, near in self._clauses.alike(plain).items():
            if self._turned(*plain[place], near):
                self._known[plain[place]] = True
        for one, other in fresh:
            if self._odd[one] or self._odd[other]:
                found = self._opposites.reverse(self._texts[one], self._texts[other])
                self._known[one, other] = found
        return [self._known[pair] for pair in pairs]

    def _turned(self, one: int, other: int, near: Mapping[int, Sequence[int]]) -> bool:
        """Compare the clauses that only one text has with those like them that only the other has.

        ``near`` names by clause of the one those of the other that may be like it.
        """
        ours, theirs = self._of(one), self._of(other)
        for place, against in near.items():
            words = ours[place]
            if words in theirs:
                continue
            match = likest(words, (theirs[n] for n in against if theirs[n] not in ours))
            texts = self._texts[one], self._texts[other]
            if match and self._opposites.turned(words, match, partial(asked_in, *texts)):
                return True
        return False

    def _of(self, text: int) -> list[str]:
        found = self._words.get(text)
        if found is None:
            found = self._words[text] = self._clauses.of(text)
        return found
