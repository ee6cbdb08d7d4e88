"""What was learned from staff so far, and which comments are worth looking at first."""

from __future__ import annotations

from dataclasses import dataclass

from consult.domain.lesson import Lesson
from consult.services.browse import CommentRow, rows
from consult.services.learn import FEWEST
from consult.services.office import Office
from consult.store import comments, consultations, runs


@dataclass(frozen=True, slots=True)
class Learning:
    """``lesson`` is the newest run's, None while fewer than ``needed`` comments are decided.

    ``first`` are the comments the machine is least certain of: deciding these teaches most.
    """

    lesson: Lesson | None
    decided: int
    needed: int
    first: tuple[CommentRow, ...]


def learning(office: Office, *, slug: str, size: int = 20) -> Learning:
    """Return what was learned; raises ``NotFound("consultation.unknown")``."""
    db = office.store.db
    with office.store.read():
        identifier, _ = consultations.find(db, slug)
        return Learning(
            lesson=runs.lesson(db, identifier),
            decided=comments.decided(db, identifier),
            needed=FEWEST,
            first=rows(office, identifier, comments.least_certain(db, identifier, limit=size)),
        )
