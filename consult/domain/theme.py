"""Themes (同类意见): comments with the same ask."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class ThemeState(StrEnum):
    """What became of a theme: the machine proposes, a person adopts; the rest is out of lists.

    ``merged`` went into another theme, ``retired`` came from a decision that was undone; their
    numbers are never used again.
    """

    PROPOSED = "proposed"
    ADOPTED = "adopted"
    MERGED = "merged"
    RETIRED = "retired"


class Membership(StrEnum):
    """How a comment came into its theme."""

    MACHINE = "machine"
    PROPOSED = "proposed"
    CONFIRMED = "confirmed"
    PROVISIONAL = "provisional"


@dataclass(frozen=True, slots=True)
class Theme:
    """Comments that make the same ask inside a section; proposed by the machine.

    ``label`` is a verbatim ask out of the comment ``label_from``, or what staff called the theme;
    ``keywords`` are the terms that set it apart from its neighbours; ``central`` is the most
    central comment. Of an adopted theme ``id``, ``label`` and the confirmed members stay.
    """

    id: int
    section: str
    label: str
    label_from: int
    members: tuple[int, ...]
    central: int
    keywords: tuple[str, ...] = ()
    state: ThemeState = ThemeState.PROPOSED


@dataclass(frozen=True, slots=True)
class Facing:
    """A theme, one that wants the opposite (相反诉求), and of each the comment that shows it.

    The numbers are 0 where a run of an older version found the pair.
    """

    theme: int
    opposite: int
    number: int = 0
    against: int = 0


@dataclass(frozen=True, slots=True)
class Constraints:
    """What people decided about the grouping of texts; numbers are the texts' positions.

    Texts of one tuple of ``together`` share a theme that holds no text of another tuple; no text on
    the left of a pair in ``apart`` shares a theme with one on its right. Where the two disagree,
    ``together`` holds.
    """

    together: tuple[tuple[int, ...], ...] = ()
    apart: tuple[tuple[tuple[int, ...], tuple[int, ...]], ...] = ()


class ChangeKind(StrEnum):
    """What happened to a theme between two runs."""

    APPEARED = "appeared"
    GREW = "grew"
    MERGED = "merged"
    VANISHED = "vanished"


@dataclass(frozen=True, slots=True)
class ThemeChange:
    """One theme's change since the run before: sizes in comments, ``into`` where it went (0: none).

    ``into`` of a theme that appeared is the one most of its known comments came from.
    """

    kind: ChangeKind
    theme: int
    section: str
    before: int
    after: int
    into: int = 0
