"""Who works on what: assignments, chapters, who else looks, notes, replies of other offices."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from consult.domain.triage import Disposition


@dataclass(frozen=True, slots=True)
class Desk:
    """Whose a chapter is by default, and until when it is to be answered; empty: not said."""

    handler: str = ""
    due: date | None = None


@dataclass(frozen=True, slots=True)
class Assignment:
    """Who works on a comment; ``due`` goes before the chapter's, ``actor`` gave it to them."""

    handler: str
    due: date | None
    actor: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Note:
    """A note between staff: never in an export, never shown outside."""

    actor: str
    at: datetime
    text: str


@dataclass(frozen=True, slots=True)
class Presence:
    """Somebody else who has just had the page of a comment open."""

    username: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Reply:
    """What another office wrote into its sheet about a matter handed on to it.

    ``disposition`` is what it proposes, None when it proposes nothing.
    """

    subject: str
    office: str
    disposition: Disposition | None
    reason: str
    answer: str
    actor: str = ""
    at: datetime | None = None


@dataclass(frozen=True, slots=True)
class SheetRow:
    """A row of a sheet that came back: where it stands, and its cells as text."""

    row: int
    subject: str
    disposition: str
    reason: str
    answer: str


@dataclass(frozen=True, slots=True)
class SheetReport:
    """What became of every row of a sheet that came back; the five add up to ``rows``.

    ``refused`` are row, code and detail. ``waiting`` counts matters of the office without a reply.
    """

    rows: int
    taken: int
    same: int
    empty: int
    twice: int
    refused: tuple[tuple[int, str, str], ...]
    waiting: int

    @property
    def balanced(self) -> bool:
        """Whether every row is accounted for."""
        return self.rows == self.taken + self.same + self.empty + self.twice + len(self.refused)
