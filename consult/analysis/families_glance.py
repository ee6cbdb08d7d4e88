"""What ``families_clauses`` tells of a letter and its copy, told of many pairs at once.

Clauses are numbers here and what two texts share is found by sorting. What remains undecided is
looked at character by character, unless the triples that both have cannot be enough.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any, Final

from consult.analysis.families_clauses import Clauses
from consult.analysis.families_overlap import (
    overlaps,
    partly_alike,
    triples_in,
    triples_in_stretches,
)
from consult.analysis.families_reversal import SHORTEST_KEPT
from consult.analysis.families_signatures import said, triples
from consult.analysis.families_texts import Texts
from consult.analysis.families_verdict import Verdict
from consult.analysis.folding import CLAUSE

if TYPE_CHECKING:
    from numpy.typing import NDArray

_CHUNK: Final = 2_000  # pairs at a time: what is at work fits the cache
_FEWER: Final = 250  # pairs whose triples are counted at a time
_COUNTERS: Final = 2_048  # of triples, for each text; a power of two
_LONGEST: Final = 60_000  # characters of a text whose triples a counter surely holds
_CLAUSE: Final = 0xFFFFFFFF


def glanced(
    clauses: Clauses, texts: Texts, base: NDArray[Any], copy: NDArray[Any], near: NDArray[Any]
) -> NDArray[Any]:
    """Return the verdicts on pairs of texts by number, 0 where only a closer look can tell.

    ``near`` tells of which pairs that they have as much in common as copies have.
    """
    import numpy as np

    found = np.zeros(len(base), np.int8)
    for start in range(0, len(base), _CHUNK):
        part = slice(start, start + _CHUNK)
        numbers, row = np.unique(np.concatenate((base[part], copy[part])), return_inverse=True)
        words = [texts.cut[number] for number in numbers.tolist()]
        ours, theirs = np.split(row, 2)
        found[part] = _Chunk(clauses, words, ours, theirs).verdicts(near[part])
    undecided = np.flatnonzero(found == 0)
    for start in range(0, len(undecided), _FEWER):
        few = undecided[start : start + _FEWER]
        found[few[~_may_be(texts, base[few], copy[few])]] = Verdict.OTHER.value
    return found


class _Chunk:
    """Pairs of cut texts by their clauses: those of both, of the base alone, of the copy alone.

    A text is a row: the numbers of its different clauses. An entry is a clause of a pair.
    """

    def __init__(
        self, clauses: Clauses, texts: Sequence[str], base: NDArray[Any], copy: NDArray[Any]
    ) -> None:
        import numpy as np

        self._clauses = clauses
        every = CLAUSE.join(texts).split(CLAUSE)
        self._words = list(dict.fromkeys(every))
        number = dict(zip(self._words, range(len(self._words)), strict=True))
        self._size = np.fromiter(map(len, number), np.int64, len(number))
        marks = np.fromiter([words.count(CLAUSE) for words in texts], np.int64, len(texts))
        row = np.repeat(np.arange(len(texts)), marks + 1)
        clause = np.fromiter(map(number.__getitem__, every), np.int64, len(every))
        own = _different(row << 32 | clause)
        clause = own & _CLAUSE
        count = np.bincount(own >> 32)
        begin = np.cumsum(count) - count
        length = np.add.reduceat(self._size[clause], begin)
        self._lengths = length[base], length[copy]
        entries = [
            _entries(begin[side], count[side], clause) << 1 | which
            for which, side in enumerate((base, copy))
        ]
        self._split(np.concatenate(entries))
        self._said = np.full((len(number), 2), -1, np.int8)

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

        counted = triples_of(self._size[self._both & _CLAUSE])
        return np.bincount(self._both >> 32, counted, len(self._lengths[0]))

    def _harmless(self, asked: NDArray[Any]) -> list[int]:
        """Return which of the pairs asked for are copies by what their other clauses say."""
        import numpy as np

        left, right = self._of(self._left, asked), self._of(self._right, asked)
        against = self._any(left, 1) | self._any(right, 1)
        asks = self._any(right, 0) & ~against
        asks &= ~self._any(self._of(self._both, asks), 0)
        clear = asked & ~against & ~asks
        pairs = np.flatnonzero(clear)
        sides = (self._lists(entries, pairs) for entries in (left, right))
        return [
            pair
            for pair, one, other in zip(pairs.tolist(), *sides, strict=True)
            if self._clauses.leave_alone(one, other)
        ]

    def _may_copy(self, asked: NDArray[Any]) -> NDArray[Any]:
        """Tell which of the pairs asked for share long clauses, one that asks among them."""
        enough = asked & partly_alike(*self._lengths, self._total(triples_in_stretches))
        entries = self._of(self._both, enough)
        return self._any(entries[self._size[entries & _CLAUSE] >= SHORTEST_KEPT], 0)

    def _lists(self, entries: NDArray[Any], pairs: NDArray[Any]) -> Iterator[list[str]]:
        """Yield the clauses of each pair among sorted entries."""
        import numpy as np

        low, high = np.searchsorted(entries >> 32, (pairs, pairs + 1))
        words = self._words_of(entries & _CLAUSE)
        return (words[a:b] for a, b in zip(low.tolist(), high.tolist(), strict=True))

    def _of(self, entries: NDArray[Any], pairs: NDArray[Any]) -> NDArray[Any]:
        """Return the entries of some pairs."""
        found: NDArray[Any] = entries[pairs[entries >> 32]]
        return found

    def _any(self, entries: NDArray[Any], which: int) -> NDArray[Any]:
        """Tell of each pair whether a clause among its entries asks (0) or speaks against (1)."""
        import numpy as np

        clause = entries & _CLAUSE
        new = _different(clause[self._said[clause, 0] < 0])
        if len(new):
            self._said[new] = [self._clauses.speaks(words) for words in self._words_of(new)]
        counted = np.bincount(entries >> 32, self._said[clause, which], len(self._lengths[0]))
        some: NDArray[Any] = counted > 0
        return some

    def _words_of(self, clauses: NDArray[Any]) -> list[str]:
        return [self._words[clause] for clause in clauses.tolist()]


def _different(keys: NDArray[Any]) -> NDArray[Any]:
    """Return keys once each, in order: a sixth of the time that NumPy's hash table takes."""
    import numpy as np

    keys.sort()
    first = np.ones(len(keys), bool)
    first[1:] = keys[1:] != keys[:-1]
    found: NDArray[Any] = keys[first]
    return found


def _entries(begin: NDArray[Any], count: NDArray[Any], clause: NDArray[Any]) -> NDArray[Any]:
    """Return the clauses of a row for each pair: the pair in the upper half, the clause below."""
    import numpy as np

    pair = np.repeat(np.arange(len(count)), count)
    at = np.arange(len(pair)) + np.repeat(begin - (np.cumsum(count) - count), count)
    entries: NDArray[Any] = pair << 32 | clause[at]
    return entries


def _may_be(texts: Texts, base: NDArray[Any], copy: NDArray[Any]) -> NDArray[Any]:
    """Tell which pairs have triples enough in common for copies, wherever these stand.

    Blocks in common never overlap, so they hold no triple more often than either text; triples that
    share a counter only seem to be more.
    """
    import numpy as np

    numbers, row = np.unique(np.concatenate((base, copy)), return_inverse=True)
    own = said(texts.folded(numbers.tolist()))
    length = np.diff(own.ends)
    hashes, ends = triples(own)
    counts = np.zeros((len(length), _COUNTERS), np.uint16)
    place = np.repeat(np.arange(len(length)) * _COUNTERS, np.diff(ends))
    place += (hashes & np.uint64(_COUNTERS - 1)).astype(np.int64)
    np.add.at(counts.ravel(), place, np.uint16(1))
    ours, theirs = np.split(row, 2)
    shared = np.minimum(counts[ours], counts[theirs]).sum(axis=1, dtype=np.int64)
    lengths = length[ours], length[theirs]
    unsure = np.array([not texts.cut[number].strip(CLAUSE) for number in numbers.tolist()])
    unsure |= length > _LONGEST
    may_be: NDArray[Any] = overlaps(*lengths, shared) | partly_alike(*lengths, shared)
    may_be |= unsure[ours] | unsure[theirs]
    return may_be
