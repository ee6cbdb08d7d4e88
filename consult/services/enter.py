"""Enter what came by letter, telephone, visit, chat or in a meeting: typed in by staff.

Each goes into the ledger like everything else, under one heading a person and day. It may have
come before today; what came after closing is taken and marked late.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from consult.domain.attachment import Enclosure
from consult.domain.comment import NewSubmission, Receipt
from consult.domain.errors import InputRefused
from consult.domain.ledger import ImportReport, ImportState, Outcome, Source, SourceKind
from consult.intake.letter import look_at
from consult.intake.minutes import Speech
from consult.services.admit import Rules, check
from consult.services.import_items import import_items
from consult.services.office import Office
from consult.services.receive import store
from consult.services.uploads import shown_name
from consult.store import consultations, imports


def enclosed(name: str, data: bytes, *, most: int) -> Enclosure:
    """Look at a file that belongs to what is entered (a scan); raises ``InputRefused``."""
    shown = shown_name(name)
    if len(data) > most:
        size, limit = (f"{n / 1_000_000:.1f}" for n in (len(data), most))
        raise InputRefused("attachment.large", field="files", name=shown, size=size, limit=limit)
    try:
        return Enclosure(shown, data, look_at(data))
    except InputRefused as error:
        raise InputRefused(error.code, field="files", **{**error.values, "name": shown}) from error


def enter(
    office: Office,
    *,
    slug: str,
    new: NewSubmission,
    now: datetime,
    actor: str,
    rules: Rules | None = None,
) -> Receipt:
    """Store what a member of staff typed in; the receipt is for the person who said it.

    ``new.key`` makes a second press of the button store once. Raises ``InputRefused``,
    ``NotFound``.
    """
    db = office.store.db
    consultation, _ = consultations.find(db, slug)
    plan = consultations.plan(db, consultation)
    if new.received is not None and new.received > now:
        raise InputRefused("entry.future", field="received")
    checked = check(new, plan, rules=rules or Rules(), strict=True)
    with office.store.write():
        number = _heading(office, consultation, actor)
        placed = replace(checked, key=f"entry:{new.key}", source=f"{new.channel.value}:{new.key}")
        receipt = store(office, slug=slug, new=placed, now=now, actor=actor)
        if not receipt.repeated:
            imports.add_items(db, number, [(receipt.number, Outcome.TAKEN, receipt.number, 0)])
    return receipt


def entered_today(office: Office, *, slug: str, actor: str) -> int:
    """Count what a member of staff has entered today."""
    db = office.store.db
    consultation, _ = consultations.find(db, slug)
    found = imports.with_digest(db, consultation, SourceKind.ENTRY, _digest(office, actor))
    return found.report.taken if found else 0


def enter_meeting(
    office: Office,
    *,
    slug: str,
    title: str,
    speeches: Sequence[Speech],
    like: NewSubmission,
    now: datetime,
    actor: str,
    rules: Rules | None = None,
) -> ImportReport:
    """Store what each person said in a meeting, each a submission of its own.

    ``like`` holds what they have in common: channel, when it was, key. Raises as ``enter``.
    """
    if like.received is not None and like.received > now:
        raise InputRefused("entry.future", field="received")
    items = [
        replace(like, text=speech.text, name=speech.speaker, key=f"entry:{like.key}.{place}",
                source=f"{title}:{place}")
        for place, speech in enumerate(speeches, 1)
    ]  # fmt: skip
    digest = hashlib.sha256(f"meeting {like.key}".encode()).hexdigest()
    return import_items(
        office, slug=slug, items=items, now=now, actor=actor, rules=rules,
        source=Source(SourceKind.ENTRY, title, digest),
    )  # fmt: skip


def _heading(office: Office, consultation: int, actor: str) -> int:
    """Return the ledger's entry of this person and day, made when it is the first of the day."""
    db, digest = office.store.db, _digest(office, actor)
    found = imports.with_digest(db, consultation, SourceKind.ENTRY, digest)
    if found is not None:
        return found.number
    source = Source(SourceKind.ENTRY, f"{office.clock():%Y-%m-%d} {actor}", digest)
    return imports.add(
        db, consultation, source, actor=actor, state=ImportState.DONE, options={},
        now=office.clock(),
    )  # fmt: skip


def _digest(office: Office, actor: str) -> str:
    return hashlib.sha256(f"entries {actor} {office.clock():%Y-%m-%d}".encode()).hexdigest()
