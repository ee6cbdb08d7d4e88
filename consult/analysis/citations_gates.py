"""Runs of folded characters that a plan's wording has, found in all texts of a batch at once.

A look-up in a table costs a few nanoseconds a character in a batch, an automaton that is asked for
each text ten times as much. For a single text it is the other way round: there the automaton is
asked, with equal results.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Final

import numpy as np

from consult.analysis.key_table import Keys, KeyTable, Rows, Sieve, key_of
from consult.analysis.normalise_batch import Batch, codes_of
from consult.analysis.phrases import SignFinder

_SHIFT: Final = np.uint64(21)  # a code point needs 21 bits, so three of them fit into one key
_PAIR: Final = 2
_HALF: Final = 3  # characters of half a run
RUN: Final = 2 * _HALF
Stretch = tuple[int, int, int]  # where the first and the last run of it begin, and their home


def pairs(batch: Batch) -> Keys:
    """Return each folded character with the one behind it as one key; 0 at the end of a text."""
    wide = batch.codes.astype(np.uint64)
    found = np.zeros(len(wide), dtype=np.uint64)
    found[:-1] = (wide[:-1] << _SHIFT) | wide[1:]
    found[:-1][batch.owners[1:] != batch.owners[:-1]] = 0
    return found


def _triples(batch: Batch, keys: Keys) -> Keys:
    """Return each folded character with the two behind it; 0 where they reach into the next text.

    ``keys`` are the pairs of the batch.
    """
    triples: Keys = (keys[:-2] << _SHIFT) | batch.codes[2:]
    triples[keys[1:-1] == 0] = 0
    return triples


class TitlePairs:
    """Tells which titles a text may name: half of a title's pairs of characters must be there.

    A typo spoils two pairs at most.
    """

    def __init__(self, titles: Sequence[str], plan: str) -> None:
        """Take the folded titles of the sections and that of the plan, which names none of them."""
        own = [{title[place : place + 2] for place in range(len(title) - 1)} for title in titles]
        self._plan = plan
        self._finder = SignFinder(pair for own_pairs in own for pair in own_pairs)
        every = self._finder.signs
        self._table = Sieve(np.array([key_of(pair) for pair in every], dtype=np.uint64))
        having = [[pair in own_pairs for own_pairs in own] for pair in every]
        self._having = np.array(having, dtype=np.int64).reshape(len(every), len(titles))
        self._least = np.array([(len(own_pairs) + 1) // 2 for own_pairs in own], dtype=np.int64)

    def named_by(self, folded: str) -> list[int]:
        """Return the titles that a folded text may name, ascending."""
        if self._plan:
            folded = folded.replace(self._plan, " ")
        met = sorted({match[0] for match in self._finder.places(folded)})
        if not met:
            return []
        times = self._having[met].sum(axis=0)
        named: list[int] = (times >= self._least).nonzero()[0].tolist()
        return named

    def named(self, batch: Batch, keys: Keys) -> dict[int, list[int]]:
        """Return the texts that may name titles, and which, ascending; ``keys`` are their pairs."""
        places, rows = self._table.known(self._without_plan(batch, keys))
        if not places.size:
            return {}
        width = len(self._having)
        met = np.sort(batch.owners[places] * width + rows)
        owners, pair = np.divmod(met[np.diff(met, prepend=-1) != 0], width)
        begin = np.searchsorted(owners, np.arange(len(batch)))
        filled = np.flatnonzero(np.diff(begin, append=len(owners)))
        times = np.add.reduceat(self._having[pair], begin[filled], axis=0)
        named: dict[int, list[int]] = {}
        at, titles = (times >= self._least).nonzero()
        for text, title in zip(filled[at].tolist(), titles.tolist(), strict=True):
            named.setdefault(text, []).append(title)
        return named

    def _without_plan(self, batch: Batch, keys: Keys) -> Keys:
        """Return the pairs without those that touch the plan's own title."""
        if not self._plan:
            return keys
        for text, folded in enumerate(batch.folded):
            if self._plan in folded:
                keys = keys.copy()
                for place in _places(self._plan, folded):
                    begin = int(batch.starts[text]) + place
                    keys[max(0, begin - 1) : begin + len(self._plan)] = 0
        return keys


def _places(words: str, text: str) -> Iterable[int]:
    """Yield where words stand in a text, without overlap."""
    place = text.find(words)
    while place >= 0:
        yield place
        place = text.find(words, place + len(words))


class Runs:
    """Finds known runs of six folded characters, overlapping or not."""

    def __init__(self, homes: Mapping[str, int]) -> None:
        """Take distinct runs of ``RUN`` characters, none of which is silent, and the home of each.

        Runs of equal homes that begin side by side are one stretch.
        """
        runs = list(homes)
        self._finder, self._homes = SignFinder(runs), dict(homes)
        self._numbers = np.array(list(homes.values()), dtype=np.int64)
        codes = codes_of("".join(runs)).astype(np.uint64).reshape(len(runs), 2, _HALF)
        halves = (codes[:, :, 0] << _SHIFT | codes[:, :, 1]) << _SHIFT | codes[:, :, 2]
        known = np.unique(halves)
        self._halves, self._size = Sieve(known), len(known)
        both = self._halves.find(halves.ravel()).reshape(len(runs), 2)
        self._whole = KeyTable(self._joined(both[:, 0], both[:, 1]))

    def within(self, folded: str) -> list[Stretch]:
        """Return the stretches of one folded text in which known runs begin, in order."""
        signs, homes = self._finder.signs, self._homes
        found: list[Stretch] = []
        for sign, begin, _ in self._finder.places(folded):
            home = homes[signs[sign]]
            if found and found[-1][1:] == (begin - 1, home):
                found[-1] = (found[-1][0], begin, home)
            else:
                found.append((begin, begin, home))
        return found

    def find(self, batch: Batch, keys: Keys) -> dict[int, list[Stretch]]:
        """Return what ``within`` does of each text with any; ``keys`` are pairs of the batch."""
        places, rows = self._halves.known(_triples(batch, keys))
        behind = np.searchsorted(places, places + _HALF)
        both = (behind < len(places)).nonzero()[0]
        both = both[places[behind[both]] == places[both] + _HALF]
        begin, second = places[both], rows[behind[both]]
        within = (batch.owners[begin] == batch.owners[begin + _HALF]).nonzero()[0]
        there, runs = self._whole.known(self._joined(rows[both[within]], second[within]))
        begin, home = begin[within[there]], self._numbers.take(runs)
        owners = batch.owners[begin]
        new = np.ones(len(begin) + 1, dtype=bool)
        new[1:-1] = (np.diff(begin) != 1) | (np.diff(home) != 0) | (np.diff(owners) != 0)
        bounds = new.nonzero()[0]
        first, last = bounds[:-1], bounds[1:] - 1
        texts, start = owners[first], batch.starts[owners[first]]
        every = (begin[first] - start, begin[last] - start, home[first], texts)
        found: dict[int, list[Stretch]] = {}
        for one, end, number, text in zip(*[part.tolist() for part in every], strict=True):
            found.setdefault(text, []).append((one, end, number))
        return found

    def _joined(self, first: Rows, second: Rows) -> Keys:
        joined: Keys = (first.astype(np.int64) * self._size + second).astype(np.uint64)
        return joined


class Words:
    """Tells which texts have one of some words: three characters of it, or two, and then all.

    The three are looked up in all texts at once, the whole word where they are.
    """

    def __init__(self, words: Iterable[str]) -> None:
        """Take folded words of two characters and more."""
        ending: dict[str, list[str]] = {}
        for word in words:  # names begin alike, with the matter of the plan: ends tell them apart
            ending.setdefault(word[-_HALF:], []).append(word)
        ends = sorted(ending, key=lambda end: (len(end), key_of(end)))
        self._words = [ending[end] for end in ends]
        self._short = sum(len(end) == _PAIR for end in ends)
        keys = np.array([key_of(end) for end in ends], dtype=np.uint64)
        self._pairs, self._triples = map(Sieve, np.split(keys, [self._short]))

    def find(self, batch: Batch, keys: Keys) -> set[int]:
        """Return the texts; ``keys`` are their pairs."""
        found: set[int] = set()
        triples = _triples(batch, keys)
        for table, before, own in (self._pairs, 0, keys), (self._triples, self._short, triples):
            places, rows = table.known(own)
            met = zip(batch.owners[places].tolist(), rows.tolist(), strict=True)
            for text, row in met:
                folded = batch.folded[text]
                if text not in found and any(word in folded for word in self._words[before + row]):
                    found.add(text)
        return found
