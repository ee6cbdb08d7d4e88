"""Analysis runs and what they learned."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from datetime import datetime

from sqlite_utils import Database

from consult.domain.lesson import Lesson, SectionLesson, Share
from consult.store import codec


def following(db: Database) -> int:
    """Return the number of the run that begins now: the next one that nobody has seen."""
    rows = db.query("select seq from sqlite_sequence where name = 'runs'")
    return next((int(row["seq"]) for row in rows), 0) + 1


def add(
    db: Database,
    consultation: int,
    *,
    number: int,
    started: datetime,
    finished: datetime,
    versions: Mapping[str, object],
    lesson: Lesson | None = None,
    taught: Sequence[tuple[int, str]] = (),
) -> None:
    """Record a run under its number, with the decided comments it learned from and their codes."""
    db.execute(
        "insert into runs (id, consultation, started, finished, versions, totals)"
        " values (?, ?, ?, ?, ?, ?)",
        [number, consultation, codec.to_text(started), codec.to_text(finished),
         codec.dump(dict(versions)),
         codec.dump({"lesson": asdict(lesson) if lesson else None, "taught": list(taught)})],
    )  # fmt: skip


def lesson(db: Database, consultation: int) -> Lesson | None:
    """Return what the newest run learned from staff, None when there was too little."""
    sql = "select totals from runs where consultation = ? order by id desc limit 1"
    for row in db.query(sql, [consultation]):
        found = codec.load(row["totals"]).get("lesson")
        if found:
            sections = (
                SectionLesson(**{**item, "words": tuple(item["words"])})
                for item in found.get("sections", ())
            )
            before, after = Share(**found["before"]), Share(**found["after"])
            return Lesson(before, after, found["used"], tuple(sections))
    return None


def taught(db: Database, consultation: int) -> tuple[tuple[int, str], ...]:
    """Return the comments the newest run learned from, with the code each had then."""
    sql = "select totals from runs where consultation = ? order by id desc limit 1"
    for row in db.query(sql, [consultation]):
        pairs = codec.load(row["totals"]).get("taught", ())
        return tuple((number, section) for number, section in pairs)
    return ()


def versions(db: Database, consultation: int) -> dict[str, str]:
    """Return what the newest run was made with, by name; nothing when there was none."""
    sql = "select versions from runs where consultation = ? order by id desc limit 1"
    for row in db.query(sql, [consultation]):
        return {name: str(value) for name, value in codec.load(row["versions"]).items()}
    return {}


def alike(
    db: Database, consultation: int, made: Mapping[str, object]
) -> dict[int, tuple[tuple[int, str], ...]]:
    """Return the runs that were made with just these versions, and what each had learned from."""
    sql = "select id, totals from runs where consultation = ? and versions = ? order by id"
    return {
        int(row["id"]): tuple((n, code) for n, code in codec.load(row["totals"]).get("taught", ()))
        for row in db.query(sql, [consultation, codec.dump(dict(made))])
    }


def latest(db: Database, consultation: int) -> int:
    """Return the number of the newest run, 0 when there was none."""
    rows = db.query("select max(id) as id from runs where consultation = ?", [consultation])
    return int(next(iter(rows))["id"] or 0)
