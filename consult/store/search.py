"""Full-text search over text that was segmented before it came here.

FTS5's own tokenizers find no Chinese word of two characters, so the words are stored separated by
spaces; query words are handed in the same way, to ``store.queue``.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from sqlite_utils import Database


def index(db: Database, entries: Iterable[tuple[int, str]], *, version: str) -> None:
    """Replace the search entries of comments: (number, words with blanks between them).

    ``version`` is that of the rules that cut them.
    """
    rows = list(entries)
    db.conn.executemany(
        "update comments set words = ? where number = ?", [[version, n] for n, _ in rows]
    )
    db.conn.executemany("delete from search where rowid = ?", [[number] for number, _ in rows])
    db.conn.executemany("insert into search (rowid, tokens) values (?, ?)", rows)


def current(db: Database, consultation: int, *, version: str) -> set[int]:
    """Return the comments whose entries were cut by this version of the words."""
    sql = "select number from comments where consultation = ? and words = ?"
    return {int(row["number"]) for row in db.query(sql, [consultation, version])}


def listed(db: Database, numbers: Sequence[int]) -> set[int]:
    """Return which of some comments are listed: others must not be found."""
    marks = ",".join("?" * len(numbers))
    sql = f"select number from comments where state = 'active' and number in ({marks})"
    return {int(row["number"]) for row in db.query(sql, list(numbers))}


def forget(db: Database, numbers: Iterable[int]) -> None:
    """Remove comments from the index and rebuild it, so that no trace stays in its segments."""
    db.conn.executemany("delete from search where rowid = ?", [[number] for number in numbers])
    db.execute("insert into search (search) values ('optimize')")
