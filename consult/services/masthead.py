"""What stands at the head of every document of a consultation."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

from consult.domain.consultation import Consultation, Plan
from consult.domain.masthead import Masthead
from consult.services.office import Office
from consult.store import events, runs


def masthead(
    office: Office,
    identifier: int,
    consultation: Consultation,
    plan: Plan,
    as_of: datetime,
    rehearsal: bool,
    partial: str = "",
) -> Masthead:
    """Return it for an instant; ``rehearsal`` marks what is made on a simulated date.

    ``partial`` says which comments are in it where not all are.
    """
    db = office.store.db
    return Masthead(
        slug=consultation.slug,
        title=consultation.title,
        plan_title=plan.title,
        office=consultation.office,
        opens=consultation.window.opens.isoformat(),
        closes=consultation.window.closes.isoformat(),
        as_of=as_of.astimezone(ZoneInfo(consultation.window.timezone)),
        run=runs.latest(db, identifier),
        head=events.head(db),
        rehearsal=rehearsal or consultation.rehearsal,
        official=plan.official,
        versions=runs.versions(db, identifier),
        partial=partial,
    )
