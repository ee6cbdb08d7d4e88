"""Who wrote the words of a decision; who can approve in a consultation, and whether both may be."""

from __future__ import annotations

from sqlite_utils import Database

from consult.domain.decision import Stage, Target
from consult.domain.eyes import EyesRule, Writers
from consult.store.rows import rows

_WORDS = ("disposition", "reason", "answer", "office", "section", "change", "gist", "exceptions")
_APPROVERS = """
    select m.username as name from staff m
    left join grants g on g.staff = m.id and g.consultation = ?
    where m.disabled = 0
        and coalesce(g.role, case when m.everywhere then m.role end)
            in ('reviewer', 'manager', 'administrator')
    order by m.username
"""


def rule(db: Database, consultation: int) -> EyesRule:
    """Return what a consultation asks of those who approve."""
    sql = "select four_eyes from consultations where id = ?"
    return EyesRule(next((row["four_eyes"] for row in rows(db, sql, [consultation])), ""))


def set_rule(db: Database, consultation: int, value: EyesRule) -> None:
    """Say what a consultation asks of those who approve."""
    db.execute("update consultations set four_eyes = ? where id = ?", [value.value, consultation])


def approvers(db: Database, consultation: int) -> tuple[str, ...]:
    """Return by name who can approve in a consultation."""
    return tuple(str(row["name"]) for row in rows(db, _APPROVERS, [consultation]))


def of(db: Database, target: Target) -> Writers:
    """Return who wrote what now stands.

    An answer that was approved and reopened begins anew with who changes it; changed by nobody
    since, it is still the work of those who wrote it before. Bringing back another wording is
    writing it; taking back an approval is not.
    """
    sql = f"select actor, stage, {', '.join(_WORDS)} from decisions where {target.kind} = ?"
    wrote: list[str] = []
    handed_in = ""
    before: tuple[object, ...] = ()
    stage, begun = "", False
    for row in rows(db, f"{sql} order by id", [target.number]):
        words = tuple(row[name] for name in _WORDS)
        if words != before:
            wrote = [*([] if begun else wrote), row["actor"]]
            begun = False
        if row["stage"] == Stage.REVIEW and stage in {"", Stage.DRAFT}:
            handed_in = row["actor"]
        begun = begun or row["stage"] == Stage.APPROVED
        before, stage = words, row["stage"]
    last = {name for name in (*wrote[-1:], handed_in) if name}
    return Writers(frozenset({*wrote, *last}), frozenset(last))
