"""Comments and their links: what a run writes, what pages read.

A comment's number is its row number and is never used again (``autoincrement``). ``stamp`` grows
with every change, so that a save on a stale view is noticed.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from consult.domain.comment import Comment, Kind, Link, Origin
from consult.domain.errors import NotFound
from consult.store import codec

if TYPE_CHECKING:  # processes that make rows ready load no database for it
    from sqlite_utils import Database

CHUNK = 500  # SQLite takes 999 parameters on old builds
RUNNER_UP = 100  # links of this rank and above are proposals, not links
# What a comment repeats of its submission: the queue filters by it without a look there.
SENDER = "submission, channel, speaker, received, held, attached"
OF_SENDER = (
    "s.id, s.channel, s.speaker, s.received, s.held <> '',"
    " exists (select 1 from attachments a where a.submission = s.id)"
)


def add(db: Database, consultation: int, comment: Comment, *, run: int) -> int:
    """Insert a comment without links; returns its number."""
    cursor = db.execute(
        'insert into comments (consultation, start, "end", holes, text, kind, run, cut,'
        f" section, state, stamp, {SENDER}) select ?, ?, ?, ?, ?, ?, ?, ?, '', 'active', 0,"
        f" {OF_SENDER} from submissions s where s.id = ?",
        [consultation, comment.start, comment.end, codec.dump(comment.without), comment.text,
         comment.kind.value, run, int(comment.cut), comment.submission],
    )  # fmt: skip
    return int(cursor.lastrowid or 0)


def supersede(db: Database, numbers: Iterable[int]) -> None:
    """Take comments out of all lists because a new split replaced them; they keep their numbers."""
    db.conn.executemany(
        "update comments set state = 'superseded', stamp = stamp + 1 where number = ?",
        [[number] for number in numbers],
    )


def set_links(db: Database, comment: Comment, *, run: int) -> None:
    """Replace the links of a comment, its kind, what it asks, and where it is counted."""
    db.execute("delete from links where comment = ?", [comment.number])
    rows = [*enumerate(comment.links), *enumerate(comment.runners_up, start=RUNNER_UP)]
    db.conn.executemany(
        "insert into links (comment, section, origin, confidence, rank, evidence, run)"
        " values (?, ?, ?, ?, ?, ?, ?)",
        [
            [comment.number, link.section, link.origin.value, round(link.confidence, 4), rank,
             codec.dump_evidence(link.evidence), run]
            for rank, link in rows
        ],
    )  # fmt: skip
    first = comment.links[0] if comment.links else None
    db.execute(
        "update comments set section = ?, kind = ?, amendments = ?, aims = ?, run = ?, linked = ?,"
        " confidence = ?, origin = ?, stamp = stamp + 1 where number = ?",
        [comment.section, comment.kind.value, codec.dump_amendments(comment.amendments),
         codec.dump_aims(comment.aims), run, run, round(first.confidence, 4) if first else 0.0,
         first.origin.value if first else "", comment.number],
    )  # fmt: skip


def set_provisional(
    db: Database, number: int, *, theme: int | None, family: int | None = None
) -> None:
    """Mark a comment as placed on arrival, in a theme and a family if they still stand."""
    db.execute(
        "update comments set provisional = 1, theme = (select t.id from themes t where t.id = ?"
        " and t.section = comments.section and t.state in ('proposed', 'adopted')),"
        " family = (select f.id from families f where f.id = ? and exists (select 1 from comments c"
        " where c.family = f.id and c.state = 'active')) where number = ?",
        [theme, family, number],
    )


def theme_texts(
    db: Database, consultation: int, *, most: int
) -> list[tuple[int, str, tuple[str, ...]]]:
    """Return theme, section and up to ``most`` texts of each listed theme, the central one first.

    What was placed on arrival stands for nothing.
    """
    rows = db.query(
        "select theme, section, text from (select c.theme, t.section, c.text, c.number, t.central,"
        " row_number() over (partition by c.theme order by c.number <> t.central, c.number) as n"
        " from comments c join themes t on t.id = c.theme and t.section = c.section"
        " where c.consultation = ? and c.state = 'active' and c.provisional = 0"
        " and t.state in ('proposed', 'adopted')) where n <= ? order by theme, n",
        [consultation, most],
    )
    found: dict[tuple[int, str], list[str]] = {}
    for row in rows:
        found.setdefault((row["theme"], row["section"]), []).append(row["text"])
    return [(theme, section, tuple(texts)) for (theme, section), texts in found.items()]


def set_groups(
    db: Database, groups: Iterable[tuple[int | None, int | None, int | None, int]]
) -> None:
    """Write (family, added_to, theme, number) for each comment of a run; none is provisional."""
    db.conn.executemany(
        "update comments set family = ?, added_to = ?, theme = ?, provisional = 0 where number = ?",
        [list(g) for g in groups],
    )


def active(db: Database, consultation: int) -> tuple[Comment, ...]:
    """Return all listed comments with their links, by number."""
    where = "where c.consultation = ? and c.state = 'active' order by c.number"
    return tuple(read_where(db, where, [consultation]))


def of_section(
    db: Database, consultation: int, section: str, *, limit: int, offset: int
) -> tuple[Comment, ...]:
    """Return a page of the comments counted under a section, by number."""
    where = "c.consultation = ? and c.state = 'active' and c.section = ?"
    order = "order by c.number limit ? offset ?"
    return tuple(read_where(db, f"where {where} {order}", [consultation, section, limit, offset]))


def of_submission(db: Database, submission: int) -> tuple[Comment, ...]:
    """Return the listed comments of one submission in the order of its text."""
    where = "c.submission = ? and c.state = 'active'"
    return tuple(read_where(db, f"where {where} order by c.start", [submission]))


def by_numbers(db: Database, consultation: int, numbers: Sequence[int]) -> tuple[Comment, ...]:
    """Return listed comments by number, in the order asked for; unknown ones are left out."""
    found: dict[int, Comment] = {}
    for begin in range(0, len(numbers), 500):
        chunk = list(numbers[begin : begin + 500])
        marks = ",".join("?" * len(chunk))
        where = f"c.consultation = ? and c.state = 'active' and c.number in ({marks})"
        tail = f"not indexed where {where}"  # each by its number, whatever the planner knows
        found |= {c.number: c for c in read_where(db, tail, [consultation, *chunk])}
    return tuple(found[number] for number in numbers if number in found)


def one(db: Database, consultation: int, number: int) -> tuple[Comment, int]:
    """Return a listed comment and its stamp; raises ``NotFound("comment.unknown")``."""
    for comment in by_numbers(db, consultation, [number]):
        rows = db.query("select stamp from comments where number = ?", [number])
        return comment, int(next(iter(rows))["stamp"])
    raise NotFound("comment.unknown", number=number)


def stamps(db: Database, numbers: Sequence[int]) -> dict[int, int]:
    """Return the stamps of comments."""
    marks = ",".join("?" * len(numbers))
    rows = db.query(f"select number, stamp from comments where number in ({marks})", list(numbers))
    return {int(row["number"]): int(row["stamp"]) for row in rows}


def read_where(
    db: Database, tail: str, values: list[object], *, reasons: bool = True
) -> Iterator[Comment]:
    """Yield comments by the end of a query over ``comments c``; see ``shelf`` for ``reasons``."""
    # Only the members of current decisions are kept.
    covered = "exists (select 1 from decision_members m where m.comment = c.number) as decided"
    rows = [*db.query(f"select c.*, {covered} from comments c {tail}", values)]
    links = _links(db, [int(row["number"]) for row in rows], reasons)
    for row in rows:
        comment = Comment(
            number=row["number"],
            submission=row["submission"],
            start=row["start"],
            end=row["end"],
            text=row["text"],
            kind=Kind(row["kind"]),
            family=row["family"],
            theme=row["theme"],
            decided=bool(row["decided"]),
            pinned=row["pinned"],
            provisional=bool(row["provisional"]),
            without=tuple((a, b) for a, b in codec.load(row["holes"])),
            added_to=row["added_to"],
            amendments=codec.load_amendments(row["amendments"]),
            aims=codec.load_aims(row["aims"]),
            cut=bool(row["cut"]),
        )
        ranked = links.get(comment.number, [])
        first = tuple(link for rank, link in ranked if rank < RUNNER_UP)
        next_ = tuple(link for rank, link in ranked if rank >= RUNNER_UP)
        yield replace(comment, links=first, runners_up=next_)


def _links(db: Database, numbers: list[int], reasons: bool) -> dict[int, list[tuple[int, Link]]]:
    columns = "l.*" if reasons else "l.comment, l.section, l.origin, l.confidence, l.rank"
    kept = "" if reasons else f" and l.rank < {RUNNER_UP}"
    found: dict[int, list[tuple[int, Link]]] = {}
    for begin in range(0, len(numbers), CHUNK):
        chunk = numbers[begin : begin + CHUNK]
        marks = ",".join("?" * len(chunk))
        rows = db.query(
            f"select {columns} from comments c join links l on l.comment = c.number"
            f" and l.run = c.linked{kept} where c.number in ({marks}) order by l.comment, l.rank",
            chunk,
        )
        for row in rows:
            link = Link(
                section=row["section"],
                origin=Origin(row["origin"]),
                confidence=row["confidence"],
                evidence=codec.load_evidence(row["evidence"]) if reasons else (),
            )
            found.setdefault(row["comment"], []).append((row["rank"], link))
    return found


def uncertain(db: Database, consultation: int, threshold: float) -> dict[str, int]:
    """Count by section the comments whose machine link is below the threshold (0 to 1)."""
    rows = db.query(
        "select c.section as section, count(*) as n from comments c join links l"
        " on l.comment = c.number and l.rank = 0 and l.run = c.linked"
        " where c.consultation = ? and c.state = 'active' and l.confidence < ?"
        " and l.origin in ('cited', 'inferred') group by c.section",
        [consultation, threshold],
    )
    return {str(row["section"]): int(row["n"]) for row in rows}


def least_certain(db: Database, consultation: int, *, limit: int) -> tuple[Comment, ...]:
    """Return the comments whose machine link is the least certain, the doubtful first.

    One of each family: copies of one letter teach what one of them teaches.
    """
    rows = db.query(
        "select number from (select c.number as number, l.confidence as confidence,"
        " row_number() over (partition by coalesce(c.family, -c.number)"
        " order by l.confidence, c.number) as place"
        " from comments c join links l on l.comment = c.number and l.rank = 0 and l.run = c.linked"
        " where c.consultation = ? and c.state = 'active' and l.origin in ('cited', 'inferred'))"
        " where place = 1 order by confidence, number limit ?",
        [consultation, limit],
    )
    return by_numbers(db, consultation, [int(row["number"]) for row in rows])


def decided(db: Database, consultation: int) -> int:
    """Count the comments that staff put or confirmed where they are."""
    rows = db.query(
        "select count(distinct c.number) as n from comments c join links l on l.comment = c.number"
        " and l.run = c.linked"
        " where c.consultation = ? and c.state = 'active' and l.origin = 'staff'",
        [consultation],
    )
    return int(next(iter(rows))["n"])


def labelled(
    db: Database, consultation: int, labels: Sequence[tuple[int, str]]
) -> tuple[Comment, ...]:
    """Return the comments of (number, code) pairs that are still listed, with these as links."""
    found: list[Comment] = []
    for begin in range(0, len(labels), CHUNK):
        codes = dict(labels[begin : begin + CHUNK])
        for comment in by_numbers(db, consultation, list(codes)):
            link = Link(codes[comment.number], Origin.STAFF, 1.0)
            found.append(replace(comment, links=(link,), runners_up=()))
    return tuple(found)


def opened(db: Database, number: int) -> bool:
    """Tell whether somebody of the staff has looked at a comment."""
    found = db.query("select opened from comments where number = ?", [number])
    return any(bool(row["opened"]) for row in found)


def standing(db: Database, numbers: Sequence[int]) -> dict[int, tuple[int, str, str]]:
    """Return stamp, stage and disposition of comments; blank where nothing is decided."""
    marks = ",".join("?" * len(numbers))
    sql = f"select number, stamp, stage, disposition from comments where number in ({marks})"
    return {
        int(row["number"]): (int(row["stamp"]), str(row["stage"]), str(row["disposition"]))
        for row in db.query(sql, list(numbers))
    }
