"""Held submissions (待核实): kept, receipted, and not listed until a person has looked at them."""

from __future__ import annotations

from dataclasses import dataclass

from consult.domain.comment import Submission
from consult.domain.errors import Conflict, NotFound
from consult.services import vault
from consult.services.office import Office
from consult.store import changes, consultations, events, submissions, totals

# Why a submission can be held.
TRAP, HASTE, CROWD = "trap", "haste", "crowd"


@dataclass(frozen=True, slots=True)
class Held:
    """A held submission as staff see it; ``name`` is masked."""

    submission: Submission
    name: str


def held(office: Office, *, slug: str, most: int = 200) -> tuple[Held, ...]:
    """Return the held submissions of a consultation, oldest first, ``most`` of them at most."""
    identifier, _ = consultations.find(office.store.db, slug)
    found = submissions.in_state(office.store.db, identifier, "held", most=most)
    return tuple(
        Held(vault.original(office.keys, item), vault.masked_name(office.keys, item))
        for item in found
    )


def held_count(office: Office, *, slug: str) -> int:
    """Return how many submissions are held."""
    identifier, _ = consultations.find(office.store.db, slug)
    return totals.accounting(office.store.db, identifier).held


def release(office: Office, *, slug: str, number: str, actor: str) -> None:
    """List a held submission; raises ``NotFound`` and ``Conflict`` when it is not held (any more).

    Its time of receipt stays what it was.
    """
    db = office.store.db
    identifier, _ = consultations.find(db, slug)
    with office.store.write():
        found = submissions.by_number(db, identifier, number)
        if found is None:
            raise NotFound("submission.unknown", number=number)
        if found.value.state != "held":
            raise Conflict("submission.released", number=number)
        changes.release(db, found.value.id)
        events.add(
            db, at=office.clock(), actor=actor, verb="released", subject=f"submission:{number}",
            before={"held": found.value.held}, consultation=identifier,
        )  # fmt: skip
