"""Families (雷同件) of near-duplicate texts and themes (同类意见) of comments with the same ask."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Family:
    """Near-duplicates of one text. ``members`` are comment numbers, the base text's first."""

    id: int
    members: tuple[int, ...]

    @property
    def base(self) -> int:
        """Number of the comment whose text stands for the family."""
        return self.members[0]


@dataclass(frozen=True, slots=True)
class Theme:
    """Comments that make the same ask inside a section; proposed by the machine.

    ``label`` is a verbatim ask out of the comment ``label_from``; ``keywords`` are the terms that
    set the theme apart from its neighbours; ``central`` is the most central comment.
    """

    id: int
    section: str
    label: str
    label_from: int
    members: tuple[int, ...]
    central: int
    keywords: tuple[str, ...] = ()
