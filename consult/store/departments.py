"""The departments that are asked for their comments."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlite_utils import Database

from consult.domain.department import Department
from consult.domain.errors import NotFound
from consult.store import codec
from consult.store.rows import rows


@dataclass(frozen=True, slots=True)
class StoredDepartment:
    """A row; its contact is ciphertext."""

    value: Department
    consultation: int
    sealed_contact: bytes | None


def add(
    db: Database, consultation: int, *, name: str, code: str, sealed_contact: bytes | None,
    now: datetime,
) -> None:  # fmt: skip
    """Add a department at the end of the list."""
    db.execute(
        "insert into departments (consultation, place, name, code, sealed_contact, added)"
        " select ?, coalesce(max(place), 0) + 1, ?, ?, ?, ? from departments"
        " where consultation = ?",
        [consultation, name, code, sealed_contact, codec.to_text(now), consultation],
    )


def every(db: Database, consultation: int) -> tuple[StoredDepartment, ...]:
    """Return the departments in the order of the list."""
    found = rows(
        db, "select * from departments where consultation = ? order by place", [consultation]
    )
    return tuple(_stored(row) for row in found)


def one(db: Database, consultation: int, identifier: int) -> StoredDepartment:
    """Return a department; raises ``NotFound("department.unknown")``."""
    found = rows(
        db, "select * from departments where consultation = ? and id = ?",
        [consultation, identifier],
    )  # fmt: skip
    for row in found:
        return _stored(row)
    raise NotFound("department.unknown")


def by_code(db: Database, consultation: int, code: str) -> StoredDepartment | None:
    """Return the department whose form has a code, or None."""
    found = rows(
        db, "select * from departments where consultation = ? and code = ?", [consultation, code]
    )
    return next((_stored(row) for row in found), None)


def note_sent(db: Database, identifier: int, *, now: datetime) -> None:
    """Note that a department was given its form, the first time."""
    db.execute(
        "update departments set sent = coalesce(sent, ?) where id = ?",
        [codec.to_text(now), identifier],
    )


def note_reminded(db: Database, identifier: int, *, now: datetime) -> None:
    """Note that a department was reminded."""
    db.execute("update departments set reminded = ? where id = ?", [codec.to_text(now), identifier])


def note_answer(db: Database, identifier: int, *, number: str, agreed: bool, now: datetime) -> None:
    """Note an answer; the newest one counts."""
    db.execute(
        "update departments set answered = ?, number = ?, agreed = ? where id = ?",
        [codec.to_text(now), number, int(agreed), identifier],
    )


def remove(db: Database, identifier: int) -> None:
    """Take a department that has not answered off the list."""
    db.execute("delete from departments where id = ? and answered is null", [identifier])


def forget_contacts(db: Database, consultation: int) -> int:
    """Delete how departments are reached; returns of how many it was known."""
    return db.execute(
        "update departments set sealed_contact = null where consultation = ?"
        " and sealed_contact is not null",
        [consultation],
    ).rowcount


def _stored(row: dict[str, object]) -> StoredDepartment:
    sealed = row["sealed_contact"]
    value = Department(
        id=int(str(row["id"])), place=int(str(row["place"])), name=str(row["name"]),
        code=str(row["code"]), sent=_instant(row["sent"]), reminded=_instant(row["reminded"]),
        answered=_instant(row["answered"]), number=str(row["number"]), agreed=bool(row["agreed"]),
    )  # fmt: skip
    return StoredDepartment(
        value, int(str(row["consultation"])), bytes(sealed) if isinstance(sealed, bytes) else None
    )


def _instant(value: object) -> datetime | None:
    return codec.to_instant(str(value)) if value else None
