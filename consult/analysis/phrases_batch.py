"""Finding many known phrases in many texts at once: what ``PhraseFinder`` finds in each."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import chain
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from consult.analysis.key_table import ABSENT, Keys, KeyTable, Sieve, key_of
from consult.analysis.normalise_batch import Batch, Codes, Places
from consult.analysis.phrases import Match, PhraseFinder

_BITS: Final = 21  # of a code point
_SHIFT: Final = np.uint64(_BITS)
_LEAST: Final = 2  # characters of a phrase
_REPLACED: Final = 0xFFFD  # stands for half of a surrogate pair, as in ``PhraseFinder``
_HALVES: Final = (0xD800, 0xDFFF)


class Spotted(NamedTuple):
    """The first match of each phrase in each text, in the order of their places.

    Of each the text, the phrase, and its span there; those of text ``i`` lie from ``starts[i]`` to
    ``starts[i + 1]``.
    """

    texts: Places
    phrases: Places
    begins: Places
    ends: Places
    starts: Places

    def listed(self) -> list[Match]:
        """Return phrase, begin and end of each: those of one text, where that is a batch."""
        return list(
            zip(self.phrases.tolist(), self.begins.tolist(), self.ends.tolist(), strict=True)
        )


class BatchFinder:
    """Finds phrases in one text or in many; picklable."""

    def __init__(self, phrases: Iterable[str]) -> None:
        """Take phrases; ``phrases`` keeps those of two characters and more in order."""
        self._finder = PhraseFinder(phrases)
        self.phrases = self._finder.phrases
        self._table = PhraseTable(self.phrases)

    def __bool__(self) -> bool:
        return bool(self.phrases)

    def first(self, batch: Batch) -> Spotted:
        """Return the first match of each phrase in each text.

        An automaton is faster for a single text, a table for many.
        """
        if len(batch) == 1:
            found = self._finder.first(batch.aligned[0])
            places = np.fromiter(chain.from_iterable(found), np.int64).reshape(len(found), 3)
            own, starts = np.zeros(len(found), dtype=np.int64), np.array((0, len(found)))
            return Spotted(own, places[:, 0], places[:, 1], places[:, 2], starts)
        return self._table.find(batch)


class PhraseTable:
    """Finds phrases in aligned texts: the longest at each place, from left to right, each once.

    A tree of the phrases' beginnings as a table: all places of all texts take one step at a time,
    and few of them take a second.
    """

    def __init__(self, phrases: Sequence[str]) -> None:
        """Take distinct phrases of two characters and more; matches name them by index."""
        every = {phrase[:end] for phrase in phrases for end in range(_LEAST, len(phrase) + 1)}
        states = {begin: n for n, begin in enumerate(sorted(every, key=lambda b: (len(b), b)))}
        first = [key_of(begin) for begin in states if len(begin) == _LEAST]
        later = [states[b[:-1]] << _BITS | ord(b[-1]) for b in states if len(b) > _LEAST]
        self._first, self._later = Sieve(_keys(first)), KeyTable(_keys(later))
        self._pairs, self._size = len(first), len(phrases)
        known = {phrase: number for number, phrase in enumerate(phrases)}
        self._phrase = np.array([known.get(begin, ABSENT) for begin in states], dtype=np.int64)
        inner = {begin[:-1] for begin in states}
        self._goes_on = np.array([begin in inner for begin in states], dtype=bool)

    def find(self, batch: Batch) -> Spotted:
        """Return the first match of each phrase in each text."""
        codes = batch.signs
        halves = (codes >= _HALVES[0]) & (codes <= _HALVES[1])
        if halves.any():
            codes = np.where(halves, np.uint32(_REPLACED), codes)
        begin, end, phrase = self._longest(codes, batch.ends)
        kept = _apart(begin, end)
        begin, end, phrase = begin[kept], end[kept], phrase[kept]
        texts = batch.at(begin)
        once = np.sort(np.unique(texts * self._size + phrase, return_index=True)[1])
        texts, begin, end = texts[once], begin[once], end[once]
        before = batch.ends[texts]
        starts = np.searchsorted(texts, np.arange(len(batch) + 1))
        return Spotted(texts, phrase[once], begin - before, end - before, starts)

    def _longest(self, codes: Codes, ends: Places) -> tuple[Places, Places, Places]:
        """Return where phrases begin, the ends of the longest ones there, and these phrases."""
        wide = codes.astype(np.uint64)
        keys = (wide[:-1] << _SHIFT) | wide[1:]
        keys[ends[1:-1][(ends[1:-1] > 0) & (ends[1:-1] < len(codes))] - 1] = 0  # into the next text
        begin, state = self._first.known(keys)
        phrase, end = self._phrase.take(state), begin + _LEAST
        limit = ends[np.searchsorted(ends, begin, side="right")]
        going = (self._goes_on.take(state) & (end < limit)).nonzero()[0]
        state, at = state.take(going), end.take(going)
        while going.size:
            there, row = self._later.known((state.astype(np.uint64) << _SHIFT) | wide.take(at))
            going, state, at = going.take(there), row + self._pairs, at.take(there) + 1
            named = self._phrase.take(state)
            whole = (named != ABSENT).nonzero()[0]
            own = going.take(whole)
            phrase[own], end[own] = named.take(whole), at.take(whole)
            on = (self._goes_on.take(state) & (at < limit.take(going))).nonzero()[0]
            going, state, at = going.take(on), state.take(on), at.take(on)
        found = (phrase != ABSENT).nonzero()[0]
        return begin.take(found), end.take(found), phrase.take(found)


def _apart(begin: Places, end: Places) -> NDArray[np.bool_]:
    """Tell which matches, in order of their beginnings, are left when none may overlap."""
    fresh = np.ones(len(begin) + 1, dtype=bool)  # begins behind all before it
    fresh[1:-1] = begin[1:] >= np.maximum.accumulate(end)[:-1]
    kept: NDArray[np.bool_] = fresh[:-1] & fresh[1:]
    until = 0
    for place in (~kept).nonzero()[0].tolist():
        if begin[place] >= until:
            kept[place], until = True, end[place]
    return kept


def _keys(keys: Sequence[int]) -> Keys:
    return np.array(keys, dtype=np.uint64)
