"""Samples, their items, and what two people said about each."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from sqlite_utils import Database

from consult.domain.errors import NotFound
from consult.domain.sample import Item, ItemKind, Judged, Sample, SampleState
from consult.store import codec


def add(
    db: Database,
    consultation: int,
    *,
    actor: str,
    seed: str,
    run: int,
    coders: tuple[str, str],
    items: Iterable[Item],
    now: datetime,
) -> int:
    """Insert an open sample with its items in order (their ids do not count); returns its id."""
    cursor = db.execute(
        "insert into samples (consultation, state, created, actor, seed, run, first, second)"
        " values (?, 'open', ?, ?, ?, ?, ?, ?)",
        [consultation, codec.to_text(now), actor, seed, run, *coders],
    )
    sample = int(cursor.lastrowid or 0)
    db.conn.executemany(
        "insert into sample_items (sample, kind, comment, other, theme, stratum, machine)"
        " values (?, ?, ?, ?, ?, ?, ?)",
        [[sample, item.kind.value, item.comment, item.other, item.theme, item.stratum, item.machine]
         for item in items],
    )  # fmt: skip
    return sample


def one(db: Database, consultation: int, sample: int) -> Sample:
    """Return a sample; raises ``NotFound("quality.unknown")``."""
    sql = "select * from samples where consultation = ? and id = ?"
    for row in db.query(sql, [consultation, sample]):
        return _sample(row)
    raise NotFound("quality.unknown", sample=sample)


def every(db: Database, consultation: int) -> tuple[Sample, ...]:
    """Return all samples, newest first."""
    sql = "select * from samples where consultation = ? order by id desc"
    return tuple(_sample(row) for row in db.query(sql, [consultation]))


def judging(db: Database, consultation: int, coder: str) -> Sample | None:
    """Return the open sample of which somebody is one of the two judges, if there is one."""
    sql = "select * from samples where consultation = ? and state = 'open'"
    rows = db.query(f"{sql} and ? in (first, second) order by id limit 1", [consultation, coder])
    return next((_sample(row) for row in rows), None)


def set_state(db: Database, sample: int, state: SampleState) -> None:
    """Write the state of a sample."""
    db.execute("update samples set state = ? where id = ?", [state.value, sample])


def judged(db: Database, sample: Sample) -> tuple[Judged, ...]:
    """Return the items in order with both answers; items about comments that are gone are left out.

    An item is gone when one of its comments, or every comment of its theme, is listed no more.
    """
    rows = db.query(
        "select i.*, coalesce(a.answer, '') as mine, coalesce(b.answer, '') as yours"
        " from sample_items i"
        " left join codings a on a.item = i.id and a.coder = ?"
        " left join codings b on b.item = i.id and b.coder = ?"
        " where i.sample = ? and not exists (select 1 from comments c"
        " where c.number in (i.comment, i.other) and c.state <> 'active')"
        " and (i.theme = 0 or exists (select 1 from comments c"
        " where c.theme = i.theme and c.state = 'active')) order by i.id",
        [*sample.coders, sample.id],
    )
    return tuple(Judged(_item(row), str(row["mine"]), str(row["yours"])) for row in rows)


def answer(db: Database, item: int, *, coder: str, answer: str, now: datetime) -> None:
    """Write what somebody said about an item."""
    db.execute(
        "insert into codings (item, coder, answer, at) values (?, ?, ?, ?)"
        " on conflict (item, coder) do update set answer = excluded.answer, at = excluded.at",
        [item, coder, answer, codec.to_text(now)],
    )


def _sample(row: dict[str, object]) -> Sample:
    return Sample(
        id=int(str(row["id"])),
        consultation=int(str(row["consultation"])),
        state=SampleState(str(row["state"])),
        created=codec.to_instant(str(row["created"])),
        actor=str(row["actor"]),
        seed=str(row["seed"]),
        run=int(str(row["run"])),
        coders=(str(row["first"]), str(row["second"])),
    )


def _item(row: dict[str, object]) -> Item:
    return Item(
        id=int(str(row["id"])),
        kind=ItemKind(str(row["kind"])),
        comment=int(str(row["comment"])),
        other=int(str(row["other"])),
        theme=int(str(row["theme"])),
        stratum=str(row["stratum"]),
        machine=str(row["machine"]),
    )
