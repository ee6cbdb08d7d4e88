"""Themes: what a run proposes, what staff made of it, and which comments belong to them.

A theme's id is its row number and is never used again (``autoincrement``). ``stamp`` grows with
every decision. The machine's label and the one staff gave stand in columns of their own, so that
undoing a name brings back the machine's.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from sqlite_utils import Database

from consult.domain.errors import NotFound
from consult.domain.theme import Theme, ThemeState
from consult.store import codec

_LISTED = "state in ('proposed', 'adopted')"


def add(db: Database, consultation: int, theme: Theme, *, run: int) -> int:
    """Record a theme; returns its id."""
    cursor = db.execute(
        "insert into themes"
        " (consultation, run, section, label, label_from, central, keywords, state)"
        " values (?, ?, ?, ?, ?, ?, ?, ?)",
        [consultation, run, theme.section, theme.label, theme.label_from, theme.central,
         codec.dump(theme.keywords), theme.state.value],
    )  # fmt: skip
    return int(cursor.lastrowid or 0)


def add_all(db: Database, consultation: int, new: Sequence[Theme], *, run: int) -> list[int]:
    """Record themes that a run proposes; return their ids."""
    rows = db.query("select seq from sqlite_sequence where name = 'themes'")
    first = next((int(row["seq"]) for row in rows), 0) + 1
    identifiers = list(range(first, first + len(new)))
    db.conn.executemany(
        "insert into themes"
        " (id, consultation, run, section, label, label_from, central, keywords, state)"
        " values (?, ?, ?, ?, ?, ?, ?, ?, ?)",
        [
            (i, consultation, run, theme.section, theme.label, theme.label_from, theme.central,
             codec.dump(theme.keywords), theme.state.value)
            for i, theme in zip(identifiers, new, strict=True)
        ],
    )  # fmt: skip
    return identifiers


def update_all(db: Database, known: Iterable[Theme], *, run: int) -> None:
    """Write what a run found about themes it knows; state and staff's label stay.

    The label of an adopted theme stays too, unless the comment it was taken from is listed no more.
    """
    keeps = "state = 'adopted' and exists (select 1 from comments c"
    keeps += " where c.number = themes.label_from and c.state = 'active')"
    db.conn.executemany(
        f"update themes set run = :run, section = :section, central = :central,"
        f" keywords = :keywords, label = case when {keeps} then label else :label end,"
        f" label_from = case when {keeps} then label_from else :label_from end where id = :id",
        (
            {
                "id": theme.id,
                "run": run,
                "section": theme.section,
                "central": theme.central,
                "keywords": codec.dump(theme.keywords),
                "label": theme.label,
                "label_from": theme.label_from,
            }
            for theme in known
        ),
    )


def every(db: Database, consultation: int) -> tuple[Theme, ...]:
    """Return the themes that have listed comments, by id."""
    grouped = _members(db, "consultation = ?", [consultation])
    rows = db.query(
        f"select * from themes where consultation = ? and {_LISTED} order by id", [consultation]
    )
    return tuple(_theme(row, grouped[row["id"]]) for row in rows if row["id"] in grouped)


def of_section(db: Database, consultation: int, section: str) -> tuple[Theme, ...]:
    """Return the themes of a section that have listed comments, by id."""
    grouped = _members(db, "consultation = ? and section = ?", [consultation, section])
    rows = db.query(
        f"select * from themes where consultation = ? and section = ? and {_LISTED} order by id",
        [consultation, section],
    )
    return tuple(_theme(row, grouped[row["id"]]) for row in rows if row["id"] in grouped)


def one(db: Database, consultation: int, identifier: int) -> tuple[Theme, int]:
    """Return a theme, also one out of lists or without comments, and its stamp.

    Raises ``NotFound("theme.unknown")``.
    """
    sql = "select * from themes where consultation = ? and id = ?"
    for row in db.query(sql, [consultation, identifier]):
        return _theme(row, members(db, consultation, identifier)), int(row["stamp"])
    raise NotFound("theme.unknown", theme=identifier)


def brief(db: Database, consultation: int, identifier: int) -> tuple[Theme, int]:
    """Return a theme without its members, and how many listed ones there are.

    Raises ``NotFound("theme.unknown")``.
    """
    sql = "select * from themes where consultation = ? and id = ?"
    for row in db.query(sql, [consultation, identifier]):
        count = "select count(*) as n from comments indexed by comments_by_theme"
        count += " where theme = ? and consultation = ? and state = 'active'"
        size = next(iter(db.query(count, [identifier, consultation])))["n"]
        return _theme(row, ()), int(size)
    raise NotFound("theme.unknown", theme=identifier)


def first_members(
    db: Database, consultation: int, identifier: int, *, limit: int
) -> tuple[int, ...]:
    """Return the lowest numbers of a theme's listed comments."""
    rows = db.query(
        "select number from comments indexed by comments_by_theme where theme = ?"
        " and consultation = ? and state = 'active' order by number limit ?",
        [identifier, consultation, limit],
    )
    return tuple(int(row["number"]) for row in rows)


def members(db: Database, consultation: int, identifier: int) -> tuple[int, ...]:
    """Return the numbers of the listed comments of a theme."""
    found = _members(db, "consultation = ? and theme = ?", [consultation, identifier])
    return found.get(identifier, ())


def adopted(db: Database, consultation: int) -> dict[int, Theme]:
    """Return the adopted themes by id, also those without comments; members are left out."""
    rows = db.query(
        "select * from themes where consultation = ? and state = 'adopted'", [consultation]
    )
    return {int(row["id"]): _theme(row, ()) for row in rows}


def labels(db: Database, identifiers: set[int]) -> dict[int, str]:
    """Return the labels of themes by id."""
    found: dict[int, str] = {}
    wanted = sorted(identifiers)
    for start in range(0, len(wanted), 500):
        chunk = wanted[start : start + 500]
        rows = db.query(
            "select id, case when own_label = '' then label else own_label end as label"
            f" from themes where id in ({','.join('?' * len(chunk))})",
            chunk,
        )
        found.update((int(row["id"]), str(row["label"])) for row in rows)
    return found


def standing(db: Database, identifiers: Iterable[int]) -> dict[int, tuple[ThemeState, str, str]]:
    """Return state, staff's label (empty: none) and section of themes by id."""
    wanted = sorted(set(identifiers))
    found = {}
    for begin in range(0, len(wanted), 500):
        chunk = wanted[begin : begin + 500]
        marks = ",".join("?" * len(chunk))
        sql = f"select id, state, own_label, section from themes where id in ({marks})"
        for row in db.query(sql, chunk):
            own = ThemeState(row["state"]), str(row["own_label"]), str(row["section"])
            found[int(row["id"])] = own
    return found


def own_labels(db: Database, consultation: int) -> dict[int, str]:
    """Return what staff called themes, by id; those with the machine's label are left out."""
    rows = db.query(
        "select id, own_label from themes where consultation = ? and own_label != ''",
        [consultation],
    )
    return {int(row["id"]): str(row["own_label"]) for row in rows}


def set_standing(db: Database, identifier: int, state: ThemeState, own_label: str) -> None:
    """Write state and staff's label of a theme and make what others see of it stale."""
    db.execute(
        "update themes set state = ?, own_label = ?, stamp = stamp + 1 where id = ?",
        [state.value, own_label, identifier],
    )


def touch(db: Database, identifiers: Iterable[int]) -> None:
    """Make what others see of themes stale."""
    db.conn.executemany(
        "update themes set stamp = stamp + 1 where id = ?", [[n] for n in sorted(set(identifiers))]
    )


def set_members(db: Database, places: Iterable[tuple[int | None, int | None, int]]) -> None:
    """Write (theme, pinned, number) for comments."""
    db.conn.executemany(
        "update comments set theme = ?, pinned = ?, stamp = stamp + 1 where number = ?",
        [list(place) for place in places],
    )


def leave(db: Database, number: int, *, section: str) -> None:
    """Take a comment that went to another section out of its theme, or bring it back into its own.

    A theme that staff had put it into takes it back when it returns to that theme's section.
    """
    db.execute(
        "update comments set theme = (select t.id from themes t where t.id = comments.pinned"
        " and t.section = ? and t.state = 'adopted') where number = ?",
        [section, number],
    )


def bring_back(db: Database, number: int, *, theme: int | None, pinned: int | None) -> None:
    """Put a comment back into the theme it was in, if that is listed and of its section still."""
    db.execute(
        "update comments set pinned = ?, theme = (select t.id from themes t where t.id = ?"
        f" and t.section = comments.section and t.{_LISTED}) where number = ?",
        [pinned, theme, number],
    )


def words(db: Database, identifier: int) -> tuple[str, tuple[str, ...]]:
    """Return label and keywords of a theme, empty for an unknown one."""
    for row in db.query("select * from themes where id = ?", [identifier]):
        return str(row["own_label"] or row["label"]), tuple(codec.load(row["keywords"]))
    return "", ()


def settle(db: Database, consultation: int) -> None:
    """Let what staff decided while a run was computing win over what it found.

    Confirmed members go home; who stands in a theme that is out of lists, or of another section,
    stands alone until the next run.
    """
    db.execute(
        "update comments set theme = pinned where consultation = ? and pinned is not null"
        " and theme is not pinned and exists (select 1 from themes t where t.id = pinned"
        " and t.section = comments.section and t.state = 'adopted')",
        [consultation],
    )
    db.execute(
        "update comments set theme = null where consultation = ? and theme is not null"
        " and not exists (select 1 from themes t where t.id = comments.theme"
        f" and t.section = comments.section and t.{_LISTED})",
        [consultation],
    )


def places(db: Database, numbers: Sequence[int]) -> dict[int, tuple[int | None, int | None, str]]:
    """Return theme, pinned and section of listed comments by number."""
    found: dict[int, tuple[int | None, int | None, str]] = {}
    for begin in range(0, len(numbers), 500):
        chunk = list(numbers[begin : begin + 500])
        marks = ",".join("?" * len(chunk))
        sql = "select number, theme, pinned, section from comments where state = 'active'"
        for row in db.query(f"{sql} and number in ({marks})", chunk):
            found[row["number"]] = (row["theme"], row["pinned"], row["section"])
    return found


def forget(db: Database, consultation: int) -> None:
    """Drop what the machine proposed and no comment belongs to any more."""
    db.execute(
        "delete from themes where consultation = ? and state = 'proposed' and id not in"
        " (select theme from comments where consultation = ? and theme is not null)",
        [consultation, consultation],
    )


def _members(db: Database, where: str, values: Sequence[object]) -> dict[int, tuple[int, ...]]:
    rows = db.query(
        f"select theme, number from comments where {where} and state = 'active'"
        " and theme is not null order by number",
        list(values),
    )
    found: dict[int, list[int]] = {}
    for row in rows:
        found.setdefault(row["theme"], []).append(row["number"])
    return {theme: tuple(numbers) for theme, numbers in found.items()}


def _theme(row: dict[str, object], numbers: tuple[int, ...]) -> Theme:
    return Theme(
        id=int(str(row["id"])),
        section=str(row["section"]),
        label=str(row["own_label"] or row["label"]),
        label_from=int(str(row["label_from"])),
        members=numbers,
        central=int(str(row["central"])),
        keywords=tuple(codec.load(str(row["keywords"]))),
        state=ThemeState(str(row["state"])),
    )
