"""The items of an import: read page by page, and what of them was acted upon."""

from __future__ import annotations

from collections.abc import Iterator

from sqlite_utils import Database

from consult.domain.ledger import LedgerItem, Outcome, RefusalState
from consult.store import codec
from consult.store.rows import rows

_SELECT = (
    "select t.id, t.place, t.outcome, t.number, t.refusal, r.field, r.code, r.detail, r.state,"
    " r.number as taken_as, s.state as submission_state from import_items t"
    " left join refusals r on r.id = t.refusal left join submissions s on s.number = t.number"
)


def page(
    db: Database, number: int, *, outcome: Outcome | None = None, after: int = 0, limit: int
) -> tuple[tuple[int, LedgerItem], ...]:
    """Return items of an import with their ids, in the order they were read."""
    which = " and t.outcome = ?" if outcome else ""
    values = [number, after, *([outcome.value] if outcome else []), limit]
    found = rows(
        db, f"{_SELECT} where t.import = ? and t.id > ?{which} order by t.id limit ?", values
    )
    return tuple((int(row["id"]), _item(row)) for row in found)


def every(db: Database, number: int) -> Iterator[LedgerItem]:
    """Yield all items of an import in the order they were read, a thousand at a time."""
    after = 0
    while found := page(db, number, after=after, limit=1000):
        yield from (item for _, item in found)
        after = found[-1][0]


def taken(db: Database, number: int, *, limit: int) -> tuple[tuple[int, str, str], ...]:
    """Return id, receipt number and state of submissions an import took and that are not undone."""
    found = rows(
        db,
        "select s.id, s.number, s.state from import_items t join submissions s"
        " on s.number = t.number where t.import = ? and t.outcome = 'taken'"
        " and s.state <> 'undone' order by t.id limit ?",
        [number, limit],
    )
    return tuple((int(row["id"]), str(row["number"]), str(row["state"])) for row in found)


# Why an import cannot be undone any more: a code and what tells it of submission s.
_ACTED = (
    ("withdrawn", "s.state not in ('active', 'held', 'undone')"),
    ("corrected", "s.version > 1"),
    ("released", "s.held <> '' and s.state = 'active'"),
    ("transcribed", "exists (select 1 from attachments a where a.submission = s.id"
     " and a.state = 'transcribed')"),
    ("decided", "exists (select 1 from comments c join decision_members m on m.comment = c.number"
     " where c.submission = s.id)"),
    ("decided", "exists (select 1 from comments c join decisions d on d.comment = c.number"
     " where c.submission = s.id)"),
    ("grouped", "exists (select 1 from comments c where c.submission = s.id"
     " and c.pinned is not null)"),
    ("linked", "exists (select 1 from comments c join links l on l.comment = c.number"
     " and l.run = c.linked where c.submission = s.id and l.origin = 'staff')"),
)  # fmt: skip


def acted_upon(db: Database, number: int, *, limit: int) -> tuple[tuple[str, str], ...]:
    """Return receipt number and reason of taken items that somebody has done something with."""
    cases = " ".join(f"when {test} then '{why}'" for why, test in _ACTED)
    found = rows(
        db,
        f"select number, why from (select t.id, s.number, case {cases} end as why"
        " from import_items t join submissions s on s.number = t.number"
        " where t.import = ? and t.outcome = 'taken') where why is not null order by id limit ?",
        [number, limit],
    )
    return tuple((str(row["number"]), str(row["why"])) for row in found)


def beside(db: Database, refusal: int, place: str) -> str:
    """Return the receipt number of what stood at a place of the import a refusal is of, or ""."""
    found = rows(
        db,
        "select t.number from import_items t join import_items r on r.import = t.import"
        " where r.refusal = ? and t.place = ? and t.number <> '' order by t.id desc limit 1",
        [refusal, place],
    )
    return next((str(row["number"]) for row in found), "")


def _item(row: dict[str, object]) -> LedgerItem:
    refused = row["state"] is not None
    return LedgerItem(
        place=str(row["place"]),
        outcome=Outcome(str(row["outcome"])),
        number=str(row["number"]) or (str(row["taken_as"]) if refused else ""),
        refusal=int(str(row["refusal"])),
        field=str(row["field"]) if refused else "",
        code=str(row["code"]) if refused else "",
        values=codec.load(str(row["detail"])) if refused else {},
        state=RefusalState(str(row["state"])) if refused else RefusalState.OPEN,
        gone=row["submission_state"] == "undone",
    )
