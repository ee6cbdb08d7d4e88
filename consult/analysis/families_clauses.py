"""The quick comparison of a letter and its copy: by whole clauses, which most copies leave alone.

Says yes or "look closer", never no: ``families_matcher`` then compares character by character.
``families_glance`` does the same for many pairs at once.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from typing import Final

from rapidfuzz.distance import LCSseq

from consult.analysis.asks import asks_plainly
from consult.analysis.diff import in_order
from consult.analysis.families_overlap import overlap, partly
from consult.analysis.families_reversal import SAME_CLAUSE, SHORTEST_KEPT, Reversal
from consult.analysis.families_words import AGAINST
from consult.analysis.folding import CLAUSE

LONGEST: Final = 80  # characters; longer clauses are compared in their texts
_AGAINST: Final = re.compile(AGAINST)
_REMEMBERED: Final = 200_000  # clauses and pairs of clauses


class Clauses:
    """Compares texts clause by clause and remembers what it has found out about clauses."""

    def __init__(self, reversal: Reversal) -> None:
        self._reversal = reversal
        self._said: dict[str, tuple[bool, bool]] = {}
        self._harmless: dict[tuple[str, str], bool] = {}

    def copies(self, base: str, copy: str) -> bool:
        """Tell whether a cut text (see ``cut_many``) is a copy of another, beyond doubt."""
        ours, theirs = set(base.split(CLAUSE)), set(copy.split(CLAUSE))
        both = ours & theirs
        if not overlap(_length(ours), _length(theirs), map(len, both)):
            return False
        left, right = ours - both, theirs - both
        if not right:
            return True
        said = [self.speaks(clause) for clause in right]
        if any(against for _, against in said) or any(self.speaks(c)[1] for c in left):
            return False
        if any(asks for asks, _ in said) and not any(self.speaks(c)[0] for c in both):
            return False
        return self.leave_alone(left, right)

    def may_copy(self, base: str, copy: str) -> bool:
        """Tell whether two cut texts share long clauses, one that asks among them."""
        ours, theirs = set(base.split(CLAUSE)), set(copy.split(CLAUSE))
        both = ours & theirs
        if not partly(_length(ours), _length(theirs), map(len, both)):
            return False
        return any(len(c) >= SHORTEST_KEPT and self.speaks(c)[0] for c in both)

    def speaks(self, clause: str) -> tuple[bool, bool]:
        """Tell whether a clause asks for something, and whether it may speak against a letter."""
        found = self._said.get(clause)
        if found is None:
            if len(self._said) > _REMEMBERED:
                self._said.clear()
            against = _AGAINST.search(clause) is not None
            found = self._said[clause] = asks_plainly(clause), against
        return found

    def leave_alone(self, left: Collection[str], right: Collection[str]) -> bool:
        """Tell whether no clause on the left can be one on the right turned round."""
        return all(self._leaves_alone(one, other) for one in left for other in right)

    def _leaves_alone(self, clause: str, other: str) -> bool:
        """Tell whether one clause cannot be the other turned round."""
        found = self._harmless.get((clause, other))
        if found is None:
            if len(self._harmless) > _REMEMBERED:
                self._harmless.clear()
            found = self._harmless[clause, other] = self._compared(clause, other)
        return found

    def _compared(self, clause: str, other: str) -> bool:
        if max(len(clause), len(other)) > LONGEST:
            return False
        # The blocks are part of a longest common subsequence, whose length alone is quickly found.
        if LCSseq.similarity(clause, other) < SAME_CLAUSE * len(clause):
            return True
        return self.differ_harmlessly(clause, other)

    def differ_harmlessly(self, clause: str, other: str) -> bool:
        """Tell whether a clause with much in common with another is not that one turned round."""
        found = in_order(clause, other)
        if sum(block.size for block in found) < SAME_CLAUSE * len(clause):
            return True
        return not self._reversal.may_turn(clause, other, found)


def _length(clauses: Collection[str]) -> int:
    return sum(map(len, clauses))
