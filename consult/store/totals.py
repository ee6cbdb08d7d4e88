"""Counts and the accounting, by queries of their own: no document's loop is involved."""

from __future__ import annotations

from collections.abc import Sequence

from sqlite_utils import Database

from consult.domain.consultation import GENERAL, OFFPLAN, UNASSIGNED
from consult.domain.digest import Accounting, Counts
from consult.domain.ledger import RefusalState
from consult.store import refusals

# An anonymous submission stands for a person of its own; a comment without a family for a text.
COUNTS = """
    count(distinct case when s.person = '' then '#' || s.id else s.person end) as people,
    count(distinct s.id) as submissions,
    count(distinct coalesce(c.family, -c.number)) as texts,
    count(c.number) as comments
"""
_JOINED = (
    "from submissions s left join comments c on c.submission = s.id and c.state = 'active'"
    " where s.consultation = ? and s.state = 'active'"
)


# States that are no part of what was received: each has a line of its own.
_APART = frozenset({"held", "rejected", "undone"})


def whole(db: Database, consultation: int) -> Counts:
    """Count everything that is listed."""
    # A listed submission without a comment yet still counts as people and submission.
    texts = "count(distinct case when c.number is null then null else"
    texts += " coalesce(c.family, -c.number) end) as texts"
    counts = COUNTS.replace("count(distinct coalesce(c.family, -c.number)) as texts", texts)
    row = next(iter(db.query(f"select {counts} {_JOINED}", [consultation])))
    return Counts(**row)


def identified(db: Database, consultation: int) -> int:
    """Count the people behind what is listed whose identity is known."""
    sql = f"select count(distinct nullif(s.person, '')) as n {_JOINED}"
    return int(next(iter(db.query(sql, [consultation])))["n"])


def by_section(db: Database, consultation: int) -> dict[str, Counts]:
    """Count the comments under each section that has any."""
    rows = db.query(
        f"select c.section as section, {COUNTS} {_JOINED}"
        " and c.number is not null group by c.section",
        [consultation],
    )
    return {str(row.pop("section")): Counts(**row) for row in rows}


def by_theme(
    db: Database, consultation: int, themes: Sequence[int]
) -> dict[int, tuple[Counts, int, int]]:
    """Count the comments of themes: all, those no person confirmed, those placed on arrival."""
    found: dict[int, tuple[Counts, int, int]] = {}
    for begin in range(0, len(themes), 500):
        chunk = list(themes[begin : begin + 500])
        marks = ",".join("?" * len(chunk))
        rows = db.query(
            f"select c.theme as theme, {COUNTS}, sum(c.pinned is not c.theme) as loose,"
            " sum(c.provisional) as provisional from comments c indexed by comments_by_theme"
            " cross join submissions s on s.id = c.submission and s.state = 'active'"
            f" where c.consultation = ? and c.state = 'active' and c.theme in ({marks})"
            " group by c.theme",
            [consultation, *chunk],
        )
        for row in rows:
            theme, loose, fresh = (int(row.pop(k)) for k in ("theme", "loose", "provisional"))
            found[theme] = (Counts(**row), loose, fresh)
    return found


def accounting(db: Database, consultation: int, *, awaiting: int | None = None) -> Accounting:
    """Add everything up: submissions by state, comments by where they are counted.

    ``awaiting`` is given by who has counted already what no run has split.
    """
    states = _grouped(
        db,
        "select state as name, count(*) as n from submissions where consultation = ?"
        " group by state",
        consultation,
    )
    places = _grouped(
        db,
        "select section as name, count(*) as n from comments where consultation = ?"
        " and state = 'active' group by section",
        consultation,
    )
    total = _grouped(
        db,
        "select 'all' as name, count(*) as n from comments where consultation = ?"
        " and state = 'active'",
        consultation,
    )
    outside = {code: places.pop(code, 0) for code in (GENERAL, OFFPLAN, UNASSIGNED)}
    return Accounting(
        received=sum(n for state, n in states.items() if state not in _APART),
        listed=states.get("active", 0),
        withdrawn=states.get("withdrawn", 0),
        erased=states.get("erased", 0),
        comments=total.get("all", 0),
        mapped=sum(places.values()),
        general=outside[GENERAL],
        offplan=outside[OFFPLAN],
        unassigned=outside[UNASSIGNED],
        refused=refusals.count(db, consultation, RefusalState.OPEN),
        awaiting=_awaiting(db, consultation) if awaiting is None else awaiting,
        held=states.get("held", 0),
        rejected=states.get("rejected", 0),
        transcribing=_transcribing(db, consultation),
        undone=states.get("undone", 0),
    )


def _grouped(db: Database, sql: str, consultation: int) -> dict[str, int]:
    return {str(row["name"]): int(row["n"]) for row in db.query(sql, [consultation])}


def _awaiting(db: Database, consultation: int) -> int:
    """Count the listed submissions that no run has split yet."""
    rows = db.query(
        "select count(*) as n from (select id from submissions where consultation = :c"
        " and state = 'active' except select submission from comments"
        " where consultation = :c and state <> 'staged')",
        {"c": consultation},
    )
    return int(next(iter(rows))["n"])


def _transcribing(db: Database, consultation: int) -> int:
    """Count the files of listed submissions that wait for somebody to type what they say."""
    rows = db.query(
        "select count(*) as n from attachments a join submissions s on s.id = a.submission"
        " where s.consultation = ? and s.state = 'active' and a.state = 'awaiting'",
        [consultation],
    )
    return int(next(iter(rows))["n"])
