"""The office: the database, the keys and the real clock that every verb works with."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from consult.crypto.codes import keyed_hash
from consult.crypto.keyring import Keyring, load_keyring
from consult.domain.errors import KeysUnready
from consult.store import facts
from consult.store.database import FILE, Store, open_store


def real_time() -> datetime:
    """Return the present instant in UTC."""
    return datetime.now(UTC)


@dataclass(frozen=True, slots=True)
class Office:
    """The collaborators of every verb.

    ``clock`` is real time: events, sessions and limits use it even when a simulated date moves the
    window.
    """

    store: Store
    keys: Keyring
    clock: Callable[[], datetime] = real_time


def open_office(
    data_dir: Path,
    *,
    create: bool = False,
    busy_seconds: int = 30,
    clock: Callable[[], datetime] = real_time,
) -> Office:
    """Open database and keys of a data directory.

    Raises ``StoreUnready`` and ``KeysUnready``; a key that is not the one the data were sealed with
    is found by its fingerprint before anything is read.
    """
    store = open_store(data_dir / FILE, create=create, busy_seconds=busy_seconds)
    known = facts.read(store.db, "keys")
    keys = load_keyring(data_dir / "keys", create=create and not known)
    if known and known != keys.fingerprint:
        raise KeysUnready("keys.mismatch", row="database")
    store.seal_events(lambda text: keyed_hash(keys.chain, text))
    if not known:
        with store.write() as db:
            facts.write(db, "keys", keys.fingerprint)
    return Office(store=store, keys=keys, clock=clock)
