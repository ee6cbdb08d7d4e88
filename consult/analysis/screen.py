"""Which of many patterns can be found in a text at all: one pass over many texts tells.

A reader tries dozens of patterns on a comment, at about a microsecond each, and nearly all find
nothing, for want of a plain word that they cannot do without. Of each such word a pair of
neighbouring characters stands in a table; what the pairs of a text say together takes half a
microsecond a comment, where an automaton over the words takes six.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from functools import reduce
from itertools import pairwise
from operator import or_
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from consult.analysis.needed_words import needed_words
from consult.analysis.normalise_batch import codes_of

_BITS: Final = 64
_SLOTS: Final = 1 << 17  # of the 700 pairs of 50 patterns hardly two share one; 1 MiB
_CHARS: Final = 1 << 16
_MIX: Final = 1_000_003  # a prime, so that pairs spread over the slots


class Screen:
    """Looks at texts for the words that its patterns need.

    What it sees in a text is a number with a bit for each set of words of which the text may hold
    one. A pattern can be found only where ``seen & need == need``; a bit too many does no harm. The
    characters ``unseen`` are in no text that is looked at, but may be when a pattern is tried.
    """

    def __init__(self, patterns: Iterable[re.Pattern[str]], unseen: str = "") -> None:
        hidden = re.compile(f"[{re.escape(unseen)}]" if unseen else r"(?!)")
        bits: dict[frozenset[str], int] = {}
        self._needs: dict[re.Pattern[str], int] = {}
        for pattern in patterns:
            sets = (_shown(words, hidden) for words in needed_words(pattern))
            needs = (bits.setdefault(words, 1 << len(bits)) for words in sets if "" not in words)
            self._needs[pattern] = reduce(or_, needs, 0)
        if len(bits) > _BITS:
            raise ValueError(f"a screen knows at most {_BITS} sets of words, not {len(bits)}")
        self._chars = np.zeros(_CHARS, dtype=np.uint64)
        self._pairs = np.zeros(_SLOTS, dtype=np.uint64)
        self._enter(bits)

    def _enter(self, bits: dict[frozenset[str], int]) -> None:
        """Enter each word with the pair of its characters that is in the fewest other words."""
        known = Counter(pair for words in bits for word in words for pair in set(pairwise(word)))
        for words, bit in bits.items():
            for word in words:
                if len(word) == 1:
                    self._chars[ord(word) % _CHARS] |= np.uint64(bit)
                else:
                    pair = min(pairwise(word), key=lambda pair: (known[pair], pair))
                    self._pairs[_slots(codes_of("".join(pair)))] |= np.uint64(bit)

    def need(self, pattern: re.Pattern[str]) -> int:
        """Return what a text must show for a pattern; raises ``KeyError`` for an unknown one."""
        return self._needs[pattern]

    def look(self, texts: Sequence[str]) -> list[int]:
        """Return what each text shows."""
        codes = codes_of("".join((*texts, "\0")))  # an empty last text begins at a character too
        seen = self._chars.take(codes & np.uint32(_CHARS - 1))
        seen[:-1] |= self._pairs.take(_slots(codes))
        starts = np.cumsum([0, *map(len, texts)])[:-1]
        found: list[int] = np.bitwise_or.reduceat(seen, starts).tolist() if texts else []
        return found


def _slots(codes: NDArray[np.uint32]) -> NDArray[Any]:
    """Return the slot of each pair of neighbouring characters."""
    return (codes[:-1] * np.uint32(_MIX) + codes[1:]) & np.uint32(_SLOTS - 1)


def _shown(words: Iterable[str], hidden: re.Pattern[str]) -> frozenset[str]:
    """Return of each word the longest part without a hidden character."""
    return frozenset(max(hidden.split(word), key=len) for word in words)
