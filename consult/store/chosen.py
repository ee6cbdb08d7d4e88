"""Counts over comments that were chosen by number, thousands of them at a time."""

from __future__ import annotations

from collections.abc import Sequence

from sqlite_utils import Database

from consult.domain.decision import Stage, Target
from consult.domain.digest import Counts
from consult.store import codec
from consult.store.rows import rows

_CHOSEN = "(select value from json_each(?))"  # one value, however many numbers there are


def counts(db: Database, numbers: Sequence[int]) -> Counts:
    """Return the four counts."""
    found = rows(
        db,
        "select count(distinct case when s.person = '' then '#' || s.id else s.person end)"
        " as people, count(distinct s.id) as submissions,"
        " count(distinct coalesce(c.family, -c.number)) as texts, count(*) as comments"
        f" from comments c join submissions s on s.id = c.submission where c.number in {_CHOSEN}",
        [codec.dump(list(numbers))],
    )
    return Counts(**next(found))


def stages(db: Database, numbers: Sequence[int]) -> dict[str, int]:
    """Count them by the stage of the decision that applies to each, "" for none."""
    return _grouped(db, "select stage as name, count(*) as n from comments where number in"
                        f" {_CHOSEN} group by stage order by stage", numbers)  # fmt: skip


def sections(db: Database, numbers: Sequence[int]) -> dict[str, int]:
    """Count them by section, the largest number first."""
    return _grouped(db, "select section as name, count(*) as n from comments where number in"
                        f" {_CHOSEN} group by 1 order by n desc, 1", numbers)  # fmt: skip


def own_stages(db: Database, numbers: Sequence[int]) -> dict[str, int]:
    """Count those with a decision of their own by its stage."""
    return _grouped(db, "select stage as name, count(*) as n from decisions where current = 1"
                        f" and comment in {_CHOSEN} group by stage", numbers)  # fmt: skip


def waiting(db: Database, numbers: Sequence[int]) -> tuple[Target, ...]:
    """Return what waits for approval and answers any of them, by kind and number, each once.

    A comment's own decision goes before that of its family, that before its theme's.
    """
    found = rows(
        db,
        "select m.comment as number, d.stage, d.comment, d.theme, d.family from decision_members m"
        " join decisions d on d.id = m.decision and d.current = 1"
        f" where m.comment in {_CHOSEN}"
        " order by m.comment, d.comment is null, d.family is null, d.id desc",
        [codec.dump(list(numbers))],
    )
    nearest: dict[int, Target] = {}
    ready: set[int] = set()
    for row in found:
        number = int(row["number"])
        if number not in nearest:
            nearest[number] = Target(*(int(row[k] or 0) for k in ("comment", "theme", "family")))
            ready |= {number} if row["stage"] == Stage.REVIEW else set()
    every = {target for number, target in nearest.items() if number in ready}
    return tuple(sorted(every, key=lambda target: (target.kind, target.number)))


def covered(db: Database, targets: Sequence[Target]) -> tuple[set[int], int]:
    """Return the comments that current decisions answer, and how many they leave out."""
    members: set[int] = set()
    left_out = 0
    for kind in ("comment", "family", "theme"):
        numbers = codec.dump([target.number for target in targets if target.kind == kind])
        where = f"d.current = 1 and d.{kind} in {_CHOSEN}"
        sql = "select m.comment as number from decisions d join decision_members m"
        found = rows(db, f"{sql} on m.decision = d.id where {where}", [numbers])
        members |= {int(row["number"]) for row in found}
        sql = f"select sum(json_array_length(d.exceptions)) as n from decisions d where {where}"
        left_out += int(next(rows(db, sql, [numbers]))["n"] or 0)
    return members, left_out


def _grouped(db: Database, sql: str, numbers: Sequence[int]) -> dict[str, int]:
    found = rows(db, sql, [codec.dump(list(numbers))])
    return {str(row["name"]): int(row["n"]) for row in found}
