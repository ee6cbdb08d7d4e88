"""Finding thousands of known phrases in thousands of texts at once."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any, Final

from consult.analysis.codes import Codes, run_hash
from consult.analysis.normalise import fold

if TYPE_CHECKING:
    from numpy.typing import NDArray

_MIX: Final = 0x9E3779B97F4A7C15  # 2^64 / golden ratio (Fibonacci hashing)
_SIEVE_BITS: Final = 18


class Spotter:
    """Tells which phrases occur in which texts, overlapping or not.

    Each phrase (folded here) stands for a target, a number from 0; phrases may share one. Runs of
    all texts are compared by their 64-bit hashes, length by length: a place costs a look-up in a
    sieve, whatever the number of phrases.
    """

    def __init__(self, phrases: Iterable[tuple[str, int]]) -> None:
        import numpy as np

        by_length: dict[int, set[tuple[int, int]]] = {}
        for phrase, target in phrases:
            folded = fold(phrase)
            if folded:
                by_length.setdefault(len(folded), set()).add((run_hash(folded), target))
        self._tables: dict[int, tuple[NDArray[Any], NDArray[Any], NDArray[Any]]] = {}
        for length, pairs in by_length.items():
            ordered = sorted(pairs)
            hashes = np.array([pair[0] for pair in ordered], dtype=np.uint64)
            sieve = np.zeros(1 << _SIEVE_BITS, dtype=bool)
            sieve[_sieved(hashes)] = True
            targets = np.array([pair[1] for pair in ordered], dtype=np.int64)
            self._tables[length] = hashes, targets, sieve
        self._longest = max(by_length, default=0)

    def spot(self, texts: Codes) -> tuple[NDArray[Any], NDArray[Any]]:
        """Return text and target of every occurrence; the same pair may come several times."""
        import numpy as np

        owners, targets = [texts.owner[:0]], [np.zeros(0, dtype=np.int64)]
        for length, rolled, whole in texts.runs(self._longest):
            if length not in self._tables:
                continue
            hashes, own, sieve = self._tables[length]
            places = np.flatnonzero(sieve[_sieved(rolled)] & whole)
            first = np.searchsorted(hashes, rolled[places], side="left")
            found = np.searchsorted(hashes, rolled[places], side="right") - first
            owners.append(np.repeat(texts.owner[places], found))
            # The targets of one occurrence stand side by side in the table.
            nth = np.arange(int(found.sum())) - np.repeat(np.cumsum(found) - found, found)
            targets.append(own[np.repeat(first, found) + nth])
        return np.concatenate(owners), np.concatenate(targets)


def _sieved(hashes: NDArray[Any]) -> NDArray[Any]:
    import numpy as np

    with np.errstate(over="ignore"):
        found: NDArray[Any] = (hashes * np.uint64(_MIX)) >> np.uint64(64 - _SIEVE_BITS)
    return found
