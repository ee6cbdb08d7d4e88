"""Families (雷同件): near-duplicates of one text."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from consult.domain.comment import Channel


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
class Member:
    """A comment of a family with what is told of its submission; ``person`` is a key, no name."""

    number: int
    text: str
    submission: int
    person: str
    channel: Channel
    received: datetime


@dataclass(frozen=True, slots=True)
class Letter:
    """The base text of a family, and where it stands; ``theme`` is None where it has none."""

    family: int
    text: str
    section: str
    theme: int | None
