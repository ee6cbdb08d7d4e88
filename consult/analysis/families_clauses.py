"""The quick comparison of a letter and its copy: by whole clauses, which most copies leave alone.

Says yes or "look closer", never no: ``families_matcher`` then compares character by character.
"""

from __future__ import annotations

import re
from typing import Final

from consult.analysis.asks import asks_plainly
from consult.analysis.diff import in_order
from consult.analysis.families_overlap import overlap, partly
from consult.analysis.families_reversal import SAME_CLAUSE, SHORTEST_KEPT, Reversal
from consult.analysis.families_words import AGAINST
from consult.analysis.folding import CLAUSE

_LONGEST: Final = 80  # characters; longer clauses are compared in their texts
_AGAINST: Final = re.compile(AGAINST)
_TEXTS: Final = 5_000  # cut texts kept apart
_REMEMBERED: Final = 200_000  # clauses and pairs of clauses


class Clauses:
    """Compares texts clause by clause and remembers what it has found out about clauses."""

    def __init__(self, reversal: Reversal) -> None:
        self._reversal = reversal
        self._said: dict[str, tuple[bool, bool]] = {}
        self._cut: dict[str, tuple[frozenset[str], int]] = {}
        self._harmless: dict[tuple[str, str], bool] = {}

    def copies(self, base: str, copy: str) -> bool:
        """Tell whether a cut text (see ``cut_many``) is a copy of another, beyond doubt."""
        (ours, length), (theirs, other) = self._clauses(base), self._clauses(copy)
        both = ours & theirs
        if not overlap(length, other, map(len, both)):
            return False
        left, right = ours - both, theirs - both
        if not right:
            return True
        said = [self._speaks(clause) for clause in right]
        if any(against for _, against in said) or any(self._speaks(c)[1] for c in left):
            return False
        if any(asks for asks, _ in said) and not any(self._speaks(c)[0] for c in both):
            return False
        return all(self._leaves_alone(one, other) for one in left for other in right)

    def may_copy(self, base: str, copy: str) -> bool:
        """Tell whether two cut texts share long clauses, one that asks among them."""
        (ours, length), (theirs, other) = self._clauses(base), self._clauses(copy)
        both = [len(clause) for clause in ours & theirs]
        if not partly(length, other, both):
            return False
        return any(len(c) >= SHORTEST_KEPT and self._speaks(c)[0] for c in ours & theirs)

    def _clauses(self, cut: str) -> tuple[frozenset[str], int]:
        """Return the different clauses of a cut text, and how long they are together."""
        found = self._cut.get(cut)
        if found is None:
            if len(self._cut) > _TEXTS:
                self._cut.clear()
            clauses = frozenset(cut.split(CLAUSE))
            found = self._cut[cut] = clauses, sum(map(len, clauses))
        return found

    def _speaks(self, clause: str) -> tuple[bool, bool]:
        """Tell whether a clause asks for something, and whether it may speak against a letter."""
        found = self._said.get(clause)
        if found is None:
            if len(self._said) > _REMEMBERED:
                self._said.clear()
            against = _AGAINST.search(clause) is not None
            found = self._said[clause] = asks_plainly(clause), against
        return found

    def _leaves_alone(self, clause: str, other: str) -> bool:
        """Tell whether one clause cannot be the other turned round."""
        found = self._harmless.get((clause, other))
        if found is None:
            if len(self._harmless) > _REMEMBERED:
                self._harmless.clear()
            found = self._harmless[clause, other] = self._compared(clause, other)
        return found

    def _compared(self, clause: str, other: str) -> bool:
        if max(len(clause), len(other)) > _LONGEST:
            return False
        found = in_order(clause, other)
        if sum(block.size for block in found) < SAME_CLAUSE * len(clause):
            return True
        return not self._reversal.may_turn(clause, other, found)
