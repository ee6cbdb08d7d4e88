"""What people decided, held against a grouping that knows nothing of it.

The texts are grouped freely first; then decided groups are put together whole, what stood with some
of their texts joins the likest of them it may join, and what may never come together is parted.
A text thus reaches a decided group by the same evidence by which it would reach any other.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Sequence
from typing import TYPE_CHECKING, Any, Final

from consult.domain.theme import Constraints

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from scipy.sparse import csr_matrix

# More than any cosine: a copy of a text that people put somewhere goes where that text is.
_COPY: Final = 2.0

Vectors = Callable[[Sequence[str]], "csr_matrix"]
Side = tuple[int, int]  # which pair of Constraints.apart, and which side of it


class _Bucket:
    """A theme in the making: its texts, the sides they stand on, and what draws others to it."""

    def __init__(self, rows: _Rows) -> None:
        self.texts: list[int] = []
        self.sides: set[Side] = set()
        self.families: set[Hashable] = set()
        self._rows = rows
        self._drawn = 0
        self._pull: NDArray[Any] | None = None

    def admits(self, sides: Iterable[Side]) -> bool:
        return not any((pair, 1 - side) in self.sides for pair, side in sides)

    def draw(self, positions: Sequence[int]) -> None:
        """Let texts draw others into this group."""
        pull = self._rows.pull(positions)
        self._pull = pull if self._pull is None else self._pull + pull
        self._drawn += len(positions)

    def likeness(self, position: int) -> float:
        """Return the mean cosine of a text to those that draw."""
        if self._pull is None:
            return 0.0
        return round(float(self._pull[self._rows.place[position]]) / self._drawn, 6)


def hold(
    labels: Sequence[int],
    texts: Sequence[str],
    families: Sequence[Hashable],
    constraints: Constraints,
    vectors: Vectors,
) -> list[int]:
    """Return the labels changed as little as the constraints ask for.

    ``families`` name near-duplicates, which are moved as one; ``vectors`` gives unit rows of
    texts. Labels are the index of the first text of a group. Which texts form a group does not
    depend on their order.
    """
    holder = _Holder(texts, families, constraints, vectors)
    groups: list[list[int]] = [list(own) for own in constraints.together]
    clusters: dict[int, list[int]] = {}
    for position, label in enumerate(labels):
        clusters.setdefault(label, []).append(position)
    # In the order of their texts: what one cluster put into a decided group binds the next.
    for cluster in sorted(clusters.values(), key=lambda own: sorted(texts[p] for p in own)):
        groups += holder.parts(cluster, groups)
    found = [-1] * len(labels)
    for group in groups:
        for position in group:
            found[position] = min(group)
    return found


class _Holder:
    def __init__(
        self,
        texts: Sequence[str],
        families: Sequence[Hashable],
        constraints: Constraints,
        vectors: Vectors,
    ) -> None:
        self._texts = texts
        self._families = families
        self._vectors = vectors
        self._group = {p: place for place, own in enumerate(constraints.together) for p in own}
        self._sides: dict[int, set[Side]] = {}
        for pair, both in enumerate(constraints.apart):
            for side, positions in enumerate(both):
                for position in positions:
                    self._sides.setdefault(position, set()).add((pair, side))
        self._of_group: dict[int, set[Side]] = {}
        for position, place in self._group.items():
            self._of_group.setdefault(place, set()).update(self._sides.get(position, ()))

    def parts(self, cluster: Sequence[int], groups: list[list[int]]) -> list[list[int]]:
        """Add what may join to the decided groups; return the rest of the cluster in groups."""
        free = [p for p in cluster if p not in self._group]
        decided = sorted({self._group[p] for p in cluster if p in self._group})
        if not free or (not decided and not any(p in self._sides for p in free)):
            return [free] if free else []
        rows = _Rows(self._texts, cluster, self._vectors)
        buckets = [self._decided(place, cluster, rows) for place in decided]
        for unit in self._units(free):
            self._put(unit, buckets, rows)
        for place, bucket in zip(decided, buckets, strict=False):
            groups[place] += bucket.texts
        return [bucket.texts for bucket in buckets[len(decided) :]]

    def _decided(self, place: int, cluster: Sequence[int], rows: _Rows) -> _Bucket:
        own = [p for p in cluster if self._group.get(p) == place]
        bucket = _Bucket(rows)
        bucket.sides = self._of_group[place]  # shared: what joins here, other clusters must know
        bucket.families |= {self._families[p] for p in own}
        bucket.draw(own)
        return bucket

    def _units(self, free: Sequence[int]) -> list[list[int]]:
        """Return copies that stand on the same sides together; those on a side come first."""
        found: dict[tuple[Hashable, tuple[Side, ...]], list[int]] = {}
        for position in free:
            sides = tuple(sorted(self._sides.get(position, ())))
            found.setdefault((self._families[position], sides), []).append(position)
        ordered = [sorted(unit, key=lambda p: (self._texts[p], p)) for unit in found.values()]
        return sorted(
            ordered,
            key=lambda u: (not self._sides.get(u[0]), self._texts[u[0]], -len(u), u[0]),
        )

    def _put(self, unit: list[int], buckets: list[_Bucket], rows: _Rows) -> None:
        """Put copies into the likest group that admits them, or into one of their own."""
        sides = self._sides.get(unit[0], set())
        family = self._families[unit[0]]
        best, likest = None, -1.0
        for bucket in buckets:
            if bucket.admits(sides):
                drawn = bucket.likeness(unit[0]) + _COPY * (family in bucket.families)
                if drawn > likest:
                    best, likest = bucket, drawn
        if best is None:
            best = _Bucket(rows)
            buckets.append(best)
        if sides:
            best.draw(unit)
        best.texts += unit
        best.sides |= sides
        best.families.add(family)


class _Rows:
    """Unit vectors of the texts of one cluster, weighed by what sets them apart inside of it."""

    def __init__(self, texts: Sequence[str], cluster: Sequence[int], vectors: Vectors) -> None:
        self.place = {position: place for place, position in enumerate(cluster)}
        self._rows: csr_matrix = vectors([texts[p] for p in cluster])

    def pull(self, positions: Sequence[int]) -> NDArray[Any]:
        """Return the cosine of every text of the cluster to some of them, summed."""
        import numpy as np

        total = self._rows[[self.place[p] for p in positions]].sum(axis=0)
        found: NDArray[Any] = np.asarray(self._rows @ np.asarray(total).ravel())
        return found
