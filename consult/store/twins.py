"""Submissions that share their person or a family with another one."""

from __future__ import annotations

from sqlite_utils import Database

from consult.domain.comment import Channel
from consult.domain.twin import Twin
from consult.store import codec
from consult.store.rows import rows

_SQL = """
    with words as (
        select o.submission as id from comments c
        join comments o on o.family = c.family and o.submission <> c.submission
        where c.submission = ?2 and c.state = 'active' and o.state = 'active'
        order by o.number limit 200
    ), person as (
        select id from submissions where consultation = ?1 and person = ?3
        and ?3 <> '' and person <> '' and id <> ?2
    ), found as (
        select id from person union select id from words
    )
    select s.number, s.channel, s.received, s.id in (select id from person) as same_person,
        s.id in (select id from words) as same_words,
        coalesce((select min(c.number) from comments c where c.submission = s.id
            and c.state = 'active'), 0) as comment
    from found cross join submissions s on s.id = found.id
    where s.consultation = ?1 and s.state in ('active', 'held')
    order by same_person desc, s.id limit ?4
"""


def of(
    db: Database, consultation: int, submission: int, *, person: str, limit: int
) -> tuple[Twin, ...]:
    """Return the submissions that share anything with one: those of the person first."""
    values = [consultation, submission, person, limit]
    return tuple(
        Twin(
            number=str(row["number"]),
            channel=Channel(str(row["channel"])),
            received=codec.to_instant(str(row["received"])),
            same_person=bool(row["same_person"]),
            same_words=bool(row["same_words"]),
            comment=int(str(row["comment"])),
        )
        for row in rows(db, _SQL, values)
    )
