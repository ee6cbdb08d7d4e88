"""A text taken apart for comparing its asks: clauses in folded positions, and which of them ask."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from functools import cached_property
from itertools import accumulate
from operator import add, attrgetter
from typing import Final, NamedTuple

from consult.analysis.asks import ask_start, clauses, sentences
from consult.analysis.normalise import align, said_runs

# A sentence that announces a list, and the sentences that are its items.
_LEADS: Final = re.compile(
    r"(?:如下|以下|下面|几点|几条|[二两三四五六]点|[二两三四五六]条|:)[^,]{0,6}$"
)
_ITEM: Final = re.compile(
    r"[(\[]?(?:[一二三四五六七八九十]{1,2}|\d{1,2})[)\]]?(?:、|\.|是|要|,)|第[一二三四五六七八九十]|首先|其次|再次|最后|另外|同时"
    r"|[①-⑩]"
)

# For or against something: asks for it, or for its contrary, without saying please.
_STANCE: Final = re.compile(
    r"不(?:同意|赞成|赞同|支持|认可|应当?|该|宜|得)|反对|赞成|赞同|支持(?!系统|力度)|拥护|抵制"
)
_MARKS: Final = frozenset("，。！？；：…,.!?;:\n")  # what ends a clause
_END_OF: Final = attrgetter("end")


class Clause(NamedTuple):
    """A clause by its folded positions; ``words`` are aligned.

    ``ask`` is where in ``words`` the ask starts: 0 where the clause goes on with what is asked, -1
    where it asks for nothing.
    """

    start: int
    end: int
    words: str
    ask: int = -1


def _cue(sentence: str) -> int:
    """Return where a sentence starts to ask, or to say what it is for or against; -1: nowhere."""
    cues = [at for at in (ask_start(sentence), _stance(sentence)) if at >= 0]
    return min(cues, default=-1)


def _stance(sentence: str) -> int:
    match = _STANCE.search(sentence)
    return match.start() if match else -1


def pairs_of(folded: str) -> frozenset[str]:
    """Return the pairs of neighbouring characters of a folded text."""
    return frozenset(map(add, folded, folded[1:]))


class Letter:
    """A text with its folded form and its clauses, each made on first use."""

    def __init__(self, text: str, folded: str) -> None:
        self.text = text
        self.folded = folded

    @cached_property
    def clauses(self) -> tuple[Clause, ...]:
        """The clauses in order; together they cover the folded text."""
        found: list[Clause] = []
        listing = False
        for start, end, begin, _ in self.sentences():
            sentence = self._aligned[start:end]
            cue = _cue(sentence)
            listing = (listing and _ITEM.match(sentence) is not None) or (
                cue >= 0 and _LEADS.search(sentence) is not None
            )
            for first, last, a, b in self._cut(start, begin, sentence):
                asked = max(0, cue - a) if 0 <= cue < b else -1
                ask = 0 if listing and asked < 0 else asked
                found.append(Clause(first, last, sentence[a:b], ask))
        return tuple(found)

    def sentences(self) -> Iterator[tuple[int, int, int, int]]:
        """Yield where sentences start and end: in the text, in the folded text."""
        starts, offsets = self._runs
        runs = len(starts) - 1
        run = first = last = 0  # between two of them nothing is said
        for start, end in sentences(self._aligned):
            run = bisect_right(starts, end, run, runs)
            if run:
                last = min(offsets[run - 1] + end - starts[run - 1], offsets[run])
            yield start, end, first, last
            first = last

    def clauses_of(self, start: int, end: int, first: int) -> list[Clause]:
        """Return the clauses of a sentence of the text, without looking for what they ask."""
        sentence = self._aligned[start:end]
        cut = self._cut(start, first, sentence)
        return [Clause(first, last, sentence[a:b]) for first, last, a, b in cut]

    @cached_property
    def asking(self) -> tuple[Clause, ...]:
        """The clauses that ask in plain words."""
        return tuple(clause for clause in self.clauses if clause.ask >= 0)

    @cached_property
    def pairs(self) -> frozenset[str]:
        """The pairs of neighbouring folded characters."""
        return pairs_of(self.folded)

    def clauses_in(self, start: int, end: int) -> Iterator[Clause]:
        """Yield the clauses that hold any of the folded characters from start to end."""
        at = bisect_right(self.clauses, start, key=_END_OF)
        while at < len(self.clauses) and self.clauses[at].start < end:
            yield self.clauses[at]
            at += 1

    def place(self, folded: int) -> int:
        """Return where in the text a folded character stands."""
        starts, offsets = self._runs
        run = bisect_right(offsets, folded) - 1
        return starts[run] + folded - offsets[run]

    def between(self, folded: int) -> str:
        """Return what the text has between a folded character and the one before it."""
        offsets = self._runs[1]
        if offsets[bisect_right(offsets, folded) - 1] != folded:
            return ""
        return self.text[self.place(folded - 1) + 1 : self.place(folded)]

    def inside(self, folded: int) -> bool:
        """Tell whether folded characters stand before and behind a position."""
        return 0 < folded < self._runs[1][-1]

    def breaks(self, folded: int) -> bool:
        """Tell whether a clause ends before a folded position."""
        offsets = self._runs[1]
        run = bisect_left(offsets, folded)
        if not 0 < folded < offsets[-1]:
            return True
        return offsets[run] == folded and self._ends(run)

    def break_before(self, folded: int, least: int) -> int:
        """Return the last place up to a folded one where a clause ends before, or ``least``."""
        if folded <= least or not self.inside(folded):
            return folded
        offsets = self._runs[1]
        run = bisect_right(offsets, folded) - 1
        while offsets[run] > least:
            if self._ends(run):
                return offsets[run]
            run -= 1
        return least

    def break_behind(self, folded: int, most: int) -> int:
        """Return the first place from a folded one on where a clause ends before, or ``most``."""
        if folded >= most or not self.inside(folded):
            return folded
        offsets = self._runs[1]
        run = bisect_left(offsets, folded)
        while offsets[run] < most:
            if self._ends(run):
                return offsets[run]
            run += 1
        return most

    def _ends(self, run: int) -> bool:
        """Tell whether a clause ends between a stretch and the one before it."""
        starts, offsets = self._runs
        end = starts[run - 1] + offsets[run] - offsets[run - 1]
        return not _MARKS.isdisjoint(self.text[end : starts[run]])

    def words(self, start: int, end: int) -> str:
        """Return the aligned words between two folded positions."""
        if start >= end:
            return ""
        return align(self.text[self.place(start) : self.place(end - 1) + 1])

    @cached_property
    def _runs(self) -> tuple[list[int], list[int]]:
        """Where stretches start that are folded to themselves: in the text, in the folded text.

        Behind the last one stands where both end.
        """
        runs = said_runs(self.text)
        offsets = list(accumulate([end - start for start, end in runs], initial=0))
        return [*[start for start, _ in runs], len(self.text)], offsets

    @cached_property
    def _aligned(self) -> str:
        return align(self.text)

    def _cut(self, start: int, first: int, sentence: str) -> Iterator[tuple[int, int, int, int]]:
        """Yield of each clause that says something its folded span, and that in its sentence.

        The sentence starts at ``start`` in the text and ``first`` in the folded text.
        """
        starts, offsets = self._runs
        runs = len(starts) - 1
        run = last = 0
        for a, b in clauses(sentence):
            place = start + b
            run = bisect_right(starts, place, run, runs)
            if run:
                last = min(offsets[run - 1] + place - starts[run - 1], offsets[run])
            if first < last:
                yield first, last, a, b
                first = last
