"""How alike the texts of a section are: cosines of unit rows, each pair multiplied once."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from scipy.sparse import csr_matrix

# Rows of which all pairs are kept: 4 MiB, and grouping, parting and opposing look at the same.
LARGEST: Final = 1000
_CHUNK: Final = 512  # rows multiplied with all others at a time: bounds memory


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
        others = rows.T.tocsr()
        for start in range(0, chosen.size, _CHUNK):
            yield start, (rows[start : start + _CHUNK] @ others).toarray()


def product(rows: csr_matrix) -> NDArray[Any]:
    """Return the cosine of every row to every other."""
    found: NDArray[Any] = (rows @ rows.T).toarray()
    return found
