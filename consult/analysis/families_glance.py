"""What ``families_clauses`` tells of a letter and its copy, told of many pairs at once.

Clauses are numbers here (``families_clause_table``). What remains undecided is looked at character
by character, unless the triples that both have cannot be enough.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from consult.analysis.families_clause_table import CLAUSE_BITS, ClauseTable
from consult.analysis.families_harmless import Harmless
from consult.analysis.families_overlap import (
    overlaps,
    partly_alike,
    triples_in,
    triples_in_stretches,
)
from consult.analysis.families_reversal import SHORTEST_KEPT
from consult.analysis.families_signatures import said, triples
from consult.analysis.families_verdict import Verdict

if TYPE_CHECKING:
    from numpy.typing import NDArray

_CHUNK: Final = 2_000  # pairs at a time: what is at work fits the cache
_FEWER: Final = 250  # pairs whose triples are counted at a time
_COUNTERS: Final = 2_048  # of triples, for each text; a power of two
_LONGEST: Final = 60_000  # characters of a text whose triples a counter surely holds


def glanced(
    table: ClauseTable,
    harmless: Harmless,
    base: NDArray[Any],
    copy: NDArray[Any],
    near: NDArray[Any],
) -> NDArray[Any]:
    """Return the verdicts on pairs of a table's texts, 0 where only a closer look can tell.

    ``near`` tells of which pairs that they have as much in common as copies have.
    """
    import numpy as np

    found = np.zeros(len(base), np.int8)
    ours, theirs = table.rows(base), table.rows(copy)
    for start in range(0, len(base), _CHUNK):
        part = slice(start, start + _CHUNK)
        found[part] = _Chunk(table, harmless, ours[part], theirs[part]).verdicts(near[part])
    undecided = np.flatnonzero(found == 0)
    for start in range(0, len(undecided), _FEWER):
        few = undecided[start : start + _FEWER]
        found[few[~_may_be(table, base[few], copy[few])]] = Verdict.OTHER.value
    return found


class _Chunk:
    """Pairs of texts by their clauses: those of both, of the base alone, of the copy alone.

    Texts are rows of a table. An entry is a clause of a pair: the pair in the upper half.
    """

    def __init__(
        self, table: ClauseTable, harmless: Harmless, base: NDArray[Any], copy: NDArray[Any]
    ) -> None:
        import numpy as np

        self._table, self._compare = table, harmless
        self._lengths = table.length[base], table.length[copy]
        entries = [table.entries(side) << 1 | which for which, side in enumerate((base, copy))]
        self._split(np.concatenate(entries))

    def _split(self, entries: NDArray[Any]) -> None:
        import numpy as np

        entries.sort()
        whose, of_copy = entries >> 1, (entries & 1).astype(bool)
        twin = whose[1:] == whose[:-1]
        alone = np.ones(len(whose), bool)
        alone[1:] &= ~twin
        alone[:-1] &= ~twin
        self._both = whose[:-1][twin]
        self._left, self._right = whose[alone & ~of_copy], whose[alone & of_copy]

    def verdicts(self, near: NDArray[Any]) -> NDArray[Any]:
        """Return the verdicts on the pairs, 0 for a closer look."""
        import numpy as np

        found = np.zeros(len(near), np.int8)
        alike = overlaps(*self._lengths, self._total(triples_in))
        changed = np.bincount(self._right >> 32, minlength=len(near)) > 0
        found[alike & ~changed] = Verdict.COPY.value
        found[self._harmless(alike & changed)] = Verdict.COPY.value
        far = ~near & (found == 0)
        far[self._may_copy(far)] = False
        found[far] = Verdict.OTHER.value
        return found

    def _total(self, triples_of: Any) -> NDArray[Any]:
        """Return how many triples the common clauses of each pair hold."""
        import numpy as np

        counted = triples_of(self._table.size[self._both & CLAUSE_BITS])
        return np.bincount(self._both >> 32, counted, len(self._lengths[0]))

    def _harmless(self, asked: NDArray[Any]) -> NDArray[Any]:
        """Tell which of the pairs asked for are copies by what their other clauses say."""
        left, right = self._of(self._left, asked), self._of(self._right, asked)
        against = self._any(left, 1) | self._any(right, 1)
        asks = self._any(right, 0) & ~against
        asks &= ~self._any(self._of(self._both, asks), 0)
        clear = asked & ~against & ~asks
        sides = self._of(left, clear), self._of(right, clear)
        copies: NDArray[Any] = clear & self._compare.leave_alone(*sides, len(asked))
        return copies

    def _may_copy(self, asked: NDArray[Any]) -> NDArray[Any]:
        """Tell which of the pairs asked for share long clauses, one that asks among them."""
        enough = asked & partly_alike(*self._lengths, self._total(triples_in_stretches))
        entries = self._of(self._both, enough)
        return self._any(entries[self._table.size[entries & CLAUSE_BITS] >= SHORTEST_KEPT], 0)

    def _of(self, entries: NDArray[Any], pairs: NDArray[Any]) -> NDArray[Any]:
        """Return the entries of some pairs."""
        found: NDArray[Any] = entries[pairs[entries >> 32]]
        return found

    def _any(self, entries: NDArray[Any], which: int) -> NDArray[Any]:
        """Tell of each pair whether a clause among its entries asks (0) or speaks against (1)."""
        import numpy as np

        said = self._table.speak(entries & CLAUSE_BITS, which)
        counted = np.bincount(entries >> 32, said, len(self._lengths[0]))
        some: NDArray[Any] = counted > 0
        return some


def _may_be(table: ClauseTable, base: NDArray[Any], copy: NDArray[Any]) -> NDArray[Any]:
    """Tell which pairs have triples enough in common for copies, wherever these stand.

    Blocks in common never overlap, so they hold no triple more often than either text; triples that
    share a counter only seem to be more.
    """
    import numpy as np

    numbers, row = np.unique(np.concatenate((base, copy)), return_inverse=True)
    own = said(table.texts.folded(numbers.tolist()))
    length = np.diff(own.ends)
    hashes, ends = triples(own)
    counts = np.zeros((len(length), _COUNTERS), np.uint16)
    place = np.repeat(np.arange(len(length)) * _COUNTERS, np.diff(ends))
    place += (hashes & np.uint64(_COUNTERS - 1)).astype(np.int64)
    np.add.at(counts.ravel(), place, np.uint16(1))
    ours, theirs = np.split(row, 2)
    shared = np.minimum(counts[ours], counts[theirs]).sum(axis=1, dtype=np.uint16).astype(np.int64)
    lengths = length[ours], length[theirs]
    unsure = (table.length[table.rows(numbers)] == 0) | (length > _LONGEST)
    may_be: NDArray[Any] = overlaps(*lengths, shared) | partly_alike(*lengths, shared)
    may_be |= unsure[ours] | unsure[theirs]
    return may_be
