"""Whose each chapter is, until when, and how many of its comments are answered."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from consult.domain.consultation import GENERAL, OFFPLAN, UNASSIGNED
from consult.domain.terms import CODES
from consult.domain.together import Desk
from consult.services.office import Office
from consult.store import consultations, desk_counts, together


@dataclass(frozen=True, slots=True)
class DeskLine:
    """A chapter with its desk; ``overdue`` counts comments past their day without an answer."""

    chapter: str
    heading: str
    desk: Desk
    comments: int
    answered: int
    overdue: int


def chapter_desks(office: Office, *, slug: str, today: date) -> tuple[DeskLine, ...]:
    """Return the chapters in the order of the plan, then what belongs to none."""
    db = office.store.db
    with office.store.read():
        identifier, consultation = consultations.find(db, slug)
        plan = consultations.plan(db, identifier)
        known = together.desks(db, identifier)
        answer_by = consultation.answer_by
        counted = desk_counts.by_chapter(
            db, identifier, today=today, answer_by=answer_by.isoformat() if answer_by else ""
        )
    named = [(c.code, c.heading) for c in plan.chapters]
    named += [(code, CODES[code]) for code in (GENERAL, OFFPLAN, UNASSIGNED)]
    return tuple(
        DeskLine(code, heading, known.get(code, Desk()), *counted.get(code, (0, 0, 0)))
        for code, heading in named
    )
