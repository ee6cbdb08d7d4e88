"""Groups that hold opposite asks, parted.

All groups of a section are parted at a time, round after round: what is compared in one is
compared for all of them at once.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any, Final, NamedTuple

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
_AT_ONCE: Final = 500_000  # pairs of texts among which the nearest are looked for together

Reversed = Callable[[Sequence[tuple[int, int]]], Sequence[bool]]  # of each pair of texts


class _Group(NamedTuple):
    """Texts that may still be parted, in how many rounds texts have left them.

    ``path`` orders the parts of a group; ``whole`` tells that the texts lean one way.
    """

    path: tuple[int, ...]
    texts: list[int]
    rounds: int
    whole: bool


class Parter:
    """Parts the groups of one section.

    ``sizes`` say how many comments each text stands for, ``likeness`` how alike the texts are,
    ``leanings`` the sides they take, ``reversed_`` which texts are others turned round.
    """

    def __init__(
        self,
        texts: Sequence[str],
        sizes: Sequence[int],
        likeness: Likeness,
        leanings: Sequence[Mapping[str, int]],
        reversed_: Reversed,
    ) -> None:
        self._texts = texts
        self._sizes = sizes
        self._all = likeness
        self._reversed = reversed_
        self._leanings = leanings

    def part(self, labels: Sequence[int]) -> list[int]:
        """Return the labels with every group that wants opposite things parted.

        Texts that take no side go with the side whose comments they are more alike to in sum.
        """
        members: dict[int, list[int]] = {}
        for index, label in enumerate(labels):
            members.setdefault(label, []).append(index)
        parts = self._parts([_Group((n,), own, 0, whole=False) for n, own in members.items()])
        found = list(labels)
        following = max(labels, default=-1) + 1
        for part in sorted(parts):
            if any(part.path[1:]):  # the first part of a group keeps its label
                for index in part.texts:
                    found[index] = following
                following += 1
        return found

    def _parts(self, waiting: list[_Group]) -> Iterator[_Group]:
        while waiting:
            leaning = [part for own in waiting for part in self._leaning(own)]
            yield from (own for own in leaning if len(own.texts) < 2)
            waiting = []
            for own, apart in self._apart([own for own in leaning if len(own.texts) > 1]):
                parts = [*_without(own, apart)]
                if parts == [own] or own.rounds >= _ROUNDS:
                    yield from parts
                else:
                    waiting += parts

    def _leaning(self, own: _Group) -> Iterator[_Group]:
        """Part a group until none of its parts leans both ways."""
        if own.whole or len(own.texts) < 2:
            yield own
            return
        by_axis: dict[str, tuple[list[int], list[int]]] = {}
        for index in own.texts:
            for axis, side in self._leanings[index].items():
                by_axis.setdefault(axis, ([], []))[side < 0].append(index)
        for _, sides in sorted(by_axis.items()):
            if all(sides):
                for n, part in enumerate(self._joined(own.texts, [*sides])):
                    yield from self._leaning(own._replace(path=(*own.path, n), texts=part))
                return
        yield own

    def _apart(self, groups: Sequence[_Group]) -> Iterator[tuple[_Group, set[int]]]:
        """Yield each group with the texts that reverse one nearer to the rest of it."""
        pairs = self._lesser([own.texts for own in groups])
        turned = {one for (one, _), yes in zip(pairs, self._reversed(pairs), strict=True) if yes}
        for own in groups:
            yield own, turned.intersection(own.texts)

    def _lesser(self, groups: Sequence[list[int]]) -> list[tuple[int, int]]:
        """Return each text with those of its nearest that may be copies and stand higher.

        One stands the higher the more comments of its group are like it.
        """
        import numpy as np

        if not groups:
            return []
        every = np.array([index for own in groups for index in own], dtype=np.int64)
        sizes = np.array(self._sizes, dtype=np.float64)[every]
        standing = np.zeros(every.size)
        nearest, found, begin, held = [], [], 0, 0
        for own, blocks in zip(groups, self._all.within(groups), strict=True):
            end = begin + len(own)
            for start, cosines in blocks:
                likeness = cosines.round(6)
                first = begin + start
                standing[first : first + len(likeness)] = (likeness * sizes[begin:end]).sum(axis=1)
                row, column = np.nonzero(likeness >= _COPY)
                found.append((row + first, column + begin, likeness[row, column]))
                held += len(row)
                if held > _AT_ONCE:  # all others of these texts are there
                    nearest.append(_nearest(found))
                    found, held = [], 0
            begin = end
        nearest.append(_nearest(found))
        one, other = map(np.concatenate, zip(*nearest, strict=True))
        standing = standing.round(6)  # the order of sums must decide nothing
        below = standing[one] < standing[other]
        one, other, equal = every[one], every[other], standing[one] == standing[other]
        for place in np.flatnonzero(equal).tolist():
            below[place] = self._texts[one[place]] < self._texts[other[place]]
        return list(zip(one[below].tolist(), other[below].tolist(), strict=True))

    def _joined(self, indices: list[int], sides: list[list[int]]) -> list[list[int]]:
        """Add every text that is on no side to the one whose comments it is more alike to."""
        taken = {index for side in sides for index in side}
        left = [index for index in indices if index not in taken]
        if not left:
            return sides
        found = [list(side) for side in sides]
        first, second = (own.round(6).tolist() for own in self._all.drawn(left, sides, self._sizes))
        for index, one, other in zip(left, first, second, strict=True):
            found[0 if one >= other else 1].append(index)
        return found


def _without(own: _Group, apart: set[int]) -> Iterator[_Group]:
    """Yield what is left of a group when texts leave it, and these; the same group when none do.

    Those that are left may reverse each other too: only the nearest have been compared.
    """
    if not apart and own.rounds < _ROUNDS:
        yield own
        return
    kept = [index for index in own.texts if index not in apart]
    rest = [index for index in own.texts if index in apart]
    following = own.rounds + 1
    yield _Group((*own.path, 0), kept, following, whole=True)
    if own.rounds >= _ROUNDS:
        for n, index in enumerate(rest, 1):
            yield _Group((*own.path, n), [index], following, whole=True)
    else:
        yield _Group((*own.path, 1), rest, following, whole=False)


def _nearest(
    found: Sequence[tuple[NDArray[Any], NDArray[Any], NDArray[Any]]],
) -> tuple[NDArray[Any], NDArray[Any]]:
    """Return the nearest to each that may be copies of it; of equally near ones the last.

    What is found are texts, others, and how alike they are; all others of a text at once.
    """
    import numpy as np

    if not found:
        return np.zeros(0, np.int64), np.zeros(0, np.int64)
    one, other, likeness = map(np.concatenate, zip(*found, strict=True))
    apart = np.flatnonzero(one != other)
    one, other, likeness = one[apart], other[apart], likeness[apart]
    order = np.lexsort((-other, -likeness, one))
    one, other = one[order], other[order]
    kept = np.arange(one.size) - np.searchsorted(one, one) < _NEAREST
    return one[kept], other[kept]
