"""How alike the texts of a section are: cosines of unit rows, each pair multiplied once."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Any, Final, NamedTuple

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from scipy.sparse import csr_matrix

# Rows of which all pairs are kept: 4 MiB, and grouping, parting and opposing look at the same.
LARGEST: Final = 1000
_CHUNK: Final = 64  # rows multiplied with all others at a time: fits the cache, bounds memory

Block = tuple[int, "NDArray[Any]"]  # the place of the first row, and rows of cosines


class _Held(NamedTuple):
    """What rows hold: the number of the row, the column, and the value there."""

    owner: NDArray[Any]
    column: NDArray[Any]
    value: NDArray[Any]


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

    def within(self, groups: Sequence[Sequence[int]]) -> Iterator[Iterable[Block]]:
        """Yield for each group of rows their cosines to each other, in blocks.

        Small groups are multiplied together: most have a few rows, and a product costs as much for
        five as for fifty.
        """
        import numpy as np

        if self._all is not None:
            yield from map(self.blocks, groups)
            return
        for some in _packed(groups):
            if len(some) == 1:
                yield self.blocks(some[0])
                continue
            whole = product(self.rows[np.array([place for own in some for place in own])])
            begin = 0
            for own in some:
                end = begin + len(own)
                yield [(0, whole[begin:end, begin:end])]
                begin = end

    def blocks(self, places: Sequence[int] | NDArray[Any]) -> Iterator[Block]:
        """Yield the cosines of some rows to each other in blocks, with the place of the first."""
        import numpy as np

        chosen = np.asarray(places, dtype=np.int64)
        if self._all is not None:
            yield 0, self._all[np.ix_(chosen, chosen)]
            return
        rows = self.rows[chosen]
        if chosen.size <= LARGEST:
            yield 0, product(rows)
            return
        columns = _Columns(rows)
        for start in range(0, chosen.size, _CHUNK):
            yield start, columns.times(0, start, start + _CHUNK).T

    def drawn(
        self, places: Sequence[int], sides: Iterable[Sequence[int]], sizes: Sequence[float]
    ) -> Iterator[NDArray[Any]]:
        """Yield for each side the cosines of some rows to its rows, each ``sizes`` times, summed.

        What ``rows[places] @ (rows[side].T @ sizes[side])`` gives, added in the same order: to make
        these small sparse matrices would take most of the time.
        """
        import numpy as np

        own = self._held(places)
        for side in sides:
            held = self._held(side)
            size = np.array([float(sizes[place]) for place in side])
            total = np.bincount(held.column, held.value * size[held.owner], self.rows.shape[1])
            yield np.bincount(own.owner, own.value * total[own.column], len(places))

    def _held(self, places: Sequence[int]) -> _Held:
        import numpy as np

        chosen = np.array(places, dtype=np.int64)
        begin = self.rows.indptr[chosen]
        size = self.rows.indptr[chosen + 1] - begin
        owner = np.repeat(np.arange(chosen.size), size)
        place = np.arange(owner.size) + np.repeat(begin - (np.cumsum(size) - size), size)
        return _Held(owner, self.rows.indices[place], self.rows.data[place])


def product(rows: csr_matrix) -> NDArray[Any]:
    """Return the cosine of every row to every other.

    A few rows at a time are multiplied as a dense matrix, which is more than twice as fast as
    sparse by sparse, and adds in the same order: the result is the same to the last digit. What is
    below the diagonal is what is above it.
    """
    import numpy as np

    size = rows.shape[0]
    found: NDArray[Any] = np.empty((size, size), dtype=rows.dtype)
    columns = _Columns(rows)
    for start in range(0, size, _CHUNK):
        end = min(size, start + _CHUNK)
        block = columns.times(start, start, end)
        found[start:, start:end] = block
        found[start:end, start:] = block.T
    return found


class _Columns:
    """The columns of rows, by those that a few of the rows have something in.

    The dense matrix of these few is then a tenth as wide and stays in the cache. All other columns
    share one of zeros: what is added is the same, in the same order.
    """

    def __init__(self, rows: csr_matrix) -> None:
        import numpy as np

        self._rows = rows
        self._place = np.zeros(rows.shape[1], dtype=np.int32)
        self._used = np.zeros(rows.shape[1], dtype=bool)

    def times(self, first: int, start: int, end: int) -> NDArray[Any]:
        """Return the cosines of the rows from ``first`` on to those from ``start`` to ``end``."""
        import numpy as np
        from scipy.sparse import csr_matrix

        indptr, indices, data = self._rows.indptr, self._rows.indices, self._rows.data
        end = min(end, indptr.size - 1)
        own = slice(indptr[start], indptr[end])
        self._used[indices[own]] = True
        used = self._used.nonzero()[0]  # of truth values: a tenth of the time of numbers
        self._place[used] = np.arange(1, used.size + 1, dtype=np.int32)
        few = np.zeros((used.size + 1, end - start), dtype=data.dtype)
        owner = np.repeat(np.arange(end - start), np.diff(indptr[start : end + 1]))
        few[self._place[indices[own]], owner] = data[own]
        every = slice(indptr[first], None)
        parts = (data[every], self._place[indices[every]], indptr[first:] - indptr[first])
        found: NDArray[Any] = csr_matrix(parts, shape=(indptr.size - 1 - first, len(few))) @ few
        self._place[used], self._used[used] = 0, False
        return found


def _packed(groups: Sequence[Sequence[int]]) -> Iterator[list[Sequence[int]]]:
    """Put groups together as long as they have few rows."""
    held: list[Sequence[int]] = []
    rows = 0
    for own in groups:
        if held and rows + len(own) > _CHUNK:
            yield held
            held, rows = [], 0
        held.append(own)
        rows += len(own)
    if held:
        yield held
