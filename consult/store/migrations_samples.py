"""The tables of samples that two people judge blind; run as a step of the schema."""

from __future__ import annotations

from typing import Final

SAMPLES: Final = (
    """
create table samples (
    id integer primary key autoincrement,
    consultation integer not null references consultations(id), state text not null,
    created text not null, actor text not null, seed text not null, run integer not null,
    first text not null, second text not null
) strict
""",
    """
create table sample_items (
    id integer primary key, sample integer not null references samples(id), kind text not null,
    comment integer not null, other integer not null, theme integer not null,
    stratum text not null, machine text not null
) strict
""",
    """
create index sample_items_by_sample on sample_items (sample)
""",
    """
create table codings (
    item integer not null references sample_items(id), coder text not null, answer text not null,
    at text not null, primary key (item, coder)
) strict, without rowid
""",
)
