"""How much each term weighs: rare ones tell asks apart, what all of a section say does not.

What is written (characters, words) and what it is about (matters, concepts) are two parts of a row,
each with its own share of it: two short texts about one matter are alike even where they share no
word, and a long text about many matters is not alike to all that name one of them.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import reduce
from typing import TYPE_CHECKING, Any, Final

from consult.analysis.themes_features import HASHED

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from scipy.sparse import csr_matrix

# Powers of ln(all / texts with the term) over all comments, of words and of matters, and of
# ln(1 / share) in the section. A matter that many speak of still tells asks apart.
_RARITY: Final = 1.25
_RARITY_OF_MATTERS: Final = 0.5
_DISTINCTION: Final = 0.5
# Part of a row's squared length that its matters and concepts have. Chosen with the powers and the
# threshold on four sets written apart from each other, of shares .2 to .35 and powers .5 to 1.25:
# their mean B³ F1 stayed within .01 of the best.
_MATTERS: Final = 0.25
# Times that matters are lifted to have that share, at most: those that all texts have weigh next to
# nothing and stay there. Of the rows of the four sets half are lifted 9 times, one in fifty 28.
_MOST_LIFTED: Final = 30.0
# Texts of the whole that the shares in a section are smoothed with: two texts tell little.
_SMOOTHING: Final = 20
# In a section of many texts, terms in more than this part of them are left out: they changed no
# figure by more than .005 and cost most of the comparing.
_COMMON: Final = 0.25
_MANY: Final = 500
_TOGETHER: Final = 16  # parts counted together


class Weights:
    """Weighs the rows of a section against all others.

    ``frequency`` says in how many of ``documents`` texts each column occurs.
    """

    def __init__(self, frequency: NDArray[Any], documents: int) -> None:
        import numpy as np

        self._share = (frequency / max(1, documents)).astype(np.float32)
        self._rarity = np.empty(frequency.size, dtype=np.float32)
        for part, power in (
            (slice(None, HASHED), _RARITY),
            (slice(HASHED, None), _RARITY_OF_MATTERS),
        ):
            own, rarity = frequency[part], self._rarity[part]
            rarity[:] = np.log(2.0 * (documents + 1.0)) ** power
            seen = np.flatnonzero(own)  # few of the columns, and powers are what costs
            rarity[seen] = np.log((documents + 1.0) / (own[seen] + 0.5)).clip(0.0) ** power

    @classmethod
    def of(cls, rows: csr_matrix) -> Weights:
        """Count the rows themselves."""
        return cls(frequencies([rows]), rows.shape[0])

    def weigh(self, parts: Sequence[csr_matrix]) -> csr_matrix:
        """Return the rows of a section, which come in parts, weighed and of unit length.

        They are over the columns that occur in them. What is at work is as large as a part.
        """
        import numpy as np
        from scipy.sparse import vstack

        used, weight = self.columns(parts)
        place = np.zeros(parts[0].shape[1], dtype=np.int32)
        place[used] = np.arange(used.size)
        matters = int(np.searchsorted(used, HASHED))
        found = [_weighed(rows, place, weight, matters) for rows in parts]
        return found[0] if len(found) == 1 else vstack(found, format="csr")

    def columns(self, parts: Sequence[csr_matrix]) -> tuple[NDArray[Any], NDArray[Any]]:
        """Return the columns that occur in the rows of a section, in order; what each weighs."""
        import numpy as np

        size = sum(rows.shape[0] for rows in parts)
        own = frequencies(parts)
        used = np.flatnonzero(own)
        share = (own[used] + _SMOOTHING * self._share[used]) / (size + _SMOOTHING)
        weight = self._rarity[used] * np.log(1.0 / share.clip(1e-9, 0.999)) ** _DISTINCTION
        if size >= _MANY:
            weight[share > _COMMON] = 0.0
        return used, weight


def _weighed(
    rows: csr_matrix, place: NDArray[Any], weight: NDArray[Any], matters: int
) -> csr_matrix:
    """Return rows of unit length over the columns that have a ``weight``.

    ``place`` gives columns their places among these; matters begin at ``matters``.
    """
    import numpy as np
    from scipy.sparse import csr_matrix

    size = rows.shape[0]
    columns = place[rows.indices]
    data = (rows.data * weight[columns]).astype(np.float32)
    ends = rows.indptr.copy()  # those of the rows stay what they are
    weighed = csr_matrix((data, columns, ends), shape=(size, max(1, weight.size)))
    weighed.eliminate_zeros()
    owner = np.repeat(np.arange(size), np.diff(weighed.indptr))
    weighed.data = balanced(weighed.data, owner, weighed.indices >= matters, size)
    return weighed


def frequencies(parts: Sequence[csr_matrix]) -> NDArray[Any]:
    """Return in how many rows each column occurs.

    Some parts at a time: counting takes a number of 64 bits for each that is counted.
    """
    import numpy as np

    columns = parts[0].shape[1]
    starts = range(0, len(parts), _TOGETHER)
    some = ([rows.indices for rows in parts[start : start + _TOGETHER]] for start in starts)
    counted = (np.bincount(np.concatenate(own), minlength=columns) for own in some)
    found: NDArray[Any] = reduce(np.add, counted)
    return found


def balanced(
    data: NDArray[Any], owner: NDArray[Any], matter: NDArray[Any], size: int
) -> NDArray[Any]:
    """Return values of ``size`` rows scaled to unit length, matters to their share of it.

    ``owner`` is the row of each value, ``matter`` whether it is of a matter or concept. A row that
    has but one of the two parts has it whole.
    """
    import numpy as np

    part = 2 * owner + matter
    squares = np.bincount(part, data.astype(np.float64) ** 2, 2 * size).reshape(size, 2)
    words, matters = np.sqrt(squares).T
    share = np.sqrt(_MATTERS / (1.0 - _MATTERS)) * words / np.maximum(matters, 1e-12)
    lift = np.where(words > 0.0, np.minimum(share, _MOST_LIFTED), 1.0)
    length = np.maximum(np.hypot(words, lift * matters), 1e-12)
    factor = np.column_stack((1.0 / length, lift / length)).astype(np.float32)
    found: NDArray[Any] = (data * factor.ravel()[part]).astype(np.float32)
    return found
