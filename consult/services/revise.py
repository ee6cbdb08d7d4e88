"""What a submitter may do by number and code beside correcting: withdraw, erase.

Withdrawing ends with the window; erasing contact data or everything never does.
"""

from __future__ import annotations

from datetime import datetime

from consult.domain.errors import Conflict, NotFound
from consult.services.admit import admit
from consult.services.look_up import Key, unlocked
from consult.services.office import Office
from consult.store import changes, consultations, events
from consult.store.submissions import StoredSubmission

ACTOR = "submitter"


def withdraw(office: Office, *, slug: str, key: Key, now: datetime) -> None:
    """Take a submission out of all lists; nothing of it is used any more.

    The sealed original stays as a proof until it is erased. Raises ``WindowClosed`` and what
    :func:`listed` raises.
    """
    identifier, found = listed(office, slug, key)
    admit(consultations.find(office.store.db, slug)[1].window, now=now, opened=None, grace=0)
    with office.store.write() as db:
        numbers = changes.withdraw(db, found.value.id)
        note(office, identifier, "withdrawn", found.value.number, {"comments": len(numbers)})
    office.store.scrub()


def erase_contact(office: Office, *, slug: str, key: Key) -> None:
    """Delete name and contact; what was said stays. Raises ``NotFound``, ``TooMany``."""
    identifier, found = _kept(office, slug, key)
    with office.store.write() as db:
        # One number for one submission: whose else it might be is forgotten too.
        person = f"person {found.value.number}" if found.person else ""
        changes.forget_contact(db, found.value.id, person=person)
        note(office, identifier, "contact-erased", found.value.number, {})
    office.store.scrub()


def erase(office: Office, *, slug: str, key: Key) -> None:
    """Destroy a submission: its key, its ciphertexts, its files and every derived form.

    A counted row and the events stay; they hold salted commitments, no contents. Raises
    ``NotFound``, ``TooMany``.
    """
    identifier, found = _kept(office, slug, key)
    with office.store.write() as db:
        numbers = changes.erase(db, found.value.id)
        note(office, identifier, "erased", found.value.number, {"comments": len(numbers)})
    office.store.scrub()


def listed(office: Office, slug: str, key: Key) -> tuple[int, StoredSubmission]:
    """Return consultation and row of a submission that can still be changed.

    Raises ``NotFound``, ``TooMany``, ``Conflict`` when it was withdrawn.
    """
    identifier, found = _kept(office, slug, key)
    return identifier, standing(found)


def standing(found: StoredSubmission) -> StoredSubmission:
    """Return a submission that was neither withdrawn nor set aside; raises ``Conflict``."""
    if found.value.state not in ("active", "held"):
        raise Conflict("submission.withdrawn", number=found.value.number)
    return found


def _kept(office: Office, slug: str, key: Key) -> tuple[int, StoredSubmission]:
    identifier, found = unlocked(office, slug=slug, key=key)
    if found.wrapped is None:
        raise NotFound("submission.erased", number=found.value.number)
    return identifier, found


def note(
    office: Office, consultation: int, verb: str, number: str, after: dict[str, object]
) -> str:
    """Append what a submitter did to the chain; returns its head. Joins a transaction."""
    return events.add(
        office.store.db,
        at=office.clock(),
        actor=ACTOR,
        verb=verb,
        subject=f"submission:{number}",
        after=after,
        consultation=consultation,
    )
