"""Sessions of staff; their tokens are stored as hashes only."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlite_utils import Database

from consult.domain.member import Session
from consult.store import codec, staff
from consult.store.rows import rows
from consult.store.staff import StaffRow

_HANDLE = 16  # hex digits of the hash: they name a session and open nothing


@dataclass(frozen=True, slots=True)
class SessionRow:
    """A session: whose, since when, last seen when (UTC); pending: waits for the second factor."""

    staff: StaffRow
    created: datetime
    seen: datetime
    pending: bool


def add(db: Database, *, token_hash: str, staff: int, now: datetime, agent: str,
        pending: bool) -> None:  # fmt: skip
    """Insert a session."""
    moment = codec.to_text(now)
    db.execute(
        "insert into sessions (hash, staff, created, seen, agent, pending)"
        " values (?, ?, ?, ?, ?, ?)",
        [token_hash, staff, moment, moment, agent, int(pending)],
    )


def find(db: Database, token_hash: str) -> SessionRow | None:
    """Return a session, or None."""
    found = rows(
        db,
        "select s.created as since, s.seen, s.pending, m.id, m.username, m.password, m.role,"
        " m.disabled, m.everywhere, exists (select 1 from second_factors f"
        " where f.staff = m.id and f.confirmed <> '') as second"
        " from sessions s join staff m on m.id = s.staff where s.hash = ?",
        [token_hash],
    )
    for row in found:
        return SessionRow(
            staff=staff.read(db, row),
            created=codec.to_instant(row["since"]),
            seen=codec.to_instant(row["seen"]),
            pending=bool(row["pending"]),
        )
    return None


def touch(db: Database, token_hash: str, *, now: datetime) -> None:
    """Note that a session was used."""
    db.execute("update sessions set seen = ? where hash = ?", [codec.to_text(now), token_hash])


def close(db: Database, token_hash: str) -> None:
    """End a session."""
    db.execute("delete from sessions where hash = ?", [token_hash])


def close_by_handle(db: Database, username: str, handle: str) -> bool:
    """End one session of somebody; False when it had ended already."""
    found = [row for row in _open(db, username) if row["hash"][:_HANDLE] == handle]
    for row in found:
        close(db, row["hash"])
    return bool(found)


def close_all(db: Database, staff: int) -> None:
    """End all sessions of somebody."""
    db.execute("delete from sessions where staff = ?", [staff])


def close_others(db: Database, staff: int, *, keep: str) -> None:
    """End all sessions of somebody but one."""
    db.execute("delete from sessions where staff = ? and hash <> ?", [staff, keep])


def expire(db: Database, *, seen_before: datetime, created_before: datetime) -> None:
    """Forget sessions that have run out."""
    db.execute(
        "delete from sessions where seen < ? or created < ?",
        [codec.to_text(seen_before), codec.to_text(created_before)],
    )


def of(db: Database, username: str, *, current: str = "") -> tuple[Session, ...]:
    """Return the sessions of somebody, the newest first; ``current`` is a token's hash."""
    return tuple(
        Session(
            handle=row["hash"][:_HANDLE],
            username=username,
            created=codec.to_instant(row["created"]),
            seen=codec.to_instant(row["seen"]),
            agent=row["agent"],
            current=row["hash"] == current,
        )
        for row in _open(db, username)
    )


def counts(db: Database) -> dict[str, int]:
    """Return how many sessions each member of staff has."""
    sql = (
        "select m.username, count(*) as n from sessions s join staff m on m.id = s.staff"
        " where s.pending = 0 group by m.username"
    )
    return {str(row["username"]): int(row["n"]) for row in rows(db, sql)}


def _open(db: Database, username: str) -> list[dict[str, str]]:
    sql = (
        "select s.* from sessions s join staff m on m.id = s.staff where m.username = ?"
        " and s.pending = 0 order by s.created desc, s.hash"
    )
    return list(rows(db, sql, [username]))


def agent(db: Database, token_hash: str) -> str:
    """Return what the browser of a session calls itself."""
    found = rows(db, "select agent from sessions where hash = ?", [token_hash])
    return next((str(row["agent"]) for row in found), "")
