"""Refused items: keep what stood there, sealed, so that it can be corrected and sent again."""

from __future__ import annotations

import base64
import json
from collections.abc import Mapping

from consult.crypto.codes import keyed_hash
from consult.crypto.sealing import seal, unseal
from consult.domain.comment import NewSubmission, Refusal
from consult.domain.ledger import RefusalState, RefusedItem, Source, SourceKind
from consult.services.office import Office
from consult.store import codec, consultations, refusals
from consult.store.refusals import StoredRefusal

# The values of a submission that a person can correct.
_CORRECTABLE = ("text", "channel", "speaker", "name", "contact", "received", "publish", "chosen")


def key_of(source: Source | None, refusal: Refusal) -> str:
    """Return the key of a refused item: its own, or digest and place."""
    return refusal.key or f"{source.digest if source else ''}#{refusal.place}"


def refusal_of(
    new: NewSubmission, *, field: str, code: str, values: Mapping[str, object]
) -> Refusal:
    """Return the refusal of a submission that was read and cannot be taken."""
    return Refusal(
        new.source, field, code, values, fields=fields_of(new), key=new.key,
        original=new.original, file="letter.eml" if new.original else "",
    )  # fmt: skip


def fields_of(new: NewSubmission) -> dict[str, str]:
    """Return the values of a submission that a person can correct, as text."""
    found: dict[str, str] = {}
    for name in _CORRECTABLE:
        value = getattr(new, name)
        if name == "received":
            value = value.isoformat() if value else ""
        elif name == "chosen":
            value = "、".join(value)
        elif name == "publish":
            value = "1" if value else ""
        if value:
            found[name] = str(value)
    return found


def note(
    office: Office, consultation: int, refusal: Refusal, source: Source | None
) -> StoredRefusal:
    """Record a refused item once, with all that is kept of it; joins the caller's transaction.

    Returns the row: of an item refused before, as it is now (it may have been taken since).
    """
    db = office.store.db
    key = key_of(source, refusal)
    known = refusals.find(db, consultation, key)
    if known is None:
        identifier = refusals.add(
            db, consultation, key=key, place=refusal.place, field=refusal.field, code=refusal.code,
            source=source, at=office.clock(),
        )  # fmt: skip
        refusals.keep(db, identifier, _closed(office, identifier, refusal))
    elif known.state is RefusalState.OPEN:
        refusals.explain(db, known.id, field=refusal.field, code=refusal.code)
        refusals.keep(db, known.id, _closed(office, known.id, refusal))
    else:
        return known
    return refusals.one(db, consultation, known.id if known else identifier)


def refused_item(office: Office, *, slug: str, identifier: int) -> RefusedItem:
    """Return a refused item with what was kept of it; raises ``NotFound``."""
    db = office.store.db
    consultation, _ = consultations.find(db, slug)
    return opened(office, refusals.one(db, consultation, identifier))


def refused_items(
    office: Office, *, slug: str, state: RefusalState = RefusalState.OPEN, after: int = 0,
    limit: int = 100,
) -> tuple[RefusedItem, ...]:  # fmt: skip
    """Return the refused items of a consultation, oldest first."""
    db = office.store.db
    consultation, _ = consultations.find(db, slug)
    found = refusals.in_state(db, consultation, state, after=after, limit=limit)
    return tuple(opened(office, item) for item in found)


def opened(office: Office, stored: StoredRefusal) -> RefusedItem:
    """Return a stored refusal with what was kept of it."""
    held: dict[str, object] = {"values": codec.load(stored.detail)}
    if stored.sealed is not None:
        held = json.loads(unseal(_own(office), stored.sealed, bound_to=_bound(stored.id)))
    fields, row, values = held.get("fields"), held.get("row"), held.get("values")
    refusal = Refusal(
        stored.place, stored.field, stored.code,
        values if isinstance(values, dict) else {},
        fields=fields if isinstance(fields, dict) else {},
        row=tuple((str(a), str(b)) for a, b in row) if isinstance(row, list) else (),
        original=base64.b64decode(str(held.get("original", ""))),
        file=str(held.get("file", "")), key=stored.key,
    )  # fmt: skip
    source = Source(SourceKind(stored.kind or SourceKind.JSONL), stored.name)
    return RefusedItem(
        stored.id, refusal, stored.state, source, stored.number, stored.actor, stored.why
    )


def _closed(office: Office, identifier: int, refusal: Refusal) -> bytes:
    held = {
        "values": dict(refusal.values), "fields": dict(refusal.fields),
        "row": [list(pair) for pair in refusal.row], "file": refusal.file,
        "original": base64.b64encode(refusal.original).decode(),
    }  # fmt: skip
    data = json.dumps(held, ensure_ascii=True, default=str).encode()
    return seal(_own(office), data, bound_to=_bound(identifier))


def _own(office: Office) -> bytes:
    return bytes.fromhex(keyed_hash(office.keys.wrap, "refused items"))


def _bound(identifier: int) -> str:
    return f"refusal {identifier}"
