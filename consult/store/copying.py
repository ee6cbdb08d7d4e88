"""Copies of a whole database: ``cp`` of the file misses what is in the WAL, this does not."""

from __future__ import annotations

import os
import sqlite3
from contextlib import closing
from pathlib import Path

from consult.domain.errors import StoreUnready
from consult.store.database import Store


def copy_to(store: Store, target: Path) -> None:
    """Write a consistent copy with SQLite's backup API, while others read and write."""
    with closing(sqlite3.connect(target)) as copy:
        store.db.conn.backup(copy, pages=2000)
        copy.execute("pragma journal_mode = delete").fetchall()


def copy_file(path: Path, target: Path) -> None:
    """Copy a database file that no store has open, its WAL included."""
    with closing(sqlite3.connect(path)) as source, closing(sqlite3.connect(target)) as copy:
        source.backup(copy)
    target.chmod(0o600)


def check(path: Path) -> None:
    """Run SQLite's integrity check; raises ``StoreUnready("store.damaged")``."""
    try:
        with closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True)) as connection:
            answer = connection.execute("pragma integrity_check").fetchone()[0]
            broken = connection.execute("pragma foreign_key_check").fetchone()
    except sqlite3.DatabaseError as error:
        raise StoreUnready("store.damaged", reason=str(error)) from error
    if answer != "ok" or broken is not None:
        raise StoreUnready("store.damaged", reason=str(answer))


def settle(path: Path) -> None:
    """Put a closed database file to rest: all in one file, and on the disk."""
    for suffix in ("-wal", "-shm"):
        path.with_name(path.name + suffix).unlink(missing_ok=True)
    with path.open("rb") as file:
        os.fsync(file.fileno())
