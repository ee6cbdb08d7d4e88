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
        self._first = _first_of(words)
        # The longest word at a place wins within its entry.
        self._by_head = {
            head: sorted(own, key=lambda item: (-len(item[0]), item)) for head, own in words.items()
        }

    def sides(self, aligned: str, start: int = 0, more: int = 1) -> Iterator[tuple[str, int]]:
        """Yield name and votes (+ or -) of every entry that the text leans to a side on.

        An entry has one vote for the majority of its words, and ``more - 1`` others for that from
        ``start`` on. A negation in front turns a word round.
        """
        totals: dict[int, int] = {}
        later: dict[int, int] = {}
        for entry, place, side in self._hits(aligned):
            totals[entry] = totals.get(entry, 0) + side
            if place >= start:
                later[entry] = later.get(entry, 0) + side
        for entry, total in sorted(totals.items()):
            asked = later.get(entry, 0)
            votes = (total > 0) - (total < 0) + (more - 1) * ((asked > 0) - (asked < 0))
            if votes:
                yield self._names[entry], votes

    def _hits(self, aligned: str) -> Iterator[tuple[int, int, int]]:
        """Yield entry, place and side of each word; a word once negated comes a second time."""
        heads = self._by_head
        following = f"{aligned[1:]}\0"
        free: dict[int, int] = {}
        last: dict[int, tuple[int, int]] = {}  # of an entry: place and side of its word before
        for match in self._first.finditer(aligned):
            place, char = match.start(), match.group()
            for head in (char + following[place], char):
                for word, entry, side in heads.get(head, ()):
                    if free.get(entry, 0) > place or not aligned.startswith(word, place):
                        continue
                    free[entry] = place + len(word)
                    negation = _NEGATED.search(aligned, max(0, place - _BEFORE), place)
                    if negation and entry in last and last[entry][0] >= negation.start():
                        turned, was = last[entry]
                        yield entry, turned, -was  # 反对 in 反对删除 only turns what follows
                    own = -side if negation else side
                    last[entry] = place, own
                    yield entry, place, own


def _first_of(heads: Iterable[str]) -> re.Pattern[str]:
    """Return what finds the first character of every head, of one or two characters."""
    following: dict[str, set[str]] = {}
    for head in heads:
        following.setdefault(head[0], set()).add(head[1:])
    parts = [
        re.escape(first) + ("" if "" in rest else f"(?=[{re.escape(''.join(sorted(rest)))}])")
        for first, rest in sorted(following.items())
    ]
    return re.compile("|".join(parts) or "(?!)")
