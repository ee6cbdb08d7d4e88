"""Which themes want opposite things of one matter (相反诉求), as the newest run found them."""

from __future__ import annotations

from collections.abc import Iterable

from sqlite_utils import Database


def replace_all(db: Database, consultation: int, pairs: Iterable[tuple[int, int]]) -> None:
    """Write the pairs of theme ids of a run in place of those of the run before."""
    db.execute("delete from theme_opposites where consultation = ?", [consultation])
    both = {pair for one, other in pairs if one != other for pair in ((one, other), (other, one))}
    db.conn.executemany(
        "insert into theme_opposites (consultation, theme, opposite) values (?, ?, ?)",
        [[consultation, *pair] for pair in sorted(both)],
    )


def every(db: Database, consultation: int) -> dict[int, tuple[int, ...]]:
    """Return for each theme the themes that want the opposite; both of a pair are listed ones."""
    rows = db.query(
        "select o.theme as theme, o.opposite as opposite from theme_opposites o"
        " join themes a on a.id = o.theme join themes b on b.id = o.opposite"
        " where o.consultation = ? and a.section = b.section"
        " and a.state in ('proposed', 'adopted') and b.state in ('proposed', 'adopted')"
        " order by o.theme, o.opposite",
        [consultation],
    )
    found: dict[int, tuple[int, ...]] = {}
    for row in rows:
        found[row["theme"]] = (*found.get(row["theme"], ()), int(row["opposite"]))
    return found
