"""Lift what signers add out of their letters: each addition becomes a comment of its own.

What one signer adds to a campaign letter is what offices overlook (Yang, Callan and Shulman 2006).
The letter's comment keeps the words it shares with the others: additions at its head or end are cut
off its span, those in the middle are stretches that it goes on without. No character is in two
comments.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from consult.analysis.families import FamilyFinder
from consult.analysis.normalise import fold
from consult.analysis.remainder import remainders
from consult.domain.comment import spans_without

Span = tuple[int, int]


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
    labels = finder.fit_predict(words)
    sizes = Counter(labels)
    known: dict[tuple[str, str], tuple[Span, ...]] = {}
    found: list[list[Region]] = [[] for _ in texts]
    for position, (place, span) in enumerate(points):
        added: tuple[Span, ...] = ()
        if sizes[labels[position]] > 1:
            pair = words[finder.bases_[position]], words[position]
            if pair not in known:
                known[pair] = remainders(*pair) if pair[0] != pair[1] else ()
            added = known[pair]
        found[place] += _regions(texts[place], span, added)
    return [tuple(sorted(regions, key=lambda region: region.start)) for regions in found]


def _regions(text: str, span: Span, added: Sequence[Span]) -> list[Region]:
    """Return the letter and its additions (spans inside of the letter's words)."""
    start, end = span
    taken = [(start + a, start + b) for a, b in added]
    rest = [
        _trimmed(text, piece)
        for piece in spans_without(start, end, taken)
        if fold(text[piece[0] : piece[1]])
    ]
    if not taken or not rest:
        return [Region(start, end)]
    holes = tuple((before[1], after[0]) for before, after in pairwise(rest))
    letter = Region(rest[0][0], rest[-1][1], holes)
    return [letter, *(Region(*_trimmed(text, piece), letter=letter) for piece in taken)]


def _trimmed(text: str, span: Span) -> Span:
    start, end = span
    words = text[start:end]
    return start + len(words) - len(words.lstrip()), end - len(words) + len(words.rstrip())
