"""What a streaming reader of xlsx does not say: merged cells, and formulas without a value.

The parts are searched as bytes, a piece at a time: nothing is parsed, memory stays small, and what
is found only adds to what the reader reads.
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import IO, Final

_MERGED: Final = re.compile(
    rb"<(?:\w+:)?mergeCell\s[^>]*?ref=[\"']([A-Z]{1,3})(\d{1,7}):([A-Z]{1,3})(\d{1,7})[\"']"
)
# A cell with a formula, and an empty value or none (ECMA-376 part 1, 18.3.1.40).
_UNSAVED: Final = re.compile(
    rb"<(?:\w+:)?c\s[^>]*?r=[\"']([A-Z]{1,3})(\d{1,7})[\"'][^>]*>\s*<(?:\w+:)?f(?:\s[^>]*)?"
    rb"(?:/>|>[^<]*</(?:\w+:)?f>)\s*(?:<(?:\w+:)?v\s*/>|<(?:\w+:)?v\s*></(?:\w+:)?v>)?\s*</"
)
_PIECE: Final = 1 << 20
_OVERLAP: Final = 1 << 15  # a cell with its formula is shorter
# Merged cells that are followed: a sheet with more is laid out, not filled in.
_MOST: Final = 20_000


@dataclass(frozen=True, slots=True)
class Hints:
    """``covered`` maps row and column (from 0) to the first cell; ``unsaved`` holds formulas."""

    covered: dict[tuple[int, int], tuple[int, int]] = field(default_factory=dict)
    unsaved: frozenset[tuple[int, int]] = frozenset()
    widths: dict[int, int] = field(default_factory=dict)

    def width(self, row: int) -> int:
        """Return how many columns of a row are covered or hold such a formula."""
        return self.widths.get(row, 0)


def hints_of(package: zipfile.ZipFile, part: str) -> Hints:
    """Return what stands in the part of a sheet."""
    covered: dict[tuple[int, int], tuple[int, int]] = {}
    unsaved: set[tuple[int, int]] = set()
    with package.open(part) as source:
        for piece in _pieces(source):
            for found in _UNSAVED.finditer(piece):
                unsaved.add((int(found[2]), column(found[1])))
            for found in _MERGED.finditer(piece):
                _cover(covered, (int(found[2]), column(found[1])),
                       (int(found[4]), column(found[3])))  # fmt: skip
    widths: dict[int, int] = {}
    for row, place in (*covered, *unsaved):
        widths[row] = max(widths.get(row, 0), place + 1)
    return Hints(covered, frozenset(unsaved), widths)


def column(letters: bytes) -> int:
    """Return the place of a column from 0: ``A`` is 0, ``AA`` is 26."""
    place = 0
    for letter in letters:
        place = place * 26 + letter - 64
    return place - 1


def _pieces(source: IO[bytes]) -> Iterator[bytes]:
    tail = b""
    while piece := source.read(_PIECE):
        yield tail + piece
        tail = piece[-_OVERLAP:]


def _cover(
    covered: dict[tuple[int, int], tuple[int, int]], first: tuple[int, int], last: tuple[int, int]
) -> None:
    size = (last[0] - first[0] + 1) * (last[1] - first[1] + 1)
    if not 1 < size <= _MOST - len(covered):
        return
    for row in range(first[0], last[0] + 1):
        for place in range(first[1], last[1] + 1):
            if (row, place) != first:
                covered[row, place] = first
