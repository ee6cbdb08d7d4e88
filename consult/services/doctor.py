"""Examine a data directory: what is wrong, and what to do about it."""

from __future__ import annotations

import inspect
import shutil
import zipfile
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from consult.crypto.codes import keyed_hash
from consult.crypto.keyring import FILE as KEY_FILE
from consult.domain.errors import ConsultError, InputRefused
from consult.services import vault
from consult.services.office import Office
from consult.store import (
    consultations,
    copying,
    events,
    facts,
    submissions,
    totals,
    verify_chain,
)
from consult.store.codec import to_instant

_FREE = 500_000_000  # bytes; a day of attachments and a backup fit
_BACKUP_AGE = timedelta(days=2)


@dataclass(frozen=True, slots=True)
class Finding:
    """One examined thing: its name, whether all is well, and what was found in a few words.

    ``faults`` are of events: first and last number, and the kind (``terms.FAULTS``).
    """

    name: str
    ok: bool
    detail: str = ""
    faults: tuple[tuple[int, int, str], ...] = ()


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
        wrong = _faults(office) if name == "events" and not ok else ()
        found.append(Finding(name, ok, detail, wrong))
    return tuple(found)


def _integrity(office: Office) -> tuple[bool, str]:
    copying.check(office.store.path)
    return True, ""


def _faults(office: Office) -> tuple[tuple[int, int, str], ...]:
    found = events.faults(office.store.db, lambda text: keyed_hash(office.keys.chain, text))
    return tuple((fault.number, fault.last, fault.kind) for fault in found)


def _events(office: Office) -> tuple[bool, str]:
    """Verify the chain with its seals; says how many events are not as they should be."""
    db = office.store.db
    found = _faults(office)
    if found:
        return False, f"{len(found)}"
    if events.last(db) and events.sealed_from(db) is None:
        return False, f"1-{events.last(db)} unsealed"
    head, foreign = f"{events.last(db)} {events.head(db)}", events.withheld_count(db)
    # Only what was restored from an archive may lack the contents of other consultations' events.
    restored = bool(facts.read(db, "restored"))
    return restored or not foreign, f"{head} withheld {foreign}" if foreign else head


def head_hash(office: Office) -> str:
    """Return the hash of the newest event."""
    return events.head(office.store.db)


def compare_file(office: Office, *, path: Path) -> Finding:
    """Look for the head hash that an earlier export, backup, archive or receipt states.

    Raises ``InputRefused("file.missing")`` and ``InputRefused("file.unreadable")``.
    """
    try:
        heads = verify_chain.heads_in(path)
    except FileNotFoundError as error:
        raise InputRefused("file.missing", field="file", path=str(path)) from error
    except (OSError, ValueError, zipfile.BadZipFile) as error:
        reason = str(error) or type(error).__name__
        raise InputRefused(
            "file.unreadable", field="file", path=str(path), reason=reason
        ) from error
    places = [events.place_of(office.store.db, head) for head in heads]
    known = [place for place in places if place is not None]
    detail = f"{path.name} {max(known)}" if known else f"{path.name} {'; '.join(heads[:1])}"
    return Finding("head", ok=bool(known), detail=detail.strip())


def verifier() -> str:
    """Return the stand-alone script that verifies the events without this program."""
    return inspect.getsource(verify_chain)


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
