"""When the results of a consultation were published; no row: not published."""

from __future__ import annotations

from datetime import datetime

from sqlite_utils import Database

from consult.store import codec


def when(db: Database, consultation: int) -> datetime | None:
    """Return the instant the results were published, or None."""
    rows = db.query("select at from releases where consultation = ?", [consultation])
    return next((codec.to_instant(str(row["at"])) for row in rows), None)


def add(db: Database, consultation: int, *, at: datetime, actor: str) -> None:
    """Note that they are published."""
    db.execute(
        "insert into releases (consultation, at, actor) values (?, ?, ?)",
        [consultation, codec.to_text(at), actor],
    )


def remove(db: Database, consultation: int) -> None:
    """Note that they no longer are."""
    db.execute("delete from releases where consultation = ?", [consultation])
