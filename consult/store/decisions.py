"""Decisions on comments, families and themes: every version is kept, the newest is current."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime

from sqlite_utils import Database

from consult.domain.decision import Decision, Ruling, Stage, Target
from consult.domain.triage import Disposition
from consult.store import codec
from consult.store.rows import rows

_WORDS = ("reason", "answer", "office", "section", "change", "gist")
_CHUNK = 500  # SQLite takes 999 parameters on old builds
# A comment's own decision first, then that of its family, then that of its theme; the newest.
_NEAREST = "d.comment is null, d.family is null, d.id desc"


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
    exceptions: Sequence[int] = (),
) -> int:
    """Store a version and make it the current one; returns its id."""
    touched = {*covers, *retire(db, target, show=False)}
    words = [getattr(ruling, name) for name in _WORDS]
    cursor = db.execute(
        "insert into decisions (consultation, comment, theme, family, stage, disposition, reason,"
        " answer, office, section, change, gist, phrase, exceptions, actor, at, current)"
        " values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 1)",
        [consultation, target.comment or None, target.theme or None, target.family or None,
         stage.value, ruling.disposition.value, *words, ruling.phrase,
         codec.dump(sorted(exceptions)), actor, codec.to_text(at)],
    )  # fmt: skip
    version = int(cursor.lastrowid or 0)
    db.conn.executemany(
        "insert into decision_members (comment, decision) values (?, ?)",
        [[number, version] for number in covers],
    )
    _show(db, touched)
    return version


def retire(db: Database, target: Target, *, show: bool = True) -> tuple[int, ...]:
    """Let no decision on a target be current any more; returns the comments it covered."""
    column, value = target.kind, target.number
    old = f"(select id from decisions where {column} = ? and current = 1)"
    sql = f"select comment from decision_members where decision in {old}"
    covered = tuple(int(row["comment"]) for row in rows(db, sql, [value]))
    db.execute(f"delete from decision_members where decision in {old}", [value])
    db.execute(f"update decisions set current = 0 where {column} = ? and current = 1", [value])
    if show:
        _show(db, covered)
    return covered


def _show(db: Database, numbers: Iterable[int]) -> None:
    """Write into comments what the decision that applies to them is, for the queue."""
    db.conn.executemany(
        "update comments set (stage, disposition) = (select coalesce(max(stage), ''),"
        " coalesce(max(disposition), '') from (select d.stage, d.disposition"
        " from decision_members m join decisions d on d.id = m.decision and d.current = 1"
        f" where m.comment = ?1 order by {_NEAREST} limit 1)) where number = ?1",
        ([number] for number in numbers),
    )


def current(db: Database, target: Target) -> Decision | None:
    """Return the current version of the decision on a comment or theme itself, or None."""
    found = rows(
        db, f"select * from decisions where {target.kind} = ? and current = 1", [target.number]
    )
    return next(_read(db, found), None)


def version(db: Database, identifier: int) -> Decision | None:
    """Return one version, current or not, with the comments it covers now; None when unknown."""
    return next(_read(db, rows(db, "select * from decisions where id = ?", [identifier])), None)


def every(db: Database, consultation: int, *, approved: bool = True) -> tuple[Decision, ...]:
    """Return the current decisions of a consultation (or the approved ones alone), by id."""
    stages = (Stage.APPROVED,) if approved else tuple(Stage)
    marks = ",".join("?" * len(stages))
    found = db.query(
        f"select * from decisions where consultation = ? and current = 1 and stage in ({marks})"
        " order by id",
        [consultation, *stages],
    )
    return tuple(_read(db, found))


def about(db: Database, numbers: Sequence[int], *, approved: bool = True) -> dict[int, Decision]:
    """Return the decision that applies to each comment: its own, else its family's or theme's.

    With ``approved`` only approved ones count, so that an exception that is still a draft leaves
    the theme's answer in force; comments without one are left out.
    """
    where = " and d.stage = 'approved'" if approved else ""
    chosen: dict[int, int] = {}
    for begin in range(0, len(numbers), _CHUNK):
        chunk = list(numbers[begin : begin + _CHUNK])
        marks = ",".join("?" * len(chunk))
        found = db.query(
            "select m.comment as number, d.id as id from decision_members m join decisions d"
            f" on d.id = m.decision and d.current = 1 where m.comment in ({marks}){where}"
            f" order by m.comment, {_NEAREST}",
            chunk,
        )
        for row in found:
            chosen.setdefault(int(row["number"]), int(row["id"]))
    known = {decision.id: decision for decision in _by_ids(db, sorted(set(chosen.values())))}
    return {number: known[identifier] for number, identifier in chosen.items()}


def applying(db: Database, consultation: int, *, approved: bool = True) -> dict[int, Decision]:
    """Return the same for all comments of a consultation, in a few queries."""
    found = every(db, consultation, approved=approved)
    ranked = sorted(found, key=lambda d: (not d.target.comment, not d.target.family, -d.id))
    chosen: dict[int, Decision] = {}
    for decision in ranked:
        for number in decision.covers:
            chosen.setdefault(number, decision)
    return chosen


def decided(db: Database, consultation: int) -> frozenset[int]:
    """Return the numbers of the comments that any current decision covers, drafts included."""
    found = db.query(
        "select m.comment as number from decision_members m join decisions d on d.id = m.decision"
        " where d.consultation = ? and d.current = 1",
        [consultation],
    )
    return frozenset(int(row["number"]) for row in found)


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


def _read(db: Database, found: Iterable[Mapping[str, object]]) -> Iterator[Decision]:
    for row in list(found):
        ruling = Ruling(
            Disposition(str(row["disposition"])),
            **{name: str(row[name]) for name in _WORDS},
            phrase=int(str(row["phrase"])),
        )
        sql = "select comment from decision_members where decision = ? order by comment"
        members = rows(db, sql, [row["id"]])
        yield Decision(
            id=int(str(row["id"])),
            target=Target(*(int(str(row[k] or 0)) for k in ("comment", "theme", "family"))),
            stage=Stage(str(row["stage"])),
            ruling=ruling,
            actor=str(row["actor"]),
            at=codec.to_instant(str(row["at"])),
            covers=tuple(int(member["comment"]) for member in members),
            exceptions=tuple(codec.load(str(row["exceptions"]))),
        )


def of_disposition(
    db: Database, consultation: int, disposition: Disposition
) -> tuple[Decision, ...]:
    """Return the current decisions of a consultation that say so, by id."""
    found = rows(
        db,
        "select * from decisions where consultation = ? and current = 1 and disposition = ?"
        " order by id",
        [consultation, disposition.value],
    )
    return tuple(_read(db, found))
