"""What was learned from staff so far, and which comments are worth looking at first."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from consult.domain.comment import Comment
from consult.domain.lesson import Lesson
from consult.services.browse import CommentRow, rows
from consult.services.learn import FEWEST
from consult.services.office import Office
from consult.store import comments, consultations, runs

_WIDER = 5  # so many doubtful comments are looked at for each one that is shown


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
        doubtful = comments.least_certain(db, identifier, limit=size * _WIDER)
        return Learning(
            lesson=runs.lesson(db, identifier),
            decided=comments.decided(db, identifier),
            needed=FEWEST,
            first=rows(office, identifier, _diverse(doubtful, size)),
        )


def _diverse(doubtful: Sequence[Comment], size: int) -> tuple[Comment, ...]:
    """Return the most doubtful, but each ask once before any comes a second time.

    Answers to one ask teach the same; so the further comments of a theme wait for the next page.
    """
    asked: set[int] = set()
    first: list[Comment] = []
    later: list[Comment] = []
    for comment in doubtful:
        (later if comment.theme in asked else first).append(comment)
        if comment.theme is not None:
            asked.add(comment.theme)
    return tuple([*first, *later][:size])
