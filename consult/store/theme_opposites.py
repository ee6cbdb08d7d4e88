"""Which themes want opposite things of one matter (相反诉求), as the newest run found them."""

from __future__ import annotations

from collections.abc import Iterable

from sqlite_utils import Database

from consult.domain.theme import Facing


def replace_all(db: Database, consultation: int, pairs: Iterable[Facing]) -> None:
    """Write the pairs of a run, each once, in place of those of the run before."""
    db.execute("delete from theme_opposites where consultation = ?", [consultation])
    both = {}
    for pair in pairs:
        if pair.theme != pair.opposite:
            both[pair.theme, pair.opposite] = (pair.number, pair.against)
            both[pair.opposite, pair.theme] = (pair.against, pair.number)
    db.conn.executemany(
        "insert into theme_opposites (consultation, theme, opposite, number, against)"
        " values (?, ?, ?, ?, ?)",
        [[consultation, *pair, *numbers] for pair, numbers in sorted(both.items())],
    )


def every(db: Database, consultation: int) -> dict[int, tuple[int, ...]]:
    """Return for each theme the themes that want the opposite; both of a pair are listed ones."""
    return {
        theme: tuple(pair.opposite for pair in own)
        for theme, own in facing(db, consultation).items()
    }


def facing(db: Database, consultation: int) -> dict[int, tuple[Facing, ...]]:
    """Return for each theme its pairs with the comments that show them; both are listed ones."""
    rows = db.query(
        "select o.theme, o.opposite, o.number, o.against from theme_opposites o"
        " join themes a on a.id = o.theme join themes b on b.id = o.opposite"
        " where o.consultation = ? and a.section = b.section"
        " and a.state in ('proposed', 'adopted') and b.state in ('proposed', 'adopted')"
        " order by o.theme, o.opposite",
        [consultation],
    )
    found: dict[int, tuple[Facing, ...]] = {}
    for row in rows:
        found[row["theme"]] = (*found.get(row["theme"], ()), Facing(**row))
    return found


def of(db: Database, consultation: int, theme: int) -> tuple[int, ...]:
    """Return the listed themes that want the opposite of one."""
    rows = db.query(
        "select o.opposite as opposite from theme_opposites o join themes t on t.id = o.opposite"
        " and t.state in ('proposed', 'adopted') where o.consultation = ? and o.theme = ?"
        " order by o.opposite",
        [consultation, theme],
    )
    return tuple(int(row["opposite"]) for row in rows)
