"""Held submissions (待核实): kept, receipted, and not listed until a person has looked at them.

Who looks lists them (放行) or sets them aside (不予列入) with a reason that the submitter reads.
What was set aside can still be listed; it stays, sealed, and counts on a line of its own.
"""

from __future__ import annotations

from dataclasses import dataclass

from consult.domain.comment import Submission
from consult.domain.errors import Conflict, InputRefused, NotFound
from consult.domain.text import single_line
from consult.services import vault
from consult.services.office import Office
from consult.store import changes, consultations, events, submissions, totals

# Why a submission can be held.
TRAP, HASTE, CROWD = "trap", "haste", "crowd"
_REASON = 500  # characters


@dataclass(frozen=True, slots=True)
class Held:
    """A held submission as staff see it; ``name`` is masked, ``why`` it was set aside."""

    submission: Submission
    name: str
    why: str = ""


def held(office: Office, *, slug: str, most: int = 200) -> tuple[Held, ...]:
    """Return the held submissions of a consultation, oldest first, ``most`` of them at most."""
    return _in_state(office, slug, "held", most)


def set_aside(office: Office, *, slug: str, most: int = 200) -> tuple[Held, ...]:
    """Return the submissions that were set aside, with the reason, in the same order."""
    return _in_state(office, slug, "rejected", most)


def _in_state(office: Office, slug: str, state: str, most: int) -> tuple[Held, ...]:
    identifier, _ = consultations.find(office.store.db, slug)
    found = submissions.in_state(office.store.db, identifier, state, most=most)
    return tuple(
        Held(vault.original(office.keys, item), vault.masked_name(office.keys, item),
             _why(office, item.value.number) if state == "rejected" else "")
        for item in found
    )  # fmt: skip


def _why(office: Office, number: str) -> str:
    said = [e.why for e in events.of(office.store.db, [f"submission:{number}"])
            if e.verb == "rejected"]  # fmt: skip
    return said[-1] if said else ""


def held_count(office: Office, *, slug: str) -> int:
    """Return how many submissions are held."""
    identifier, _ = consultations.find(office.store.db, slug)
    return totals.accounting(office.store.db, identifier).held


def release(office: Office, *, slug: str, number: str, actor: str) -> None:
    """List a held submission, or one that was set aside.

    Its time of receipt stays what it was. Raises ``NotFound``, and ``Conflict`` when it is neither
    (any more).
    """
    _settle(office, slug, number, actor, verb="released", before=("held", "rejected"))


def reject(office: Office, *, slug: str, number: str, why: str, actor: str) -> None:
    """Set a held submission aside; its submitter reads the reason.

    Raises ``InputRefused("held.why")`` without a reason, ``NotFound``, and ``Conflict`` when it is
    not held (any more).
    """
    why = single_line(why)[:_REASON]
    if not why:
        raise InputRefused("held.why", field="why")
    _settle(office, slug, number, actor, verb="rejected", before=("held",), why=why)


def _settle(
    office: Office,
    slug: str,
    number: str,
    actor: str,
    *,
    verb: str,
    before: tuple[str, ...],
    why: str = "",
) -> None:
    db = office.store.db
    identifier, _ = consultations.find(db, slug)
    with office.store.write():
        found = submissions.by_number(db, identifier, number)
        if found is None:
            raise NotFound("submission.unknown", number=number)
        if found.value.state not in before:
            raise Conflict("submission.released", number=number)
        changes.settle(db, found.value.id, "active" if verb == "released" else "rejected")
        events.add(
            db, at=office.clock(), actor=actor, verb=verb, subject=f"submission:{number}", why=why,
            before={"held": found.value.held}, consultation=identifier,
        )  # fmt: skip
