"""How much two folded texts have in common, counted exactly, and when that makes them copies."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

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
    shared = sum(size - 2 for size in sizes if size > 2)
    shorter, longer = (length, other) if length < other else (other, length)
    share = shared / (shorter + longer - 4 - shared)
    contained = shared / (shorter - 2)
    if contained >= CONTAINED and share >= OVERLAP:
        return share
    long_enough = shorter >= _SHORTEST_EXCERPT and longer >= _SHORTEST_BASE
    return share if contained >= EXCERPT and long_enough else 0.0


def partly(length: int, other: int, sizes: Iterable[int]) -> bool:
    """Tell whether two texts may be copies if an ask is among what they have in common."""
    shared = sum(size - 2 for size in sizes if size >= _STRETCH)
    shorter = min(length, other)
    return shared >= max(
        PARTLY * (shorter - 2),
        PARTLY_OVERLAP * (length + other - 4 - shared),
        _SHORTEST_EXCERPT,
    )
