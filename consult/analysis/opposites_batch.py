"""Which of many pairs of texts are turned round: what ``Opposites.reverse`` says of each.

A text that turns another round has a clause in nearly the words of one of the other's. Which have
is told for thousands of pairs at once; only such clauses are read.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from typing import Final

from consult.analysis.normalise_batch import normalised
from consult.analysis.opposites import LEAST_ALIKE, Opposites, asked_in, likest
from consult.analysis.opposites_alike import Clauses, odd_texts

Pair = tuple[int, int]

_MOST: Final = 20_000  # texts whose clauses stand in one table: it takes 10 KB a text
_LOT: Final = 4_000  # pairs of more texts than these that share a table, which then goes


class Reversals:
    """Compares texts, each pair once; of more than ``most`` by a ``lot`` of pairs.

    ``leanings`` are the sides that each text takes (``Opposites.leaning``).
    """

    def __init__(
        self, opposites: Opposites, texts: Sequence[str], *, most: int = _MOST, lot: int = _LOT
    ) -> None:
        self._opposites, self._texts, self._lot = opposites, texts, lot
        self.leanings: list[Mapping[str, int]] = []
        self._odd: list[bool] = []
        for start in range(0, len(texts), most):
            batch = normalised(texts[start : start + most])
            self.leanings += opposites.leanings(batch)
            self._odd += odd_texts(batch).tolist()
        few = 0 < len(texts) <= most
        self._every = Clauses(batch, LEAST_ALIKE) if few else None
        self._known: dict[Pair, bool] = {}

    def among(self, pairs: Sequence[Pair]) -> list[bool]:
        """Tell of each pair of texts (indices) whether one is the other with its ask turned."""
        fresh = [pair for pair in pairs if pair not in self._known]
        self._known.update(dict.fromkeys(fresh, False))
        plain = [(a, b) for a, b in fresh if not (self._odd[a] or self._odd[b])]
        for (one, other), turned in self._looked(plain):
            if turned:
                self._known[one, other] = True
        for one, other in fresh:
            if self._odd[one] or self._odd[other]:
                found = self._opposites.reverse(self._texts[one], self._texts[other])
                self._known[one, other] = found
        return [self._known[pair] for pair in pairs]

    def _looked(self, pairs: Sequence[Pair]) -> Iterator[tuple[Pair, bool]]:
        """Yield the pairs that have clauses alike, and whether one is the other turned."""
        if self._every is not None:
            for place, turned in self._turned(self._every, self._texts, pairs):
                yield pairs[place], turned
            return
        ordered = sorted(pairs)  # a text's own pairs side by side
        for start in range(0, len(ordered), self._lot):
            lot = ordered[start : start + self._lot]
            number = {
                text: n for n, text in enumerate(dict.fromkeys(t for pair in lot for t in pair))
            }
            texts = [self._texts[text] for text in number]
            clauses = Clauses(normalised(texts), LEAST_ALIKE)
            own = [(number[one], number[other]) for one, other in lot]
            for place, turned in self._turned(clauses, texts, own):
                yield lot[place], turned

    def _turned(
        self, clauses: Clauses, texts: Sequence[str], pairs: Sequence[Pair]
    ) -> Iterator[tuple[int, bool]]:
        """Yield the places of pairs that have clauses alike, and whether one text turns another."""
        for place, near in clauses.alike(pairs).items():
            one, other = pairs[place]
            asked = partial(asked_in, texts[one], texts[other])
            yield place, self._turns(clauses.of(one), clauses.of(other), near, asked)

    def _turns(
        self,
        ours: Sequence[str],
        theirs: Sequence[str],
        near: Mapping[int, Sequence[int]],
        asked: partial[bool],
    ) -> bool:
        """Compare the clauses that only one text has with those like them that only the other has.

        ``near`` names by clause of the one those of the other that may be like it.
        """
        for place, against in near.items():
            words = ours[place]
            if words in theirs:
                continue
            match = likest(words, (theirs[n] for n in against if theirs[n] not in ours))
            if match and self._opposites.turned(words, match, asked):
                return True
        return False
