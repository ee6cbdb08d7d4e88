"""Which comment came out of which by the hand of staff, and the way back."""

from __future__ import annotations

from collections.abc import Sequence

from sqlite_utils import Database

from consult.store.rows import rows


def descend(db: Database, child: int, parents: Sequence[int]) -> None:
    """Note what a comment was made of."""
    db.conn.executemany(
        "insert or ignore into lineage (child, parent) values (?, ?)",
        [[child, parent] for parent in parents],
    )


def parents(db: Database, number: int) -> tuple[int, ...]:
    """Return the comments that one was made of."""
    sql = "select parent from lineage where child = ? order by parent"
    return tuple(int(row["parent"]) for row in rows(db, sql, [number]))


def children(db: Database, number: int) -> tuple[int, ...]:
    """Return the comments that were made of one."""
    sql = "select child from lineage where parent = ? order by child"
    return tuple(int(row["child"]) for row in rows(db, sql, [number]))


def whole_of(db: Database, numbers: Sequence[int]) -> int:
    """Return the superseded comment whose only parts these are; 0 without one."""
    marks = ",".join("?" * len(numbers))
    sql = (
        f"select l.parent as parent from lineage l join comments c on c.number = l.parent"
        f" where c.state = 'superseded' group by l.parent having count(*) = ?"
        f" and sum(l.child in ({marks})) = ? and (select count(*) from lineage o"
        f" where o.child = min(l.child)) = 1 order by l.parent desc limit 1"
    )
    found = rows(db, sql, [len(numbers), *numbers, len(numbers)])
    return next((int(row["parent"]) for row in found), 0)


def revive(db: Database, numbers: Sequence[int]) -> None:
    """List superseded comments again, as they were."""
    db.conn.executemany(
        "update comments set state = 'active', cut = 1, stamp = stamp + 1"
        " where number = ? and state = 'superseded'",
        [[number] for number in numbers],
    )
