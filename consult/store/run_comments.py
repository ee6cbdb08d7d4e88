"""What a run writes about comments: staged in short steps, then made visible all at once.

A citizen waits while a transaction writes. So new comments are inserted in the state ``staged``,
which is in no list, and links beside those that count: ``comments.linked`` names the run whose
links do. What a run that was stopped has left is swept away before the next one.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from consult.domain.aim import Aim
from consult.domain.amendment import Amendment
from consult.domain.comment import Comment, Kind, Link
from consult.store import codec, comments

if TYPE_CHECKING:  # processes that make rows ready load no database for it
    from sqlite_utils import Database

STAGED = "staged"
_CHUNK = 500  # SQLite takes 999 parameters on old builds


# Section, kind, amendments, aims, and of the first link its confidence and origin.
Columns = tuple[str, str, str, str, float, str]


Row = tuple[str, str, float, int, str]  # section, origin, confidence, rank, reasons


class Prepared(NamedTuple):
    """The columns of a comment's row and of its links, without its number."""

    columns: Columns
    links: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Grouped:
    """Where a comment stands when a run is visible: its number, columns and groups.

    Without columns its links of an earlier run hold.
    """

    number: int
    columns: Columns | None
    family: int | None
    added_to: int | None
    theme: int | None


def prepare(comment: Comment) -> Prepared:
    """Return what a run writes about a comment."""
    return prepared(
        comment.section, comment.kind, comment.amendments, comment.aims, comment.links,
        comment.runners_up,
    )  # fmt: skip


def prepared(
    section: str,
    kind: Kind,
    amendments: Sequence[Amendment],
    aims: Sequence[Aim],
    links: Sequence[Link],
    runners_up: Sequence[Link],
) -> Prepared:
    """Return what a run writes about a comment that has all this."""
    rows = [*_rows(links, 0), *_rows(runners_up, comments.RUNNER_UP)]
    origin, confidence = rows[0][1:3] if links else ("", 0.0)
    columns = (
        section,
        kind._value_,  # as ``value``, which is a property and takes ten times as long
        codec.dump_amendments(amendments) if amendments else codec.NONE,
        codec.dump_aims(aims) if aims else codec.NONE,
        confidence,
        origin,
    )
    return Prepared(columns, tuple(rows))


def _rows(links: Sequence[Link], first: int) -> list[Row]:
    """Return the columns of links by rank."""
    rounded, why = codec.ROUNDED, codec.dump_evidence
    return [
        (section, origin._value_, rounded[share], rank, why(reasons) if reasons else codec.NONE)
        for rank, (section, origin, share, reasons) in enumerate(links, first)
    ]


def standing(db: Database, versions: Mapping[int, int]) -> bool:
    """Tell whether submissions are listed in these versions."""
    wanted = list(versions)
    for begin in range(0, len(wanted), _CHUNK):
        chunk = wanted[begin : begin + _CHUNK]
        marks = ",".join("?" * len(chunk))
        rows = db.query(
            f"select id, version from submissions where state = 'active' and id in ({marks})",
            chunk,
        )
        found = {int(row["id"]): int(row["version"]) for row in rows}
        if any(found.get(item) != versions[item] for item in chunk):
            return False
    return True


def stage(db: Database, consultation: int, new: Sequence[Comment], *, run: int) -> list[int]:
    """Insert comments that no list shows yet, inside the caller's transaction; return numbers."""
    rows = db.query("select seq from sqlite_sequence where name = 'comments'")
    first = next((int(row["seq"]) for row in rows), 0) + 1
    numbers = list(range(first, first + len(new)))
    db.conn.executemany(
        'insert into comments (number, consultation, start, "end", holes, text, kind, run,'
        f" section, state, stamp, {comments.SENDER}) select ?, ?, ?, ?, ?, ?, ?, ?, '',"
        f" '{STAGED}', 0, {comments.OF_SENDER} from submissions s where s.id = ?",
        (
            (number, consultation, c.start, c.end, codec.dump(c.without), c.text, c.kind.value,
             run, c.submission)
            for number, c in zip(numbers, new, strict=True)
        ),
    )  # fmt: skip
    return numbers


def stage_links(db: Database, prepared: Iterable[tuple[int, Prepared]], *, run: int) -> None:
    """Put the links of comments, by number, beside those that count."""
    db.conn.executemany(
        "insert into links (comment, section, origin, confidence, rank, evidence, run)"
        " values (?, ?, ?, ?, ?, ?, ?)",
        ((number, *link, run) for number, item in prepared for link in item.links),
    )


def adopt(db: Database, comment: Comment, *, run: int) -> int:
    """List the staged comment that is the same as one placed on arrival; return its number.

    0 where there is none. A run under way thus finds its own number again.
    """
    rows = db.query(
        'select number from comments where submission = ? and start = ? and "end" = ?'
        f" and holes = ? and state = '{STAGED}' order by number limit 1",
        [comment.submission, comment.start, comment.end, codec.dump(comment.without)],
    )
    number = next((int(row["number"]) for row in rows), 0)
    if number:
        db.execute("update comments set state = 'active', run = ? where number = ?", [run, number])
    return number


def take_over(db: Database, pairs: Sequence[tuple[int, int]], *, run: int) -> None:
    """Let comments placed on arrival meanwhile stand for staged ones: (theirs, staged)."""
    db.conn.executemany(
        "update links set comment = ? where comment = ? and run = ?",
        [(number, staged, run) for number, staged in pairs],
    )
    db.conn.executemany("delete from comments where number = ?", [[n] for _, n in pairs])


def show(db: Database, found: Iterable[Grouped], *, run: int) -> None:
    """Make what was staged of comments count; none of them is provisional any more.

    A comment for which nothing else changes keeps its stamp: what staff have open of it stays good.
    And its entries in eight indexes stay, which are most of the time that other writers wait.
    """
    changed, regrouped = [], []
    for g in found:
        if g.columns is None:
            groups = (g.family, g.added_to, g.theme)
            if not db.conn.execute(_SAME_GROUPS, (run, g.number, *groups)).rowcount:
                regrouped.append((*groups, run, g.number))
            continue
        row = (run, run, g.number, *g.columns, g.family, g.added_to, g.theme)
        if not db.conn.execute(_SAME, row).rowcount:
            changed.append((*g.columns, g.family, g.added_to, g.theme, run, run, g.number))
    db.conn.executemany(
        "update comments set state = 'active', section = ?, kind = ?, amendments = ?, aims = ?,"
        " confidence = ?, origin = ?, family = ?, added_to = ?, theme = ?, provisional = 0,"
        " run = ?, linked = ?, stamp = stamp + 1 where number = ?",
        changed,
    )
    db.conn.executemany(
        "update comments set family = ?, added_to = ?, theme = ?, run = ?, stamp = stamp + 1"
        " where number = ?",
        regrouped,
    )


_SAME = (
    "update comments set run = ?, linked = ? where number = ? and state = 'active'"
    " and provisional = 0 and section = ? and kind = ? and amendments = ? and aims = ?"
    " and confidence = ? and origin = ? and family is ? and added_to is ? and theme is ?"
)
_SAME_GROUPS = (
    "update comments set run = ? where number = ? and state = 'active' and provisional = 0"
    " and family is ? and added_to is ? and theme is ?"
)


def regroup(db: Database, found: Iterable[Grouped]) -> None:
    """Write the groups alone of comments that a person has placed while the run was computing."""
    comments.set_groups(db, ((g.family, g.added_to, g.theme, g.number) for g in found))


def left_over(db: Database, consultation: int) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """Return the ids of links that count no more or not yet, and the numbers of staged comments.

    To be called while no run of the consultation is under way.
    """
    links = db.conn.execute(
        "select l.id from comments c join links l on l.comment = c.number"
        " where c.consultation = ? and l.run <> c.linked",
        [consultation],
    )
    staged = db.conn.execute(
        f"select number from comments where consultation = ? and state = '{STAGED}'",
        [consultation],
    )
    return tuple(row[0] for row in links), tuple(row[0] for row in staged)


def drop_links(db: Database, identifiers: Sequence[int]) -> None:
    """Delete links that do not count; others of these ids stay."""
    db.conn.executemany(
        "delete from links where id = ? and run <>"
        " (select linked from comments where number = links.comment)",
        [[n] for n in identifiers],
    )


def drop_staged(db: Database, numbers: Sequence[int]) -> None:
    """Delete staged comments with their links; nobody has seen their numbers: they are free."""
    of_staged = f"(select number from comments where number = ? and state = '{STAGED}')"
    db.conn.executemany(f"delete from links where comment = {of_staged}", [[n] for n in numbers])
    db.conn.executemany(
        f"delete from comments where number = ? and state = '{STAGED}'", [[n] for n in numbers]
    )
    # Rows of comments that were ever listed stay, so no number that was seen is given again.
    db.execute(
        "update sqlite_sequence set seq = (select coalesce(max(number), 0) from comments)"
        " where name = 'comments'"
    )
