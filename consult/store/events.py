"""The append-only events, each chained to the one before it by SHA-256.

An event holds no received text: what is committed to is a salted hash, so that erasing a submission
leaves the chain whole. Each is sealed by the office's key beside the database, so that one appended
by hand is told from one of ours. ``faults`` names every link that does not hold.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import datetime

from sqlite_utils import Database

from consult.domain.triage import Event
from consult.store import codec
from consult.store.rows import rows
from consult.store.verify_chain import START, WITHHELD, Fault, hash_of
from consult.store.verify_chain import faults as faults_of

_PLACE = ("number", "consultation", "previous", "hash", "seal")


def add(
    db: Database,
    *,
    at: datetime,
    actor: str,
    verb: str,
    subject: str,
    why: str = "",
    before: Mapping[str, object] | None = None,
    after: Mapping[str, object] | None = None,
    consultation: int | None = None,
    last: tuple[int, str] | None = None,
) -> str:
    """Append an event inside the caller's transaction; returns the new head hash.

    ``last`` are number and hash of the newest event where the transaction has read them already.
    """
    number, previous = last or _last(db)
    row = {
        "number": number + 1,
        "consultation": consultation,
        "at": codec.to_text(at),
        "actor": actor,
        "verb": verb,
        "subject": subject,
        "why": why,
        "before": codec.dump(dict(before or {})),
        "after": codec.dump(dict(after or {})),
        "previous": previous,
    }
    row["hash"] = hash_of(row)
    db.conn.execute(
        "insert into events (number, consultation, at, actor, verb, subject, why, before, after,"
        " previous, hash, seal) values (:number, :consultation, :at, :actor, :verb, :subject, :why,"
        " :before, :after, :previous, :hash, event_seal(:hash))",
        row,
    )
    return str(row["hash"])


def head(db: Database) -> str:
    """Return the hash of the newest event; zeros before the first."""
    return _last(db)[1]


def of(db: Database, subjects: Sequence[str]) -> tuple[Event, ...]:
    """Return the events about any of the subjects, oldest first."""
    marks = ",".join("?" * len(subjects))
    rows = db.query(
        f"select * from events where subject in ({marks}) order by number",
        list(subjects),
    )
    return tuple(_event(row) for row in rows)


def some(db: Database, numbers: Sequence[int]) -> tuple[Event, ...]:
    """Return events by number, newest first."""
    marks = ",".join("?" * len(numbers))
    rows = db.query(
        f"select * from events where number in ({marks}) order by number desc", list(numbers)
    )
    return tuple(_event(row) for row in rows)


def newest(db: Database, consultation: int, verbs: Collection[str]) -> Event | None:
    """Return the newest event of a consultation that did one of the verbs, or None."""
    marks = ",".join("?" * len(verbs))
    rows = db.query(
        f"select * from events where consultation = ? and verb in ({marks})"
        " order by number desc limit 1",
        [consultation, *sorted(verbs)],
    )
    return next((_event(row) for row in rows), None)


def count(db: Database, consultation: int, *, actor: str = "") -> int:
    """Count the events of a consultation, those of one actor if given."""
    where, values = _by(consultation, actor)
    return int(next(iter(rows(db, f"select count(*) as n from events where {where}", values)))["n"])


def page(
    db: Database, consultation: int, *, actor: str = "", limit: int, offset: int
) -> tuple[Event, ...]:
    """Return some events of a consultation, the newest first."""
    where, values = _by(consultation, actor)
    found = rows(
        db, f"select * from events where {where} order by number desc limit ? offset ?",
        [*values, limit, offset],
    )  # fmt: skip
    return tuple(_event(row) for row in found)


def _by(consultation: int, actor: str) -> tuple[str, list[object]]:
    if not actor:
        return "consultation = ?", [consultation]
    return "consultation = ? and actor = ?", [consultation, actor]


def last(db: Database) -> int:
    """Return the number of the newest event, 0 before the first."""
    return _last(db)[0]


def withheld(row: Mapping[str, object]) -> dict[str, object]:
    """Return an event's place in the chain and nothing of what happened."""
    return {name: row[name] if name in _PLACE else "" for name in row} | {"verb": WITHHELD}


def withheld_count(db: Database) -> int:
    """Return of how many events only the place in the chain is known."""
    found = db.conn.execute("select count(*) from events where verb = ?", [WITHHELD]).fetchone()
    return int(found[0])


def verify(db: Database) -> int | None:
    """Return the number of the first event whose link is broken, or None."""
    found = faults(db)
    return found[0].number if found else None


def faults(db: Database, seal: Callable[[str], str] | None = None) -> list[Fault]:
    """Return what is wrong with which event; ``seal`` makes the seal of a hash."""
    return faults_of(db.query("select * from events order by number"), seal)


def place_of(db: Database, head: str) -> int | None:
    """Return the number of the event with this hash, 0 for the start, None when it is not there."""
    if head == START:
        return 0
    found = rows(db, "select number from events where hash = ?", [head])
    return next((int(row["number"]) for row in found), None)


def sealed_from(db: Database) -> int | None:
    """Return the number of the first sealed event, or None when none is."""
    sql = "select min(number) as n from events where seal <> ''"
    number = next(iter(rows(db, sql)))["n"]
    return None if number is None else int(number)


def _last(db: Database) -> tuple[int, str]:
    for row in rows(db, "select number, hash from events order by number desc limit 1"):
        return int(row["number"]), str(row["hash"])
    return 0, START


def _event(row: Mapping[str, object]) -> Event:
    return Event(
        number=int(str(row["number"])),
        at=codec.to_instant(str(row["at"])),
        actor=str(row["actor"]),
        verb=str(row["verb"]),
        subject=str(row["subject"]),
        why=str(row["why"]),
        before=codec.load(str(row["before"])),
        after=codec.load(str(row["after"])),
        hash=str(row["hash"]),
    )
