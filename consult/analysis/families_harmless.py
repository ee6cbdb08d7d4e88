"""Which clauses cannot be others turned round: what ``Clauses`` tells of one pair, of many."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from consult.analysis.families_clause_table import CLAUSE_BITS, ClauseTable, different
from consult.analysis.families_clauses import LONGEST
from consult.analysis.families_reversal import SAME_CLAUSE

if TYPE_CHECKING:
    from numpy.typing import NDArray

_AT_ONCE: Final = 1_000_000  # pairs of clauses compared at a time, at least those of one pair
_REMEMBERED: Final = 200_000  # pairs of clauses


class Harmless:
    """Compares clauses of a table by number and remembers what it has found out."""

    def __init__(self, table: ClauseTable) -> None:
        self._table = table
        self._known: dict[int, bool] = {}

    def leave_alone(self, left: NDArray[Any], right: NDArray[Any], pairs: int) -> NDArray[Any]:
        """Tell of each of so many pairs whether no clause on the left can be one on the right.

        Both are sorted entries: the number of a pair in the upper half, a clause below.
        """
        import numpy as np

        left_of, right_of = (np.bincount(own >> 32, minlength=pairs) for own in (left, right))
        harmless = np.ones(pairs, bool)
        ends = np.cumsum(left_of * right_of)
        starts = np.cumsum(right_of) - right_of
        turns = np.repeat(right_of, left_of)  # of each on the left: how many it is compared with
        done = 0
        while done < len(left):
            before = ends[(left[done] >> 32) - 1] if left[done] >> 32 else 0
            stop = np.searchsorted(ends, max(before + _AT_ONCE, ends[left[done] >> 32]), "right")
            last = int(np.searchsorted(left, int(stop) << 32))
            own, count = left[done:last], turns[done:last]
            one = np.repeat(own, count)
            place = np.arange(len(one)) - np.repeat(np.cumsum(count) - count, count)
            other = right[starts[one >> 32] + place]
            told = self._told(one & CLAUSE_BITS, other & CLAUSE_BITS)
            harmless[one[~told] >> 32] = False
            done = last
        return harmless

    def _told(self, one: NDArray[Any], other: NDArray[Any]) -> NDArray[Any]:
        """Tell of which pairs of clauses the one cannot be the other turned round."""
        import numpy as np

        size, length = self._table.size[one], self._table.size[other]
        # How many of its characters the other may hold: it is as long, and lacks those kinds.
        lacking = np.bitwise_count(self._table.kinds[one] & ~self._table.kinds[other])
        found: NDArray[Any] = np.minimum(length, size - lacking) < SAME_CLAUSE * size
        longest = np.maximum(size, length) > LONGEST
        found[longest] = False
        asked = np.flatnonzero(~found & ~longest)
        keys = one[asked].astype(np.int64) << 32 | other[asked]
        every = different(keys.copy())
        told = self._remembered(every)
        found[asked] = told[np.searchsorted(every, keys)]
        return found

    def _remembered(self, keys: NDArray[Any]) -> NDArray[Any]:
        import numpy as np

        if len(self._known) > _REMEMBERED:
            self._known.clear()
        known = self._known
        told = [known.get(key) for key in keys.tolist()]
        new = np.array([at for at, own in enumerate(told) if own is None], np.int64)
        if len(new):
            compared = self._compared(keys[new])
            known.update(zip(keys[new].tolist(), compared, strict=True))
            for at, own in zip(new.tolist(), compared, strict=True):
                told[at] = own
        return np.array(told, bool)

    def _compared(self, keys: NDArray[Any]) -> list[bool]:
        """Compare clauses: how long a longest common subsequence is, is told of all at once."""
        import numpy as np
        from rapidfuzz.distance import LCSseq
        from rapidfuzz.process import cpdist

        ours = self._table.words(keys >> 32)
        theirs = self._table.words(keys & CLAUSE_BITS)
        common = cpdist(ours, theirs, scorer=LCSseq.similarity, dtype=np.int32)
        apart = common < SAME_CLAUSE * self._table.size[keys >> 32]
        return [
            far or self._table.clauses.differ_harmlessly(one, other)
            for far, one, other in zip(apart.tolist(), ours, theirs, strict=True)
        ]
