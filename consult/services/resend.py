"""Deal with a refused item: correct it and send it again, or set it aside with a reason."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from consult.domain.comment import NewSubmission, Receipt
from consult.domain.errors import Conflict, InputRefused
from consult.domain.ledger import RefusalState, SourceKind
from consult.domain.text import single_line
from consult.services.admit import Rules, check
from consult.services.office import Office
from consult.services.receive import store
from consult.services.refused import opened
from consult.store import consultations, events, refusals
from consult.store.refusals import StoredRefusal

_WHY = 500  # characters of a reason


def send_again(
    office: Office,
    *,
    slug: str,
    identifier: int,
    new: NewSubmission,
    now: datetime,
    actor: str,
    rules: Rules | None = None,
) -> Receipt:
    """Store a refused item as it was corrected, under its own key.

    The same import again adds nothing then. Raises ``NotFound``, ``Conflict("refusal.settled")``,
    ``InputRefused``; nothing is lost then.
    """
    db = office.store.db
    consultation, _ = consultations.find(db, slug)
    plan = consultations.plan(db, consultation)
    checked = check(new, plan, rules=rules or Rules(), strict=True)
    with office.store.write():
        held = _open(office, consultation, identifier)
        placed = replace(checked, key=held.key, source=held.place, original=_original(office, held))
        receipt = store(office, slug=slug, new=placed, now=now, actor=actor)
        refusals.settle(
            db, identifier, RefusalState.TAKEN, actor=actor, number=receipt.number
        )  # fmt: skip
        _note(office, consultation, actor, "refusal-taken", identifier, "", receipt.number)
    office.store.scrub()
    return receipt


def note_taken(office: Office, *, slug: str, identifier: int, number: str, actor: str) -> None:
    """Note that a refused item was taken by other means, under this receipt.

    Raises ``Conflict("refusal.settled")``.
    """
    db = office.store.db
    consultation, _ = consultations.find(db, slug)
    with office.store.write():
        _open(office, consultation, identifier)
        refusals.settle(db, identifier, RefusalState.TAKEN, actor=actor, number=number)
        _note(office, consultation, actor, "refusal-taken", identifier, "", number)


def set_aside(office: Office, *, slug: str, identifier: int, why: str, actor: str) -> None:
    """Note that a refused item is nothing to take in, and why; its original stays for the record.

    Raises ``NotFound``, ``Conflict("refusal.settled")``, ``InputRefused("refusal.why")``.
    """
    reason = single_line(why, strict=False)[:_WHY]
    if not reason:
        raise InputRefused("refusal.why", field="why")
    db = office.store.db
    consultation, _ = consultations.find(db, slug)
    with office.store.write():
        _open(office, consultation, identifier)
        refusals.settle(db, identifier, RefusalState.DROPPED, actor=actor, why=reason)
        _note(office, consultation, actor, "refusal-dropped", identifier, reason, "")


def _original(office: Office, held: StoredRefusal) -> bytes:
    """Return a letter that stays with what is typed for it; of a table or a file nothing does."""
    item = opened(office, held)
    is_letter = item.source.kind is SourceKind.MAIL and not held.code.startswith("attachment.")
    return item.refusal.original if is_letter else b""


def _open(office: Office, consultation: int, identifier: int) -> StoredRefusal:
    held = refusals.one(office.store.db, consultation, identifier)
    if held.state is not RefusalState.OPEN:
        raise Conflict("refusal.settled", actor=held.actor)
    return held


def _note(
    office: Office, consultation: int, actor: str, verb: str, identifier: int, why: str,
    number: str,
) -> None:  # fmt: skip
    events.add(
        office.store.db, at=office.clock(), actor=actor, verb=verb, why=why,
        subject=f"refusal:{identifier}", after={"number": number} if number else {},
        consultation=consultation,
    )  # fmt: skip
