"""Which decision answers which comment: its own, else that of its theme."""

from __future__ import annotations

from collections.abc import Sequence

from consult.domain.decision import Decision, Target
from consult.services.office import Office
from consult.services.rulings import covered
from consult.store import consultations, decisions


def answers(
    office: Office, numbers: Sequence[int], *, approved: bool = True
) -> dict[int, Decision]:
    """Return the decision that applies to each of these comments; others are left out.

    Everything that leaves the office (status page, results, register) uses ``approved``.
    """
    return decisions.about(office.store.db, numbers, approved=approved)


def decision_on(office: Office, *, slug: str, target: Target) -> Decision | None:
    """Return the current decision on a comment or theme itself; raises ``NotFound``."""
    db = office.store.db
    with office.store.read():
        identifier, _ = consultations.find(db, slug)
        covered(office, identifier, target)
        return decisions.current(db, target)
