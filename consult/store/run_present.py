"""What a run reads of the comments that are listed already."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import Any

from sqlite_utils import Database

from consult.domain.comment import Comment, Kind, Link, Origin
from consult.store import codec, comments

# What a person has placed, grouped or cut (a staff link is the first of a comment), and the same
# with what was placed on arrival: literally the condition of an index.
_PUT = "pinned is not null or cut = 1 or origin = 'staff'"
_KEPT = f"{_PUT} or provisional = 1"


def touched(db: Database, consultation: int, *, all_kept: bool = False) -> tuple[Comment, ...]:
    """Return the listed comments that a person placed, cut or grouped, with all their links.

    ``all_kept`` adds those a decision covers, and those placed on arrival.
    """
    wanted = "" if all_kept else f" and ({_PUT})"
    own = (
        "select number from comments indexed by comments_kept"
        " where consultation = :own and state = 'active'"
        f" and ({_KEPT}){wanted}"
    )
    decided = (
        " union select c.number from decision_members m"
        " cross join comments c on c.number = m.comment"
        " where c.consultation = :own and c.state = 'active'"
    )
    rows = db.query(own + (decided if all_kept else ""), {"own": consultation})
    return comments.by_numbers(db, consultation, sorted(int(row["number"]) for row in rows))


def present(db: Database, consultation: int) -> tuple[Comment, ...]:
    """Return all listed comments as a run needs them, by number.

    All their links come with those that a person has placed or grouped, the first one without its
    reasons with the others, and what is asked of the draft with none: reading a million reasons
    takes minutes.
    """
    whole = {comment.number: comment for comment in touched(db, consultation)}
    decided = "exists (select 1 from decision_members m where m.comment = c.number)"
    rows = db.conn.execute(
        'select number, submission, start, "end", text, kind, family, theme, provisional, holes,'
        f" section, origin, {decided} from comments c"
        " where consultation = ? and state = 'active' order by number",
        [consultation],
    )
    return tuple(whole.get(row[0]) or _bare(row) for row in rows)


def _bare(row: tuple[Any, ...]) -> Comment:
    number, submission, start, end, text, kind, family, theme, provisional, holes = row[:10]
    section, origin, decided = row[10:]
    without = () if holes == codec.NONE else tuple((a, b) for a, b in codec.load(holes))
    return Comment(
        number=number, submission=submission, start=start, end=end, text=text, kind=Kind(kind),
        links=(_bare_link(section, origin),) if section else (), family=family, theme=theme,
        decided=bool(decided), provisional=bool(provisional), without=without,
    )  # fmt: skip


@cache
def _bare_link(section: str, origin: str) -> Link:
    return Link(section, Origin(origin), 0.0)


def readers(db: Database, consultation: int, wanted: Sequence[int]) -> dict[int, int]:
    """Return, by number, the run that found the links of a listed comment, if it is one of some.

    None of those that were placed on arrival: the next run is to look at them.
    """
    runs = ",".join(map(str, map(int, wanted)))
    rows = db.conn.execute(
        "select number, linked from comments where consultation = ? and state = 'active'"
        f" and provisional = 0 and linked in ({runs})",
        [consultation],
    )
    return dict(rows.fetchall())
