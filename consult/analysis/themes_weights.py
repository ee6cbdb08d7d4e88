"""How much each term weighs: rare ones tell asks apart, what all of a section say does not."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from scipy.sparse import csr_matrix

# Powers of ln(all / texts with the term) over all comments and of ln(1 / share) in the section,
# best of nine pairs on three sets written apart from each other: .75/.86 in the mean of pair and B³
# F1, against .71/.83 for the first alone at its best power.
_RARITY: Final = 1.25
_DISTINCTION: Final = 0.5
# Texts of the whole that the shares in a section are smoothed with: two texts tell little.
_SMOOTHING: Final = 20
# In a section of many texts, terms in more than this part of them are left out: they changed no
# figure by more than .005 and cost most of the comparing.
_COMMON: Final = 0.25
_MANY: Final = 500


class Weights:
    """Weighs the rows of a section against all others.

    ``frequency`` says in how many of ``documents`` texts each column occurs.
    """

    def __init__(self, frequency: NDArray[Any], documents: int) -> None:
        import numpy as np

        self._share = (frequency / max(1, documents)).astype(np.float32)
        rarity = np.log((documents + 1.0) / (frequency + 0.5)).clip(0.0) ** _RARITY
        self._rarity = rarity.astype(np.float32)

    @classmethod
    def of(cls, rows: csr_matrix) -> Weights:
        """Count the rows themselves."""
        return cls(frequencies(rows), rows.shape[0])

    def weigh(self, rows: csr_matrix) -> csr_matrix:
        """Return rows of unit length over the columns that occur in them."""
        import numpy as np
        from scipy.sparse import csr_matrix

        size = rows.shape[0]
        used, weight = self.columns(rows)
        place = np.zeros(rows.shape[1], dtype=np.int32)
        place[used] = np.arange(used.size)
        columns = place[rows.indices]
        data = (rows.data * weight[columns]).astype(np.float32)
        weighed = csr_matrix((data, columns, rows.indptr), shape=(size, max(1, used.size)))
        weighed.eliminate_zeros()
        return _unit(weighed)

    def columns(self, rows: csr_matrix) -> tuple[NDArray[Any], NDArray[Any]]:
        """Return the columns that occur in the rows of a section, in order; what each weighs."""
        import numpy as np

        size = rows.shape[0]
        own = frequencies(rows)
        used = np.flatnonzero(own)
        share = (own[used] + _SMOOTHING * self._share[used]) / (size + _SMOOTHING)
        weight = self._rarity[used] * np.log(1.0 / share.clip(1e-9, 0.999)) ** _DISTINCTION
        if size >= _MANY:
            weight[share > _COMMON] = 0.0
        return used, weight


def frequencies(rows: csr_matrix) -> NDArray[Any]:
    """Return in how many rows each column occurs."""
    import numpy as np

    found: NDArray[Any] = np.bincount(rows.indices, minlength=rows.shape[1])
    return found


def _unit(rows: csr_matrix) -> csr_matrix:
    import numpy as np

    owner = np.repeat(np.arange(rows.shape[0]), np.diff(rows.indptr))
    length = np.sqrt(np.bincount(owner, rows.data.astype(np.float64) ** 2, rows.shape[0]))
    rows.data /= np.maximum(length, 1e-12)[owner].astype(np.float32)
    return rows
