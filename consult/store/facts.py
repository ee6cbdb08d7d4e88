"""Single facts about the database as a whole, such as the fingerprint of its keys."""

from __future__ import annotations

from sqlite_utils import Database


def read(db: Database, name: str) -> str:
    """Return a fact, empty when it is not known."""
    rows = db.query("select value from facts where name = ?", [name])
    return next((str(row["value"]) for row in rows), "")


def write(db: Database, name: str, value: str) -> None:
    """Set a fact."""
    db.execute("insert or replace into facts values (?, ?)", [name, value])
