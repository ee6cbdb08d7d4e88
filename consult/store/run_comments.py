"""What a run writes about comments, prepared outside of its transaction and written in bulk.

A citizen waits while a transaction writes: what can be worked out before is worked out before.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sqlite_utils import Database

from consult.domain.comment import Comment
from consult.store import codec
from consult.store.comments import RUNNER_UP


@dataclass(frozen=True, slots=True)
class Prepared:
    """The columns of a comment's row and of its links, without its number."""

    columns: tuple[str, str, str, str]  # section, kind, amendments, aims
    links: tuple[tuple[str, str, float, int, str], ...]  # section, origin, confidence, rank, why


def prepare(comment: Comment) -> Prepared:
    """Return what a run writes about a comment."""
    ranked = [*enumerate(comment.links), *enumerate(comment.runners_up, start=RUNNER_UP)]
    return Prepared(
        columns=(
            comment.section,
            comment.kind.value,
            codec.dump_amendments(comment.amendments),
            codec.dump_aims(comment.aims),
        ),
        links=tuple(
            (link.section, link.origin.value, round(link.confidence, 4), rank,
             codec.dump_evidence(link.evidence))
            for rank, link in ranked
        ),
    )  # fmt: skip


def add_all(db: Database, consultation: int, comments: Sequence[Comment], *, run: int) -> list[int]:
    """Insert comments without links inside the caller's transaction; return their numbers."""
    rows = db.query("select seq from sqlite_sequence where name = 'comments'")
    first = next((int(row["seq"]) for row in rows), 0) + 1
    numbers = list(range(first, first + len(comments)))
    db.conn.executemany(
        'insert into comments (number, submission, consultation, start, "end", holes, text, kind,'
        " section, state, run, stamp) values (?, ?, ?, ?, ?, ?, ?, ?, '', 'active', ?, 0)",
        (
            (number, c.submission, consultation, c.start, c.end, codec.dump(c.without), c.text,
             c.kind.value, run)
            for number, c in zip(numbers, comments, strict=True)
        ),
    )  # fmt: skip
    return numbers


def write_all(db: Database, prepared: Iterable[tuple[int, Prepared]], *, run: int) -> None:
    """Replace links, kind, what is asked, and the section of comments by number."""
    items = list(prepared)
    db.conn.executemany("delete from links where comment = ?", ((n,) for n, _ in items))
    db.conn.executemany(
        "insert into links (comment, section, origin, confidence, rank, evidence, run)"
        " values (?, ?, ?, ?, ?, ?, ?)",
        ((number, *link, run) for number, item in items for link in item.links),
    )
    db.conn.executemany(
        "update comments set section = ?, kind = ?, amendments = ?, aims = ?, run = ?,"
        " stamp = stamp + 1 where number = ?",
        ((*item.columns, run, number) for number, item in items),
    )
