"""The tables of what was issued; run as a step of the schema."""

from __future__ import annotations

from typing import Final

ISSUES: Final = (
    """
create table issues (
    id integer primary key autoincrement,
    consultation integer not null references consultations(id), number integer not null,
    at text not null, actor text not null, run integer not null, comments integer not null,
    unique (consultation, number)
) strict
""",
    """
create table issued_comments (
    issue integer not null references issues(id), number integer not null,
    theme integer not null, section text not null, primary key (issue, number)
) strict, without rowid
""",
)
