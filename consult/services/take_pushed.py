"""Take in what another system pushes: one item at a time, under a key of its own, in the ledger."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from datetime import datetime

from consult.domain.comment import NewSubmission, Receipt
from consult.domain.errors import Conflict, InputRefused
from consult.domain.ledger import ImportState, Outcome, Source, SourceKind
from consult.domain.token import Token
from consult.services import vault
from consult.services.admit import Rules, check
from consult.services.limit import limit
from consult.services.office import Office
from consult.services.receive import store
from consult.store import consultations, imports, submissions, tokens


def take_pushed(
    office: Office,
    *,
    slug: str,
    token: Token,
    new: NewSubmission,
    now: datetime,
    per_hour: int,
    rules: Rules | None = None,
) -> Receipt:
    """Store an item once; sent again under the same key it is the same receipt, without its code.

    Raises ``InputRefused``, ``TooMany``, ``Conflict("token.key")`` when the key was used for other
    words before, ``NotFound``.
    """
    db = office.store.db
    consultation, _ = consultations.find(db, slug)
    plan = consultations.plan(db, consultation)
    if new.received is not None and new.received > now:
        raise InputRefused("entry.future", field="received")
    checked = check(new, plan, rules=rules or Rules(), strict=True)
    key = f"push:{token.id}:{new.key}"
    placed = replace(checked, key=key, source=f"{token.name}:{new.key}")
    with office.store.write():
        limit(office, act="push", client=str(token.id), per_hour=per_hour)
        before = submissions.by_key(db, consultation, key)
        if before is not None and vault.original(office.keys, before).text != checked.text:
            raise Conflict("token.key")
        tokens.use(db, token.id, now=office.clock())
        receipt = store(office, slug=slug, new=placed, now=now, actor=f"token:{token.name}")
        if not receipt.repeated:
            number = _heading(office, consultation, token)
            imports.add_items(db, number, [(receipt.number, Outcome.TAKEN, receipt.number, 0)])
    return receipt


def _heading(office: Office, consultation: int, token: Token) -> int:
    """Return the ledger's entry of this system and day."""
    db = office.store.db
    day = f"{office.clock():%Y-%m-%d}"
    digest = hashlib.sha256(f"pushed {token.id} {day}".encode()).hexdigest()
    found = imports.with_digest(db, consultation, SourceKind.API, digest)
    if found is not None:
        return found.number
    return imports.add(
        db, consultation, Source(SourceKind.API, f"{day} {token.name}", digest),
        actor=f"token:{token.name}", state=ImportState.DONE, options={}, now=office.clock(),
    )  # fmt: skip
