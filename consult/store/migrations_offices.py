"""What migration 025 adds: departments that are asked, and tokens of other systems."""

from __future__ import annotations

from typing import Final

OFFICES: Final = (
    """
    create table departments (
        id integer primary key, consultation integer not null references consultations(id),
        place integer not null, name text not null, code text not null unique,
        sealed_contact blob, added text not null, sent text, reminded text,
        answered text, number text not null default '', agreed integer not null default 0,
        unique (consultation, name), unique (consultation, place)
    ) strict
    """,
    """
    create table tokens (
        id integer primary key, consultation integer not null references consultations(id),
        name text not null, hash text not null unique, channel text not null,
        created text not null, actor text not null, used text, revoked text,
        revoked_by text not null default ''
    ) strict
    """,
    "create index import_items_by_outcome on import_items (import, outcome)",
)
