"""Forms and reminders by mail: what went to which department, when, and how it ended."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final

from sqlite_utils import Database

from consult.domain.answer_letter import LetterState
from consult.domain.department import DepartmentMail, MailKind
from consult.store import codec
from consult.store.rows import rows

_LONGEST: Final = timedelta(minutes=10)  # that a message can be going out


def begin(
    db: Database, consultation: int, *, department: int, kind: MailKind, address: str,
    message_id: str, actor: str, now: datetime,
) -> int:  # fmt: skip
    """Note that a message is about to go out; returns its number."""
    cursor = db.execute(
        "insert into department_mail (consultation, department, kind, state, address, message_id,"
        " at, actor) values (?, ?, ?, ?, ?, ?, ?, ?)",
        [consultation, department, kind.value, LetterState.SENDING.value, address, message_id,
         codec.to_text(now), actor],
    )  # fmt: skip
    return int(cursor.lastrowid or 0)


def end(db: Database, number: int, state: LetterState, *, reply: str, now: datetime) -> None:
    """Note how a message ended."""
    db.execute(
        "update department_mail set state = ?, reply = ?, at = ? where id = ?",
        [state.value, reply, codec.to_text(now), number],
    )


def drop(db: Database, number: int) -> None:
    """Forget a message of which nothing went out."""
    db.execute("delete from department_mail where id = ?", [number])


def newest(db: Database, consultation: int, *, now: datetime) -> dict[int, DepartmentMail]:
    """Return the newest message to each department.

    One that has been going out for ten minutes belongs to a process that died: it is in doubt.
    """
    found = rows(
        db, "select * from department_mail where consultation = ? order by id", [consultation]
    )
    return {
        int(str(row["department"])): DepartmentMail(
            kind=MailKind(str(row["kind"])), state=_state(row, now),
            address=str(row["address"]), at=codec.to_instant(str(row["at"])),
        )
        for row in found
    }  # fmt: skip


def _state(row: dict[str, object], now: datetime) -> LetterState:
    state = LetterState(str(row["state"]))
    begun = codec.to_instant(str(row["at"]))
    return (
        LetterState.DOUBTFUL if state is LetterState.SENDING and now - begun > _LONGEST else state
    )
