"""Which clauses of many texts are in nearly the same words: told by their pairs of characters.

Of all pairs of texts of a theme one in ten has such clauses, which a few array operations tell for
thousands of them. What is counted is never less than there is: a clause too many is looked at,
none is left out.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, Final, NamedTuple

import numpy as np

from consult.analysis.naming_batch import pair_keys
from consult.analysis.normalise_batch import CodeTable

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from consult.analysis.normalise_batch import Batch

_MIX: Final = np.uint64(0x9E3779B97F4A7C15)  # 2^64 / golden ratio (Fibonacci hashing)
_SALT: Final = np.uint64(0xD6E8FEB86659FD93)  # another odd number
_ROOM: Final = 16  # slots a pair of characters: fewer make more clauses seem alike
_AT_ONCE: Final = 4_000  # pairs of texts compared together
_ROUNDING: Final = 1e-6
_BREAK, _COMMA, _DOT, _CLOSING, _DIGIT = 1, 2, 3, 4, 5


def _kind(char: str) -> int:
    signs = ((":\n。!?;…", _BREAK), (",", _COMMA), ("~.", _DOT), ("”’」』)", _CLOSING))
    known = (kind for marks, kind in signs if char in marks)
    return next(known, _DIGIT if re.match(r"\d", char) else 0)


_KINDS: Final = CodeTable(_kind)


class Alike(NamedTuple):
    """Clauses that may be alike: the number of the pair of texts, and a clause of each text."""

    pair: NDArray[Any]
    clause: NDArray[Any]
    against: NDArray[Any]


class Clauses:
    """The clauses of a batch of texts, one behind the other, empty ones among them.

    None of the texts may be odd (``odd_texts``) to be asked about. ``least`` is how alike (Dice)
    clauses must be. What one text said before is kept.
    """

    def __init__(self, batch: Batch, least: float) -> None:
        self._batch = batch
        self._alike = least
        self._words: dict[int, list[str]] = {}
        kinds = _KINDS(batch.signs)
        breaks = (kinds == _BREAK) | (kinds == _COMMA)
        before = np.zeros(kinds.size + 1, dtype=np.int64)
        np.cumsum(breaks, out=before[1:])
        marks = np.flatnonzero(breaks)
        self._begin = before[batch.ends] + np.arange(len(batch) + 1)  # of each text its first
        self._start = np.sort(np.concatenate((batch.ends[:-1], marks + 1)))
        self._stop = np.sort(np.concatenate((marks, batch.ends[1:])))
        self._names = _names(batch, self._start, self._stop)
        said = before[batch.places + batch.ends[batch.owners]] + batch.owners
        self._count(batch, np.flatnonzero(said[1:] == said[:-1]), said)

    def _count(self, batch: Batch, begin: NDArray[Any], clause: NDArray[Any]) -> None:
        """Put the pairs of characters of each clause, and of each text, into tables."""
        total = self._start.size
        owner = clause[begin]
        self._grams = pair_keys(batch.codes, begin).view(np.uint64) * _MIX
        self._first = np.zeros(total + 1, dtype=np.int64)
        np.cumsum(np.bincount(owner, minlength=total), out=self._first[1:])
        self._bits = max(8, (_ROOM * begin.size).bit_length())
        held = _slots(self._grams, owner, self._bits)
        self._held, self._said = (np.zeros(1 << self._bits, dtype=bool) for _ in range(2))
        self._held[held] = True
        self._said[_slots(self._grams, batch.owners[begin], self._bits)] = True
        # Of pairs that share a slot one is counted: those that differ are so many at least.
        last = np.zeros(1 << (self._bits - 1), dtype=np.int32)
        nth = np.arange(begin.size, dtype=np.int32)
        last[held >> 1] = nth
        self._least = np.bincount(owner[last[held >> 1] == nth], minlength=total)

    def of(self, text: int) -> list[str]:
        """Return the aligned clauses of a text that is not odd."""
        if text not in self._words:
            self._words[text] = self._cut(text)
        return self._words[text]

    def _cut(self, text: int) -> list[str]:
        own = slice(self._begin[text], self._begin[text + 1])
        aligned, begin = self._batch.aligned[text], int(self._batch.ends[text])
        spans = zip(self._start[own].tolist(), self._stop[own].tolist(), strict=True)
        return [aligned[a - begin : b - begin].strip() for a, b in spans]

    def alike(self, pairs: Sequence[tuple[int, int]]) -> dict[int, dict[int, list[int]]]:
        """Return by pair of texts (its place) which clauses of the one are like some of the other.

        Clauses go by their places in ``of``. Such that stand in both texts are left out.
        """
        found: dict[int, dict[int, list[int]]] = {}
        for start in range(0, len(pairs), _AT_ONCE):
            one, other = np.array(pairs[start : start + _AT_ONCE], dtype=np.int64).T
            pair, clause, against = self._near(one, other)
            clause, against = clause - self._begin[one[pair]], against - self._begin[other[pair]]
            numbers = zip((pair + start).tolist(), clause.tolist(), against.tolist(), strict=True)
            for nth, ours, theirs in numbers:
                found.setdefault(nth, {}).setdefault(ours, []).append(theirs)
        return found

    def _near(self, one: NDArray[Any], other: NDArray[Any]) -> Alike:
        begin, least = self._begin, self._least
        # Each clause of the one, with the other text: a quarter of its pairs must be there.
        pair, clause = _spread(begin[one], begin[one + 1])
        hits = self._hits(clause, other[pair], self._said)
        kept = (hits > 0) & (4 * hits >= least[clause])
        pair, clause = pair[kept], clause[kept]
        # Each of those that are left with each clause of the other text.
        nth, against = _spread(begin[other[pair]], begin[other[pair] + 1])
        same = nth[self._names[clause[nth]] == self._names[against]]
        left = np.flatnonzero(np.bincount(same, minlength=pair.size)[nth] == 0)
        pair, clause, against = pair[nth[left]], clause[nth[left]], against[left]
        hits = self._hits(clause, against, self._held)
        total = least[clause] + least[against]
        kept = (hits > 0) & (2 * hits >= self._alike * total - _ROUNDING)
        return Alike(pair[kept], clause[kept], against[kept])

    def _hits(self, clause: NDArray[Any], owner: NDArray[Any], table: NDArray[Any]) -> NDArray[Any]:
        """Count the pairs of characters of clauses that texts or other clauses seem to have."""
        nth, gram = _spread(self._first[clause], self._first[clause + 1])
        there = table[_slots(self._grams[gram], owner[nth], self._bits)]
        found: NDArray[Any] = np.bincount(nth[there], minlength=clause.size)
        return found


def odd_texts(batch: Batch) -> NDArray[Any]:
    """Tell which texts hold marks whose neighbours decide whether they end a clause.

    Most dots stand in a figure (3.2, 2.5) and end none. These texts are to be cut by
    ``asks.clauses`` itself.
    """
    kinds = _KINDS(batch.signs)
    left, right = np.roll(kinds, 1), np.roll(kinds, -1)
    figure = (left == _DIGIT) & (right == _DIGIT)
    odd = (kinds == _DOT) & ~figure
    odd |= (kinds == _COMMA) & figure
    odd |= (kinds == _CLOSING) & (left > 0) & (left <= _DOT)
    found = np.zeros(len(batch), dtype=bool)
    found[batch.at(np.flatnonzero(odd))] = True
    return found


def _names(batch: Batch, start: NDArray[Any], stop: NDArray[Any]) -> NDArray[Any]:
    """Return a number for each clause that is the same for the same aligned words."""
    size = stop - start
    _, sign = _spread(start, stop)
    at = sign - np.repeat(start, size)
    # Another place in the clause, another weight: powers of an odd number.
    powers = np.cumprod(np.full(int(size.max(initial=0)) + 1, _SALT, dtype=np.uint64))
    worth = (batch.signs[sign].astype(np.uint64) + np.uint64(1)) * _MIX
    worth = (worth ^ (worth >> np.uint64(29))) * powers[at]
    found = np.zeros(size.size, dtype=np.uint64)
    filled = np.flatnonzero(size)
    if filled.size:
        found[filled] = np.add.reduceat(worth, (np.cumsum(size) - size)[filled])
    return found


def _slots(grams: NDArray[Any], owner: NDArray[Any], bits: int) -> NDArray[Any]:
    mixed = (grams ^ (owner.astype(np.uint64) * _SALT)) * _MIX
    found: NDArray[Any] = (mixed >> np.uint64(64 - bits)).view(np.int64)
    return found


def _spread(begin: NDArray[Any], end: NDArray[Any]) -> tuple[NDArray[Any], NDArray[Any]]:
    """Return the numbers of spans, each as often as it is long, and what lies in them."""
    size = end - begin
    owner = np.repeat(np.arange(size.size), size)
    within = np.arange(owner.size) - np.repeat(np.cumsum(size) - size - begin, size)
    return owner, within
