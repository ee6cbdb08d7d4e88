"""Lift what signers add out of their letters: each addition becomes a comment of its own.

What one signer adds to a campaign letter is what offices overlook (Yang, Callan and Shulman 2006).
The letter's comment keeps the words it shares with the others: additions at its head or end are cut
off its span, those in the middle are stretches that it goes on without. No character is in two
comments.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import chain, pairwise
from operator import attrgetter
from typing import Final, NamedTuple

from consult.analysis.engine import cut, map_shards
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


def lift(
    texts: Sequence[str], spans: Sequence[Sequence[Span]], finder: FamilyFinder
) -> list[tuple[Region, ...]]:
    """Return the regions of the comments of each text, from the spans of its points."""
    words = [text[start:end] for text, own in zip(texts, spans, strict=True) for start, end in own]
    finder.fit_predict(words)
    known = _added(words, finder)
    own_words = iter(words)
    found = []
    for text, own in zip(texts, spans, strict=True):
        regions = []
        for span, said in zip(own, own_words, strict=False):
            added = known.get(said)
            regions += _regions(text, span, added) if added else [Region(*span)]
        if len(regions) > 1:
            regions.sort(key=_START)
        found.append(tuple(regions))
    return found


def _added(words: Sequence[str], finder: FamilyFinder) -> dict[str, tuple[Span, ...]]:
    """Return the spans of what copies add to the base texts of their families, by copy."""
    base = dict(zip(words, finder.bases_, strict=True))  # equal texts have one
    copies = [copy for copy, place in base.items() if words[place] != copy]
    copies.sort(key=base.__getitem__)
    bases, cuts = finder.cut([words[base[copy]] for copy in copies]), finder.cut(copies)
    new = with_new_clauses(bases, cuts)
    shards = [
        [text for place in shard for text in (bases[place], copies[place], cuts[place])]
        for shard in cut(new, finder.processes, _SHARD)
    ]
    added = map_shards(remainders_of, shards, finder.processes if len(shards) > 1 else 1)
    return dict(zip((copies[place] for place in new), chain.from_iterable(added), strict=True))


def _regions(text: str, span: Span, added: Sequence[Span]) -> list[Region]:
    """Return the letter and its additions (spans inside of the letter's words)."""
    start, end = span
    taken = [(start + a, start + b) for a, b in added]
    rest = [
        _trimmed(text, piece)
        for piece in spans_without(start, end, taken)
        if fold(text[piece[0] : piece[1]])
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
