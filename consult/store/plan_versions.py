"""Versions of a plan: one that waits for its sections to be confirmed, and what became of which."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from sqlite_utils import Database

from consult.domain.consultation import Plan
from consult.domain.plan_match import Match, MatchKind
from consult.store import codec
from consult.store.rows import rows


def keep_pending(
    db: Database, consultation: int, plan: Plan, *, source: str, sha256: str, actor: str,
    now: datetime,
) -> None:  # fmt: skip
    """Keep a further draft until its sections are confirmed; it replaces one that waited before."""
    db.execute(
        "insert or replace into pending_plans (consultation, tree, source, sha256, actor, at)"
        " values (?, ?, ?, ?, ?, ?)",
        [consultation, codec.dump_plan(plan), source, sha256, actor, codec.to_text(now)],
    )


def pending(db: Database, consultation: int) -> tuple[Plan, str, str] | None:
    """Return the plan that waits with its source and SHA-256, or None."""
    for row in rows(db, "select * from pending_plans where consultation = ?", [consultation]):
        return codec.load_plan(row["tree"]), str(row["source"]), str(row["sha256"])
    return None


def drop_pending(db: Database, consultation: int) -> None:
    """Forget the plan that waits."""
    db.execute("delete from pending_plans where consultation = ?", [consultation])


def plan_of(db: Database, consultation: int, version: int) -> Plan | None:
    """Return one version of the plan, or None."""
    sql = "select tree from plans where consultation = ? and version = ?"
    found = rows(db, sql, [consultation, version])
    return next((codec.load_plan(row["tree"]) for row in found), None)


def add_matches(db: Database, consultation: int, version: int, found: Sequence[Match]) -> None:
    """Keep what became of which section with this version."""
    for match in found:
        db.execute(
            "insert into plan_matches (consultation, version, before, after, kind)"
            " values (?, ?, ?, ?, ?)",
            [consultation, version, match.before, match.after, match.kind.value],
        )


def matches(db: Database, consultation: int, version: int) -> tuple[Match, ...]:
    """Return what became of which section with this version."""
    sql = "select * from plan_matches where consultation = ? and version = ?"
    return tuple(
        Match(row["before"], row["after"], MatchKind(row["kind"]))
        for row in rows(db, sql, [consultation, version])
    )


def replaced(db: Database, consultation: int) -> tuple[int, ...]:
    """Return the versions that replaced the text of one before, newest first."""
    sql = "select distinct version from plan_matches where consultation = ? order by version desc"
    return tuple(int(row["version"]) for row in rows(db, sql, [consultation]))


def carry(db: Database, consultation: int, codes: Mapping[str, str]) -> int:
    """Bring all that names a section over to the codes of the next version.

    ``codes`` maps every old code, to '' where the section is gone: its comments wait to be assigned
    anew. Returns how many listed comments have another code now. All statements go by one
    temporary table, so that codes that change places do not run into each other.
    """
    db.execute("create temp table if not exists carried (before text primary key, after text)")
    db.execute("delete from carried")
    db.conn.executemany("insert into carried values (?, ?)", list(codes.items()))
    moved = next(iter(db.query(
        "select count(*) as n from comments c join carried k on k.before = c.section"
        " where c.consultation = ? and c.state = 'active' and k.after <> k.before", [consultation],
    )))["n"]  # fmt: skip
    mine = "select number from comments where consultation = :c"
    new = "(select after from carried where before = {0})"
    there = "{0} in (select before from carried where after <> before)"
    for table, column, where in (
        ("links", "section", f"comment in ({mine})"),
        ("comments", "section", "consultation = :c"),
        ("themes", "section", "consultation = :c"),
        ("decisions", "section", "consultation = :c and current = 1"),
    ):
        stamp = ", stamp = stamp + 1" if table in ("comments", "themes") else ""
        db.execute(
            f"update {table} set {column} = {new.format(column)}{stamp}"
            f" where {where} and {there.format(column)}",
            {"c": consultation},
        )
    db.execute(f"delete from links where section = '' and comment in ({mine})", {"c": consultation})
    _chosen(db, consultation, codes)
    db.execute("drop table carried")
    return int(moved)


def _chosen(db: Database, consultation: int, codes: Mapping[str, str]) -> None:
    """Carry what submitters chose: the code names the section they meant, not a number."""
    sql = (
        "select id, chosen, choices from submissions where consultation = ?"
        " and (chosen <> '[]' or choices <> '[]')"
    )
    for row in list(rows(db, sql, [consultation])):
        chosen = [codes.get(code, code) for code in codec.load(row["chosen"])]
        choices = [[a, b, codes.get(c, c)] for a, b, c in codec.load(row["choices"])]
        db.execute(
            "update submissions set chosen = ?, choices = ? where id = ?",
            [codec.dump([code for code in chosen if code]), codec.dump(choices), row["id"]],
        )
