"""Counts over comments that were chosen by number, thousands of them at a time."""

from __future__ import annotations

from collections.abc import Sequence

from sqlite_utils import Database

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


def _grouped(db: Database, sql: str, numbers: Sequence[int]) -> dict[str, int]:
    found = rows(db, sql, [codec.dump(list(numbers))])
    return {str(row["name"]): int(row["n"]) for row in found}
