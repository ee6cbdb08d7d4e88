"""Store a version of a decision and its event; called inside the caller's transaction."""

from __future__ import annotations

from consult.domain.decision import Decision, Ruling, Stage, Target
from consult.services.office import Office
from consult.services.rulings import trace
from consult.store import decisions, events


def record(
    office: Office,
    consultation: int,
    *,
    target: Target,
    ruling: Ruling,
    stage: Stage,
    verb: str,
    actor: str,
    covers: tuple[int, ...],
    before: Decision | None,
    why: str = "",
    exceptions: tuple[int, ...] = (),
) -> Decision:
    """Return the version as stored."""
    db, at = office.store.db, office.clock()
    version = decisions.add(
        db, consultation, target, ruling, stage=stage, actor=actor, at=at, covers=covers,
        exceptions=exceptions,
    )  # fmt: skip
    stored = Decision(version, target, stage, ruling, actor, at, covers, exceptions)
    events.add(
        db,
        at=at,
        actor=actor,
        verb=verb,
        subject=target.subject,
        why=why,
        before=trace(before),
        after=trace(stored),
        consultation=consultation,
    )
    return stored
