"""Members of staff and their sessions; session tokens are stored as hashes only."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlite_utils import Database

from consult.domain.errors import NotFound
from consult.domain.triage import Role
from consult.store import codec


@dataclass(frozen=True, slots=True)
class StaffRow:
    """A member of staff; ``password`` is the encoded argon2id hash."""

    id: int
    username: str
    password: str
    role: Role
    disabled: bool


@dataclass(frozen=True, slots=True)
class SessionRow:
    """A session: whose, since when, last seen when (UTC)."""

    staff: StaffRow
    created: datetime
    seen: datetime


def add(db: Database, *, username: str, password: str, role: Role, now: datetime) -> None:
    """Insert a member of staff."""
    db.execute(
        "insert into staff (username, password, role, disabled, created) values (?, ?, ?, 0, ?)",
        [username, password, role.value, codec.to_text(now)],
    )


def find(db: Database, username: str) -> StaffRow | None:
    """Return a member of staff by name, or None."""
    rows = db.query("select * from staff where username = ?", [username])
    return next((_staff(row) for row in rows), None)


def every(db: Database) -> tuple[StaffRow, ...]:
    """Return all members of staff by name."""
    return tuple(_staff(row) for row in db.query("select * from staff order by username"))


def change(db: Database, username: str, *, password: str | None = None,
           role: Role | None = None, disabled: bool | None = None) -> None:  # fmt: skip
    """Change an account and end its sessions; raises ``NotFound("staff.unknown")``."""
    row = find(db, username)
    if row is None:
        raise NotFound("staff.unknown", username=username)
    db.execute(
        "update staff set password = ?, role = ?, disabled = ? where id = ?",
        [password or row.password, (role or row.role).value,
         int(row.disabled if disabled is None else disabled), row.id],
    )  # fmt: skip
    db.execute("delete from sessions where staff = ?", [row.id])


def open_session(db: Database, *, token_hash: str, staff: int, now: datetime) -> None:
    """Insert a session."""
    moment = codec.to_text(now)
    db.execute("insert into sessions values (?, ?, ?, ?)", [token_hash, staff, moment, moment])


def session(db: Database, token_hash: str) -> SessionRow | None:
    """Return a session, or None."""
    rows = db.query(
        "select s.created as since, s.seen, m.* from sessions s join staff m on m.id = s.staff"
        " where s.hash = ?",
        [token_hash],
    )
    for row in rows:
        return SessionRow(
            staff=_staff(row),
            created=codec.to_instant(row["since"]),
            seen=codec.to_instant(row["seen"]),
        )
    return None


def touch(db: Database, token_hash: str, *, now: datetime) -> None:
    """Note that a session was used."""
    db.execute("update sessions set seen = ? where hash = ?", [codec.to_text(now), token_hash])


def close_session(db: Database, token_hash: str) -> None:
    """End a session."""
    db.execute("delete from sessions where hash = ?", [token_hash])


def _staff(row: dict[str, object]) -> StaffRow:
    return StaffRow(
        id=int(str(row["id"])),
        username=str(row["username"]),
        password=str(row["password"]),
        role=Role(str(row["role"])),
        disabled=bool(row["disabled"]),
    )
