"""Restore (恢复) a consultation from its archive: a site with everything of it, built anew."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any, BinaryIO
from zipfile import BadZipFile, ZipFile

from consult.domain.errors import Conflict, InputRefused, StoreUnready
from consult.export.archive_check import KEYS, MANIFEST, Damaged, check, rows
from consult.services.archive import Archived
from consult.services.sealed_keys import put_key_back
from consult.store import copying, events, facts, migrations, tables, totals
from consult.store.database import FILE, open_empty

_KEY_BYTES = 100_000


def is_archive(path: Path) -> bool:
    """Tell an archive of a consultation from a backup of a database."""
    try:
        with ZipFile(path) as found:
            return b"consult-archive" in found.open(MANIFEST).read(1 << 20)
    except (OSError, BadZipFile, KeyError, ValueError, RuntimeError, EOFError):
        return False


def restore_archive(source: Path, *, data_dir: Path, passphrase: str = "") -> Archived:
    """Rebuild a data directory from an archive; nothing is overwritten, nothing half-written.

    Everything is verified before anything is written, and the database appears whole or not at
    all. Staff accounts are not in an archive. Raises ``Conflict("restore.exists")``,
    ``InputRefused("archive.damaged")`` with what is wrong, ``StoreUnready("store.newer")`` for an
    archive of a newer program, ``KeysUnready`` for a wrong passphrase.
    """
    target = data_dir / FILE
    if target.exists():
        raise Conflict("restore.exists", path=str(target))
    try:
        file = source.open("rb")
    except OSError as error:
        raise InputRefused("file.missing", field="file", path=str(source)) from error
    with file:
        manifest = _checked(file, source)
        _refuse_strange(manifest, source, data_dir)
        data_dir.mkdir(parents=True, exist_ok=True, mode=0o700)
        with tempfile.TemporaryDirectory(dir=data_dir) as folder, ZipFile(file) as opened:
            draft = Path(folder) / FILE
            _fill(opened, draft, manifest, source)
            copying.check(draft)
            sealed = opened.read(KEYS) if KEYS in manifest["members"] else b""
            put_key_back(data_dir / "keys", sealed, passphrase, str(manifest["fingerprint"]))
            copying.settle(draft)
            os.replace(draft, target)  # noqa: PTH105 - atomic on every platform
    return Archived(target, "", str(manifest["head"]), bool(sealed))


def _checked(file: BinaryIO, source: Path) -> dict[str, Any]:
    try:
        return check(file)
    except Damaged as error:
        raise _damaged(source, str(error)) from error


def _damaged(source: Path, reason: str) -> InputRefused:
    return InputRefused("archive.damaged", field="file", path=str(source), reason=reason)


def _refuse_strange(manifest: Mapping[str, Any], source: Path, data_dir: Path) -> None:
    """Refuse what no archive of ours says, and what there is no room for."""
    named = ("tables", "schema", "sequences", "fingerprint", "head", "slug")
    if [name for name in named if name not in manifest]:
        raise _damaged(source, f"{MANIFEST} 不完整")
    members = manifest["members"]
    if KEYS in members and members[KEYS]["bytes"] > _KEY_BYTES:
        raise _damaged(source, f"{KEYS} 太大")
    room = data_dir
    while not room.exists():
        room = room.parent
    if sum(item["bytes"] for item in members.values()) * 2 > shutil.disk_usage(room).free:
        raise StoreUnready("store.full", reason="disk")


def _fill(opened: ZipFile, draft: Path, manifest: Mapping[str, Any], source: Path) -> None:
    """Build the database as it was, step by step, then bring it up to date."""
    store = open_empty(draft)
    try:
        steps = set(manifest["schema"])
        if not steps <= set(migrations.all_steps()):
            raise StoreUnready("store.newer", path=str(source))
        migrations.build(store.db, steps)
        with store.write() as db:
            db.conn.execute("PRAGMA defer_foreign_keys = ON")
            if sorted(tables.every(db)) != sorted(manifest["tables"]):
                raise _damaged(source, "数据表不齐")
            for table in tables.every(db):
                tables.put(db, table, rows(opened, table))
            tables.check_links(db)
            tables.set_sequences(db, manifest["sequences"])
            facts.write(db, "keys", str(manifest["fingerprint"]))
            facts.write(db, "restored", str(manifest["slug"]))
        migrations.upgrade(store.db)
        _compare(store.db, manifest, source)
    except (KeyError, TypeError, ValueError, AttributeError, RecursionError) as error:
        raise _damaged(source, "内容的格式不对") from error
    except Damaged as error:
        raise _damaged(source, str(error)) from error
    finally:
        store.close()


def _compare(db: Any, manifest: Mapping[str, Any], source: Path) -> None:
    """Compare what came to be with what was archived."""
    if events.verify(db) is not None or events.head(db) != manifest["head"]:
        raise _damaged(source, "事件链对不上")
    (identifier,) = (row["id"] for row in db.query("select id from consultations"))
    sums = totals.accounting(db, identifier)
    if any(getattr(sums, name, None) != value for name, value in manifest["accounting"].items()):
        raise _damaged(source, "核对不平")
