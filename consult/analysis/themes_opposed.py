"""Themes of a section that want opposite things of one matter (相反诉求): linked, not merged."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from consult.analysis.opposites_table import BOUND, DEGREE, STANCE
from consult.analysis.themes_likeness import Likeness
from consult.analysis.themes_linkage import means
from consult.analysis.themes_parting import Reversed

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from scipy.sparse import csr_matrix

# Cosine of two texts from which they speak of one matter, when they take different sides. Texts,
# not themes, are compared: a theme's mean is near to many. On three labelled sets, with sections as
# the machine finds them, 42 of 53 links are opposite points and 32 of 34 listed pairs are found.
SAME_MATTER: Final = 0.1
# For or against, or a floor taken for "more" (不低于5000万元), says less about the matter.
_WEAK: Final = 0.5
# From here on two texts are so alike that one may be the other turned round, without any cue.
_ALIKE: Final = 0.3
_SLACK: Final = 1e-5  # more than rounding can make of a difference
_READ: Final = 12  # texts of a theme, those nearest to its mean


def opposed(
    likeness: Likeness,
    labels: Sequence[int],
    leanings: Sequence[Mapping[str, int]],
    reversed_: Reversed,
) -> list[tuple[int, int]]:
    """Return pairs of rows, one of each of two themes that oppose: the two that do so most.

    ``likeness`` is that of the rows, ``labels`` tell the theme of each (from 0), ``leanings`` the
    sides it takes, ``reversed_`` which rows' texts are others turned round. Two themes
    oppose where a text of one and a text of the other speak of the same matter and lean to
    different sides of an axis. Sorted, each pair once.
    """
    import numpy as np

    if not labels:
        return []
    theme = np.asarray(labels)
    read = _read(likeness.rows, theme)
    near = _near(likeness, read, theme[read], leanings)
    first, second, weight = read[near.first], read[near.second], near.parted
    pair = np.sort(np.stack([theme[first], theme[second]]), axis=0)
    themes = pair[0] * len(labels) + pair[1]
    # One that reverses another counts where no two of these themes part more surely.
    open_ = (weight == 0) & (near.cosine >= _highest(themes, near.cosine * weight) - _SLACK)
    asked = np.flatnonzero(open_)
    pairs = zip(first[asked].tolist(), second[asked].tolist(), strict=True)
    weight[asked] = reversed_(list(pairs))
    worth = near.cosine * weight
    kept = np.flatnonzero(worth >= np.maximum(_highest(themes, worth), SAME_MATTER) - _SLACK)
    best: dict[int, tuple[float, int, int]] = {}
    columns = (own[kept].tolist() for own in (themes, worth, first, second))
    for own, value, one, other in zip(*columns, strict=True):
        found = (-round(value, 6), one, other)
        if -found[0] >= SAME_MATTER:
            best[own] = min(best.get(own, found), found)
    return sorted((one, other) for _, one, other in best.values())


def _highest(groups: NDArray[Any], values: NDArray[Any]) -> NDArray[Any]:
    """Return for each value the highest of its group."""
    import numpy as np

    order = np.argsort(groups, kind="stable")
    if not order.size:
        return values
    first = np.flatnonzero(np.diff(groups[order], prepend=-1))
    found = np.empty(values.size)
    size = np.diff(first, append=order.size)
    found[order] = np.repeat(np.maximum.reduceat(values[order], first), size)
    return found


class _Sides:
    """The sides that texts take, as numbers: how surely every two of them lean apart."""

    def __init__(self, leanings: Sequence[Mapping[str, int]]) -> None:
        import numpy as np

        place: dict[str, int] = {}
        taken = [
            (n, place.setdefault(axis, len(place)), side, side * _strong(own, axis))
            for n, own in enumerate(leanings)
            for axis, side in own.items()
            if axis != BOUND
        ]
        row, column, side, sure = np.array(taken, dtype=np.int64).reshape(-1, 4).T
        self._side, self._sure = np.zeros((2, len(leanings), len(place)), dtype=np.int8)
        self._side[row, column], self._sure[row, column] = side, sure

    def parted(self, one: NDArray[Any], other: NDArray[Any]) -> NDArray[Any]:
        """Return how surely texts and others lean to different sides of an axis.

        0 where they do not, ``_WEAK`` where only for or against, or a floor, says so.
        """
        import numpy as np

        weak, sure = ((own[one] * own[other] < 0).any(axis=1) for own in (self._side, self._sure))
        found: NDArray[Any] = np.where(sure, 1.0, np.where(weak, _WEAK, 0.0))
        return found


def _strong(leaning: Mapping[str, int], axis: str) -> bool:
    return axis != STANCE and not (axis == DEGREE and leaning.get(BOUND) == leaning.get(axis))


class _Near(NamedTuple):
    """Pairs of texts of two themes that may oppose, their cosine, how surely they part.

    That is 0 where they lean nowhere apart, but are so alike that one may reverse the other.
    """

    first: NDArray[Any]
    second: NDArray[Any]
    cosine: NDArray[Any]
    parted: NDArray[Any]


def _near(
    likeness: Likeness,
    read: NDArray[Any],
    theme: NDArray[Any],
    leanings: Sequence[Mapping[str, int]],
) -> _Near:
    import numpy as np

    sides = _Sides([leanings[n] for n in read.tolist()])
    found = []
    for start, cosines in likeness.blocks(read):
        row, column = np.nonzero(cosines.round(6) >= SAME_MATTER)
        kept = (row + start < column) & (theme[row + start] != theme[column])
        row, column = row[kept], column[kept]
        values = cosines[row, column]
        parted = sides.parted(row + start, column)
        # What is left over here is looked at to the last digit by who asks.
        kept = np.where(parted > 0, values * parted >= SAME_MATTER - _SLACK, values >= _ALIKE)
        found.append(
            (row[kept] + start, column[kept], values[kept].astype(np.float64), parted[kept])
        )
    return _Near(*(np.concatenate(own) for own in zip(*found, strict=True)))


def _read(rows: csr_matrix, theme: NDArray[Any]) -> NDArray[Any]:
    """Return the rows of each theme that are most like its mean, in their order."""
    import numpy as np

    middles = _unit(means(rows, theme))
    near = np.asarray(rows.multiply(middles[theme]).sum(axis=1)).ravel().round(6)
    order = np.lexsort((np.arange(theme.size), -near, theme))
    ranked = theme[order]
    first = np.searchsorted(ranked, ranked, side="left")
    kept: NDArray[Any] = np.sort(order[np.arange(theme.size) - first < _READ])
    return kept


def _unit(rows: csr_matrix) -> csr_matrix:
    import numpy as np

    owner = np.repeat(np.arange(rows.shape[0]), np.diff(rows.indptr))
    length = np.sqrt(np.bincount(owner, rows.data.astype(np.float64) ** 2, rows.shape[0]))
    rows.data = rows.data / np.maximum(length, 1e-12)[owner]
    return rows
