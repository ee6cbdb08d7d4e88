"""Lift what signers add out of their letters: each addition becomes a comment of its own.

What one signer adds to a campaign letter is what offices overlook (Yang, Callan and Shulman 2006).
The letter's comment keeps the words it shares with the others: additions at its head or end are cut
off its span, those in the middle are stretches that it goes on without. No character is in two
comments.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterator, Sequence
from itertools import accumulate, chain, pairwise
from operator import attrgetter
from typing import Final, NamedTuple

from consult.analysis.engine import begin_shards, cut
from consult.analysis.families import FamilyFinder
from consult.analysis.normalise import fold
from consult.analysis.remainder import remainders_of, with_new_clauses
from consult.domain.comment import spans_without

Span = tuple[int, int]
_START: Final = attrgetter("start")
_SHARD: Final = 1_000  # pairs of letter and copy compared at once


class Region(NamedTuple):
    """Where a comment stands in its submission: a span, without some stretches inside it.

    ``letter`` is the region that this one was lifted out of.
    """

    start: int
    end: int
    without: tuple[Span, ...] = ()
    letter: Region | None = None

    @property
    def key(self) -> tuple[int, int, tuple[Span, ...]]:
        """What tells regions of one text apart."""
        return self.start, self.end, self.without

    @property
    def pieces(self) -> tuple[Span, ...]:
        """The stretches of the text, in order."""
        return spans_without(self.start, self.end, self.without)


class Lift:
    """Lifts additions out of the letters among the points of texts.

    When it is made the letters are known; what copies add to them is still being compared by other
    processes, where there are some, until somebody asks for it.
    """

    def __init__(
        self, texts: Sequence[str], spans: Sequence[Sequence[Span]], finder: FamilyFinder
    ) -> None:
        """Take the texts, the spans of the points of each, and what finds the letters."""
        self._texts, self._spans = texts, spans
        points = [text[a:b] for text, own in zip(texts, spans, strict=True) for a, b in own]
        finder.fit_predict(points)
        self._numbers = finder.numbers_
        self._added = _added(finder)

    def regions(self) -> dict[int, tuple[Region, ...]]:
        """Return the regions of the comments of the texts, by position, that have additions.

        The comments of the others are their points.
        """
        added = self._added()
        ends = list(accumulate(map(len, self._spans)))
        letters = [place for place, number in enumerate(self._numbers) if number in added]
        found = {}
        for place in sorted({bisect_right(ends, letter) for letter in letters}):
            own = self._spans[place]
            adding = map(added.get, self._numbers[ends[place] - len(own) : ends[place]])
            found[place] = _lifted(self._texts[place], own, list(adding))
        return found


def _added(finder: FamilyFinder) -> Callable[[], dict[int, tuple[Span, ...]]]:
    """Begin to find what copies add to the base texts of their families; return what waits for it.

    Found are the spans, by the number of a copy; others compare where there are several processes.
    """
    lots = cut(list(zip(*finder.copies(), strict=True)), finder.processes, _SHARD)
    compared: list[int] = []

    def shards() -> Iterator[list[str]]:  # others compare the first copies meanwhile
        for lot in lots:
            copies, texts = _with_texts(lot, finder)
            compared.extend(copies)
            yield texts

    begun = begin_shards(remainders_of, shards(), finder.processes if len(lots) > 1 else 1)

    def found() -> dict[int, tuple[Span, ...]]:
        spans = chain.from_iterable(begun.result())
        return {copy: own for copy, own in zip(compared, spans, strict=True) if own}

    return found


def _with_texts(
    pairs: Sequence[tuple[int, int]], finder: FamilyFinder
) -> tuple[list[int], list[str]]:
    """Return those of copies that may add something to their bases, and what is compared of them.

    That is what ``remainders_of`` takes. Copies and bases are numbers of texts.
    """
    copies, bases = zip(*pairs, strict=True)
    ours, theirs = finder.cut(bases), finder.cut(copies)
    new = with_new_clauses(ours, theirs)
    own = [copies[place] for place in new]
    texts: list[str] = []
    for place, written in zip(new, finder.written(own), strict=True):
        texts += (ours[place], written, theirs[place])
    return own, texts


def _lifted(
    text: str, spans: Sequence[Span], adding: Sequence[Sequence[Span] | None]
) -> tuple[Region, ...]:
    """Return the regions of a text, of whose points some are letters with additions."""
    regions = []
    for span, added in zip(spans, adding, strict=True):
        regions += _regions(text, span, added) if added else [Region(*span)]
    return tuple(sorted(regions, key=_START))


def _regions(text: str, span: Span, added: Sequence[Span]) -> list[Region]:
    """Return the letter and its additions (spans inside of the letter's words)."""
    start, end = span
    taken = [(start + a, start + b) for a, b in added]
    rest = [
        _trimmed(text, piece)
        for piece in spans_without(start, end, taken)
        if any(map(fold, text[piece[0] : piece[1]]))  # mostly the first character tells
    ]
    if not rest:
        return [Region(start, end)]
    holes = tuple((before[1], after[0]) for before, after in pairwise(rest))
    letter = Region(rest[0][0], rest[-1][1], holes)
    return [letter, *(Region(*_trimmed(text, piece), letter=letter) for piece in taken)]


def _trimmed(text: str, span: Span) -> Span:
    start, end = span
    words = text[start:end]
    return start + len(words) - len(words.lstrip()), end - len(words) + len(words.rstrip())
