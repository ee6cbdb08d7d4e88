"""The words of all axes of the table, found in one pass over a text."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Final

from consult.analysis.normalise import align
from consult.analysis.opposites_table import NEGATION, REFUSAL
from consult.domain.lexicon import Opposite

# A negation right in front, or a refusal anywhere before in the clause: 不赞成夜间放开.
_NEGATED: Final = re.compile(f"(?:{NEGATION}|(?:{REFUSAL})[^,。;!?:\\s]*)$")
_BEFORE: Final = 16  # characters in front of a word in which its negation stands


class Axes:
    """Tells on which side of each entry of the table a text stands by its words."""

    def __init__(self, pairs: Iterable[tuple[str, Opposite]]) -> None:
        self._names: list[str] = []
        words: dict[str, list[tuple[str, int, int]]] = {}
        for entry, (name, pair) in enumerate(pairs):
            self._names.append(name)
            sides = {align(word): -1 for word in pair.b} | {align(word): 1 for word in pair.a}
            for word, side in sides.items():
                words.setdefault(word[:2], []).append((word, entry, side))
        # The longest word at a place wins within its entry.
        self._by_head = {
            head: sorted(own, key=lambda item: (-len(item[0]), item)) for head, own in words.items()
        }

    def sides(self, aligned: str, start: int = 0) -> Iterator[tuple[str, int]]:
        """Yield name and side (+1, -1) of every entry that has a majority from ``start`` on.

        A negation in front turns a word round. A name with several entries comes several times.
        """
        totals: dict[int, int] = {}
        for entry, side in self._hits(aligned, start):
            totals[entry] = totals.get(entry, 0) + side
        for entry, total in sorted(totals.items()):
            if total:
                yield self._names[entry], 1 if total > 0 else -1

    def _hits(self, aligned: str, start: int) -> Iterator[tuple[int, int]]:
        free: dict[int, int] = {}
        last: dict[int, tuple[int, int]] = {}  # of an entry: place and side of its word before
        for place in range(start, len(aligned)):
            for head in (aligned[place : place + 2], aligned[place]):
                for word, entry, side in self._by_head.get(head, ()):
                    if free.get(entry, 0) > place or not aligned.startswith(word, place):
                        continue
                    free[entry] = place + len(word)
                    negation = _NEGATED.search(aligned, max(start, place - _BEFORE), place)
                    if negation and entry in last and last[entry][0] >= negation.start():
                        yield entry, -last[entry][1]  # 反对 in 反对删除 only turns what follows
                    own = -side if negation else side
                    last[entry] = place, own
                    yield entry, own
