"""Limits are counted by ticks of five minutes: one row an act made counting slower with each."""

from __future__ import annotations

from typing import Final

TALLIES: Final = (
    """
create table tallies (
    tick integer not null, bucket text not null, n integer not null, last real not null,
    primary key (tick, bucket)
) strict, without rowid
""",
    """
insert into tallies (tick, bucket, n, last)
select cast(at as integer) / 300, bucket, count(*), max(at) from attempts group by 1, 2
""",
    """
drop table attempts
""",
)
