"""Themes of a section that want opposite things of one matter (相反诉求): linked, not merged."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, Final

from consult.analysis.opposites_table import BOUND
from consult.analysis.themes_linkage import means

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from scipy.sparse import csr_matrix

# Cosine of two themes' means from which they speak of the same matter; the lower one where average
# linkage had put them into one group. On three labelled sets 38 of 44 pairs of themes linked so
# are opposite points; with the lower one for all it would be 41 of 53.
SAME_MATTER: Final = 0.12
_ONE_GROUP: Final = 0.08
# A floor and a ceiling (不少于60天, 不超过50%) part what is alike but make no two sides.
_NO_SIDES: Final = frozenset({BOUND})


def opposed(
    rows: csr_matrix,
    labels: Sequence[int],
    leanings: Sequence[Mapping[str, int]],
    groups: Sequence[int],
) -> list[tuple[int, int]]:
    """Return pairs of rows, one of each of two themes that oppose: those nearest to their middle.

    ``rows`` have unit length, ``labels`` tell the theme of each (from 0), ``leanings`` the sides
    it takes, ``groups`` where average linkage had put it. Two themes oppose where most of one lean
    to one side of an axis, most of the other to the other side, and both speak of the same matter.
    Sorted, each pair once.
    """
    import numpy as np

    if not labels:
        return []
    theme = np.asarray(labels)
    middles = _unit(means(rows, theme))
    standing = _standing(theme, leanings)
    likeness = (middles @ middles.T).tocoo()
    before = dict(zip(labels, groups, strict=True))
    group = np.array([before[label] for label in range(middles.shape[0])])
    least = np.where(group[likeness.row] == group[likeness.col], _ONE_GROUP, SAME_MATTER)
    near = (likeness.data.round(6) >= least) & (likeness.row < likeness.col)
    pairs = sorted(zip(likeness.row[near].tolist(), likeness.col[near].tolist(), strict=True))
    opposite = [
        (one, other)
        for one, other in pairs
        if any(standing[other].get(axis, side) != side for axis, side in standing[one].items())
    ]
    if not opposite:
        return []
    anchors = _anchors(rows, theme, middles)
    return sorted((anchors[one], anchors[other]) for one, other in opposite)


def _standing(theme: NDArray[Any], leanings: Sequence[Mapping[str, int]]) -> list[dict[str, int]]:
    votes: list[Counter[str]] = [Counter() for _ in range(int(theme.max()) + 1)]
    for label, leaning in zip(theme.tolist(), leanings, strict=True):
        votes[label].update(leaning)
    return [
        {axis: 1 if n > 0 else -1 for axis, n in own.items() if n and axis not in _NO_SIDES}
        for own in votes
    ]


def _anchors(rows: csr_matrix, theme: NDArray[Any], middles: csr_matrix) -> list[int]:
    """Return for each theme the row most like its mean, the first of equal ones."""
    import numpy as np

    near = np.asarray(rows.multiply(middles[theme]).sum(axis=1)).ravel().round(6)
    order = np.lexsort((np.arange(theme.size), -near, theme))
    first = np.unique(theme[order], return_index=True)[1]
    found: list[int] = order[first].tolist()
    return found


def _unit(rows: csr_matrix) -> csr_matrix:
    import numpy as np

    owner = np.repeat(np.arange(rows.shape[0]), np.diff(rows.indptr))
    length = np.sqrt(np.bincount(owner, rows.data.astype(np.float64) ** 2, rows.shape[0]))
    rows.data = rows.data / np.maximum(length, 1e-12)[owner]
    return rows
