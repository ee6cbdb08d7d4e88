"""What one text makes of another: kept, moved, inserted, dropped and replaced words.

Compared is what is said (folded); blanks and punctuation never make an edit. All spans are those of
the original texts.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise
from operator import itemgetter
from typing import Final, NamedTuple

from rapidfuzz.distance import Indel

from consult.analysis.normalise import fold_places

# Common characters between two larger edits stand there by chance up to this many.
_CHANCE: Final = 3
_MOVES: Final = 6  # times that something moved is looked for
_MOVED: Final = 6  # folded characters found again elsewhere: fewer are a common word


class Act(StrEnum):
    """What was done with a piece of the base text."""

    KEPT = "kept"
    MOVED = "moved"
    INSERTED = "inserted"
    DROPPED = "dropped"
    REPLACED = "replaced"


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of both texts; the span of the text that has none of it is empty.

    Pieces come in the order of the copy; their spans in it follow each other without a gap.
    """

    act: Act
    base_start: int
    base_end: int
    start: int
    end: int


class Block(NamedTuple):
    """``size`` equal folded characters at ``base`` and at ``copy``; ``moved``: out of order."""

    base: int
    copy: int
    size: int
    moved: bool = False


_Block = tuple[int, int, int]  # where in the base, where in the copy, how long


def blocks(base: str, copy: str) -> Sequence[Block]:
    """Return what two folded texts have in common, in the order of the copy."""
    return with_moved(base, copy, in_order(base, copy))[0]


def with_moved(base: str, copy: str, found: Sequence[Block]) -> tuple[Sequence[Block], bool]:
    """Add to the blocks in order what of the rest stands elsewhere; tell whether that is all."""
    common = sum([block[2] for block in found])
    least = min(len(base), len(copy))
    news: list[_Block] = [block[:3] for block in found]
    moved: list[_Block] = []
    complete = False
    for _ in range(_MOVES):
        complete = least - common < _MOVED
        if complete:
            break
        base = _masked(base, [(block[0], block[2]) for block in news], "\1")
        copy = _masked(copy, [(block[1], block[2]) for block in news], "\2")
        news = [block for block in _common(base, copy) if block[2] > _CHANCE]
        size = sum([block[2] for block in news])
        complete = size < _MOVED
        if complete:
            break
        common += size
        moved += news
    if not moved:
        return found, complete
    every = [*found, *(Block(*block, True) for block in moved)]
    return sorted(every, key=itemgetter(1)), complete


def _masked(words: str, taken: list[tuple[int, int]], mask: str) -> str:
    """Put a character that stands for nothing in the place of what is taken."""
    parts: list[str] = []
    at = 0
    taken.sort()
    for start, size in taken:
        parts += (words[at:start], mask * size)
        at = start + size
    parts.append(words[at:])
    return "".join(parts)


def _common(base: str, copy: str) -> list[_Block]:
    """Return the longest common subsequence as blocks."""
    edits: list[tuple[str, int, int, int, int]] = Indel.opcodes(base, copy).as_list()  # type: ignore[assignment]
    return [(start, at, stop - start) for tag, start, stop, at, _ in edits if tag == "equal"]


def in_order(base: str, copy: str) -> list[Block]:
    """Return what stands in the same order in two folded texts; what does by chance dissolves."""
    same = _common(base, copy)
    if len(same) < 2:
        return [Block(*block) for block in same]
    found = []
    left = max(same[0][:2])  # characters of an edit in front
    for block, after in pairwise([*same, (len(base), len(copy), 0)]):
        start, at, size = block
        right = max(after[0] - start, after[1] - at) - size
        if size > _CHANCE or size >= left or size >= right:
            found.append(Block(start, at, size))
        left = right
    return found


class Gap(NamedTuple):
    """Folded characters of base and copy that stand between two blocks (either may be none)."""

    base_start: int
    base_end: int
    start: int
    end: int


def gaps(base: str, copy: str, found: Sequence[Block]) -> list[Gap]:
    """Return what stands before the first block and behind each one, in the order of the copy.

    Behind a block comes what the copy has before its next block, and what the base has before its
    own next block.
    """
    if not found:
        return [Gap(0, len(base), 0, len(copy))]
    starts = [block[0] for block in found]
    order = sorted(range(len(found)), key=starts.__getitem__)
    ends = [len(base)] * len(found)
    for at, after in pairwise(order):
        ends[at] = starts[after]
    stops = [*[block[1] for block in found[1:]], len(copy)]
    return [
        Gap(0, starts[order[0]], 0, found[0][1]),
        *[
            Gap(start + size, end, at + size, stop)
            for (start, at, size, _), end, stop in zip(found, ends, stops, strict=True)
        ],
    ]


def difference(base: str, copy: str) -> tuple[Piece, ...]:
    """Return what a copy makes of its base text, piece by piece."""
    (said, base_places), (says, places) = fold_places(base), fold_places(copy)
    if not said or not says:  # marks alone, or nothing
        act = Act.REPLACED if said or says else Act.KEPT
        act = act if base and copy else Act.DROPPED if base else Act.INSERTED
        return (Piece(act, 0, len(base), 0, len(copy)),) if base or copy else ()
    found = blocks(said, says)
    marks = _Marks(base_places, len(base)), _Marks(places, len(copy))
    pieces: list[Piece] = []
    for block, gap in zip([None, *found], gaps(said, says, found), strict=True):
        if block is not None:
            pieces.append(
                Piece(
                    Act.MOVED if block.moved else Act.KEPT,
                    *marks[0].span(block.base, block.base + block.size),
                    *marks[1].span(block.copy, block.copy + block.size),
                )
            )
        pieces += _edit(marks, gap)
    return tuple(_joined(pieces))


class _Marks:
    """Finds the original span of folded characters; marks behind them belong to them."""

    def __init__(self, places: Sequence[int], length: int) -> None:
        self._places = [0, *places[1:], length] if places else [0]

    def span(self, start: int, end: int) -> tuple[int, int]:
        return self._places[start], self._places[end]


def _edit(marks: tuple[_Marks, _Marks], gap: Gap) -> list[Piece]:
    dropped, inserted = gap.base_start < gap.base_end, gap.start < gap.end
    if not dropped and not inserted:
        return []
    act = Act.REPLACED if dropped and inserted else Act.DROPPED if dropped else Act.INSERTED
    spans = marks[0].span(gap.base_start, gap.base_end), marks[1].span(gap.start, gap.end)
    return [Piece(act, *spans[0], *spans[1])]


def _joined(pieces: Sequence[Piece]) -> list[Piece]:
    """Put neighbours of one kind that follow each other in both texts together."""
    found: list[Piece] = []
    for piece in pieces:
        last = found[-1] if found else None
        if (
            last
            and last.act is piece.act
            and (last.base_end, last.end) == (piece.base_start, piece.start)
        ):
            found[-1] = Piece(last.act, last.base_start, piece.base_end, last.start, piece.end)
        else:
            found.append(piece)
    return found
