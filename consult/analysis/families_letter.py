"""A text taken apart for comparing its asks: clauses in folded positions, and which of them ask."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Final

from consult.analysis.asks import ask_start, clauses, sentences
from consult.analysis.normalise import align, fold_places

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


@dataclass(frozen=True, slots=True)
class Clause:
    """A clause by its folded positions; ``words`` are aligned.

    ``ask`` is where in ``words`` the ask starts: 0 where the clause goes on with what is asked, -1
    where it asks for nothing.
    """

    start: int
    end: int
    words: str
    ask: int


def _cue(sentence: str) -> int:
    """Return where a sentence starts to ask, or to say what it is for or against; -1: nowhere."""
    cues = [at for at in (ask_start(sentence), _stance(sentence)) if at >= 0]
    return min(cues, default=-1)


def _stance(sentence: str) -> int:
    match = _STANCE.search(sentence)
    return match.start() if match else -1


class Letter:
    """A text with its folded form and its clauses, each made on first use."""

    def __init__(self, text: str, folded: str) -> None:
        self.text = text
        self.folded = folded

    @cached_property
    def places(self) -> list[int]:
        """Positions in the text of the folded characters."""
        return fold_places(self.text)[1]

    @cached_property
    def clauses(self) -> tuple[Clause, ...]:
        """The clauses in order; together they cover the folded text."""
        aligned = align(self.text)
        found: list[Clause] = []
        listing = False
        for start, end in sentences(aligned):
            sentence = aligned[start:end]
            cue = _cue(sentence)
            listing = (listing and _ITEM.match(sentence) is not None) or (
                cue >= 0 and _LEADS.search(sentence) is not None
            )
            for a, b in clauses(sentence):
                first, last = (bisect_left(self.places, start + at) for at in (a, b))
                if first < last:
                    asked = max(0, cue - a) if 0 <= cue < b else -1
                    ask = 0 if listing and asked < 0 else asked
                    found.append(Clause(first, last, sentence[a:b], ask))
        return tuple(found)

    @cached_property
    def asks(self) -> bool:
        """Whether any clause asks in plain words."""
        return any(clause.ask >= 0 for clause in self.clauses)

    def clauses_in(self, start: int, end: int) -> Iterator[Clause]:
        """Yield the clauses that hold any of the folded characters from start to end."""
        at = bisect_right(self.clauses, start, key=lambda clause: clause.end)
        while at < len(self.clauses) and self.clauses[at].start < end:
            yield self.clauses[at]
            at += 1

    def breaks(self, place: int) -> bool:
        """Tell whether a clause ends before a folded position."""
        if not 0 < place < len(self.places):
            return True
        between = self.text[self.places[place - 1] + 1 : self.places[place]]
        return not _MARKS.isdisjoint(between)

    def words(self, start: int, end: int) -> str:
        """Return the aligned words between two folded positions."""
        if start >= end:
            return ""
        return align(self.text[self.places[start] : self.places[end - 1] + 1])
