"""The axes on which a copy may oppose its letter: words and their opposites, as patterns."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from consult.analysis.families_words import OPPOSED
from consult.analysis.normalise import align
from consult.analysis.opposites_table import BUILT_IN, NEGATION
from consult.domain.lexicon import Opposite


@dataclass(frozen=True, slots=True)
class Axis:
    """The words of one pair of opposites as a pattern, with the side of each."""

    pattern: re.Pattern[str]
    sides: dict[str, int]

    def side(self, words: str) -> int:
        """Return +1, -1 or 0 by the words found; a negation in front turns a word."""
        total = sum(
            self.sides[word] * (-1 if negation else 1)
            for negation, word in self.pattern.findall(words)
        )
        return (total > 0) - (total < 0)


def axis_of(pair: Opposite) -> Axis:
    """Return the axis of a pair of opposites."""
    sides = {align(word): -1 for word in pair.b} | {align(word): 1 for word in pair.a}
    longest = sorted(sides, key=lambda word: (-len(word), word))
    return Axis(re.compile(f"({NEGATION})?({'|'.join(map(re.escape, longest)) or '(?!)'})"), sides)


@cache
def built_in() -> tuple[Axis, ...]:
    """Return the axes of both tables."""
    return tuple(axis_of(pair) for pair in (*(pair for _, pair in BUILT_IN), *OPPOSED))


def opposed(axis: Axis, words: str, other: str) -> bool:
    """Tell whether two texts stand on different sides of an axis."""
    ours = axis.side(words)
    return ours != 0 and axis.side(other) == -ours
