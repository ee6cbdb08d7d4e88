"""Reopen (退回修改): make a decision a draft again, with a reason."""

from __future__ import annotations

from consult.domain.decision import Decision, Stage, Target
from consult.domain.errors import Conflict, InputRefused
from consult.domain.text import single_line
from consult.services.office import Office
from consult.services.record_decision import record
from consult.services.rulings import seen_by
from consult.store import consultations

MAX_WHY = 500  # characters


def reopen(
    office: Office, *, slug: str, target: Target, why: str, actor: str, seen: str
) -> Decision:
    """Take a decision back into draft: an approved one is no longer shown outside.

    Raises ``InputRefused("decision.why")`` without a reason, ``Conflict``: ``decision.changed``, or
    ``decision.unready`` when there is nothing to reopen.
    """
    why = single_line(why)
    if not why:
        raise InputRefused("decision.why", field="why")
    if len(why) > MAX_WHY:
        raise InputRefused("line.too-long", field="why", length=len(why), limit=MAX_WHY)
    with office.store.write() as db:
        identifier, _ = consultations.find(db, slug)
        before = seen_by(office, target, seen)
        if before is None or before.stage is Stage.DRAFT:
            raise Conflict("decision.unready")
        return record(
            office,
            identifier,
            target=target,
            ruling=before.ruling,
            stage=Stage.DRAFT,
            verb="reopened",
            actor=actor,
            covers=before.covers,
            before=before,
            why=why,
            exceptions=before.exceptions,
        )
