"""What staff said of doubtful maskings: places of comments, never the words themselves."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from sqlite_utils import Database

from consult.domain.masking import Masking

_COLUMNS = 'm.comment, m.start, m."end", m.hidden, m.actor'


def put(db: Database, masking: Masking, *, at: str) -> None:
    """Record what somebody said of a place, in place of what was said before."""
    db.execute(
        'insert into maskings (comment, start, "end", hidden, actor, at) values (?, ?, ?, ?, ?, ?)'
        ' on conflict (comment, start, "end") do update set'
        " hidden = excluded.hidden, actor = excluded.actor, at = excluded.at",
        [masking.comment, masking.start, masking.end, masking.hidden, masking.actor, at],
    )


def every(db: Database, consultation: int) -> dict[tuple[int, int, int], Masking]:
    """Return what was said, by comment, start and end."""
    rows = db.query(
        f"select {_COLUMNS} from maskings m join comments c on c.number = m.comment"
        " where c.consultation = ?",
        [consultation],
    )
    found = (
        Masking(row["comment"], row["start"], row["end"], bool(row["hidden"]), row["actor"])
        for row in rows
    )
    return {(item.comment, item.start, item.end): item for item in found}


def left(db: Database, consultation: int) -> dict[int, frozenset[tuple[int, int]]]:
    """Return the places that stay readable, by comment."""
    places: dict[int, set[tuple[int, int]]] = {}
    for item in every(db, consultation).values():
        if not item.hidden:
            places.setdefault(item.comment, set()).add((item.start, item.end))
    return {number: frozenset(own) for number, own in places.items()}


def forget(db: Database, numbers: Iterable[int]) -> None:
    """Delete what was said of comments whose words are gone."""
    db.conn.executemany("delete from maskings where comment = ?", [[n] for n in numbers])


def quotable(db: Database, consultation: int) -> Iterator[tuple[int, str, str]]:
    """Yield number, section and text of the listed comments whose author agreed to be quoted."""
    rows = db.query(
        "select c.number, c.section, c.text from comments c join submissions s"
        " on s.id = c.submission where c.consultation = ? and c.state = 'active' and s.publish = 1"
        " order by c.number",
        [consultation],
    )
    return ((int(row["number"]), row["section"], row["text"]) for row in rows)
