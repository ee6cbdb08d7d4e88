"""The words of all axes of the table, found in one pass over a text."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from consult.analysis.normalise import align
from consult.analysis.opposites_heads import LONGEST, Heads, Place
from consult.analysis.opposites_table import NEGATION, REFUSAL
from consult.domain.lexicon import Opposite

# A negation right in front, or a refusal anywhere before in the clause: 不赞成夜间放开.
# A question that expects "yes" negates nothing: 难道不应该公开.
_NEGATED: Final = re.compile(
    f"(?:(?<!难道)(?<!什么)(?<!为啥)(?<!怎么){NEGATION}|(?:{REFUSAL})[^,。;!?:\\s]*)$"
)
# What is too much stays so behind an ought: 不要太严 wants what 太严 wants. Denied it is not.
_TOO_MUCH: Final = re.compile("太|过[高低多少大小长短快慢早晚严松重粗细远近于]|偏|这么|那么")
_DENIED: Final = re.compile("(?:(?<!是)不是|而非|并非)$")
_NEGATING: Final = re.compile("[不没无莫别反取放禁避防非凭何难]")  # every negation holds one
_BEFORE: Final = 16  # characters in front of a word in which its negation stands


class Axes:
    """Tells on which side of each entry of the table a text stands by its words."""

    def __init__(self, pairs: Iterable[tuple[str, Opposite]]) -> None:
        self._names: list[str] = []
        words: dict[str, list[tuple[str, int, int]]] = {}
        for entry, (name, pair) in enumerate(pairs):
            self._names.append(name)
            sides = {align(word): -1 for word in pair.b}
            for word in map(align, pair.a):
                sides[word] = 1 + sides.get(word, 0)
            for word, side in sides.items():
                words.setdefault(word[:LONGEST], []).append((word, entry, side))
        self.heads = Heads(words)
        # The longest word at a place wins within its entry.
        self._by_head = {head: _by_length(own) for head, own in words.items()}

    def sides(
        self, aligned: str, start: int = 0, more: int = 1, places: Sequence[Place] | None = None
    ) -> Iterator[tuple[str, int]]:
        """Yield name and votes (+ or -) of every entry that the text leans to a side on.

        An entry has one vote for the majority of its words, and ``more - 1`` others for that from
        ``start`` on. A negation in front turns a word round. ``places`` are those of ``heads``,
        where they are known already.
        """
        totals: dict[int, int] = {}
        later: dict[int, int] = {}
        if places is None:
            places = self.heads.places(aligned)
        for entry, place, side in self._hits(aligned, places) if places else ():
            totals[entry] = totals.get(entry, 0) + side
            if place >= start:
                later[entry] = later.get(entry, 0) + side
        for entry, total in sorted(totals.items()):
            asked = later.get(entry, 0)
            votes = (total > 0) - (total < 0) + (more - 1) * ((asked > 0) - (asked < 0))
            if votes:
                yield self._names[entry], votes

    def _hits(self, aligned: str, places: Iterable[Place]) -> list[tuple[int, int, int]]:
        """Return entry, place and side of each word; a word once negated comes a second time."""
        found: list[tuple[int, int, int]] = []
        free: dict[int, int] = {}
        last: dict[int, tuple[int, int]] = {}  # of an entry: place and side of its word before
        for place, head in places:
            for size, words in self._by_head[head]:
                own = words.get(aligned[place : place + size])
                if own is None:
                    continue
                negation = _negation(aligned, place)
                for entry, side in own:
                    if free.get(entry, 0) > place:
                        continue
                    free[entry] = place + size
                    if negation and entry in last and last[entry][0] >= negation.start():
                        turned, was = last[entry]
                        # 反对 in 反对删除 only turns what follows.
                        found.append((entry, turned, -was))
                    turns = -2 * side if negation else side  # 莫停,停了没人管 refuses it
                    last[entry] = place, turns
                    found.append((entry, place, turns))
        return found


def _by_length(
    words: Iterable[tuple[str, int, int]],
) -> list[tuple[int, dict[str, list[tuple[int, int]]]]]:
    """Return entry and side of words by their length, the longest first."""
    found: dict[int, dict[str, list[tuple[int, int]]]] = {}
    for word, entry, side in words:
        found.setdefault(len(word), {}).setdefault(word, []).append((entry, side))
    return sorted(found.items(), reverse=True)


def _negation(aligned: str, place: int) -> re.Match[str] | None:
    """Return what turns the word at a place round."""
    start = max(0, place - _BEFORE)
    if _NEGATING.search(aligned, start, place) is None:
        return None
    turns = _DENIED if _TOO_MUCH.match(aligned, place) else _NEGATED
    return turns.search(aligned, start, place)
