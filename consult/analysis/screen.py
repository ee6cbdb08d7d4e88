"""Which of many patterns can be found in a text at all: one pass over the text tells.

A reader tries dozens of patterns on a comment, at about a microsecond each, and nearly all find
nothing, for want of a plain word that they cannot do without. An automaton finds all such words of
all patterns at once, in the time of three patterns.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import reduce
from operator import or_

from consult.analysis.needed_words import needed_words
from consult.analysis.phrases import SignFinder


class Screen:
    """Looks at texts for the words that its patterns need.

    What it sees in a text is a number with a bit for each set of words of which the text holds one.
    A pattern can be found only where ``seen & need == need``. The characters ``unseen`` are in no
    text that is looked at, but may be when a pattern is tried.
    """

    def __init__(self, patterns: Iterable[re.Pattern[str]], unseen: str = "") -> None:
        hidden = re.compile(f"[{re.escape(unseen)}]" if unseen else r"(?!)")
        bits: dict[frozenset[str], int] = {}
        self._needs: dict[re.Pattern[str], int] = {}
        for pattern in patterns:
            sets = (_shown(words, hidden) for words in needed_words(pattern))
            needs = (bits.setdefault(words, 1 << len(bits)) for words in sets if "" not in words)
            self._needs[pattern] = reduce(or_, needs, 0)
        self._bits: dict[str, int] = {}
        for words, bit in bits.items():
            for word in words:
                self._bits[word] = self._bits.get(word, 0) | bit
        self._finder = SignFinder(self._bits)

    def need(self, pattern: re.Pattern[str]) -> int:
        """Return what a text must show for a pattern; raises ``KeyError`` for an unknown one."""
        return self._needs[pattern]

    def look(self, text: str) -> int:
        """Return what a text shows."""
        bits = self._bits
        seen = 0
        for word in self._finder.find(text):
            seen |= bits[word]
        return seen


def _shown(words: Iterable[str], hidden: re.Pattern[str]) -> frozenset[str]:
    """Return of each word the longest part without a hidden character."""
    return frozenset(max(hidden.split(word), key=len) for word in words)
