"""Families (雷同件): near-duplicates of one text, found in nearly linear time.

Equal texts (after folding) are one. The rest meet in buckets (``families_candidates``); a text
joins a family only when an exact comparison with the family's representative says so, and when the
edits do not turn the ask round (``families_reversal``).
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from consult.analysis.diff import Block, in_order, with_moved
from consult.analysis.families_candidates import candidates
from consult.analysis.families_letter import Letter
from consult.analysis.families_overlap import overlap, partly
from consult.analysis.families_reversal import Reversal
from consult.analysis.folding import fold_many
from consult.domain.lexicon import Lexicon

# Shorter texts share words by chance: only equality is evidence (measured on human-labelled pairs).
SHORTEST: Final = 20
_ROUNDS: Final = 4  # a letter, its reversal, and what is made of both


class FamilyFinder:
    """Labels near-duplicates; scikit-learn's ``fit_predict`` without its import.

    ``bases_`` holds, after a call, for each text the position of the base text of its family: the
    one that has most in common with the others; among equal ones the first.
    """

    def __init__(self, lexicon: Lexicon | None = None) -> None:
        self.lexicon = lexicon
        self.bases_: list[int] = []

    def fit_predict(self, texts: Sequence[str]) -> list[int]:
        """Return a label for each text, equal within a family; singletons have their own.

        A label is the index of the family's first text. Which texts form a family does not depend
        on their order.
        """
        folded = [
            words or text.strip() for words, text in zip(fold_many(texts), texts, strict=True)
        ]
        place: dict[str, int] = {}
        distinct = _Distinct()
        for index, (words, text) in enumerate(zip(folded, texts, strict=True)):
            known = place.setdefault(words, len(place))
            distinct.add(known, words, text, index)
        _join(distinct, Reversal(self.lexicon.opposites if self.lexicon else ()))
        first, base = distinct.families()
        self.bases_ = [base[place[words]] for words in folded]
        return [first[place[words]] for words in folded]


class _Distinct:
    """Different folded texts, a list for each of their properties (a million of them fit)."""

    def __init__(self) -> None:
        self.folded: list[str] = []
        self.text: list[str] = []  # the least of those that read the same
        self.first: list[int] = []  # where the first of them stands
        self.weight: list[int] = []
        self.standing: list[float] = []  # how many it met
        self.head: list[int] = []  # the representative of its family

    def add(self, place: int, folded: str, text: str, index: int) -> None:
        if place < len(self.folded):
            self.weight[place] += 1
            self.text[place] = min(self.text[place], text)
            return
        self.folded.append(folded)
        self.text.append(text)
        self.first.append(index)
        self.weight.append(1)
        self.standing.append(0.0)
        self.head.append(place)

    def families(self) -> tuple[list[int], list[int]]:
        """Return for each text the first position in its family, and its base text's."""
        first = list(self.first)
        base = list(range(len(first)))
        for place, head in enumerate(self.head):
            first[head] = min(first[head], self.first[place])
            if self._rank(place) < self._rank(base[head]):
                base[head] = place
        return [first[head] for head in self.head], [self.first[base[head]] for head in self.head]

    def _rank(self, place: int) -> tuple[float, int, int]:
        return -self.standing[place], -self.weight[place], self.first[place]


def _join(distinct: _Distinct, reversal: Reversal) -> None:
    """Let texts join the families of their likest representatives.

    What meets its reversal only is compared again among its like: a letter and the reverse of it
    stand in the same buckets, and each bucket names one head.
    """
    places = [at for at, words in enumerate(distinct.folded) if len(words) >= SHORTEST]
    for _ in range(_ROUNDS):
        if len(places) < 2:
            return
        found = candidates(
            [distinct.folded[at] for at in places], [distinct.weight[at] for at in places]
        )
        for at, company in zip(places, found.company.tolist(), strict=True):
            distinct.standing[at] = company
        matcher = _Matcher(distinct, reversal)
        places = [at for at, heads in found.by_rank(places) if not matcher.place(at, heads)]


class _Matcher:
    """Compares texts exactly; keeps what it has found out about representatives."""

    def __init__(self, distinct: _Distinct, reversal: Reversal) -> None:
        self._distinct = distinct
        self._reversal = reversal
        self._letters: dict[int, Letter] = {}

    def place(self, at: int, heads: Sequence[int]) -> bool:
        """Let a text join the first of these heads' families that it copies.

        Returns False when it was like some, and all of these turned round.
        """
        turned = False
        words = self._distinct.folded[at]
        for head in dict.fromkeys(self._distinct.head[head] for head in heads):
            common = self._common(head, words)
            if not common:
                continue
            if not self._reversal.turned(self._letter(head), self._copy(at), common):
                self._distinct.head[at] = head
                return True
            turned = True
        return not turned

    def _common(self, head: int, words: str) -> list[Block]:
        """Return what a text has in common with a representative; nothing: it is no copy."""
        other = self._distinct.folded[head]
        found = in_order(other, words)
        if overlap(words, other, found):
            return found
        found = with_moved(other, words, found)
        if overlap(words, other, found):
            return found
        if partly(words, other, found) and self._reversal.keeps_an_ask(self._letter(head), found):
            return found
        return []

    def _copy(self, at: int) -> Letter:
        return Letter(self._distinct.text[at], self._distinct.folded[at])

    def _letter(self, at: int) -> Letter:
        found = self._letters.get(at)
        if found is None:
            found = self._letters[at] = self._copy(at)
        return found
