"""What a digest reads of comments: where each is counted, and comments without their reasons."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from sqlite_utils import Database

from consult.domain.comment import Comment
from consult.store import comments


def index(db: Database, consultation: int) -> Iterator[tuple[int, int, str, str]]:
    """Yield number, submission, section and kind of each listed comment, by number."""
    return (
        (row["number"], row["submission"], row["section"], row["kind"])
        for row in db.query(
            "select number, submission, section, kind from comments"
            " where consultation = ? and state = 'active' order by number",
            [consultation],
        )
    )


def also(db: Database, consultation: int) -> dict[str, list[int]]:
    """Return for each section the numbers of the comments counted elsewhere that concern it too."""
    rows = db.query(
        "select distinct l.section as section, c.number as number from comments c join links l"
        " on l.comment = c.number and l.run = c.linked and l.rank between 1 and ?"
        " where c.consultation = ? and c.state = 'active' order by c.number",
        [comments.RUNNER_UP - 1, consultation],
    )
    found: dict[str, list[int]] = {}
    for row in rows:
        found.setdefault(row["section"], []).append(row["number"])
    return found


def bare(db: Database, numbers: Sequence[int]) -> Iterator[Comment]:
    """Yield comments by number, in the order asked for, without the reasons of their links.

    What the machine proposed beside its links is left out too. A few hundred are read at a time.
    """
    for begin in range(0, len(numbers), comments.CHUNK):
        chunk = [int(number) for number in numbers[begin : begin + comments.CHUNK]]
        marks = ",".join("?" * len(chunk))
        found = comments.read_where(db, f"where c.number in ({marks})", [*chunk], reasons=False)
        by_number = {comment.number: comment for comment in found}
        yield from (by_number[number] for number in chunk)
