"""Counters of a sliding window, in the database so that all workers and restarts share them.

A bucket is a keyed hash made by the caller: the ledger never holds an address. Acts are tallied by
ticks of five minutes, with the instant of the last one: a tick counts whole until its last act has
left the window, so a limit holds a little longer and never a little less. Counting so costs the
same for the first act and for the ten-thousandth.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from sqlite_utils import Database

_TICK: Final = 300  # seconds


def ticks(at: float, window: int) -> Sequence[int]:
    """Return the ticks of a window that ends at an instant (seconds since 1970)."""
    return range(int(at - window) // _TICK, int(at) // _TICK + 1)


def used(bucket: str, since: str, marks: Sequence[str]) -> str:
    """Return the SQL that counts the acts of a bucket, given the names of its parameters."""
    return (
        "(select coalesce(sum(n), 0) from tallies"
        f" where tick in ({', '.join(marks)}) and bucket = {bucket} and last >= {since})"
    )


def count(db: Database, bucket: str, *, at: float, window: int) -> int:
    """Count the attempts of a bucket in the seconds before an instant."""
    wanted = ticks(at, window)
    sql = f"select {used('?', '?', ['?'] * len(wanted))}"
    found = db.conn.execute(sql, [*wanted, bucket, at - window]).fetchone()
    return int(found[0])


def add(db: Database, *buckets: str, at: float, window: int) -> None:
    """Note an attempt of each bucket; the first of a tick drops what has left the window."""
    tick = int(at) // _TICK
    fresh = False
    for bucket in buckets:
        found = db.conn.execute(_NOTE, [tick, bucket, at]).fetchone()
        fresh |= found[0] == 1
    if fresh:
        db.execute("delete from tallies where tick < ?", [ticks(at, window)[0]])


_NOTE: Final = (
    "insert into tallies (tick, bucket, n, last) values (?, ?, 1, ?)"
    " on conflict do update set n = n + 1, last = excluded.last returning n"
)
