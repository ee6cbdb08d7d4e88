"""Letters as they came, byte for byte: ciphertext under the key of their submission."""

from __future__ import annotations

from sqlite_utils import Database

from consult.store.rows import rows


def add(db: Database, submission: int, sealed: bytes, *, size: int) -> None:
    """Keep the original of a submission; ``size`` is its length in bytes."""
    db.execute("insert into originals values (?, ?, ?)", [submission, size, sealed])


def of(db: Database, submission: int) -> bytes | None:
    """Return the ciphertext of a submission's original, None when none is kept."""
    for row in rows(db, "select sealed from originals where submission = ?", [submission]):
        return bytes(row["sealed"])
    return None


def forget(db: Database, consultation: int) -> int:
    """Delete all originals of a consultation, which name their senders; returns how many."""
    return db.execute(
        "delete from originals where submission in"
        " (select id from submissions where consultation = ?)",
        [consultation],
    ).rowcount


def forget_one(db: Database, submission: int) -> None:
    """Delete the original of a submission."""
    db.execute("delete from originals where submission = ?", [submission])


def size(db: Database, submission: int) -> int:
    """Return the length of a submission's original in bytes, 0 when none is kept."""
    found = rows(db, "select size from originals where submission = ?", [submission])
    return next((int(row["size"]) for row in found), 0)
