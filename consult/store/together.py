"""Who works on which comment, who looks at it, notes between staff, replies of other offices."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime

from sqlite_utils import Database

from consult.domain.together import Assignment, Desk, Note, Presence, Reply
from consult.domain.triage import Disposition
from consult.store import codec
from consult.store.rows import rows


def assign(db: Database, number: int, given: Assignment) -> None:
    """Give a comment to somebody."""
    db.execute(
        "insert or replace into assignments (comment, handler, due, actor, at)"
        " values (?, ?, ?, ?, ?)",
        [number, given.handler, _day(given.due), given.actor, codec.to_text(given.at)],
    )


def release(db: Database, number: int) -> None:
    """Let a comment be nobody's own; the chapter's handler answers for it again."""
    db.execute("delete from assignments where comment = ?", [number])


def assigned(db: Database, numbers: Sequence[int]) -> dict[int, Assignment]:
    """Return the assignments of comments by number."""
    marks = ",".join("?" * len(numbers))
    sql = f"select * from assignments where comment in ({marks})"
    return {
        int(row["comment"]): Assignment(
            row["handler"], _date(row["due"]), row["actor"], codec.to_instant(row["at"])
        )
        for row in rows(db, sql, list(numbers))
    }


def desks(db: Database, consultation: int) -> dict[str, Desk]:
    """Return the desks of chapters by their code."""
    found = rows(db, "select * from chapter_desks where consultation = ?", [consultation])
    return {str(row["chapter"]): Desk(row["handler"], _date(row["due"])) for row in found}


def set_desk(db: Database, consultation: int, chapter: str, desk: Desk) -> None:
    """Say whose a chapter is, and until when."""
    db.execute(
        "insert or replace into chapter_desks (consultation, chapter, handler, due)"
        " values (?, ?, ?, ?)",
        [consultation, chapter, desk.handler, _day(desk.due)],
    )


def look(db: Database, number: int, username: str, *, now: datetime) -> None:
    """Note that somebody has the page of a comment open."""
    db.execute(
        "insert or replace into presences (comment, username, at) values (?, ?, ?)",
        [number, username, codec.to_text(now)],
    )


def looking(db: Database, number: int, *, since: datetime) -> tuple[Presence, ...]:
    """Return who has had the page of a comment open since an instant, the newest first."""
    sql = "select username, at from presences where comment = ? and at >= ? order by at desc"
    found = rows(db, sql, [number, codec.to_text(since)])
    return tuple(Presence(row["username"], codec.to_instant(row["at"])) for row in found)


def add_note(db: Database, number: int, note: Note) -> None:
    """Write a note on a comment."""
    db.execute(
        "insert into notes (comment, actor, at, text) values (?, ?, ?, ?)",
        [number, note.actor, codec.to_text(note.at), note.text],
    )


def notes(db: Database, number: int) -> tuple[Note, ...]:
    """Return the notes on a comment, oldest first."""
    found = rows(db, "select * from notes where comment = ? order by id", [number])
    return tuple(Note(row["actor"], codec.to_instant(row["at"]), row["text"]) for row in found)


def forget(db: Database, numbers: Iterable[int]) -> None:
    """Delete what staff wrote beside comments that are erased, and whose they were."""
    for table in ("notes", "assignments", "presences"):
        db.conn.executemany(f"delete from {table} where comment = ?", [[n] for n in numbers])


def replies(db: Database, consultation: int) -> dict[str, Reply]:
    """Return the replies of other offices by subject."""
    found = rows(db, "select * from replies where consultation = ?", [consultation])
    return {
        str(row["subject"]): Reply(
            subject=row["subject"],
            office=row["office"],
            disposition=Disposition(row["disposition"]) if row["disposition"] else None,
            reason=row["reason"],
            answer=row["answer"],
            actor=row["actor"],
            at=codec.to_instant(row["at"]),
        )
        for row in found
    }


def add_reply(db: Database, consultation: int, reply: Reply, *, now: datetime) -> None:
    """Keep a reply; it takes the place of an earlier one about the same matter."""
    db.execute(
        "insert or replace into replies (consultation, subject, office, disposition, reason,"
        " answer, actor, at) values (?, ?, ?, ?, ?, ?, ?, ?)",
        [consultation, reply.subject, reply.office,
         reply.disposition.value if reply.disposition else "", reply.reason, reply.answer,
         reply.actor, codec.to_text(now)],
    )  # fmt: skip


def _day(day: date | None) -> str:
    return day.isoformat() if day else ""


def _date(text: str) -> date | None:
    return date.fromisoformat(text) if text else None
