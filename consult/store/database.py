"""Opens the SQLite file: one connection a thread, WAL, full durability, immediate writes.

Why: with deferred transactions and eight writers 3,821 of 4,000 failed as locked, with
``BEGIN IMMEDIATE`` none did; ``synchronous=FULL`` makes an acknowledged receipt survive a crash;
opening a connection costs 1.2 ms, so each thread keeps its own.
"""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlite_utils import Database

from consult.domain.errors import StoreUnready
from consult.store.migrations import applied, pending, unknown, upgrade

FILE = "consult.sqlite3"


class Store:
    """A database file and its connections. Use :func:`open_store`."""

    def __init__(self, path: Path, *, busy_seconds: int = 30) -> None:
        self.path = path
        self._busy = busy_seconds
        self._local = threading.local()
        self._seal: Callable[[str], str] = lambda _hash: ""

    def seal_events(self, seal: Callable[[str], str]) -> None:
        """Seal every further event with what this makes of its hash (SQL: ``event_seal``)."""
        self._seal = seal
        self.db.conn.create_function("event_seal", 1, seal)

    @property
    def db(self) -> Database:
        """The connection of this thread."""
        database: Database | None = getattr(self._local, "db", None)
        if database is None:
            database = self._local.db = _connect(self.path, self._busy)
            database.conn.create_function("event_seal", 1, self._seal)
        return database

    @contextmanager
    def write(self) -> Iterator[Database]:
        """Run a block in one ``BEGIN IMMEDIATE`` transaction; joins one that is already open.

        Raises ``StoreUnready("store.locked")`` when another writer holds the file too long, and
        ``StoreUnready("store.full")`` when the disk is full; nothing is written then.
        """
        database = self.db
        if _inside(database):
            yield database
            return
        with _explained():
            database.conn.execute("BEGIN IMMEDIATE")
            try:
                yield database
                database.conn.execute("COMMIT")
            finally:
                if _inside(database):  # an error may have ended it already
                    database.conn.execute("ROLLBACK")

    @contextmanager
    def read(self) -> Iterator[Database]:
        """Run a block on one consistent snapshot."""
        database = self.db
        if _inside(database):
            yield database
            return
        with _explained():
            database.conn.execute("BEGIN")
            try:
                yield database
            finally:
                if _inside(database):  # an error may have ended it already
                    database.conn.execute("ROLLBACK")

    def scrub(self) -> None:
        """Move everything out of the write-ahead log, so that deleted bytes are gone there too."""
        with _explained():
            self.db.conn.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()

    def close(self) -> None:
        """Close the connection of this thread."""
        database: Database | None = getattr(self._local, "db", None)
        if database is not None:
            database.close()
            self._local.db = None


def _inside(database: Database) -> bool:
    return database.conn.in_transaction


# What SQLite says, and what it means to a person.
_FAULTS = (
    ("locked", "store.locked"),
    ("busy", "store.locked"),
    ("full", "store.full"),
    ("readonly", "store.readonly"),
    ("unable to open", "store.unreadable"),
    ("no such table", "store.damaged"),
    ("disk I/O", "store.faulty"),
    ("malformed", "store.damaged"),
    ("not a database", "store.damaged"),
)


@contextmanager
def _explained() -> Iterator[None]:
    try:
        yield
    except sqlite3.IntegrityError:
        raise
    except sqlite3.DatabaseError as error:
        text = str(error)
        code = next((code for part, code in _FAULTS if part in text), None)
        if code is None:
            raise
        raise StoreUnready(code, reason=text) from error


def _connect(path: Path, busy: int) -> Database:
    with _explained():
        place = f"{path.resolve().as_uri()}?mode=rw"  # never an empty file where one was removed
        connection = sqlite3.connect(place, uri=True, timeout=busy, isolation_level=None)
        database = Database(connection, strict=True, execute_plugins=False)
        for pragma in (
            f"busy_timeout = {busy * 1000}",
            "journal_mode = WAL",
            "synchronous = FULL",
            "foreign_keys = ON",
            "secure_delete = ON",  # erased rows leave no bytes behind
            "temp_store = MEMORY",
            "cache_size = -16000",
            # 16 MB: an import commits 4 MB at a time, and a checkpoint after each cost it 15 %.
            "wal_autocheckpoint = 4000",
        ):
            connection.execute(f"PRAGMA {pragma}").fetchall()
    return database


def open_store(path: Path, *, create: bool = False, busy_seconds: int = 30) -> Store:
    """Open the database; creates and migrates it only when asked to.

    Raises ``StoreUnready``: ``store.missing``, ``store.older`` (run the migration), ``store.newer``
    (the program is older than the data), ``store.damaged``.
    """
    if not path.exists() and not create:
        raise StoreUnready("store.missing", path=str(path))
    if create:
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        path.touch(mode=0o600)
    store = Store(path, busy_seconds=busy_seconds)
    if unknown(store.db):
        raise StoreUnready("store.newer", path=str(path))
    if create and not applied(store.db):
        upgrade(store.db)
    if pending(store.db):
        raise StoreUnready("store.older", path=str(path))
    return store


def open_empty(path: Path) -> Store:
    """Make a database file without any table, to be built up step by step."""
    path.touch(mode=0o600, exist_ok=False)
    return Store(path)


def peek(path: Path) -> tuple[str, ...]:
    """Return the steps a database still needs; raises ``StoreUnready("store.newer")``."""
    store = Store(path)
    try:
        if unknown(store.db):
            raise StoreUnready("store.newer", path=str(path))
        return pending(store.db)
    finally:
        store.close()


def migrate_store(path: Path) -> tuple[str, ...]:
    """Apply the pending steps; returns their names. Raises like :func:`peek`."""
    steps = peek(path)
    store = Store(path)
    try:
        upgrade(store.db)
        return steps
    finally:
        store.close()
