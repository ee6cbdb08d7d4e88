"""How alike the texts of a section are: cosines of unit rows, each pair multiplied once."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from scipy.sparse import csr_matrix

# Rows of which all pairs are kept: 4 MiB, and grouping, parting and opposing look at the same.
LARGEST: Final = 1000
_CHUNK: Final = 64  # rows multiplied with all others at a time: fits the cache, bounds memory


class Likeness:
    """Cosines between the rows of a section; ``rows`` are of unit length."""

    def __init__(self, rows: csr_matrix) -> None:
        self.rows = rows
        few = rows.shape[0] <= LARGEST
        self._all: NDArray[Any] | None = product(rows) if few else None

    def among(self, places: NDArray[Any]) -> NDArray[Any]:
        """Return the cosine of some rows to each other, in their order."""
        import numpy as np

        return (
            product(self.rows[places]) if self._all is None else self._all[np.ix_(places, places)]
        )

    def blocks(self, places: Sequence[int] | NDArray[Any]) -> Iterator[tuple[int, NDArray[Any]]]:
        """Yield the cosines of some rows to each other in blocks, with the place of the first."""
        import numpy as np

        chosen = np.asarray(places, dtype=np.int64)
        if self._all is not None:
            yield 0, self._all[np.ix_(chosen, chosen)]
            return
        rows = self.rows[chosen]
        for start in range(0, chosen.size, _CHUNK):
            yield start, (rows @ _standing(rows[start : start + _CHUNK])).T


def product(rows: csr_matrix) -> NDArray[Any]:
    """Return the cosine of every row to every other.

    A few rows at a time are multiplied as a dense matrix, which is more than twice as fast as
    sparse by sparse, and adds in the same order: the result is the same to the last digit. What is
    below the diagonal is what is above it.
    """
    import numpy as np

    size = rows.shape[0]
    found: NDArray[Any] = np.empty((size, size), dtype=rows.dtype)
    for start in range(0, size, _CHUNK):
        end = min(size, start + _CHUNK)
        block = rows[start:] @ _standing(rows[start:end])
        found[start:, start:end] = block
        found[start:end, start:] = block.T
    return found


def _standing(rows: csr_matrix) -> NDArray[Any]:
    """Return rows as the columns of a dense matrix."""
    import numpy as np

    return np.ascontiguousarray(rows.toarray().T)
