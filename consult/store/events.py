"""The append-only events, each chained to the one before it by SHA-256.

An event holds no received text: what is committed to is a salted hash, so that erasing a submission
leaves the chain whole. ``verify`` names the first link that does not hold.
"""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Mapping, Sequence
from datetime import datetime

from sqlite_utils import Database

from consult.domain.triage import Event
from consult.store import codec
from consult.store.rows import rows

START = "0" * 64
WITHHELD = "withheld"  # an event of another consultation, in what was restored from an archive
_PLACE = ("number", "consultation", "previous", "hash")


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
) -> str:
    """Append an event inside the caller's transaction; returns the new head hash."""
    number, previous = _last(db)
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
    row["hash"] = _hash(row)
    db.execute(
        "insert into events (number, consultation, at, actor, verb, subject, why, before, after,"
        " previous, hash) values (:number, :consultation, :at, :actor, :verb, :subject, :why,"
        " :before, :after, :previous, :hash)",
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
    """Return the number of the first event whose link is broken, or None.

    Of a withheld event the contents are not here, so its place in the chain alone is looked at.
    """
    previous, expected = START, 1
    for row in db.query("select * from events order by number"):
        broken = row["number"] != expected or row["previous"] != previous
        whole = row["verb"] == WITHHELD or _hash(row) == row["hash"]
        if broken or not whole:
            return int(row["number"])
        previous, expected = row["hash"], expected + 1
    return None


def _last(db: Database) -> tuple[int, str]:
    for row in rows(db, "select number, hash from events order by number desc limit 1"):
        return int(row["number"]), str(row["hash"])
    return 0, START


_HASHED = ("number", "consultation", "at", "actor", "verb", "subject", "why", "before", "after")


def _hash(row: Mapping[str, object]) -> str:
    body = codec.dump([row[name] for name in _HASHED])
    return hashlib.sha256(f"{row['previous']}\n{body}".encode()).hexdigest()


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
