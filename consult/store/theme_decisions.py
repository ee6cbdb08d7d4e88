"""Which events decided about which themes, which are undone, and what may never come together.

The events hold what was done; these tables are their index, and can be rebuilt from them.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime

from sqlite_utils import Database

from consult.domain.theme import ChangeKind, ThemeChange
from consult.domain.triage import Event
from consult.store import codec, events

Apart = tuple[tuple[int, ...], tuple[int, ...]]


def add(db: Database, consultation: int, *, event: int, themes: Iterable[int]) -> None:
    """Index a decision by the themes it touched."""
    db.execute(
        "insert into theme_decisions (event, consultation) values (?, ?)", [event, consultation]
    )
    db.conn.executemany(
        "insert into theme_decision_themes (theme, event) values (?, ?)",
        [[theme, event] for theme in sorted(set(themes))],
    )


def keep_apart(
    db: Database, consultation: int, *, event: int, lefts: Sequence[int], rights: Sequence[int]
) -> None:
    """Record that comments may never share a theme with others, by a decision."""
    db.execute(
        "insert into theme_aparts (consultation, event, lefts, rights) values (?, ?, ?, ?)",
        [consultation, event, codec.dump(sorted(lefts)), codec.dump(sorted(rights))],
    )


def aparts(db: Database, consultation: int) -> tuple[Apart, ...]:
    """Return what may never come together, as numbers of comments, oldest decision first."""
    rows = db.query(
        "select a.lefts, a.rights from theme_aparts a"
        " join theme_decisions d on d.event = a.event and d.undone = 0"
        " where a.consultation = ? order by a.id",
        [consultation],
    )
    return tuple((tuple(codec.load(r["lefts"])), tuple(codec.load(r["rights"]))) for r in rows)


def newest(db: Database, consultation: int) -> int:
    """Return a number that grows with every decision about themes and with every undoing."""
    rows = db.query(
        "select coalesce(max(max(event, undone)), 0) as n from theme_decisions"
        " where consultation = ?",
        [consultation],
    )
    return int(next(iter(rows))["n"])


def of_theme(db: Database, theme: int) -> tuple[tuple[Event, bool], ...]:
    """Return the decisions that touched a theme, newest first, and whether each is undone."""
    rows = db.query(
        "select d.event, d.undone from theme_decision_themes t"
        " join theme_decisions d on d.event = t.event where t.theme = ? order by d.event desc",
        [theme],
    )
    undone = {int(row["event"]): bool(row["undone"]) for row in rows}
    return tuple((event, undone[event.number]) for event in events.some(db, [*undone]))


def themes_of(db: Database, event: int) -> tuple[int, ...]:
    """Return the themes that a decision touched."""
    sql = "select theme from theme_decision_themes where event = ? order by theme"
    return tuple(int(row["theme"]) for row in db.query(sql, [event]))


def standing(db: Database, consultation: int, event: int) -> bool:
    """Tell whether an event is a decision about themes that has not been undone."""
    sql = "select 1 from theme_decisions where consultation = ? and event = ? and undone = 0"
    return any(True for _ in db.query(sql, [consultation, event]))


def later(db: Database, event: int) -> int:
    """Return the newest decision after this one that touched a theme of its, 0 without one."""
    rows = db.query(
        "select max(d.event) as n from theme_decision_themes t"
        " join theme_decisions d on d.event = t.event and d.undone = 0"
        " where d.event > ? and t.theme in"
        " (select theme from theme_decision_themes where event = ?)",
        [event, event],
    )
    return int(next(iter(rows))["n"] or 0)


def undo(db: Database, event: int, *, by: int) -> None:
    """Mark a decision as undone by a later event."""
    db.execute("update theme_decisions set undone = ? where event = ?", [by, event])


def add_changes(db: Database, run: int, changes: Iterable[ThemeChange]) -> None:
    """Record what a run changed about themes."""
    db.conn.executemany(
        "insert into theme_changes values (?, ?, ?, ?, ?, ?, ?)",
        [[run, c.theme, c.kind.value, c.section, c.before, c.after, c.into] for c in changes],
    )


def changes(db: Database, run: int) -> tuple[ThemeChange, ...]:
    """Return what a run changed about themes, by theme."""
    rows = db.query("select * from theme_changes where run = ? order by theme, kind", [run])
    return tuple(
        ThemeChange(
            kind=ChangeKind(row["kind"]),
            theme=row["theme"],
            section=row["section"],
            before=row["before"],
            after=row["after"],
            into=row["into"],
        )
        for row in rows
    )


def run_finished(db: Database, run: int) -> datetime | None:
    """Return when a run ended, None when there is no such run."""
    rows = db.query("select finished from runs where id = ?", [run])
    return next((codec.to_instant(row["finished"]) for row in rows), None)
