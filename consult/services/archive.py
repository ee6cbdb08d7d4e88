"""Archive (归档) a consultation: everything of it in one zip that can be verified and restored."""

from __future__ import annotations

import hashlib
import os
import tempfile
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path

from consult import __version__
from consult.domain.errors import Conflict, InputRefused
from consult.export.archive_check import FORMAT, KEYS
from consult.export.archive_zip import CHAIN_VERIFIER, ArchiveWriter
from consult.services.deliver import every_document
from consult.services.office import Office
from consult.services.result_files import released_files
from consult.services.sealed_keys import sealed_key
from consult.store import (
    consultations,
    events,
    migrations,
    runs,
    tables,
    totals,
    verify_chain,
)


@dataclass(frozen=True, slots=True)
class Archived:
    """What was written: where, its SHA-256, the head of the chain in it, whether keys are in it."""

    path: Path
    sha256: str
    head: str
    keys: bool


def archive(
    office: Office,
    *,
    slug: str,
    target: Path,
    as_of: datetime,
    rehearsal: bool = False,
    passphrase: str = "",
    actor: str,
) -> Archived:
    """Write the archive; it appears whole or not at all, and the act is an event.

    The same database, instant and settings give the same bytes, the sealed key aside. Other
    consultations' events keep their hashes alone; withdrawn and erased submissions are rows that
    count. Raises ``Conflict("backup.exists")``, ``NotFound``, ``AccountingError``, and
    ``InputRefused("file.unwritable")`` where the disk is full.
    """
    if target.exists():
        raise Conflict("backup.exists", path=str(target))
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=target.parent) as folder:
            draft = Path(folder) / "archive.zip"
            head = write(office, draft, slug=slug, as_of=as_of, rehearsal=rehearsal,
                         passphrase=passphrase)  # fmt: skip
            sha256 = _settled(draft)
            os.replace(draft, target)  # noqa: PTH105 - atomic on every platform
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise InputRefused(
            "file.unwritable", field="file", path=str(target), reason=reason
        ) from error
    with office.store.write() as db:
        identifier, _ = consultations.find(db, slug)
        events.add(
            db, at=office.clock(), actor=actor, verb="archived", subject=f"consultation:{slug}",
            after={"sha256": sha256, "keys": bool(passphrase)}, consultation=identifier,
        )  # fmt: skip
    return Archived(target, sha256, head, bool(passphrase))


def write(
    office: Office, path: Path, *, slug: str, as_of: datetime, rehearsal: bool, passphrase: str = ""
) -> str:
    """Write the zip from one state of the database; returns the head of its chain."""
    with office.store.read() as db, ArchiveWriter(path) as out:
        identifier, consultation = consultations.find(db, slug)
        names = tables.every(db)
        for table in names:
            out.add_rows(table, map(tables.plain, tables.rows_of(db, table, identifier)))
        made = every_document(office, slug=slug, as_of=as_of, rehearsal=rehearsal)
        for item in (*made, *released_files(office, slug=slug, as_of=as_of)):
            out.add(f"documents/{item.name}", _pieces(item.data))
        if passphrase:
            out.add(KEYS, [sealed_key(office, passphrase)])
        out.add(CHAIN_VERIFIER, [Path(verify_chain.__file__).read_bytes()])
        head = events.head(db)
        out.finish({
            "format": FORMAT, "consult": __version__, "slug": slug, "title": consultation.title,
            "office": consultation.office, "as_of": as_of.isoformat(), "rehearsal": rehearsal,
            "head": head, "fingerprint": office.keys.fingerprint, "tables": names,
            "schema": migrations.applied(db), "sequences": tables.sequences(db, names),
            "accounting": asdict(totals.accounting(db, identifier)),
            "run": runs.latest(db, identifier), "versions": runs.versions(db, identifier),
        })  # fmt: skip
    path.chmod(0o600)
    return head


def _pieces(data: bytes) -> Iterator[bytes]:
    for start in range(0, len(data), 1 << 20):
        yield data[start : start + (1 << 20)]


def _settled(path: Path) -> str:
    with path.open("rb") as file:
        os.fsync(file.fileno())
        return hashlib.file_digest(file, "sha256").hexdigest()
