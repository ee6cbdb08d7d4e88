"""Counters of a sliding window, in the database so that all workers and restarts share them.

A bucket is a keyed hash made by the caller: the ledger never holds an address.
"""

from __future__ import annotations

from sqlite_utils import Database

from consult.store.rows import rows


def count(db: Database, bucket: str, *, since: float) -> int:
    """Count the attempts of a bucket since an instant (seconds since 1970)."""
    sql = "select count(*) as n from attempts where bucket = ? and at >= ?"
    return int(next(iter(rows(db, sql, [bucket, since])))["n"])


def add(db: Database, bucket: str, *, at: float, keep_since: float) -> None:
    """Note an attempt and drop what is older than the window."""
    db.execute("delete from attempts where at < ?", [keep_since])
    db.execute("insert into attempts values (?, ?)", [bucket, at])
