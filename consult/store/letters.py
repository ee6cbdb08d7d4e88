"""Letters of answer by mail: queued, under way, sent, refused; addresses are masked."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime

from sqlite_utils import Database

from consult.domain.answer_letter import SETTLED, LetterState, SentLetter
from consult.store import codec


def add(
    db: Database,
    consultation: int,
    *,
    job: int,
    address: str,
    message_id: str,
    covers: Collection[tuple[int, int]],
    submissions: Iterable[int],
    now: datetime,
) -> int:
    """Queue a letter; returns its number."""
    moment = codec.to_text(now)
    cursor = db.execute(
        "insert into letters (consultation, job, state, address, message_id, covers, queued, at)"
        " values (?, ?, 'queued', ?, ?, ?, ?, ?)",
        [consultation, job, address, message_id, codec.dump(sorted(map(list, covers))), moment,
         moment],
    )  # fmt: skip
    number = int(cursor.lastrowid or 0)
    db.conn.executemany(
        "insert into letter_submissions (letter, submission) values (?, ?)",
        [[number, submission] for submission in sorted(submissions)],
    )
    return number


def settled(db: Database, consultation: int) -> dict[int, set[tuple[int, int]]]:
    """Return, by submission, what a letter has told or is about to tell: comment and decision."""
    marks = ",".join("?" * len(SETTLED))
    rows = db.query(
        "select s.submission as submission, l.covers as covers from letters l"
        f" join letter_submissions s on s.letter = l.id where l.consultation = ?"
        f" and l.state in ({marks})",
        [consultation, *sorted(SETTLED)],
    )
    found: dict[int, set[tuple[int, int]]] = {}
    for row in rows:
        pairs = {(int(a), int(b)) for a, b in codec.load(str(row["covers"]))}
        found.setdefault(int(row["submission"]), set()).update(pairs)
    return found


def failed(db: Database, consultation: int) -> frozenset[int]:
    """Return the submissions to whose address nothing can be sent: refused or bounced."""
    rows = db.query(
        "select distinct s.submission as submission from letters l join letter_submissions s"
        " on s.letter = l.id where l.consultation = ? and l.state in ('refused', 'bounced')",
        [consultation],
    )
    return frozenset(int(row["submission"]) for row in rows)


def queued(db: Database, job: int) -> tuple[tuple[int, str, tuple[int, ...]], ...]:
    """Return number, Message-ID and submissions of the letters a job has to send, in order."""
    rows = db.query(
        "select id, message_id from letters where job = ? and state = 'queued' order by id", [job]
    )
    return tuple(
        (int(row["id"]), str(row["message_id"]), submissions_of(db, int(row["id"]))) for row in rows
    )


def submissions_of(db: Database, letter: int) -> tuple[int, ...]:
    """Return the submissions a letter answers."""
    rows = db.query(
        "select submission from letter_submissions where letter = ? order by submission", [letter]
    )
    return tuple(int(row["submission"]) for row in rows)


def covers(db: Database, letter: int) -> frozenset[tuple[int, int]]:
    """Return comment and decision of everything a letter was queued to answer."""
    for row in db.query("select covers from letters where id = ?", [letter]):
        return frozenset((int(a), int(b)) for a, b in codec.load(str(row["covers"])))
    return frozenset()


def newest(db: Database) -> int:
    """Return the number of the newest letter of all, 0 before the first."""
    return int(db.conn.execute("select coalesce(max(id), 0) from letters").fetchone()[0])


def adopt(db: Database, consultation: int, job: int) -> int:
    """Hand what is still queued over to another job; returns how many letters."""
    return int(
        db.execute(
            "update letters set job = ? where consultation = ? and state = 'queued'",
            [job, consultation],
        ).rowcount
    )


def doubt(db: Database, job: int, *, now: datetime) -> int:
    """Mark what was under way when its process ended; returns how many letters."""
    return int(
        db.execute(
            "update letters set state = 'doubtful', at = ? where job = ? and state = 'sending'",
            [codec.to_text(now), job],
        ).rowcount
    )


def mark(
    db: Database,
    letter: int,
    state: LetterState,
    *,
    now: datetime,
    reply: str = "",
    actor: str = "",
    why: str = "",
) -> None:
    """Note what became of a letter."""
    db.execute(
        "update letters set state = ?, at = ?, reply = ?, actor = ?, why = ? where id = ?",
        [state.value, codec.to_text(now), reply, actor, why, letter],
    )


def one(db: Database, consultation: int, letter: int) -> SentLetter | None:
    """Return a line of the log, or None."""
    return next(iter(_log(db, "l.consultation = ? and l.id = ?", [consultation, letter])), None)


def by_message(db: Database, message_id: str) -> tuple[int, SentLetter] | None:
    """Return consultation and line of the letter with a Message-ID, or None."""
    for row in db.query("select consultation from letters where message_id = ?", [message_id]):
        (found,) = _log(db, "l.message_id = ?", [message_id])
        return int(row["consultation"]), found
    return None


def log(db: Database, consultation: int, *, before: int, limit: int) -> tuple[SentLetter, ...]:
    """Return lines of the log, newest first, those before a number (0: from the newest)."""
    where = "l.consultation = ? and (? = 0 or l.id < ?)"
    return _log(db, where, [consultation, before, before], limit)


def tally(db: Database, consultation: int) -> Mapping[LetterState, int]:
    """Count the letters by state."""
    rows = db.query(
        "select state, count(*) as n from letters where consultation = ? group by state",
        [consultation],
    )
    return {LetterState(str(row["state"])): int(row["n"]) for row in rows}


def forget_address(db: Database, submission: int) -> None:
    """Delete the masked address of letters to a submitter."""
    db.execute(
        "update letters set address = '' where id in"
        " (select letter from letter_submissions where submission = ?)",
        [submission],
    )


def forget_addresses(db: Database, consultation: int) -> None:
    """Delete the masked addresses of all letters of a consultation."""
    db.execute("update letters set address = '' where consultation = ?", [consultation])


def _log(
    db: Database, where: str, values: Sequence[object], limit: int = 1
) -> tuple[SentLetter, ...]:
    rows = db.query(
        "select l.*, (select group_concat(number, ' ') from (select s.number as number from"
        " letter_submissions x join submissions s on s.id = x.submission where x.letter = l.id"
        f" order by s.id)) as receipts from letters l where {where} order by l.id desc limit ?",
        [*values, limit],
    )
    return tuple(
        SentLetter(
            id=int(row["id"]),
            state=LetterState(str(row["state"])),
            address=str(row["address"]),
            receipts=tuple(str(row["receipts"] or "").split()),
            comments=len(codec.load(str(row["covers"]))),
            at=codec.to_instant(str(row["at"])),
            job=int(row["job"]),
            message_id=str(row["message_id"]),
            reply=str(row["reply"]),
            actor=str(row["actor"]),
            why=str(row["why"]),
        )
        for row in rows
    )
