"""Forms saved for later: ciphertext under the keyed hash of a code that only their author has."""

from __future__ import annotations

from sqlite_utils import Database


def save(db: Database, *, code_hash: str, form: str, sealed: bytes, expires: float) -> None:
    """Keep a draft until an instant (seconds since 1970); an earlier one of the form goes."""
    db.execute("delete from drafts where form = ?", [form])
    db.execute(
        "insert into drafts (hash, form, sealed, expires) values (?, ?, ?, ?)",
        [code_hash, form, sealed, expires],
    )


def find(db: Database, code_hash: str, *, now: float) -> bytes | None:
    """Return the draft of a code, or None when there is none or its time is over."""
    rows = db.query("select sealed from drafts where hash = ? and expires > ?", [code_hash, now])
    return next((bytes(row["sealed"]) for row in rows), None)


def forget(db: Database, form: str) -> None:
    """Drop the draft of a form."""
    db.execute("delete from drafts where form = ?", [form])


def count(db: Database) -> int:
    """Return how many drafts are kept."""
    return int(next(iter(db.query("select count(*) as n from drafts")))["n"])
