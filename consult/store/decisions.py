"""Decisions on comments and themes: every version is kept, the newest one is the current one."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime

from sqlite_utils import Database

from consult.domain.decision import Decision, Ruling, Stage, Target
from consult.domain.triage import Disposition
from consult.store import codec

_WORDS = ("reason", "answer", "office", "section", "change", "gist")
_CHUNK = 500  # SQLite takes 999 parameters on old builds


def add(
    db: Database,
    consultation: int,
    target: Target,
    ruling: Ruling,
    *,
    stage: Stage,
    actor: str,
    at: datetime,
    covers: Sequence[int],
) -> int:
    """Store a version and make it the current one; returns its id."""
    _retire(db, target)
    words = [getattr(ruling, name) for name in _WORDS]
    cursor = db.execute(
        "insert into decisions (consultation, comment, theme, stage, disposition, reason, answer,"
        " office, section, change, gist, actor, at, current)"
        " values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 1)",
        [consultation, target.comment or None, target.theme or None, stage.value,
         ruling.disposition.value, *words, actor, codec.to_text(at)],
    )  # fmt: skip
    version = int(cursor.lastrowid or 0)
    db.conn.executemany(
        "insert into decision_members (comment, decision) values (?, ?)",
        [[number, version] for number in covers],
    )
    return version


def _retire(db: Database, target: Target) -> None:
    column, value = _column(target)
    old = f"select id from decisions where {column} = ? and current = 1"
    db.execute(f"delete from decision_members where decision in ({old})", [value])
    db.execute(f"update decisions set current = 0 where {column} = ? and current = 1", [value])


def current(db: Database, target: Target) -> Decision | None:
    """Return the current version of the decision on a comment or theme itself, or None."""
    column, value = _column(target)
    rows = db.query(f"select * from decisions where {column} = ? and current = 1", [value])
    return next(_read(db, rows), None)


def every(db: Database, consultation: int, *, approved: bool = True) -> tuple[Decision, ...]:
    """Return the current decisions of a consultation (or the approved ones alone), by id."""
    stages = (Stage.APPROVED,) if approved else tuple(Stage)
    marks = ",".join("?" * len(stages))
    rows = db.query(
        f"select * from decisions where consultation = ? and current = 1 and stage in ({marks})"
        " order by id",
        [consultation, *stages],
    )
    return tuple(_read(db, rows))


def about(db: Database, numbers: Sequence[int], *, approved: bool = True) -> dict[int, Decision]:
    """Return the decision that applies to each comment: its own, else that of its theme.

    With ``approved`` only approved ones count, so that an exception that is still a draft leaves
    the theme's answer in force; comments without one are left out.
    """
    where = " and d.stage = 'approved'" if approved else ""
    chosen: dict[int, int] = {}
    for begin in range(0, len(numbers), _CHUNK):
        chunk = list(numbers[begin : begin + _CHUNK])
        marks = ",".join("?" * len(chunk))
        rows = db.query(
            "select m.comment as number, d.id as id from decision_members m join decisions d"
            f" on d.id = m.decision and d.current = 1 where m.comment in ({marks}){where}"
            " order by m.comment, d.comment is null, d.id desc",  # its own first, then the newest
            chunk,
        )
        for row in rows:
            chosen.setdefault(int(row["number"]), int(row["id"]))
    found = {decision.id: decision for decision in _by_ids(db, sorted(set(chosen.values())))}
    return {number: found[version] for number, version in chosen.items()}


def applying(db: Database, consultation: int, *, approved: bool = True) -> dict[int, Decision]:
    """Return the same for all comments of a consultation, in a few queries."""
    found = every(db, consultation, approved=approved)
    ranked = sorted(found, key=lambda d: (not d.target.comment, -d.id))
    chosen: dict[int, Decision] = {}
    for decision in ranked:
        for number in decision.covers:
            chosen.setdefault(number, decision)
    return chosen


def decided(db: Database, consultation: int) -> frozenset[int]:
    """Return the numbers of the comments that any current decision covers, drafts included."""
    rows = db.query(
        "select m.comment as number from decision_members m join decisions d on d.id = m.decision"
        " where d.consultation = ? and d.current = 1",
        [consultation],
    )
    return frozenset(int(row["number"]) for row in rows)


def forget(db: Database, numbers: Iterable[int]) -> None:
    """Delete the words of all versions on comments that were erased: they may quote them."""
    blank = ", ".join(f"{name} = ''" for name in _WORDS if name != "section")
    db.conn.executemany(
        f"update decisions set {blank} where comment = ?", [[number] for number in numbers]
    )


def _by_ids(db: Database, identifiers: Sequence[int]) -> Iterator[Decision]:
    for begin in range(0, len(identifiers), _CHUNK):
        chunk = list(identifiers[begin : begin + _CHUNK])
        marks = ",".join("?" * len(chunk))
        yield from _read(db, db.query(f"select * from decisions where id in ({marks})", chunk))


def _read(db: Database, rows: Iterable[Mapping[str, object]]) -> Iterator[Decision]:
    for row in list(rows):
        ruling = Ruling(
            Disposition(str(row["disposition"])), **{name: str(row[name]) for name in _WORDS}
        )
        members = db.query(
            "select comment from decision_members where decision = ? order by comment", [row["id"]]
        )
        yield Decision(
            id=int(str(row["id"])),
            target=Target(int(str(row["comment"] or 0)), int(str(row["theme"] or 0))),
            stage=Stage(str(row["stage"])),
            ruling=ruling,
            actor=str(row["actor"]),
            at=codec.to_instant(str(row["at"])),
            covers=tuple(int(member["comment"]) for member in members),
        )


def _column(target: Target) -> tuple[str, int]:
    return ("comment", target.comment) if target.comment else ("theme", target.theme)
