"""Which of many patterns can be found in a text at all: one pass over many texts tells.

A reader tries dozens of patterns on a comment, at about a microsecond each, and nearly all find
nothing, for want of a plain word that they cannot do without. Of each such word a pair of
neighbouring characters stands in a table; what the pairs of a text say together takes half a
microsecond a comment, where an automaton over the words takes six.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from functools import reduce
from itertools import pairwise
from operator import or_
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from consult.analysis.needed_words import needed_words
from consult.analysis.normalise_batch import codes_of
from consult.analysis.phrases import SignFinder

_BITS: Final = 64
_SLOTS: Final = 1 << 17  # of the 700 pairs of 50 patterns hardly two share one; 1 MiB
_CHARS: Final = 1 << 16
_MIX: Final = 1_000_003  # a prime, so that pairs spread over the slots
_IN_CHARS: Final = np.uint32(_CHARS - 1)
_IN_SLOTS: Final = np.uint32(_SLOTS - 1)
_BY: Final = np.uint32(_MIX)


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
        signs = [(word, bit) for words, bit in bits.items() for word in words]
        self._bits: dict[str, int] = {}
        for word, bit in signs:
            self._bits[word] = self._bits.get(word, 0) | bit
        self._words = SignFinder(self._bits)
        self._chars = _table(_CHARS, ((ord(w), bit) for w, bit in signs if len(w) == 1))
        self._pairs = _table(_SLOTS, _pairs([sign for sign in signs if len(sign[0]) > 1]))

    def need(self, pattern: re.Pattern[str]) -> int:
        """Return what a text must show for a pattern; raises ``KeyError`` for an unknown one."""
        return self._needs[pattern]

    def look(self, texts: Sequence[str]) -> list[int]:
        """Return what each text shows; of a single one, exactly the words that it holds."""
        if len(texts) == 1:  # the tables are not in the processor's cache then
            return [reduce(or_, map(self._bits.__getitem__, self._words.find(texts[0])), 0)]
        codes = codes_of("".join((*texts, "\0")))  # an empty last text begins at a character too
        seen = self._chars.take(codes & _IN_CHARS)
        seen[:-1] |= self._pairs.take(_slots(codes))
        starts = np.cumsum([0, *map(len, texts)])[:-1]
        found: list[int] = np.bitwise_or.reduceat(seen, starts).tolist() if texts else []
        return found


def _table(size: int, entries: Iterable[tuple[int, int]]) -> NDArray[np.uint64]:
    """Return a table of bits by place; places beyond its size share those inside."""
    bits: dict[int, int] = {}
    for place, bit in entries:
        bits[place % size] = bits.get(place % size, 0) | bit
    table = np.zeros(size, dtype=np.uint64)
    table[list(bits)] = np.fromiter(bits.values(), np.uint64, len(bits))
    return table


def _pairs(signs: Sequence[tuple[str, int]]) -> Iterator[tuple[int, int]]:
    """Yield for each word the number of the pair in it that is in the fewest words, and its bit."""
    known = Counter(pair for word, _ in signs for pair in pairwise(word))
    for word, bit in signs:
        one, other = min(pairwise(word), key=lambda pair: (known[pair], pair))
        yield ord(one) * _MIX + ord(other), bit


def _slots(codes: NDArray[np.uint32]) -> NDArray[Any]:
    """Return the slot of each pair of neighbouring characters."""
    return (codes[:-1] * _BY + codes[1:]) & _IN_SLOTS


def _shown(words: Iterable[str], hidden: re.Pattern[str]) -> frozenset[str]:
    """Return of each word the longest part without a hidden character."""
    return frozenset(max(hidden.split(word), key=len) for word in words)
