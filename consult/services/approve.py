"""Approve (审定): from now on the decision is frozen and shown outside."""

from __future__ import annotations

from consult.domain.decision import Decision, Stage, Target
from consult.domain.errors import Conflict
from consult.services.four_eyes import check
from consult.services.office import Office
from consult.services.record_decision import record
from consult.services.rulings import seen_by
from consult.store import consultations


def approve(office: Office, *, slug: str, target: Target, actor: str, seen: str) -> Decision:
    """Approve the version that was seen, for the comments it covered when it was handed in.

    What joined the theme after that was seen by nobody and stays unanswered until the decision is
    written anew. Raises ``Conflict``: ``decision.changed``, or ``decision.unready`` when it is not
    up for review, ``decision.own`` when four eyes are asked for and two of them wrote it.
    """
    with office.store.write() as db:
        identifier, _ = consultations.find(db, slug)
        before = seen_by(office, target, seen)
        return write_approval(office, identifier, before, actor=actor)


def write_approval(
    office: Office, consultation: int, before: Decision | None, *, actor: str
) -> Decision:
    """Approve a version inside the caller's transaction; raises as ``approve`` does."""
    if before is None or before.stage is not Stage.REVIEW:
        raise Conflict("decision.unready")
    check(office, consultation, before.target, actor=actor)
    return record(
        office,
        consultation,
        target=before.target,
        ruling=before.ruling,
        stage=Stage.APPROVED,
        verb="approved",
        actor=actor,
        covers=before.covers,
        before=before,
        exceptions=before.exceptions,
    )
