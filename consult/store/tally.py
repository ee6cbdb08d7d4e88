"""Counts for the overview of staff: how far the answers are, what came when and by which way."""

from __future__ import annotations

from sqlite_utils import Database

from consult.store.rows import rows

_LISTED = "comments indexed by comments_desk where consultation = ? and state = 'active'"


def stages(db: Database, consultation: int) -> dict[str, int]:
    """Count the listed comments by the stage of what is decided on them, "" for nothing."""
    sql = f"select stage, count(*) as n from {_LISTED} group by stage"
    return {str(row["stage"]): int(row["n"]) for row in rows(db, sql, [consultation])}


def unread(db: Database, consultation: int) -> int:
    """Count the listed comments that nobody of the staff has opened."""
    sql = f"select count(*) as n from {_LISTED} and opened = 0"
    return int(next(rows(db, sql, [consultation]))["n"])


def channels(db: Database, consultation: int) -> dict[str, tuple[int, int]]:
    """Count the listed submissions and their comments by channel."""
    sql = (
        "select s.channel as channel, count(*) as n from submissions s"
        " where s.consultation = ? and s.state = 'active' group by s.channel"
    )
    sent = {str(row["channel"]): int(row["n"]) for row in rows(db, sql, [consultation])}
    sql = f"select channel, count(*) as n from {_LISTED} group by channel"
    said = {str(row["channel"]): int(row["n"]) for row in rows(db, sql, [consultation])}
    return {name: (count, said.get(name, 0)) for name, count in sent.items()}


def hours(db: Database, consultation: int) -> dict[str, tuple[int, int]]:
    """Count the listed submissions and their comments by hour (UTC, ``2022-10-01T05``)."""
    sql = (
        "select substr(received, 1, 13) as hour, count(*) as n from submissions"
        " where consultation = ? and state = 'active' group by 1"
    )
    sent = {str(row["hour"]): int(row["n"]) for row in rows(db, sql, [consultation])}
    sql = f"select substr(received, 1, 13) as hour, count(*) as n from {_LISTED} group by 1"
    said = {str(row["hour"]): int(row["n"]) for row in rows(db, sql, [consultation])}
    return {hour: (count, said.get(hour, 0)) for hour, count in sent.items()}
