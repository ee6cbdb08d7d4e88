"""The axes on which a copy may oppose its letter: words and their opposites, as patterns."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from typing import Final

from consult.analysis.families_words import OPPOSED
from consult.analysis.normalise import align
from consult.analysis.opposites_table import BUILT_IN, NEGATION
from consult.domain.lexicon import Opposite

_REMEMBERED: Final = 1 << 16  # texts whose sides are kept


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


class Sides:
    """The sides that texts take on all axes, remembered: clauses come again and again in copies."""

    def __init__(self, extra: Iterable[Opposite] = ()) -> None:
        self._axes = (*built_in(), *(axis_of(pair) for pair in extra))
        words = sorted({word for axis in self._axes for word in axis.sides})
        self._words = re.compile("|".join(map(re.escape, words)))
        # At each place the longest word; all others that may stand there are how it begins.
        longest = "|".join(map(re.escape, sorted(words, key=len, reverse=True)))
        heads = re.escape("".join(sorted({word[0] for word in words})))
        self._places = re.compile(f"(?=[{heads}])(?=({longest}))")
        self._longest = max(map(len, words))
        whose: dict[str, list[int]] = {}
        for number, axis in enumerate(self._axes):
            for word in axis.sides:
                whose.setdefault(word, []).append(number)
        # The axes of a word and of all that it begins with.
        self._on = {
            word: {on for end in range(1, len(word) + 1) for on in whose.get(word[:end], ())}
            for word in words
        }
        self._known: dict[str, dict[int, int]] = {}

    def opposed(self, words: str, other: str) -> bool:
        """Tell whether two texts stand on different sides of an axis."""
        ours = self._of(words)
        if not ours:
            return False
        theirs = self._of(other)
        return any(theirs.get(axis) == -side for axis, side in ours.items())

    def tell(self, text: str, start: int, end: int) -> bool:
        """Tell whether a word of any axis may touch a part of a text."""
        around = self._longest - 1
        return self._words.search(text, max(0, start - around), end + around) is not None

    def _of(self, words: str) -> dict[int, int]:
        """Return +1 or -1 for each axis (by its number) that a text takes a side on."""
        found = self._known.get(words)
        if found is None:
            if len(self._known) >= _REMEMBERED:
                self._known.clear()
            found = self._known[words] = {}
            met = self._places.findall(words)
            for number in sorted({number for word in met for number in self._on[word]}):
                side = self._axes[number].side(words)
                if side:
                    found[number] = side
        return found
