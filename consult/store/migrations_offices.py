"""Departments that are asked, tokens of other systems, and what departments were sent by mail."""

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
# Forms and reminders, to a masked address, and how each ended.
DEPARTMENT_MAIL: Final = (
    """
    create table department_mail (
        id integer primary key, consultation integer not null references consultations(id),
        department integer not null references departments(id) on delete cascade,
        kind text not null, state text not null, address text not null,
        message_id text not null unique, at text not null, actor text not null,
        reply text not null default ''
    ) strict
    """,
    "create index department_mail_of on department_mail (department, id)",
)
