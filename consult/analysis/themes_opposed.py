"""Themes of a section that want opposite things of one matter (相反诉求): linked, not merged."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any, Final

from consult.analysis.opposites_table import BOUND, DEGREE, STANCE
from consult.analysis.themes_linkage import means

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from scipy.sparse import csr_matrix

# Cosine of two texts from which they speak of one matter, when they take different sides. Texts,
# not themes, are compared: a theme's mean is near to many. On two labelled sets 25 of 31 and 10 of
# 13 links are opposite points (of themes' means it was 20 of 23 and 10 of 14), and all listed pairs
# are found; of the links among the shipped comments, read by hand, 15 of 16 (it was 7 of 19).
SAME_MATTER: Final = 0.09
# For or against, or a floor taken for "more" (不低于5000万元), says less about the matter.
_WEAK: Final = 0.5
# From here on two texts are so alike that one may be the other turned round, without any cue.
_ALIKE: Final = 0.3
_READ: Final = 12  # texts of a theme, those nearest to its mean
_CHUNK: Final = 512  # texts compared with all others at a time


def opposed(
    rows: csr_matrix,
    labels: Sequence[int],
    leanings: Sequence[Mapping[str, int]],
    reverse: Callable[[int, int], bool],
) -> list[tuple[int, int]]:
    """Return pairs of rows, one of each of two themes that oppose: the two that do so most.

    ``rows`` have unit length, ``labels`` tell the theme of each (from 0), ``leanings`` the sides
    it takes, ``reverse`` whether one row's text is the other's turned round. Two themes oppose
    where a text of one and a text of the other speak of the same matter and lean to different sides
    of an axis. Sorted, each pair once.
    """
    import numpy as np

    if not labels:
        return []
    theme = np.asarray(labels)
    read = _read(rows, theme)
    best: dict[tuple[int, int], tuple[float, int, int]] = {}
    for one, other, likeness in _near(rows[read], theme[read]):
        first, second = int(read[one]), int(read[other])
        weight = _parted(leanings[first], leanings[second])
        if not weight and likeness >= _ALIKE and reverse(first, second):
            weight = 1.0
        if round(likeness * weight, 6) < SAME_MATTER:
            continue
        pair = (min(labels[first], labels[second]), max(labels[first], labels[second]))
        found = (-round(likeness * weight, 6), first, second)
        best[pair] = min(best.get(pair, found), found)
    return sorted((one, other) for _, one, other in best.values())


def _parted(one: Mapping[str, int], other: Mapping[str, int]) -> float:
    """Return how surely two texts lean to different sides of an axis: 0 where they do not."""
    axes = [axis for axis, side in one.items() if axis != BOUND and other.get(axis, side) != side]
    if not axes:
        return 0.0
    return 1.0 if any(_strong(one, axis) and _strong(other, axis) for axis in axes) else _WEAK


def _strong(leaning: Mapping[str, int], axis: str) -> bool:
    return axis != STANCE and not (axis == DEGREE and leaning.get(BOUND) == leaning[axis])


def _near(rows: csr_matrix, theme: NDArray[Any]) -> Iterator[tuple[int, int, float]]:
    """Yield pairs of texts of two themes that may speak of one matter, with their cosine."""
    other = rows.T.tocsr()
    for start in range(0, rows.shape[0], _CHUNK):
        likeness = (rows[start : start + _CHUNK] @ other).tocoo()
        row = likeness.row + start
        kept = (likeness.data.round(6) >= SAME_MATTER) & (row < likeness.col)
        kept &= theme[row] != theme[likeness.col]
        places = zip(row[kept].tolist(), likeness.col[kept].tolist(), strict=True)
        yield from (
            (one, two, value)
            for (one, two), value in zip(places, likeness.data[kept].tolist(), strict=True)
        )


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
