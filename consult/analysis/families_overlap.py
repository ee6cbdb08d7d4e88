"""How much two folded texts have in common, counted exactly, and when that makes them copies.

Each rule stands here twice: for one pair in plain numbers, for many pairs in arrays.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from numpy.typing import NDArray

# Copies by hand with typing errors and blanks filled in differently keep this part of their
# character triples; excerpts keep nearly all of theirs.
CONTAINED: Final = 0.6
OVERLAP: Final = 0.3
EXCERPT: Final = 0.7
# An excerpt must be this long, or it may be a phrase of the draft that many quote.
_SHORTEST_EXCERPT: Final = 30
_SHORTEST_BASE: Final = 60
# An excerpt with words of its own around it: less in common, but in long stretches, with an ask
# among them (what many quote from the draft asks for nothing).
PARTLY: Final = 0.4
PARTLY_OVERLAP: Final = 0.22
_STRETCH: Final = 10


def overlap(length: int, other: int, sizes: Iterable[int]) -> float:
    """Return the shared part of all triples of two texts, 0 where they are no near-duplicates.

    ``sizes`` are those of their common blocks: one of n characters holds n - 2 triples; the lengths
    are in folded characters.
    """
    shared = sum([size - 2 for size in sizes if size > 2])
    if not shared:
        return 0.0
    shorter, longer = (length, other) if length < other else (other, length)
    share = shared / (shorter + longer - 4 - shared)
    contained = shared / (shorter - 2)
    if contained >= CONTAINED and share >= OVERLAP:
        return share
    long_enough = shorter >= _SHORTEST_EXCERPT and longer >= _SHORTEST_BASE
    return share if contained >= EXCERPT and long_enough else 0.0


def partly(length: int, other: int, sizes: Iterable[int]) -> bool:
    """Tell whether two texts may be copies if an ask is among what they have in common."""
    shared = sum([size - 2 for size in sizes if size >= _STRETCH])
    shorter = min(length, other)
    return shared >= max(
        PARTLY * (shorter - 2),
        PARTLY_OVERLAP * (length + other - 4 - shared),
        _SHORTEST_EXCERPT,
    )


def triples_in(sizes: NDArray[Any]) -> NDArray[Any]:
    """Return the triples in common blocks of these sizes, as ``overlap`` counts them."""
    import numpy as np

    counted: NDArray[Any] = np.maximum(sizes - 2, 0)
    return counted


def triples_in_stretches(sizes: NDArray[Any]) -> NDArray[Any]:
    """Return the triples in common blocks of these sizes, as ``partly`` counts them."""
    import numpy as np

    return np.where(sizes >= _STRETCH, sizes - 2, 0)


def overlaps(length: NDArray[Any], other: NDArray[Any], shared: NDArray[Any]) -> NDArray[Any]:
    """Tell of many pairs with so many triples in common whether ``overlap`` is above 0."""
    import numpy as np

    shorter, longer = np.minimum(length, other), np.maximum(length, other)
    some = shared > 0  # then no divisor is 0
    share = shared / np.where(some, shorter + longer - 4 - shared, 1)
    contained = shared / np.where(some, shorter - 2, 1)
    long_enough = (shorter >= _SHORTEST_EXCERPT) & (longer >= _SHORTEST_BASE)
    alike = (contained >= CONTAINED) & (share >= OVERLAP)
    told: NDArray[Any] = some & (alike | (contained >= EXCERPT) & long_enough)
    return told


def partly_alike(length: NDArray[Any], other: NDArray[Any], shared: NDArray[Any]) -> NDArray[Any]:
    """Tell of many pairs with so many triples in common stretches what ``partly`` tells of one."""
    import numpy as np

    told: NDArray[Any] = (
        (shared >= PARTLY * (np.minimum(length, other) - 2))
        & (shared >= PARTLY_OVERLAP * (length + other - 4 - shared))
        & (shared >= _SHORTEST_EXCERPT)
    )
    return told
