"""What pages show of acts: one with how far it is, and the newest ones."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from consult.domain.act import Act, ItemState
from consult.domain.decision import Target
from consult.services.office import Office
from consult.store import acts, consultations


@dataclass(frozen=True, slots=True)
class ActView:
    """An act, some of what it did, and why items were left out, by the code of the reason."""

    consultation: int
    act: Act
    done: tuple[Target, ...]
    reasons: Mapping[str, int]


def act_view(office: Office, *, slug: str, number: int, shown: int = 20) -> ActView:
    """Return one act; raises ``NotFound("act.unknown")``."""
    db = office.store.db
    with office.store.read():
        identifier, _ = consultations.find(db, slug)
        act = acts.one(db, identifier, number)
        done = acts.items(db, number, ItemState.DONE, limit=shown)
        targets = tuple(Target.named(item.subject) for item in done)
        return ActView(identifier, act, targets, acts.reasons(db, number))


def recent_acts(office: Office, *, slug: str, before: int = 0, size: int = 50) -> tuple[Act, ...]:
    """Return the newest acts, newest first."""
    db = office.store.db
    with office.store.read():
        identifier, _ = consultations.find(db, slug)
        return acts.recent(db, identifier, limit=size, before=before)


def newest_act(office: Office, *, slug: str, actor: str) -> int:
    """Return the number of a person's newest act, 0 without one."""
    identifier, _ = consultations.find(office.store.db, slug)
    return acts.newest_of(office.store.db, identifier, actor)
