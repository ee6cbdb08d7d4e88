"""What a section's comments ask of the draft's words and figures, and of its authors."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from consult.domain.aim import Direction
from consult.domain.amendment import AmendmentKind, Lookup

if TYPE_CHECKING:  # the digest is made of these lines, and they of its counts
    from consult.domain.digest import Counts


@dataclass(frozen=True, slots=True)
class WordingLine:
    """One change of wording (原文 → 建议) and the comments that ask for it.

    ``old``, ``new``, ``where``, ``before`` and ``lookup`` are those of the amendment, as the
    first of the comments writes them; ``label`` cites where the old words stand.
    """

    kind: AmendmentKind
    old: str
    new: str
    where: str
    before: bool
    lookup: Lookup
    counts: Counts
    numbers: tuple[int, ...]
    label: str = ""


@dataclass(frozen=True, slots=True)
class DirectionLine:
    """Who wants a figure to go one way.

    ``changes`` are the figures given, (from, to), either of them empty where not given.
    """

    direction: Direction
    changes: tuple[tuple[str, str], ...]
    counts: Counts
    numbers: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class FigureLine:
    """A figure or an indicator that comments want changed, kept or explained.

    ``subject`` is the indicator's name as the plan prints it (``indicator`` its number, 0 for none)
    or what the first comment calls it; empty where none names it. ``words`` is what that comment
    says of it, verbatim, ``known`` whether the plan or the lexicon has the name.
    """

    subject: str
    indicator: int
    directions: tuple[DirectionLine, ...]
    words: str = ""
    known: bool = True

    @property
    def disputed(self) -> bool:
        """Whether some want more and others less, or some a change and others none."""
        ways = {line.direction for line in self.directions}
        changes = ways & {Direction.RAISE, Direction.LOWER, Direction.DELETE}
        return len(changes) > 1 or (Direction.KEEP in ways and bool(changes))


@dataclass(frozen=True, slots=True)
class QuestionLine:
    """A question to be answered: its words, those of one text standing for its family."""

    text: str
    counts: Counts
    numbers: tuple[int, ...]
