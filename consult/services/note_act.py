"""Note an act on one thing, done inside the caller's transaction, so that it can be undone."""

from __future__ import annotations

from collections.abc import Mapping

from consult.domain.act import ActItem, ActState, Deed, ItemState
from consult.services.office import Office
from consult.store import acts


def note_act(
    office: Office,
    consultation: int,
    deed: Deed,
    subject: str,
    *,
    actor: str,
    before: Mapping[str, object],
    after: Mapping[str, object],
    values: Mapping[str, str] | None = None,
) -> int:
    """Store the act as done; returns its number. Undoing needs ``before`` and ``after``."""
    db = office.store.db
    number = acts.add(
        db, consultation, deed=deed, actor=actor, at=office.clock(), state=ActState.DONE,
        subjects=(subject,), details=values,
    )  # fmt: skip
    acts.settle(db, number, [ActItem(0, subject, ItemState.DONE, before, after)])
    return number
