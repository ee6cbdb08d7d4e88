"""Decide (拟办): write the disposition of a comment, family or theme, as a draft or for review."""

from __future__ import annotations

from collections.abc import Collection

from consult.domain.act import Deed
from consult.domain.decision import Decision, Ruling, Stage, Target
from consult.domain.errors import Conflict
from consult.services.note_act import note_act
from consult.services.office import Office
from consult.services.record_decision import record
from consult.services.rulings import answered, checked, seen_by
from consult.store import consultations


def decide(
    office: Office,
    *,
    slug: str,
    target: Target,
    ruling: Ruling,
    actor: str,
    seen: str,
    submit: bool = False,
    exceptions: Collection[int] | None = None,
) -> Decision:
    """Store a draft, or hand it in for review (``submit``); it can be undone as an act.

    ``seen`` is the id of the version the person saw (``"0"``: none). ``exceptions`` are comments of
    a family or theme that it does not answer; None leaves them as they were. Raises
    ``InputRefused`` with the field to correct, ``Conflict("decision.changed")`` when somebody was
    faster, ``Conflict("decision.approved")`` for an approved one (reopen it first), ``NotFound``.
    """
    with office.store.write() as db:
        identifier, _ = consultations.find(db, slug)
        ruling = checked(ruling, consultations.plan(db, identifier))
        before = seen_by(office, target, seen)
        stored = write_decision(
            office, identifier, target=target, ruling=ruling, actor=actor, submit=submit,
            before=before, exceptions=exceptions,
        )  # fmt: skip
        note_act(
            office, identifier, Deed.DECIDE, target.subject, actor=actor,
            before={"decision": before.id if before else 0}, after={"decision": stored.id},
            values={"disposition": ruling.disposition.value},
        )  # fmt: skip
        return stored


def write_decision(
    office: Office,
    consultation: int,
    *,
    target: Target,
    ruling: Ruling,
    actor: str,
    submit: bool,
    before: Decision | None,
    exceptions: Collection[int] | None = None,
) -> Decision:
    """Store a checked ruling inside the caller's transaction; raises as ``decide`` does."""
    if before is not None and before.approved:
        raise Conflict("decision.approved")
    kept = before.exceptions if exceptions is None and before else exceptions or ()
    left_out = tuple(sorted(set(kept)))
    return record(
        office,
        consultation,
        target=target,
        ruling=ruling,
        stage=Stage.REVIEW if submit else Stage.DRAFT,
        verb="submitted" if submit else "drafted",
        actor=actor,
        covers=answered(office, consultation, target, left_out),
        before=before,
        exceptions=left_out,
    )
