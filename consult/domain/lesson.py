"""What the mapper learned from the decisions of staff, and whether that helped."""

from __future__ import annotations

import math
from dataclasses import dataclass

Z: float = 1.96  # two-sided 95 %


@dataclass(frozen=True, slots=True)
class Share:
    """A share of right answers, with its 95 % confidence interval (Wilson 1927)."""

    right: int
    of: int

    @property
    def value(self) -> float:
        """The share, 0 to 1; 0 of nothing."""
        return self.right / self.of if self.of else 0.0

    @property
    def interval(self) -> tuple[float, float]:
        """Lower and upper bound, 0 to 1; everything is possible of nothing."""
        if not self.of:
            return 0.0, 1.0
        n, p = self.of, self.value
        centre = (p + Z * Z / (2 * n)) / (1 + Z * Z / n)
        half = Z * math.sqrt(p * (1 - p) / n + Z * Z / (4 * n * n)) / (1 + Z * Z / n)
        return max(0.0, centre - half), min(1.0, centre + half)


@dataclass(frozen=True, slots=True)
class SectionLesson:
    """What was learned about one section from ``of`` distinct texts that staff put there.

    ``before`` and ``after`` count those answered right; ``words`` set them apart from what staff
    put elsewhere, weightiest first.
    """

    section: str
    of: int
    before: int
    after: int
    words: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Lesson:
    """How good the mapper is on the comments that staff decided.

    ``before``: without what staff decided. ``after``: each decided comment answered by a mapper
    that knows other decisions but not this one. ``used``: decisions go into the mapper only where
    they do not lose on comments held out. Comments nobody decided never count as agreement.
    ``sections`` holds those with decisions, the greatest gain first.
    """

    before: Share
    after: Share
    used: bool
    sections: tuple[SectionLesson, ...] = ()
