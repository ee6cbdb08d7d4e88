"""Read a refused letter or one of its files again, and take in what can be taken now.

A letter that was set aside (an automatic reply, a bounce) is taken in on a person's word.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from consult.domain.attachment import Enclosure
from consult.domain.comment import NewSubmission, Refusal
from consult.domain.errors import Conflict, InputRefused, NotFound
from consult.domain.ledger import RefusalState, RefusedItem, SourceKind
from consult.intake.enclosures import BadFile, Opener
from consult.intake.mail_boxes import RawLetter
from consult.services import attach, refused, vault
from consult.services.admit import check
from consult.services.office import Office
from consult.services.receive import store
from consult.services.take_letters import LETTERS, items_of
from consult.store import changes, consultations, events, import_items, refusals, submissions
from consult.store.submissions import StoredSubmission

_FILE = "attachment."  # how the codes of files begin; those of letters do not


def retriable(item: RefusedItem) -> bool:
    """Tell whether an item is a letter, or a file of one, that is still open and was kept."""
    return (
        item.source.kind is SourceKind.MAIL
        and item.state is RefusalState.OPEN
        and bool(item.refusal.original)
    )


def retry_letter(office: Office, *, slug: str, identifier: int, now: datetime, actor: str) -> str:
    """Take in a refused letter or file; returns the receipt number of its submission.

    Raises ``InputRefused`` with the reason of this reading, ``NotFound`` for what is no letter,
    ``Conflict("refusal.settled")``; nothing is lost then.
    """
    item = refused.refused_item(office, slug=slug, identifier=identifier)
    if item.state is not RefusalState.OPEN:
        raise Conflict("refusal.settled", actor=item.actor)
    if not retriable(item):
        raise NotFound("refusal.no-letter")
    if item.refusal.code.startswith(_FILE):
        return _file(office, slug, item, actor)
    return _letter(office, slug, item, now, actor)


def _letter(office: Office, slug: str, item: RefusedItem, now: datetime, actor: str) -> str:
    """Store the letter under the key of its refusal, so that the same import adds nothing."""
    held = item.refusal
    raw = RawLetter(held.place, held.original, len(held.original))
    found = list(items_of(office, [raw], now=office.clock(), aside=False))
    taken = [new for new in found if isinstance(new, NewSubmission)]
    bad = [row for row in found if isinstance(row, Refusal)]
    if not taken:
        raise InputRefused(bad[0].code, field=bad[0].field, **bad[0].values)
    consultation, _ = consultations.find(office.store.db, slug)
    plan = consultations.plan(office.store.db, consultation)
    first = replace(check(taken[0], plan, rules=LETTERS, strict=False), key=held.key)
    others = [check(new, plan, rules=LETTERS, strict=False) for new in taken[1:]]
    with office.store.write():
        receipt = store(office, slug=slug, new=first, now=now, actor=actor)
        for new in others:
            store(office, slug=slug, new=new, now=now, actor=actor)
        for row in bad:
            refused.note(office, consultation, row, item.source)
        _settle(office, consultation, item, receipt.number, actor)
    office.store.scrub()
    return receipt.number


def _file(office: Office, slug: str, item: RefusedItem, actor: str) -> str:
    """Put a file that can be read now behind its letter; the next analysis splits its words."""
    held = item.refusal
    with Opener() as opener:
        found = list(opener.open([{"name": held.file, "data": held.original}]))
    bad = [one for one in found if isinstance(one, BadFile)]
    if bad:
        raise bad[0].error
    enclosures = [one for one in found if isinstance(one, Enclosure)]
    consultation, _ = consultations.find(office.store.db, slug)
    with office.store.write():
        sender = _sender(office, consultation, item)
        key, number = vault.key_of(office.keys, sender), sender.value.number
        attach.enclose(office, enclosures, submission=sender.value.id, key=key)
        said = [*vault.letters(office.keys, sender), *attach.letters((), enclosures)]
        if sealed := vault.close_letters(key, number, said):
            changes.set_letters(office.store.db, sender.value.id, sealed)
        events.add(
            office.store.db, at=office.clock(), actor=actor, verb="transcribed",
            subject=f"submission:{number}", after={"files": len(enclosures)},
            consultation=consultation,
        )  # fmt: skip
        _settle(office, consultation, item, number, actor)
    office.store.scrub()
    return number


def _sender(office: Office, consultation: int, item: RefusedItem) -> StoredSubmission:
    """Return the letter that a file came with: its place stands before the file's number."""
    letter = item.refusal.place.rpartition("#")[0]
    number = import_items.beside(office.store.db, item.id, letter)
    found = submissions.by_number(office.store.db, consultation, number) if number else None
    if found is None or found.value.state not in ("active", "held"):
        raise NotFound("refusal.no-letter")
    return found


def _settle(office: Office, consultation: int, item: RefusedItem, number: str, actor: str) -> None:
    db = office.store.db
    refusals.settle(db, item.id, RefusalState.TAKEN, actor=actor, number=number)
    events.add(
        db, at=office.clock(), actor=actor, verb="refusal-taken", subject=f"refusal:{item.id}",
        after={"number": number}, consultation=consultation,
    )  # fmt: skip
