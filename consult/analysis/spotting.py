"""Finding thousands of known phrases in thousands of texts at once."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from consult.analysis.codes import Codes

if TYPE_CHECKING:
    from numpy.typing import NDArray

_MIX: Final = 0x9E3779B97F4A7C15  # 2^64 / golden ratio (Fibonacci hashing)
_SIEVE_BITS: Final = 18
_WHOLE, _BEGUN = 1, 2
_SHORT: Final = 2  # so short a run nearly every longer phrase may begin with


class _Table(NamedTuple):
    """The phrases of one length: their hashes in order, the target of each, and a sieve.

    That tells by some bits of a run's hash whether it may be one of them (``_WHOLE``), and whether
    a longer one may begin with it (``_BEGUN``).
    """

    hashes: NDArray[Any]
    targets: NDArray[Any]
    sieve: NDArray[Any]


class Spotter:
    """Tells which phrases occur in which texts, overlapping or not.

    Each phrase (folded here) stands for a target, a number from 0; phrases may share one. Runs of
    all texts are compared by their 64-bit hashes, length by length: a place costs two look-ups in
    a sieve, whatever the number of phrases, and is left alone where no longer one may begin.
    """

    def __init__(self, phrases: Iterable[tuple[str, int]]) -> None:
        import numpy as np

        every = list(phrases)
        runs = Codes.folded([phrase for phrase, _ in every], sys.maxsize)
        target = np.array([target for _, target in every], dtype=np.int64)
        size = np.bincount(runs.owner, minlength=len(every))
        begin = np.cumsum(size) - size
        self._tables = [
            _table(
                rolled[begin[size == length]], target[size == length], rolled[begin[size > length]]
            )
            for length, rolled, _ in runs.runs(int(size.max(initial=0)))
        ]

    def spot(self, texts: Codes) -> tuple[NDArray[Any], NDArray[Any]]:
        """Return text and target of every occurrence; the same pair may come several times."""
        import numpy as np

        places, rolled = np.zeros(0, dtype=np.int64), np.zeros(0, dtype=np.uint64)
        owners, targets = [texts.owner[:0]], [np.zeros(0, dtype=np.int64)]
        short = min(_SHORT, len(self._tables))
        for table, (_, every, whole) in zip(self._tables, texts.runs(short), strict=False):
            marks = table.sieve[_sieved(every)] * whole
            hits = np.flatnonzero(marks & _WHOLE)
            places = np.flatnonzero(marks & _BEGUN)
            _add(table, texts.owner[hits], every[hits], owners, targets)
            rolled = every[places]
        for length, table in enumerate(self._tables[short:], short + 1):
            places, rolled = texts.longer(places, rolled, length)
            marks = table.sieve[_sieved(rolled)]
            hits = np.flatnonzero(marks & _WHOLE)
            _add(table, texts.owner[places[hits]], rolled[hits], owners, targets)
            begun = np.flatnonzero(marks & _BEGUN)
            places, rolled = places[begun], rolled[begun]
        return np.concatenate(owners), np.concatenate(targets)


def _table(whole: NDArray[Any], targets: NDArray[Any], begun: NDArray[Any]) -> _Table:
    """Return the table of phrases by their hashes; ``begun`` are those that longer ones begin with.

    A phrase that comes twice with one target stands there once.
    """
    import numpy as np

    pairs = np.array(sorted(set(zip(whole.tolist(), targets.tolist(), strict=True))), dtype=object)
    hashes, own = pairs.reshape(-1, 2).T
    hashes = hashes.astype(np.uint64)
    sieve = np.zeros(1 << _SIEVE_BITS, dtype=np.uint8)
    sieve[_sieved(hashes)] = _WHOLE
    sieve[_sieved(begun)] |= _BEGUN
    return _Table(hashes, own.astype(np.int64), sieve)


def _add(
    table: _Table,
    owners: NDArray[Any],
    runs: NDArray[Any],
    found: list[NDArray[Any]],
    targets: list[NDArray[Any]],
) -> None:
    """Add the texts and targets of runs that may be phrases of a table."""
    import numpy as np

    first = np.searchsorted(table.hashes, runs, side="left")
    size = np.searchsorted(table.hashes, runs, side="right") - first
    found.append(np.repeat(owners, size))
    # The targets of one occurrence stand side by side in the table.
    nth = np.arange(int(size.sum())) - np.repeat(np.cumsum(size) - size, size)
    targets.append(table.targets[np.repeat(first, size) + nth])


def _sieved(hashes: NDArray[Any]) -> NDArray[Any]:
    import numpy as np

    with np.errstate(over="ignore"):
        found: NDArray[Any] = (hashes * np.uint64(_MIX)) >> np.uint64(64 - _SIEVE_BITS)
    return found
