"""Many texts as one array of code points: what numpy can look through at once."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from consult.analysis.normalise_batch import folded_parts

if TYPE_CHECKING:
    from numpy.typing import NDArray

_BASE: Final = 1_000_003  # of the rolling polynomial, modulo 2^64


@dataclass(frozen=True, slots=True)
class Codes:
    """The folded characters of texts one after the other (``uint64``), each with its text."""

    codes: NDArray[Any]
    owner: NDArray[Any]
    texts: int

    @classmethod
    def folded(cls, texts: Sequence[str], most: int) -> Codes:
        """Fold the first ``most`` characters of each text, as ``normalise.fold`` does."""
        import numpy as np

        codes, ends = folded_parts([text[:most] for text in texts])
        owner = np.repeat(np.arange(len(texts)), np.diff(ends))
        return cls(codes.astype(np.uint64), owner, len(texts))

    def runs(self, longest: int) -> Iterator[tuple[int, NDArray[Any], NDArray[Any]]]:
        """Yield length, hash and "stands in one text" of the runs that start at each place."""
        import numpy as np

        rolled = np.zeros(self.codes.size, dtype=np.uint64)
        with np.errstate(over="ignore"):
            for length in range(1, min(longest, self.codes.size) + 1):
                size = self.codes.size - length + 1
                rolled = rolled[:size] * np.uint64(_BASE) + self.codes[length - 1 :]
                yield length, rolled, self.owner[:size] == self.owner[length - 1 :]

    def longer(
        self, places: NDArray[Any], rolled: NDArray[Any], length: int
    ) -> tuple[NDArray[Any], NDArray[Any]]:
        """Return the places at which runs of ``length`` stand in one text, and their hashes.

        ``rolled`` are those of the runs that are shorter by one at ``places``.
        """
        import numpy as np

        kept = np.flatnonzero(places + length <= self.codes.size)
        places, rolled = places[kept], rolled[kept]
        last = places + (length - 1)
        whole = np.flatnonzero(self.owner[places] == self.owner[last])
        with np.errstate(over="ignore"):
            found = rolled[whole] * np.uint64(_BASE) + self.codes[last[whole]]
        return places[whole], found
