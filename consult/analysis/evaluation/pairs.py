"""Comparing two groupings of the same items: pairs, B³ and the adjusted Rand index.

All from the contingency table, so that 100,000 items need no 5,000,000,000 pairs.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Agreement:
    """How well a grouping agrees with the true one; all values 0 to 1, ``ari`` down to -1."""

    pair_precision: float
    pair_recall: float
    b3_precision: float
    b3_recall: float
    ari: float

    @property
    def pair_f1(self) -> float:
        """Harmonic mean of precision and recall of pairs."""
        return f1(self.pair_precision, self.pair_recall)

    @property
    def b3_f1(self) -> float:
        """Harmonic mean of B³ precision and recall."""
        return f1(self.b3_precision, self.b3_recall)


def f1(precision: float, recall: float) -> float:
    """Return the harmonic mean, 0 when both are 0."""
    return 2 * precision * recall / (precision + recall) if precision + recall else 0.0


def ratio(part: float, whole: float, empty: float = 0.0) -> float:
    """Return part / whole, or ``empty`` when there is nothing to divide by."""
    return part / whole if whole else empty


def _pairs(size: int) -> int:
    return size * (size - 1) // 2


def agreement(true: Sequence[Hashable], found: Sequence[Hashable]) -> Agreement:
    """Compare two labellings, item by item.

    A grouping without any pair makes no wrong pair and misses none: precision (recall) 1.
    Raises ValueError when they differ in length.
    """
    cells = Counter(zip(true, found, strict=True))
    rows, columns = Counter(true), Counter(found)
    items = len(true)
    both = sum(_pairs(size) for size in cells.values())
    wanted = sum(_pairs(size) for size in rows.values())
    made = sum(_pairs(size) for size in columns.values())
    precise = sum(size * size / columns[column] for (_, column), size in cells.items())
    recalled = sum(size * size / rows[row] for (row, _), size in cells.items())
    return Agreement(
        pair_precision=ratio(both, made, 1.0),
        pair_recall=ratio(both, wanted, 1.0),
        b3_precision=ratio(precise, items),
        b3_recall=ratio(recalled, items),
        ari=_adjusted_rand(both, wanted, made, _pairs(items)),
    )


def _adjusted_rand(both: int, wanted: int, made: int, possible: int) -> float:
    """Return Hubert and Arabie's index: 0 for chance, 1 for equality."""
    if not possible:
        return 1.0
    expected = wanted * made / possible
    highest = (wanted + made) / 2
    return ratio(both - expected, highest - expected, 1.0)
