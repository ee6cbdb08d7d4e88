"""What became of a section from one version of the plan to the next."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class MatchKind(StrEnum):
    """Same text at the same place, changed, at another place, only in the new one, only in the old.

    A section that was moved and changed counts as changed: its text has to be looked at.
    """

    SAME = "same"
    CHANGED = "changed"
    MOVED = "moved"
    NEW = "new"
    GONE = "gone"


@dataclass(frozen=True, slots=True)
class Match:
    """A section of the old plan and one of the new, by code; '' for none."""

    before: str
    after: str
    kind: MatchKind
    likeness: float = 0.0
