"""The rows of one consultation, table by table, for its archive; and the way back.

Which rows belong to a consultation follows from the schema itself: a table says so in its column
``consultation``, or refers to a table that does. So a table that a later step adds is in the
archive without anybody thinking of it; what is to stay out is named here.
"""

from __future__ import annotations

import base64
import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from typing import Final

from sqlite_utils import Database

from consult.domain.errors import InputRefused
from consult.store import events

ROOT: Final = "consultations"
EVENTS: Final = "events"
SEARCH: Final = "search"  # a virtual table: its words, by comment number
# What stays out, and why.
LEFT_OUT: Final[dict[str, str]] = {
    "staff": "accounts and their passwords belong to the server, not to a consultation",
    "grants": "roles of accounts, as above",
    "second_factors": "secrets of accounts, as above",
    "recovery_codes": "of accounts, as above",
    "preferences": "what accounts have set for themselves, as above",
    "sessions": "who is signed in at this moment",
    "presences": "who is looking at which comment at this moment",
    "attempts": "counters of the limits",
    "tallies": "counters of the limits",
    "figures": "a counter of this server, by which it knows that counts are still true",
    "facts": "about the database file; the archive's manifest says what is needed",
    "uploads": "files of forms that were never sent",
    "drafts": "texts that were never sent",
    "jobs": "the work of this server; what came of it stands in the runs",
}
# Withdrawn: out of all lists, and out of what is kept for good. The row that counts stays.
_GONE: Final = "select id from submissions where state in ('withdrawn', 'erased')"
_BLANKED: Final[dict[str, object]] = {
    "sealed": None, "sealed_contact": None, "sealed_letters": None, "person": "", "key": None,
    "source": "", "choices": "[]", "chosen": "[]",
}  # fmt: skip


def every(db: Database) -> tuple[str, ...]:
    """Return the tables of an archive, each after those it refers to."""
    waiting = {name: _parents(db, name) for name in _own(db)}
    done: list[str] = []
    while waiting:
        ready = sorted(name for name, needs in waiting.items() if needs <= {*done, name})
        if not ready:  # a circle: foreign keys are looked at when all is in
            ready = sorted(waiting)[:1]
        done += ready
        for name in ready:
            del waiting[name]
    return tuple(done)


def unplaced(db: Database) -> tuple[str, ...]:
    """Return tables of which nobody has said whether they belong to a consultation."""
    known = {*_own(db), *LEFT_OUT, "_sqlite_migrations", "sqlite_sequence"}
    names = {name for name in db.table_names() if not name.startswith(f"{SEARCH}_")}
    return tuple(sorted(names - known))


def rows_of(db: Database, table: str, consultation: int) -> Iterator[dict[str, object]]:
    """Yield the rows of a consultation in a fixed order, one at a time.

    Other consultations' events keep their place in the chain and nothing else.
    """
    where, order = _where(db, table), _order(db, table)
    heavy = _ciphertext(db, table)
    if "submission" in _columns(db, table) and heavy:
        where += f" and submission not in ({_GONE})"
    names = _columns(db, table)
    found = _by_key(db, table, where, consultation) if heavy else db.conn.execute(
        f"select {_columns_sql(db, table)} from {table} where {where} order by {order}",
        {"c": consultation},
    )  # fmt: skip
    for values in found:
        yield _kept(table, dict(zip(names, values, strict=True)), consultation)


def _by_key(
    db: Database, table: str, where: str, consultation: int
) -> Iterator[tuple[object, ...]]:
    """Yield rows that hold files: SQLite sorts whole rows, so only their keys are sorted."""
    keys = _keys(db, table)
    named = ", ".join(keys)
    ordered = db.conn.execute(
        f"select {named} from {table} where {where} order by {named}", {"c": consultation}
    ).fetchall()
    same = " and ".join(f"{name} = ?" for name in keys)
    one = f"select {_columns_sql(db, table)} from {table} where {same}"
    for key in ordered:
        yield from db.conn.execute(one, key)


def _ciphertext(db: Database, table: str) -> bool:
    """Tell whether a table holds bytes: what was sent, or the keys to it."""
    return any(row[2] == "BLOB" for row in db.conn.execute(f"pragma table_info({table})"))


def plain(row: Mapping[str, object]) -> dict[str, object]:
    """Return a row as JSON holds it: bytes as base 64."""
    return {
        name: {"base64": base64.b64encode(value).decode()} if isinstance(value, bytes) else value
        for name, value in row.items()
    }


def put(db: Database, table: str, items: Iterable[Mapping[str, object]]) -> int:
    """Insert rows as :func:`plain` wrote them; returns how many.

    Raises ``InputRefused("archive.row")`` for a row that the table does not take. Columns a row
    lacks get their defaults.
    """
    known = set(_columns(db, table))
    count = 0
    for item in items:
        count += 1
        try:
            if not isinstance(item, dict) or not item or not set(item) <= known:
                raise ValueError(table)
            names = ", ".join(f'"{name}"' for name in item)
            marks = ", ".join("?" * len(item))
            db.conn.execute(
                f"insert into {table} ({names}) values ({marks})",
                [_value(value) for value in item.values()],
            )
        except (ValueError, sqlite3.Error, OverflowError) as error:
            raise InputRefused("archive.row", member=table, line=count) from error
    return count


def check_links(db: Database) -> None:
    """Raise ``InputRefused("archive.row")`` for a row that refers to one that is not there."""
    for row in db.conn.execute("pragma foreign_key_check").fetchall():
        raise InputRefused("archive.row", member=str(row[0]), line=int(row[1] or 0))


def sequences(db: Database, tables: Iterable[str]) -> dict[str, int]:
    """Return the last number given out in each table, so that none is given out again."""
    found = dict(db.conn.execute("select name, seq from sqlite_sequence order by name").fetchall())
    return {name: int(found[name]) for name in sorted(tables) if name in found}


def set_sequences(db: Database, numbers: Mapping[str, int]) -> None:
    """Go on numbering after these."""
    for name, number in numbers.items():
        db.execute("delete from sqlite_sequence where name = ?", [name])
        db.execute("insert into sqlite_sequence (name, seq) values (?, ?)", [name, int(number)])


def _own(db: Database) -> set[str]:
    """Return the tables that hold something of a consultation."""
    names = [
        name for name in db.table_names()
        if name not in LEFT_OUT and not name.startswith((f"{SEARCH}_", "sqlite_", "_sqlite"))
    ]  # fmt: skip
    found = {ROOT, EVENTS, SEARCH}
    found |= {name for name in names if "consultation" in _columns(db, name)}
    while more := {name for name in names if name not in found and _parents(db, name) & found}:
        found |= more
    return found


def _parents(db: Database, table: str) -> set[str]:
    return {str(row[2]) for row in _foreign_keys(db, table)} & (
        set(db.table_names()) - set(LEFT_OUT)
    )


def _foreign_keys(db: Database, table: str) -> list[tuple[object, ...]]:
    return list(db.conn.execute(f"pragma foreign_key_list({table})").fetchall())


def _where(db: Database, table: str) -> str:
    """Return the condition that a row belongs to the consultation ``:c``."""
    if table == ROOT:
        return "id = :c"
    if table == EVENTS:
        return "1"
    if table == SEARCH:
        return f"rowid in (select number from comments where {_where(db, 'comments')})"
    if "consultation" in _columns(db, table):
        return "consultation = :c"
    own = _own(db)
    parent, column, theirs = sorted(
        (str(row[2]), str(row[3]), str(row[4])) for row in _foreign_keys(db, table)
        if row[2] in own
    )[0]  # fmt: skip
    return f"{column} in (select {theirs} from {parent} where {_where(db, parent)})"


def _columns(db: Database, table: str) -> list[str]:
    if table == SEARCH:
        return ["rowid", "tokens"]
    return [str(row[1]) for row in db.conn.execute(f"pragma table_info({table})").fetchall()]


def _columns_sql(db: Database, table: str) -> str:
    return ", ".join(f'"{name}"' for name in _columns(db, table))


def _order(db: Database, table: str) -> str:
    return ", ".join(_keys(db, table))


def _keys(db: Database, table: str) -> list[str]:
    """Return the primary key's columns in their order."""
    if table == SEARCH:
        return ["rowid"]
    info = db.conn.execute(f"pragma table_info({table})").fetchall()
    keys = [str(row[1]) for row in sorted(info, key=lambda row: int(row[5])) if row[5]]
    return [f'"{name}"' for name in keys] or ["rowid"]


def _kept(table: str, row: dict[str, object], consultation: int) -> dict[str, object]:
    if table == "submissions" and row["state"] == "withdrawn":
        return row | _BLANKED
    if table == EVENTS and row["consultation"] not in {None, consultation}:
        return events.withheld(row)
    return row


def _value(value: object) -> object:
    if isinstance(value, dict):
        if set(value) != {"base64"} or not isinstance(value["base64"], str):
            raise ValueError("base64")
        return base64.b64decode(value["base64"], validate=True)
    if value is None or isinstance(value, str | int | float):
        return value
    raise ValueError(type(value).__name__)
