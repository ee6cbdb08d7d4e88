"""Runs of folded characters that a plan's wording has, found in all texts of a batch at once.

A look-up in a table costs a few nanoseconds a character in a batch, an automaton that is asked for
each text ten times as much. For a single text it is the other way round: there the automaton is
asked, with equal results.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final

import numpy as np

from consult.analysis.key_table import ABSENT, Keys, KeyTable, Rows
from consult.analysis.normalise_batch import Batch, Codes, codes_of
from consult.analysis.phrases import SignFinder

_SHIFT: Final = np.uint64(21)  # a code point needs 21 bits, so three of them fit into one key
_HALF: Final = 3  # characters of half a run
RUN: Final = 2 * _HALF
Begun = tuple[int, int]  # the number of a run, and where it begins


def pairs(batch: Batch) -> Keys:
    """Return each folded character with the one behind it as one key; 0 at the end of a text."""
    found = _keys(batch.codes)
    found[:-1][batch.owners[1:] != batch.owners[:-1]] = 0
    return found


def _keys(codes: Codes) -> Keys:
    wide = codes.astype(np.uint64)
    keys = np.zeros(len(wide), dtype=np.uint64)
    keys[:-1] = (wide[:-1] << _SHIFT) | wide[1:]
    return keys


def _key(pair: str) -> int:
    return int(_keys(codes_of(pair))[0])


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
        self._table = KeyTable(np.array([_key(pair) for pair in every], dtype=np.uint64))
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
        rows = self._table.find(self._without_plan(batch, keys))
        places = (rows != ABSENT).nonzero()[0]
        if not places.size:
            return {}
        width = len(self._having)
        met = np.unique(batch.owners[places] * width + rows[places])
        owners, pair = np.divmod(met, width)
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

    def __init__(self, runs: Sequence[str]) -> None:
        """Take distinct runs of ``RUN`` characters, none of which is silent."""
        self._finder = SignFinder(runs)
        self._numbers = {run: number for number, run in enumerate(runs)}
        codes = codes_of("".join(runs)).astype(np.uint64).reshape(len(runs), 2, _HALF)
        halves = (codes[:, :, 0] << _SHIFT | codes[:, :, 1]) << _SHIFT | codes[:, :, 2]
        known = np.unique(halves)
        self._halves, self._size = KeyTable(known), len(known)
        both = self._halves.find(halves.ravel()).reshape(len(runs), 2)
        self._whole = KeyTable(self._joined(both[:, 0], both[:, 1]))

    def begun_in(self, folded: str) -> list[Begun]:
        """Return the number of each known run of a folded text and where it begins, in order."""
        signs, numbers = self._finder.signs, self._numbers
        return [(numbers[signs[sign]], begin) for sign, begin, _ in self._finder.places(folded)]

    def find(self, batch: Batch, keys: Keys) -> dict[int, list[Begun]]:
        """Return the texts with known runs: the number of each run and where it begins, in order.

        ``keys`` are the pairs of the batch.
        """
        triples = (keys[:-2] << _SHIFT) | batch.codes[2:]
        triples[keys[1:-1] == 0] = 0  # reaches into the next text
        rows = self._halves.find(triples)
        begin = ((rows[:-_HALF] != ABSENT) & (rows[_HALF:] != ABSENT)).nonzero()[0]
        begin = begin[batch.owners[begin] == batch.owners[begin + _HALF]]
        runs = self._whole.find(self._joined(rows[begin], rows[begin + _HALF]))
        begin, runs = begin[runs != ABSENT], runs[runs != ABSENT]
        owners = batch.owners[begin]
        places = (begin - batch.starts[owners]).tolist()
        found: dict[int, list[Begun]] = {}
        for text, run, place in zip(owners.tolist(), runs.tolist(), places, strict=True):
            found.setdefault(text, []).append((run, place))
        return found

    def _joined(self, first: Rows, second: Rows) -> Keys:
        joined: Keys = (first.astype(np.int64) * self._size + second).astype(np.uint64)
        return joined


class Starts:
    """Tells which texts have the first pair of one of some words."""

    def __init__(self, words: Iterable[str]) -> None:
        """Take folded words of two characters and more."""
        first = sorted({_key(word[:2]) for word in words})
        self._table = KeyTable(np.array(first, dtype=np.uint64))

    def find(self, batch: Batch, keys: Keys) -> list[int]:
        """Return the texts, ascending; ``keys`` are their pairs."""
        places = (self._table.find(keys) != ABSENT).nonzero()[0]
        return list(dict.fromkeys(batch.owners[places].tolist()))
