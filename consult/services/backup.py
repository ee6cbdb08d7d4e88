"""Back a data directory up into one verified zip file, and restore it."""

from __future__ import annotations

import hashlib
import inspect
import json
import os
import tempfile
import zipfile
import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from consult import __version__
from consult.domain.errors import Conflict, InputRefused, StoreUnready
from consult.services.office import Office
from consult.services.sealed_keys import put_key_back, sealed_key
from consult.store import copying, events, facts, verify_chain
from consult.store.codec import to_text
from consult.store.database import FILE, Store, open_store

_MANIFEST, _KEYS, _VERIFIER = "manifest.json", "keys.sealed.json", "verify_chain.py"


@dataclass(frozen=True, slots=True)
class Backup:
    """What a backup holds: its path, the head hash of the events, the database's SHA-256."""

    path: Path
    head: str
    sha256: str
    keys: bool


def backup(office: Office, *, target: Path, passphrase: str = "", actor: str) -> Backup:
    """Write a backup that was opened and checked again before it gets its name.

    The keys are left out unless a passphrase is given to seal them with. Raises ``Conflict`` when
    the target exists already.
    """
    if target.exists():
        raise Conflict("backup.exists", path=str(target))
    target.parent.mkdir(parents=True, exist_ok=True)
    with office.store.write() as db:
        facts.write(db, "backup", to_text(office.clock()))
        head = events.add(db, at=office.clock(), actor=actor, verb="backed-up", subject="database")
    with tempfile.TemporaryDirectory(dir=target.parent) as folder:
        copy = Path(folder) / FILE
        copying.copy_to(office.store, copy)
        copying.check(copy)
        head = _head(copy) or head
        sha256 = _sha256(copy)
        manifest = {"consult": __version__, "head": head, "sha256": sha256,
                    "fingerprint": office.keys.fingerprint}  # fmt: skip
        draft = Path(folder) / "backup.zip"
        with zipfile.ZipFile(draft, "w", zipfile.ZIP_DEFLATED) as archive:
            archive.write(copy, FILE)
            archive.writestr(_MANIFEST, json.dumps(manifest, indent=1))
            archive.writestr(_VERIFIER, inspect.getsource(verify_chain))
            if passphrase:
                archive.writestr(_KEYS, sealed_key(office, passphrase))
        draft.chmod(0o600)
        _settle(draft)
        os.replace(draft, target)  # noqa: PTH105 - atomic on every platform
    return Backup(target, head, sha256, bool(passphrase))


def restore(source: Path, *, data_dir: Path, passphrase: str = "") -> Backup:
    """Rebuild a data directory from a backup; nothing is overwritten.

    Raises ``Conflict("restore.exists")`` when there is a database already, ``InputRefused`` when
    the file is no backup or other keys lie there, ``StoreUnready("store.damaged")`` when hash,
    structure or event chain do not hold, ``KeysUnready`` for a wrong passphrase. The database
    appears whole or not at all.
    """
    target = data_dir / FILE
    if target.exists():
        raise Conflict("restore.exists", path=str(target))
    data_dir.mkdir(parents=True, exist_ok=True, mode=0o700)
    with tempfile.TemporaryDirectory(dir=data_dir) as folder:
        manifest, sealed = _unpack(source, Path(folder))
        draft = Path(folder) / FILE
        if _sha256(draft) != manifest["sha256"]:
            raise StoreUnready("store.damaged", reason="sha256")
        copying.check(draft)
        if _head(draft) != manifest["head"]:
            raise StoreUnready("store.damaged", reason="events")
        put_key_back(data_dir / "keys", sealed, passphrase, str(manifest["fingerprint"]))
        _settle(draft)
        os.replace(draft, target)  # noqa: PTH105 - atomic on every platform
    return Backup(target, str(manifest["head"]), str(manifest["sha256"]), bool(sealed))


def _unpack(source: Path, folder: Path) -> tuple[Mapping[str, object], bytes]:
    try:
        with zipfile.ZipFile(source) as archive:
            manifest = json.loads(archive.read(_MANIFEST))
            names = archive.namelist()
            sealed = archive.read(_KEYS) if _KEYS in names else b""
            archive.extract(FILE, folder)
            if _VERIFIER in names:
                archive.read(_VERIFIER)  # its checksum: a damaged file is damaged everywhere
    except FileNotFoundError as error:
        raise InputRefused("file.missing", field="file", path=str(source)) from error
    except (zipfile.BadZipFile, zlib.error, KeyError, ValueError, OSError, EOFError) as error:
        raise InputRefused("backup.broken", field="file", path=str(source)) from error
    if not isinstance(manifest, dict) or not {"sha256", "head", "fingerprint"} <= set(manifest):
        raise InputRefused("backup.broken", field="file", path=str(source))
    return manifest, sealed


def _head(path: Path) -> str:
    """Verify the event chain of a database file and return its head hash."""
    store: Store = open_store(path)
    try:
        broken = events.verify(store.db)
        if broken is not None:
            raise StoreUnready("store.damaged", reason=f"event {broken}")
        return events.head(store.db)
    finally:
        store.close()
        for suffix in ("-wal", "-shm"):
            path.with_name(path.name + suffix).unlink(missing_ok=True)


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _settle(path: Path) -> None:
    with path.open("rb") as file:
        os.fsync(file.fileno())
