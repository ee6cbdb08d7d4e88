"""Decide (拟办): write the disposition of a comment or theme, as a draft or for review."""

from __future__ import annotations

from consult.domain.decision import Decision, Ruling, Stage, Target
from consult.domain.errors import Conflict
from consult.services.office import Office
from consult.services.record_decision import record
from consult.services.rulings import checked, covered, seen_by
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
) -> Decision:
    """Store a draft, or hand it in for review (``submit``).

    ``seen`` is the id of the version the person saw (``"0"``: none). Raises ``InputRefused`` with
    the field to correct, ``Conflict("decision.changed")`` when somebody was faster,
    ``Conflict("decision.approved")`` for an approved one (reopen it first), ``NotFound``.
    """
    with office.store.write() as db:
        identifier, _ = consultations.find(db, slug)
        ruling = checked(ruling, consultations.plan(db, identifier))
        covers = covered(office, identifier, target)
        before = seen_by(office, target, seen)
        if before is not None and before.approved:
            raise Conflict("decision.approved")
        return record(
            office,
            identifier,
            target=target,
            ruling=ruling,
            stage=Stage.REVIEW if submit else Stage.DRAFT,
            verb="submitted" if submit else "drafted",
            actor=actor,
            covers=covers,
            before=before,
        )
