"""Families (雷同件) of the newest run, their members, and what signers added to them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import count as counting
from typing import Any

from sqlite_utils import Database

from consult.domain.comment import Channel
from consult.domain.errors import NotFound
from consult.domain.family import Family, Letter, Member
from consult.store import codec

_CHUNK = 500  # SQLite takes 999 parameters on old builds
_LISTED = "c.consultation = ? and c.state = 'active' and c.family is not null"
_FAMILIES = "comments c indexed by comments_by_family"


def put_all(
    db: Database, consultation: int, found: Sequence[tuple[int | None, int]], *, run: int
) -> list[int]:
    """Record the families of a run, (known id or None, base); return their ids."""
    rows = db.query("select seq from sqlite_sequence where name = 'families'")
    following = counting(next((int(row["seq"]) for row in rows), 0) + 1)
    identifiers = [known or next(following) for known, _ in found]
    db.conn.executemany(
        "insert into families (id, consultation, run, base) values (?, ?, ?, ?)"
        " on conflict (id) do update set run = excluded.run, base = excluded.base",
        [(i, consultation, run, base) for i, (_, base) in zip(identifiers, found, strict=True)],
    )
    return identifiers


def every(db: Database, consultation: int) -> tuple[Family, ...]:
    """Return the families that have listed comments, by id; the base text comes first."""
    rows = db.query(
        f"select c.family as family, c.number as number, f.base as base from comments c"
        f" join families f on f.id = c.family where {_LISTED} order by c.family, c.number",
        [consultation],
    )
    found: dict[int, list[int]] = {}
    base: dict[int, int] = {}
    for row in rows:
        found.setdefault(row["family"], []).append(row["number"])
        base[row["family"]] = row["base"]
    return tuple(_family(key, numbers, base[key]) for key, numbers in found.items())


def _family(identifier: int, numbers: Sequence[int], base: int) -> Family:
    return Family(identifier, tuple(sorted(numbers, key=lambda n: (n != base, n))))


def one(db: Database, consultation: int, identifier: int) -> Family:
    """Return a family; raises ``NotFound("family.unknown")``."""
    rows = list(
        db.query(
            "select c.number as number, f.base as base from comments c join families f"
            f" on f.id = c.family where {_LISTED} and c.family = ? order by c.number",
            [consultation, identifier],
        )
    )
    if not rows:
        raise NotFound("family.unknown", family=identifier)
    return _family(identifier, [row["number"] for row in rows], rows[0]["base"])


def count(db: Database, consultation: int) -> int:
    """Count the families that have listed comments."""
    rows = db.query(
        f"select count(distinct c.family) as n from {_FAMILIES} where {_LISTED}", [consultation]
    )
    return int(next(iter(rows))["n"])


def largest(db: Database, consultation: int, *, limit: int, offset: int) -> tuple[int, ...]:
    """Return a page of the ids of families, those with most comments first."""
    rows = db.query(
        f"select c.family as family, count(*) as n from {_FAMILIES} where {_LISTED}"
        " group by c.family order by n desc, c.family limit ? offset ?",
        [consultation, limit, offset],
    )
    return tuple(int(row["family"]) for row in rows)


def letters(db: Database, consultation: int) -> tuple[Letter, ...]:
    """Return the base texts of the families that have listed ones, by family."""
    rows = db.query(
        "select f.id as family, c.text as text, c.section as section, c.theme as theme"
        " from families f join comments c on c.number = f.base and c.family = f.id"
        " where f.consultation = ? and c.state = 'active' order by f.id",
        [consultation],
    )
    return tuple(Letter(row["family"], row["text"], row["section"], row["theme"]) for row in rows)


def members(db: Database, families: Sequence[int]) -> dict[int, tuple[Member, ...]]:
    """Return the listed members of families, by number, each with its submission."""
    found: dict[int, list[Member]] = {family: [] for family in families}
    for row in _joined(db, families, "family"):
        found[row["grp"]].append(
            Member(
                number=row["number"],
                text=row["text"],
                submission=row["submission"],
                person=row["person"],
                channel=Channel(row["channel"]),
                received=codec.to_instant(row["received"]),
            )
        )
    return {family: tuple(own) for family, own in found.items()}


def added(db: Database, families: Sequence[int]) -> dict[int, tuple[int, ...]]:
    """Return the numbers of the listed comments that signers added to families."""
    found: dict[int, list[int]] = {family: [] for family in families}
    for row in _joined(db, families, "added_to"):
        found[row["grp"]].append(row["number"])
    return {family: tuple(numbers) for family, numbers in found.items()}


def _joined(db: Database, families: Sequence[int], column: str) -> Iterator[dict[str, Any]]:
    for begin in range(0, len(families), _CHUNK):
        chunk = families[begin : begin + _CHUNK]
        marks = ",".join("?" * len(chunk))
        yield from db.query(
            f"select c.{column} as grp, c.number as number, c.text as text,"
            " c.submission as submission, case when s.person = '' then '#' || s.id"
            " else s.person end as person, s.channel as channel, s.received as received"
            f" from comments c join submissions s on s.id = c.submission"
            f" where c.{column} in ({marks}) and c.state = 'active' order by c.number",
            list(chunk),
        )


def forget(db: Database, consultation: int, *, before: int) -> None:
    """Drop families of runs before this one that no comment belongs to any more."""
    db.execute(
        "delete from families where consultation = ? and run < ? and id not in"
        " (select family from comments where consultation = ? and family is not null)",
        [consultation, before, consultation],
    )


def around(
    db: Database, consultation: int, identifier: int, *, but: int, limit: int
) -> tuple[int, int, int, tuple[int, ...]]:
    """Return the base of a family, its size, its people, and some members other than one."""
    counted = next(
        db.query(
            "select count(*) as n, count(distinct case when s.person = '' then '#' || s.id"
            f" else s.person end) as people from {_FAMILIES} cross join submissions s"
            f" on s.id = c.submission where {_LISTED} and c.family = ?",
            [consultation, identifier],
        )
    )
    some = db.query(
        f"select c.number as number from comments c where {_LISTED} and c.family = ?"
        " and c.number <> ? order by c.number limit ?",
        [consultation, identifier, but, limit],
    )
    base = db.query("select base from families where id = ?", [identifier])
    return (
        next((int(row["base"]) for row in base), 0),
        int(counted["n"]),
        int(counted["people"]),
        tuple(int(row["number"]) for row in some),
    )


def sizes(db: Database, families: set[int]) -> dict[int, int]:
    """Count the listed comments of families."""
    if not families:
        return {}
    marks = ",".join("?" * len(families))
    rows = db.query(
        "select family, count(*) as n from comments indexed by comments_by_family"
        f" where family in ({marks})"
        " and state = 'active' group by family",
        sorted(families),
    )
    return {int(row["family"]): int(row["n"]) for row in rows}
