"""Staff say of doubtful maskings whether they stay: the place in the comment, and who said so."""

from __future__ import annotations

from typing import Final

MASKINGS: Final = """
create table maskings (
    comment integer not null references comments(number) on delete cascade,
    start integer not null, "end" integer not null, hidden integer not null,
    actor text not null, at text not null,
    primary key (comment, start, "end")
) strict, without rowid
"""
