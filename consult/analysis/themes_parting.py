"""Groups that hold opposite asks, parted."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, Final

from consult.analysis.opposites import Opposites
from consult.analysis.themes_likeness import Likeness

if TYPE_CHECKING:
    from numpy.typing import NDArray

# Cosine from which a text may be the reversed copy of another: below, the words differ so much that
# clauses cannot be compared one to one.
_COPY: Final = 0.35
_NEAREST: Final = 3  # texts compared with each: a copy is among them
# Rounds in which reversed texts leave a group. What is reversed to its neighbours even then asks
# for as many different figures as there are texts, and each stands alone.
_ROUNDS: Final = 8


class Parter:
    """Parts the groups of one section.

    ``sizes`` say how many comments each text stands for, ``likeness`` how alike the texts are,
    ``leanings`` the sides they take.
    """

    def __init__(
        self,
        texts: Sequence[str],
        sizes: Sequence[int],
        likeness: Likeness,
        leanings: Sequence[Mapping[str, int]],
        opposites: Opposites,
    ) -> None:
        self._texts = texts
        self._sizes = sizes
        self._all = likeness
        self._rows = likeness.rows
        self._opposites = opposites
        self._leanings = leanings

    def part(self, labels: Sequence[int]) -> list[int]:
        """Return the labels with every group that wants opposite things parted.

        Texts that take no side go with the side whose comments they are more alike to in sum.
        """
        members: dict[int, list[int]] = {}
        for index, label in enumerate(labels):
            members.setdefault(label, []).append(index)
        found = list(labels)
        following = max(labels, default=-1) + 1
        for label in sorted(members):
            for part in self._parts(members[label])[1:]:
                for index in part:
                    found[index] = following
                following += 1
        return found

    def _parts(self, indices: list[int], rounds: int = 0) -> list[list[int]]:
        """Part a group until none of its parts leans both ways."""
        if len(indices) < 2:
            return [indices]
        leanings = [(index, self._leanings[index]) for index in indices]
        for axis in sorted({axis for _, leaning in leanings for axis in leaning}):
            sides = [
                [index for index, leaning in leanings if leaning.get(axis) == side]
                for side in (1, -1)
            ]
            if all(sides):
                joined = self._joined(indices, sides)
                return [part for side in joined for part in self._parts(side, rounds)]
        return self._without_reversed(indices, rounds)

    def _without_reversed(self, indices: list[int], rounds: int) -> list[list[int]]:
        """Part the texts that reverse the ask of one that is nearer to the rest of the group."""
        apart = {
            indices[one]
            for one, other in self._lesser(indices)
            if self._opposites.reverse(self._texts[indices[one]], self._texts[indices[other]])
        }
        kept = [index for index in indices if index not in apart]
        rest = [index for index in indices if index in apart]
        if rounds >= _ROUNDS:
            return [kept, *([index] for index in rest)]
        if not rest:
            return [kept]
        # Those kept may reverse each other too: only the nearest have been compared.
        return [*self._without_reversed(kept, rounds + 1), *self._parts(rest, rounds + 1)]

    def _lesser(self, indices: list[int]) -> list[tuple[int, int]]:
        """Return each text with those of its nearest that may be copies and stand higher.

        Texts go by their place in the group; one stands the higher the more comments are like it.
        """
        import numpy as np

        sizes = np.array([float(self._sizes[index]) for index in indices])
        standing = np.zeros(len(indices))
        found = []
        for start, cosines in self._all.blocks(indices):
            likeness = cosines.round(6)
            standing[start : start + len(likeness)] = (likeness * sizes).sum(axis=1)
            found.append(_copies(likeness, start))
        one, other = np.concatenate(found).T
        standing = standing.round(6)  # the order of sums must decide nothing
        below = standing[one] < standing[other]
        for place in np.flatnonzero(standing[one] == standing[other]).tolist():
            texts = (self._texts[indices[int(n)]] for n in (one[place], other[place]))
            below[place] = next(texts) < next(texts)
        return list(zip(one[below].tolist(), other[below].tolist(), strict=True))

    def _joined(self, indices: list[int], sides: list[list[int]]) -> list[list[int]]:
        """Add every text that is on no side to the one whose comments it is more alike to."""
        taken = {index for side in sides for index in side}
        left = [index for index in indices if index not in taken]
        if not left:
            return sides
        found = [list(side) for side in sides]
        drawn = [self._likeness(left, side) for side in sides]
        for index, first, second in zip(left, *drawn, strict=True):
            found[0 if first >= second else 1].append(index)
        return found

    def _likeness(self, indices: list[int], side: list[int]) -> NDArray[Any]:
        """Return how much speaks for a side: the cosines to its comments, summed."""
        import numpy as np

        sizes = np.array([float(self._sizes[index]) for index in side])
        total: NDArray[Any] = (self._rows[indices] @ (self._rows[side].T @ sizes)).round(6)
        return total


def _copies(likeness: NDArray[Any], start: int) -> NDArray[Any]:
    """Return row and column of the nearest to each row that may be copies of it.

    ``likeness`` holds the rows from ``start`` on; of equally near ones the last come first.
    """
    import numpy as np

    row, column = np.nonzero(likeness >= _COPY)
    row, column = row[row + start != column], column[row + start != column]
    order = np.lexsort((-column, -likeness[row, column], row))
    row, column = row[order], column[order]
    rank = np.arange(row.size) - np.searchsorted(row, row)
    found: NDArray[Any] = np.stack([row + start, column], axis=1)[rank < _NEAREST]
    return found
