"""Counts for the overview of staff: how far the answers are, what came when and by which way.

Each is one scan of a covering index, or a set made of one: at 100,000 comments the whole overview
takes a quarter of a second, where joining rows (with their texts) took more than one. What a
document states is counted by ``store.totals`` in other ways.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from sqlite_utils import Database

from consult.domain.digest import Counts
from consult.store import codec, events
from consult.store.rows import rows

_DESK = "comments indexed by comments_desk where consultation = ? and state = 'active'"
_COUNTED = "comments indexed by comments_counted where consultation = ? and state = 'active'"
_RECEIVED = {
    "submissions": "submissions indexed by submissions_counted",
    "comments": "comments indexed by comments_newest",
}


@dataclass(frozen=True, slots=True)
class Standing:
    """How many comments there are, with an answer at each stage, unopened, and to be checked."""

    comments: int = 0
    draft: int = 0
    review: int = 0
    approved: int = 0
    unread: int = 0
    uncertain: int = 0


@dataclass(frozen=True, slots=True)
class Voices:
    """The four counts of all that is listed, and of every section that has a comment.

    ``channels`` are submissions and comments by channel; ``awaiting`` are the submissions that no
    run has split yet.
    """

    whole: Counts
    by_section: dict[str, Counts]
    channels: dict[str, tuple[int, int]]
    awaiting: int


def standing(db: Database, consultation: int, *, threshold: float) -> dict[str, Standing]:
    """Count the listed comments of each section; below the ``threshold`` people check them."""
    sql = (
        "select section, count(*), count(*) filter (where stage = 'draft'),"
        " count(*) filter (where stage = 'review'), count(*) filter (where stage = 'approved'),"
        " count(*) filter (where opened = 0), count(*) filter (where confidence < ?"
        f" and origin in ('cited', 'inferred')) from {_DESK} group by section"
    )
    found = db.conn.execute(sql, [threshold, consultation]).fetchall()
    return {str(section): Standing(*counts) for section, *counts in found}


def changes(db: Database, consultation: int) -> tuple[int, int]:
    """Return numbers that are others as soon as what ``voices`` counts may have changed.

    Whatever happens to a submission is an event, whatever to a comment moves the counter.
    """
    found = rows(db, "select changes from figures where consultation = ?", [consultation])
    return next((int(row["changes"]) for row in found), 0), events.last(db)


def of_section(db: Database, consultation: int, section: str) -> int:
    """Count the listed comments of a section."""
    sql = f"select count(*) as n from {_COUNTED} and section = ?"
    return int(next(rows(db, sql, [consultation, section]))["n"])


def voices(db: Database, consultation: int) -> Voices:
    """Count people, submissions, texts and comments of everything that is listed.

    Columns are handed over as one JSON text each: 100,000 rows would be as many tuples.
    """
    persons, ways = _senders(db, consultation)
    said: Counter[str] = Counter()
    split: set[int] = set()
    by_section: dict[str, Counts] = {}
    sql = (
        "select section, count(*), count(distinct family) + count(*) filter (where family is null),"
        f" json_group_array(submission), json_group_array(channel) from {_COUNTED} group by section"
    )
    for section, comments, texts, senders, channels in db.conn.execute(sql, [consultation]):
        here = set(codec.load(senders))
        people = len(set(map(persons.get, here)))
        by_section[section] = Counts(people, len(here), texts, comments)
        said.update(codec.load(channels))
        split |= here
    return Voices(
        whole=Counts(
            people=len(set(persons.values())), submissions=len(persons),
            texts=_texts(db, consultation), comments=said.total(),
        ),
        by_section=by_section,
        channels={way: (count, said[way]) for way, count in ways.items()},
        awaiting=len(persons.keys() - split - _set_aside(db, consultation)),
    )  # fmt: skip


def _senders(db: Database, consultation: int) -> tuple[dict[int, str | int], Counter[str]]:
    """Return who is behind each listed submission, itself where nobody knows; and the channels."""
    sql = (
        "select json_group_array(id), json_group_array(case when person = '' then id else person"
        " end), json_group_array(channel) from submissions indexed by submissions_counted"
        " where consultation = ? and state = 'active'"
    )
    found = db.conn.execute(sql, [consultation]).fetchone()
    numbers, persons, channels = map(codec.load, found)
    return dict(zip(numbers, persons, strict=True)), Counter(channels)


def days(db: Database, table: str, consultation: int, timezone: str) -> dict[date, int]:
    """Count the listed ``submissions`` or ``comments`` of each day that has any, in a zone."""
    zone = ZoneInfo(timezone)
    where = f"from {_RECEIVED[table]} where consultation = ? and state = 'active'"
    found: dict[date, int] = {}
    begin = ""
    while True:
        first = f"select min(received) {where} and received >= ?"
        (text,) = db.conn.execute(first, [consultation, begin]).fetchone()
        if text is None:
            return found
        day = codec.to_instant(text).astimezone(zone).date()
        midnight = datetime.combine(day + timedelta(days=1), time.min, zone)
        end = codec.to_text(midnight.astimezone(UTC))
        count = f"select count(*) {where} and received >= ? and received < ?"
        (found[day],) = db.conn.execute(count, [consultation, text, end]).fetchone()
        begin = end


def _texts(db: Database, consultation: int) -> int:
    """Count the families, and the comments that stand in none."""
    where = "where consultation = ? and state = 'active'"
    families = "select count(*) from (select distinct family from comments"
    families += f" indexed by comments_by_family {where} and family is not null)"
    alone = f"select count(*) from {_COUNTED} and family is null"
    return sum(int(db.conn.execute(sql, [consultation]).fetchone()[0]) for sql in (families, alone))


def _set_aside(db: Database, consultation: int) -> set[int]:
    """Return the submissions with comments that are out of lists: a run has split them too."""
    sql = (
        "select submission from comments indexed by comments_counted where consultation = ?"
        " and (state < 'active' or state > 'active') and state <> 'staged'"
    )
    return {number for (number,) in db.conn.execute(sql, [consultation]).fetchall()}
