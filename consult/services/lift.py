"""Lift what signers add out of their letters: each addition becomes a comment of its own.

What one signer adds to a campaign letter is what offices overlook (Yang, Callan and Shulman 2006).
The letter's comment keeps the words it shares with the others: additions at its head or end are cut
off its span, those in the middle are stretches that it goes on without. No character is in two
comments.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import chain, pairwise
from typing import Final

from consult.analysis.engine import cut, map_shards
from consult.analysis.families import FamilyFinder
from consult.analysis.normalise import fold
from consult.analysis.remainder import remainders_of
from consult.domain.comment import spans_without

Span = tuple[int, int]
_SHARD: Final = 2_000  # pairs of letter and copy compared at once


@dataclass(frozen=True, slots=True)
class Region:
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
    points = [(place, span) for place, own in enumerate(spans) for span in own]
    words = [texts[place][start:end] for place, (start, end) in points]
    finder.fit_predict(words)
    bases = [words[place] for place in finder.bases_]
    first = dict(zip(zip(bases, words, strict=True), finder.bases_, strict=True))
    pairs = sorted((pair for pair in first if pair[0] != pair[1]), key=first.__getitem__)
    shards = cut(pairs, finder.processes, _SHARD)
    added = map_shards(remainders_of, shards, finder.processes if len(shards) > 1 else 1)
    known = dict(zip(pairs, chain.from_iterable(added), strict=True))
    found: list[list[Region]] = [[] for _ in texts]
    for (place, span), base, own in zip(points, bases, words, strict=True):
        found[place] += _regions(texts[place], span, known.get((base, own), ()))
    return [tuple(sorted(regions, key=lambda region: region.start)) for regions in found]


def _regions(text: str, span: Span, added: Sequence[Span]) -> list[Region]:
    """Return the letter and its additions (spans inside of the letter's words)."""
    start, end = span
    if not added:
        return [Region(start, end)]
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
