"""Acts of staff and their items: what is needed to show how far one is and to take it back."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlite_utils import Database

from consult.domain.act import Act, ActItem, ActState, Deed, ItemState
from consult.domain.errors import NotFound
from consult.store import codec
from consult.store.rows import rows


def add(
    db: Database,
    consultation: int,
    *,
    deed: Deed,
    actor: str,
    at: datetime,
    state: ActState,
    subjects: Sequence[str],
    query: str = "",
    details: Mapping[str, str] | None = None,
) -> int:
    """Insert an act with its items, which wait; returns its number."""
    moment = codec.to_text(at)
    cursor = db.execute(
        "insert into acts (consultation, deed, actor, at, state, total, heartbeat, query, details)"
        " values (?, ?, ?, ?, ?, ?, ?, ?, ?)",
        [consultation, deed.value, actor, moment, state.value, len(subjects), moment, query,
         codec.dump(dict(details or {}))],
    )  # fmt: skip
    number = int(cursor.lastrowid or 0)
    db.conn.executemany(
        "insert into act_items (act, place, subject, state) values (?, ?, ?, 'waiting')",
        ([number, place, subject] for place, subject in enumerate(subjects)),
    )
    return number


def one(db: Database, consultation: int, number: int) -> Act:
    """Return an act; raises ``NotFound("act.unknown")``."""
    sql = "select * from acts where consultation = ? and id = ?"
    for row in rows(db, sql, [consultation, number]):
        return _act(db, row)
    raise NotFound("act.unknown", act=number)


def recent(db: Database, consultation: int, *, limit: int, before: int = 0) -> tuple[Act, ...]:
    """Return the newest acts, newest first; ``before`` is the number of one after all of them."""
    where = " and id < ?" if before else ""
    found = rows(
        db,
        f"select * from acts where consultation = ?{where} order by id desc limit ?",
        [consultation, *([before] if before else []), limit],
    )
    return tuple(_act(db, row) for row in found)


def moving(db: Database, *, unseen_since: datetime | None = None) -> tuple[tuple[int, int], ...]:
    """Return consultation and number of the acts that still have something to do, oldest first.

    ``unseen_since``: only those that no process has worked on since.
    """
    sql = "select consultation, id from acts indexed by acts_moving"
    sql += " where state in ('running', 'undoing') and heartbeat < ? order by id"
    latest = codec.to_text(unseen_since) if unseen_since else "9"
    return tuple((int(row["consultation"]), int(row["id"])) for row in rows(db, sql, [latest]))


def take(db: Database, number: int, *, owner: str, now: datetime, stale: datetime) -> bool:
    """Let a process work on an act that no other one has touched since ``stale``."""
    cursor = db.execute(
        "update acts set owner = ?, heartbeat = ? where id = ? and state in ('running', 'undoing')"
        " and (owner in ('', ?) or heartbeat < ?)",
        [owner, codec.to_text(now), number, owner, codec.to_text(stale)],
    )
    return bool(cursor.rowcount)


def release(db: Database, number: int, *, owner: str) -> None:
    """Let another process go on with an act."""
    db.execute("update acts set owner = '' where id = ? and owner = ?", [number, owner])


def newest_of(db: Database, consultation: int, actor: str) -> int:
    """Return the number of a person's newest act, 0 without one."""
    sql = "select id from acts where consultation = ? and actor = ? order by id desc limit 1"
    return next((int(row["id"]) for row in rows(db, sql, [consultation, actor])), 0)


def set_state(db: Database, number: int, state: ActState, *, now: datetime, by: str = "") -> None:
    """Bring an act into another state; ``by`` is who undid it."""
    db.execute(
        "update acts set state = ?, owner = '', heartbeat = ?,"
        " undone_by = case when ? = '' then undone_by else ? end where id = ?",
        [state.value, codec.to_text(now), by, by, number],
    )


def note_why(db: Database, act: Act, why: str) -> None:
    """Keep why an act is taken back beside what it was done with."""
    if why:
        details = codec.dump({**act.values, "undone_why": why})
        db.execute("update acts set details = ? where id = ?", [details, act.id])


def items(
    db: Database, number: int, state: ItemState, *, limit: int, backwards: bool = False
) -> tuple[ActItem, ...]:
    """Return items in a state, by place (the last ones first if ``backwards``)."""
    way = "desc" if backwards else "asc"
    sql = f"select * from act_items where act = ? and state = ? order by place {way} limit ?"
    return tuple(_item(row) for row in rows(db, sql, [number, state.value, limit]))


def settle(db: Database, number: int, settled: Iterable[ActItem]) -> None:
    """Write what became of items."""
    db.conn.executemany(
        "update act_items set state = ?, before = ?, after = ?, why = ?"
        " where act = ? and place = ?",
        (
            [item.state.value, codec.dump(dict(item.before)), codec.dump(dict(item.after)),
             item.why, number, item.place]
            for item in settled
        ),
    )  # fmt: skip


def reasons(db: Database, number: int) -> dict[str, int]:
    """Count why items were skipped or kept, by code."""
    sql = "select why, count(*) as n from act_items where act = ? and why <> '' group by why"
    return {str(row["why"]): int(row["n"]) for row in rows(db, sql, [number])}


def forget(db: Database, numbers: Iterable[int]) -> None:
    """Drop what acts hold of comments that were erased: it may quote them."""
    db.conn.executemany(
        "update act_items set before = '{}', after = '{}', state = 'kept', why = 'act.gone'"
        " where subject = ?",
        [[f"comment:{number}"] for number in numbers],
    )


def _act(db: Database, row: Mapping[str, Any]) -> Act:
    sql = "select state, count(*) as n from act_items where act = ? group by state"
    counted = {ItemState(r["state"]): int(r["n"]) for r in rows(db, sql, [row["id"]])}
    return Act(
        id=int(row["id"]),
        deed=Deed(row["deed"]),
        actor=str(row["actor"]),
        at=codec.to_instant(row["at"]),
        state=ActState(row["state"]),
        total=int(row["total"]),
        heartbeat=codec.to_instant(row["heartbeat"]),
        query=str(row["query"]),
        undone_by=str(row["undone_by"]),
        values=codec.load(row["details"]),
        counts=counted,
    )


def _item(row: Mapping[str, Any]) -> ActItem:
    return ActItem(
        place=int(row["place"]),
        subject=str(row["subject"]),
        state=ItemState(row["state"]),
        before=codec.load(row["before"]),
        after=codec.load(row["after"]),
        why=str(row["why"]),
    )
