"""What the ledger of imports adds: imports, their items and files, and refused items with more."""

from __future__ import annotations

from typing import Final

# A refusal is known by a key of its own (digest and place): two files of one name differ. SQLite
# cannot drop the old constraint, so the table is made anew.
LEDGER: Final = (
    """
    create table imports (
        id integer primary key autoincrement,
        consultation integer not null references consultations(id),
        kind text not null, name text not null, digest text not null, actor text not null,
        state text not null, created text not null, finished text, heartbeat text,
        owner text not null default '', empty integer not null default 0,
        options text not null default '{}', error text not null default '',
        detail text not null default '{}'
    ) strict
    """,
    "create index imports_by_consultation on imports (consultation, id)",
    "create index imports_by_state on imports (state)",
    """
    create table import_files (
        import integer primary key references imports(id), sealed blob not null
    ) strict
    """,
    """
    create table refused (
        id integer primary key autoincrement,
        consultation integer not null references consultations(id),
        key text not null, at text not null, place text not null, field text not null,
        code text not null, detail text not null default '{}', sealed blob,
        kind text not null default '', name text not null default '',
        state text not null default 'open', number text not null default '',
        actor text not null default '', why text not null default '',
        unique (consultation, key)
    ) strict
    """,
    """
    insert into refused (consultation, key, at, place, field, code, detail)
    select consultation, place || ' ' || code, at, place, field, code, detail from refusals
    """,
    "drop table refusals",
    "alter table refused rename to refusals",
    """
    create table import_items (
        id integer primary key, import integer not null references imports(id),
        place text not null, outcome text not null, number text not null default '',
        refusal integer not null default 0, unique (import, place)
    ) strict
    """,
    "create index import_items_by_number on import_items (number) where number <> ''",
    "create index refusals_by_state on refusals (consultation, state)",
)
