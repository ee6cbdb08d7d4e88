"""Signatures of folded texts: what makes likely that copies meet, computed for many at once.

MinHash by one permutation (each triple of characters hashed once, the least hash of each of 126
bins kept; an empty bin borrows from another one chosen by the bins alone, so that two texts borrow
alike): the share of equal bins estimates the overlap. Bands of three bins are buckets. Excerpts
overlap little with their letter: they meet in hashes of longer runs, sampled by content.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from consult.analysis.folding import bounds, code_points

if TYPE_CHECKING:
    from numpy.typing import NDArray

# 42 bands of 3: two texts with a third of their triples in common meet with 80 % (1-(1-j^3)^42),
# with a twentieth with 0.5 %. Smaller overlaps are the excerpts', found by their runs.
ROWS: Final = 3
BANDS: Final = 42
BINS: Final = ROWS * BANDS
BITS: Final = 2048  # of a bit map of triples; a power of two
RUN: Final = 10  # characters of a run; shorter ones are set phrases
_SAMPLE: Final = 5  # one run in so many is kept, chosen by its content
_INVERSE: Final = pow(_SAMPLE, -1, 1 << 64)
_MOST_SAMPLED: Final = ((1 << 64) - 1) // _SAMPLE
_BASE: Final = 1_000_003  # of the rolling polynomial
_MIX: Final = 0x9E3779B97F4A7C15  # 2^64 / golden ratio (Fibonacci hashing)
_MIX2: Final = 0xD6E8FEB86659FD93  # an odd constant with mixed bits
_EMPTY: Final = 0xFFFFFFFF
_BORROWS: Final = 400  # attempts to fill a bin; more are never needed for texts with a triple


def mixed(keys: NDArray[Any]) -> NDArray[Any]:
    """Spread the bits of 64-bit keys, so that any of them can be used alone."""
    import numpy as np

    keys = keys * np.uint64(_MIX)
    keys ^= keys >> np.uint64(32)
    keys *= np.uint64(_MIX2)
    keys ^= keys >> np.uint64(29)
    return keys


class Said(NamedTuple):
    """Folded texts, one behind the other: their code points, and where each starts and ends."""

    codes: NDArray[Any]
    ends: NDArray[Any]


def said(words: Sequence[str]) -> Said:
    """Return folded texts by their code points."""
    import numpy as np

    return Said(code_points(words).astype(np.uint64), bounds(words))


def triples(texts: Said) -> tuple[NDArray[Any], NDArray[Any]]:
    """Return hashes of the runs of three characters, and where each text's start and end."""
    return _grams(texts, 3)


def runs(texts: Said) -> tuple[NDArray[Any], NDArray[Any]]:
    """Return the positions of texts and the hashes of their sampled runs: equal ones alike."""
    import numpy as np

    rolled, ends = _grams(texts, RUN)
    # Multiples of an odd number are told by its inverse: division takes seven times as long.
    kept = np.flatnonzero(rolled * np.uint64(_INVERSE) <= np.uint64(_MOST_SAMPLED))
    counts = np.diff(np.searchsorted(kept, ends))
    return np.repeat(np.arange(len(counts), dtype=np.int32), counts), rolled[kept]


def content(texts: Said) -> NDArray[Any]:
    """Return a hash of each whole text: an order that does not depend on where texts stand."""
    import numpy as np

    codes, ends = texts
    place = np.arange(len(codes)) - np.repeat(ends[:-1], np.diff(ends))
    keys = mixed(codes + (place.astype(np.uint64) << np.uint64(24)))
    found: NDArray[Any] = np.add.reduceat(keys, ends[:-1])
    return found


def _grams(texts: Said, size: int) -> tuple[NDArray[Any], NDArray[Any]]:
    import numpy as np

    codes, ends = texts
    counts = np.maximum(np.diff(ends) - size + 1, 0)
    total = max(0, codes.size - size + 1)
    inside = np.ones(total, bool)  # a run may not reach into the next text
    for back in range(1, size):
        over = ends[1:-1] - back
        inside[over[(over >= 0) & (over < total)]] = False
    return mixed(_rolled(codes, size)[inside]), np.concatenate(([0], np.cumsum(counts)))


def _rolled(codes: NDArray[Any], size: int) -> NDArray[Any]:
    """Return the rolling polynomial of every run; an even one is two halves, which costs half."""
    import numpy as np

    total = max(0, codes.size - size + 1)
    if size % 2 == 0:
        half = _rolled(codes, size // 2)
        shift = np.uint64(pow(_BASE, size // 2, 1 << 64))
        both: NDArray[Any] = half[:total] * shift + half[size // 2 : size // 2 + total]
        return both
    rolled = np.zeros(total, dtype=np.uint64)
    for offset in range(size):
        rolled *= np.uint64(_BASE)
        rolled += codes[offset : offset + total]
    return rolled


def signatures(hashes: NDArray[Any], ends: NDArray[Any]) -> NDArray[Any]:
    """Return a row of ``BINS`` values for each text."""
    import numpy as np

    rows = len(ends) - 1
    table = np.full(rows * BINS, _EMPTY, np.uint32)
    place = np.repeat(np.arange(rows, dtype=np.int64) * BINS, np.diff(ends))
    high = (hashes >> np.uint64(40)).astype(np.uint32)
    place += high - high // np.uint32(BINS) * np.uint32(BINS)  # ``%`` takes ten times as long
    np.minimum.at(table, place, (hashes & np.uint64(0xFFFFFFF)).astype(np.uint32))
    return _filled(table, rows)


def _filled(table: NDArray[Any], rows: int) -> NDArray[Any]:
    """Let empty bins borrow (Shrivastava 2017): from bins drawn by a hash of bin and attempt."""
    import numpy as np

    found = table.copy()
    empty = np.flatnonzero(table == _EMPTY).astype(np.int32)
    which = empty % np.int32(BINS)
    row = empty - which
    for attempt in range(1, _BORROWS):
        if not empty.size:
            break
        value = table.take(row + _drawn(attempt).take(which))
        found[empty] = value
        still = np.flatnonzero(value == _EMPTY)
        empty, which, row = empty.take(still), which.take(still), row.take(still)
    return found.reshape(rows, BINS)


@cache
def _drawn(attempt: int) -> NDArray[Any]:
    """Return the bin that each bin borrows from at an attempt."""
    import numpy as np

    drawn = mixed(np.arange(BINS, dtype=np.uint64) + np.uint64(attempt * BINS)) >> np.uint64(20)
    bins: NDArray[Any] = (drawn % np.uint64(BINS)).astype(np.int32)
    return bins


def all_band_keys(table: NDArray[Any]) -> NDArray[Any]:
    """Return the buckets of every text, a column for each band."""
    import numpy as np

    bins = table.reshape(len(table), BANDS, ROWS).astype(np.uint64)
    keys = mixed(bins[:, :, 0] + (np.arange(BANDS, dtype=np.uint64) << np.uint64(40)))
    for row in range(1, ROWS):
        keys = mixed(keys ^ bins[:, :, row])
    return keys


def bit_maps(hashes: NDArray[Any], ends: NDArray[Any]) -> NDArray[Any]:
    """Return for each text which of ``BITS`` bits its triples set, packed into 64-bit words."""
    import numpy as np

    rows = len(ends) - 1
    bits = np.zeros(rows * BITS, bool)
    place = np.repeat(np.arange(rows, dtype=np.int64) * BITS, np.diff(ends))
    bits[place + (hashes >> np.uint64(12) & np.uint64(BITS - 1)).astype(np.int64)] = True
    return np.packbits(bits).view(np.uint64).reshape(rows, BITS // 64)
