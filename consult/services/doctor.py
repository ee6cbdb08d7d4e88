"""Examine a data directory: what is wrong, and what to do about it."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from datetime import timedelta

from consult.crypto.codes import keyed_hash
from consult.crypto.keyring import FILE as KEY_FILE
from consult.domain.errors import ConsultError
from consult.services import vault
from consult.services.office import Office
from consult.store import consultations, copying, events, facts, submissions, totals
from consult.store.codec import to_instant

_FREE = 500_000_000  # bytes; a day of attachments and a backup fit
_BACKUP_AGE = timedelta(days=2)
_MOST = 10  # faults told one by one


@dataclass(frozen=True, slots=True)
class Finding:
    """One examined thing: its name, whether all is well, and what was found in a few words."""

    name: str
    ok: bool
    detail: str = ""


def examine(office: Office) -> tuple[Finding, ...]:
    """Run every examination; one that fails does not stop the others."""
    checks = (
        ("integrity", _integrity),
        ("events", _events),
        ("keys", _keys),
        ("originals", _originals),
        ("accounting", _accounting),
        ("disk", _disk),
        ("backup", _backup),
    )
    found = []
    for name, check in checks:
        try:
            ok, detail = check(office)
        except ConsultError as error:
            ok, detail = False, str(error)
        found.append(Finding(name, ok, detail))
    return tuple(found)


def _integrity(office: Office) -> tuple[bool, str]:
    copying.check(office.store.path)
    return True, ""


def _events(office: Office) -> tuple[bool, str]:
    """Verify the chain with its seals; names number and kind of every fault (the first ten)."""
    db = office.store.db
    found = events.faults(db, lambda text: keyed_hash(office.keys.chain, text))
    if found:
        more = [f"+{len(found) - _MOST}"] if len(found) > _MOST else []
        return False, "; ".join([*(f"event {fault}" for fault in found[:_MOST]), *more])
    if events.last(db) and events.sealed_from(db) is None:
        return False, f"events 1-{events.last(db)} unsealed"
    head, foreign = f"{events.last(db)} {events.head(db)}", events.withheld_count(db)
    # Only what was restored from an archive may lack the contents of other consultations' events.
    restored = bool(facts.read(db, "restored"))
    return restored or not foreign, f"{head} withheld {foreign}" if foreign else head


def compare(office: Office, *, head: str) -> Finding:
    """Look for a head hash from an earlier export, backup or receipt in the chain."""
    place = events.place_of(office.store.db, head.strip().lower())
    if place is None:
        return Finding("head", ok=False, detail=head.strip()[:64])
    return Finding("head", ok=True, detail=f"{place}")


def _keys(office: Office) -> tuple[bool, str]:
    path = office.store.path.parent / "keys" / KEY_FILE
    mode = path.stat().st_mode & 0o777
    return mode == 0o600, f"{mode:o}"


def _originals(office: Office) -> tuple[bool, str]:
    """Open every sealed original and compare it with the commitment in its event."""
    count = 0
    for consultation in consultations.every(office.store.db):
        identifier, _ = consultations.find(office.store.db, consultation.slug)
        for item in submissions.active(office.store.db, identifier):
            number = item.value.number
            committed = [
                event.after.get("commitment")
                for event in events.of(office.store.db, [f"submission:{number}"])
                if event.verb in ("received", "corrected")
            ]
            if committed[-1:] != [vault.commitment(office.keys, item)]:
                return False, number
            count += 1
    return True, str(count)


def _accounting(office: Office) -> tuple[bool, str]:
    for consultation in consultations.every(office.store.db):
        identifier, _ = consultations.find(office.store.db, consultation.slug)
        if not totals.accounting(office.store.db, identifier).balanced:
            return False, consultation.slug
    return True, ""


def _disk(office: Office) -> tuple[bool, str]:
    free = shutil.disk_usage(office.store.path.parent).free
    return free >= _FREE, f"{free // 1_000_000} MB"


def _backup(office: Office) -> tuple[bool, str]:
    last = facts.read(office.store.db, "backup")
    if not last:
        return False, "-"
    return office.clock() - to_instant(last) <= _BACKUP_AGE, last[:19]
