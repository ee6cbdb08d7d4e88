"""The digests that were issued, and which comments stood where in them; no received text."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from sqlite_utils import Database

from consult.domain.issue import Issue
from consult.store import codec


def add(db: Database, consultation: int, *, at: datetime, actor: str, run: int) -> Issue:
    """Note that the digest is issued now, with every listed comment and its theme."""
    cursor = db.execute(
        "insert into issues (consultation, number, at, actor, run, comments)"
        " select ?, 1 + coalesce(max(number), 0), ?, ?, ?, 0 from issues where consultation = ?",
        [consultation, codec.to_text(at), actor, run, consultation],
    )
    identifier = int(cursor.lastrowid or 0)
    db.execute(
        "insert into issued_comments (issue, number, theme, section)"
        " select ?, number, coalesce(theme, 0), section from comments"
        " where consultation = ? and state = 'active'",
        [identifier, consultation],
    )
    db.execute(
        "update issues set comments = (select count(*) from issued_comments where issue = ?)"
        " where id = ?",
        [identifier, identifier],
    )
    found = latest(db, consultation)
    assert found is not None  # noqa: S101 - inserted above
    return found


def latest(db: Database, consultation: int) -> Issue | None:
    """Return the last digest that was issued, or None."""
    return next(iter(every(db, consultation)), None)


def every(db: Database, consultation: int) -> tuple[Issue, ...]:
    """Return the issued digests, the newest first."""
    rows = db.query(
        "select id, number, at, actor, run, comments from issues where consultation = ?"
        " order by number desc",
        [consultation],
    )
    return tuple(Issue(**{**row, "at": codec.to_instant(str(row["at"]))}) for row in rows)


def places(db: Database, issue: int) -> Mapping[int, tuple[int, str]]:
    """Return by comment number the theme (0: none) and the section it stood under."""
    rows = db.query("select number, theme, section from issued_comments where issue = ?", [issue])
    return {int(row["number"]): (int(row["theme"]), str(row["section"])) for row in rows}
