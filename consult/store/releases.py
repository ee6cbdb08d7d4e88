"""What was published of the results, and since when; no row: not published.

What the public reads is the document made when staff published it, not what is true by now.
"""

from __future__ import annotations

from datetime import datetime

from sqlite_utils import Database

from consult.domain.results import Results
from consult.store import codec
from consult.store.results_codec import dump_results, load_results, without


def when(db: Database, consultation: int) -> datetime | None:
    """Return the instant the results were published, or None."""
    rows = db.query("select at from releases where consultation = ?", [consultation])
    return next((codec.to_instant(str(row["at"])) for row in rows), None)


def add(db: Database, consultation: int, *, at: datetime, actor: str, shown: Results) -> None:
    """Note that they are published, and what is shown."""
    db.execute(
        "insert into releases (consultation, at, actor, body) values (?, ?, ?, ?)",
        [consultation, codec.to_text(at), actor, dump_results(shown)],
    )


def renew(db: Database, consultation: int, shown: Results) -> None:
    """Show other results from now on."""
    body = dump_results(shown)
    db.execute("update releases set body = ? where consultation = ?", [body, consultation])


def shown(db: Database, consultation: int) -> Results | None:
    """Return what is published; None for results published before documents were kept."""
    rows = db.query("select body from releases where consultation = ?", [consultation])
    return next((load_results(row["body"]) for row in rows if row["body"]), None)


def forget(db: Database, submission: int) -> None:
    """Take the words of a submission out of what is published."""
    rows = db.query(
        "select consultation, body from releases where body <> ''"
        " and consultation = (select consultation from submissions where id = ?)",
        [submission],
    )
    for row in list(rows):
        body = without(row["body"], submission)
        db.execute(
            "update releases set body = ? where consultation = ?", [body, row["consultation"]]
        )


def remove(db: Database, consultation: int) -> None:
    """Note that they no longer are."""
    db.execute("delete from releases where consultation = ?", [consultation])
