"""Reads the queue of staff: how many comments are wanted, and one page of their numbers.

All conditions but tags and words stand in the covering index ``comments_desk``. A page is read in
the order's own index where many comments are wanted, since the first ones are soon found there;
where few are, the covering index is scanned and those few are sorted. What a search finds is put
into a temporary table once, and asked there by every query.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cached_property

from sqlite_utils import Database

from consult.domain.queue import Certainty, Copies, Order, Place, Progress, Wanted
from consult.store import codec
from consult.store.rows import rows

_SPARSE = 0.05  # share of all comments below which a scan is cheaper than a walk in order
_RARE = 2000  # hits of a search up to which each one is looked up by its number
_KEYS = {Order.DOUBT: "confidence", Order.NEWEST: "received", Order.NUMBER: "number"}
_WALKS = {
    Order.DOUBT: "indexed by comments_doubt",
    Order.NEWEST: "indexed by comments_newest",
    Order.NUMBER: "not indexed",  # the rows themselves are in this order
}
_STAGES = {
    Progress.OPEN: "",
    Progress.DRAFT: "draft",
    Progress.REVIEW: "review",
    Progress.APPROVED: "approved",
}
# Who took a comment handles it; else who has the desk of its chapter.
_HANDLED = """
    coalesce((select a.handler from assignments a where a.comment = number),
             (select d.handler from chapter_desks d where d.consultation = ?
              and d.chapter = substr(section, 1, instr(section || '.', '.') - 1)
              and d.handler = ?), '') = ?
"""
Condition = tuple[str, list[object]]


class Queue:
    """What is wanted of a consultation, for the queries of one request on this connection.

    Only the newest one of a connection that searches for words may be asked: they share a table.
    """

    def __init__(self, db: Database, consultation: int, wanted: Wanted, order: Order) -> None:
        self._db = db
        self._consultation = consultation
        self._wanted = wanted
        self._order = order
        found = _found(db, wanted.words) if wanted.words else 0
        self._rare = bool(wanted.words) and found <= _RARE
        self._table = "comments" if self._rare else "comments indexed by comments_desk"
        self._where, self._values = self._condition()

    @cached_property
    def by_section(self) -> dict[str, int]:
        """How much is wanted in each section, whichever sections are asked for."""
        if self._order is Order.THEME:
            found: dict[str, int] = {}
            for section, _, count in self._tally:
                found[section] = found.get(section, 0) + count
            return found
        where, values = self._condition(everywhere=True)
        sql = f"select section, count(*) as n from {self._table} where {where} group by section"
        return {str(r["section"]): int(r["n"]) for r in rows(self._db, sql, values)}

    @cached_property
    def _tally(self) -> tuple[tuple[str, int, int], ...]:
        """Section, theme (0: none) and number of all that is wanted in any section: one scan."""
        where, values = self._condition(everywhere=True)
        sql = f"select section, theme, count(*) as n from {self._table} where {where} group by 1, 2"
        found = rows(self._db, sql, values)
        return tuple((str(r["section"]), int(r["theme"] or 0), int(r["n"])) for r in found)

    @cached_property
    def _sizes(self) -> dict[int, int]:
        """How much of what is wanted stands in each theme; 0 stands for none."""
        if "_tally" in vars(self):
            chosen = self._wanted.sections
            found: dict[int, int] = {}
            for section, theme, count in self._tally:
                if not chosen or section in chosen:
                    found[theme] = found.get(theme, 0) + count
            return found
        sql = f"select theme, count(*) as n from {self._table} where {self._where} group by theme"
        return {int(r["theme"] or 0): int(r["n"]) for r in rows(self._db, sql, self._values)}

    @cached_property
    def total(self) -> int:
        """How much is wanted."""
        known = vars(self)
        if "by_section" in known:
            chosen = self._wanted.sections or tuple(self.by_section)
            return sum(self.by_section.get(code, 0) for code in chosen)
        if "_sizes" in known:
            return sum(self._sizes.values())
        sql = f"select count(*) as n from {self._table} where {self._where}"
        return int(next(rows(self._db, sql, self._values))["n"])

    def numbers(self) -> tuple[int, ...]:
        """Return all that is wanted, by number."""
        sql = f"select number from {self._table} where {self._where} order by number"
        return tuple(int(row["number"]) for row in rows(self._db, sql, self._values))

    def page(
        self, *, start: Place | None = None, backwards: bool = False, limit: int
    ) -> tuple[Place, ...]:
        """Return up to ``limit`` places after ``start`` (before it, if ``backwards``), in order."""
        read = self._by_theme if self._order is Order.THEME else self._sorted
        found = read(start, backwards=backwards, limit=limit)
        return tuple(reversed(found)) if backwards else tuple(found)

    def place(self, number: int) -> Place:
        """Return where a comment stands, or would stand, in the queue."""
        order = self._order
        sql = "select confidence, received, theme from comments where number = ?"
        for row in rows(self._db, sql, [number]):
            theme = int(row["theme"] or 0)
            if order is not Order.THEME:
                return Place("" if order is Order.NUMBER else str(row[_KEYS[order]]), 0, number)
            return Place(str(self._sizes.get(theme, 0) if theme else 0), theme, number)
        return Place("", 0, number)

    def _sorted(self, start: Place | None, *, backwards: bool, limit: int) -> list[Place]:
        order, where, values = self._order, self._where, list(self._values)
        key = _KEYS[order]
        down = (order is Order.NEWEST) is not backwards
        if start is not None:
            where += f" and ({key}, number) {'<' if down else '>'} (?, ?)"
            bound = start.number if order is Order.NUMBER else _bound(start.key, order)
            values += [bound, start.number]
        way = "desc" if down else "asc"
        found = rows(
            self._db,
            f"select {key} as key, number from {self._ordered()} where {where}"
            f" order by {key} {way}, number {way} limit ?",
            [*values, limit],
        )
        return [Place(str(row["key"]), 0, int(row["number"])) for row in found]

    def _ordered(self) -> str:
        """Return the index to walk through in order, where enough is wanted; else where to look."""
        dense = self.total >= _SPARSE * self._most
        return f"comments {_WALKS[self._order]}" if dense and not self._rare else self._table

    @cached_property
    def _most(self) -> int:
        """The highest number so far: about how many comments there are."""
        found = rows(self._db, "select seq from sqlite_sequence where name = 'comments'")
        return next((int(row["seq"]) for row in found), 0)

    def _by_theme(self, start: Place | None, *, backwards: bool, limit: int) -> list[Place]:
        """Walk through the themes, the largest first; what stands in none comes last, as size 0."""
        ranked = sorted(
            ((size if theme else 0, theme) for theme, size in self._sizes.items()),
            key=lambda pair: (-pair[0], pair[1]),
            reverse=backwards,
        )
        found: list[Place] = []
        for size, theme in ranked:
            if start is not None and _passed(size, theme, start, backwards=backwards):
                continue
            inside = start.number if start is not None and start.theme == theme else 0
            found += self._of_theme(size, theme, inside, backwards, limit - len(found))
            if len(found) >= limit:
                break
        return found

    def _of_theme(
        self, size: int, theme: int, inside: int, backwards: bool, limit: int
    ) -> list[Place]:
        """Return places of one theme, from behind (or before) a comment inside of it on."""
        where = self._where + (" and theme = ?" if theme else " and theme is null")
        values = [*self._values, *([theme] if theme else [])]
        if inside:
            where += " and number < ?" if backwards else " and number > ?"
            values.append(inside)
        table = "comments indexed by comments_by_theme" if theme else self._table
        way = "desc" if backwards else "asc"
        sql = f"select number from {table} where {where} order by number {way} limit ?"
        some = rows(self._db, sql, [*values, limit])
        return [Place(str(size), theme, int(row["number"])) for row in some]

    def _condition(self, *, everywhere: bool = False) -> tuple[str, list[object]]:
        """Return the condition and its values; ``everywhere`` leaves the sections out."""
        wanted, consultation = self._wanted, self._consultation
        first: Condition = ("consultation = ? and state = 'active'", [consultation])
        parts = [first, *_equal(wanted), *_placed(wanted, everywhere=everywhere), *_sent(wanted)]
        if wanted.words:
            parts.append((f"{'' if self._rare else '+'}number in (select n from temp.hits)", []))
        if wanted.tag:
            inner = "select comment from comment_tags where consultation = ? and tag = ?"
            parts.append((f"number in ({inner})", [consultation, wanted.tag]))
        if wanted.handler:
            parts.append((_HANDLED, [consultation, wanted.handler, wanted.handler]))
        return " and ".join(sql for sql, _ in parts), [v for _, values in parts for v in values]


def _found(db: Database, words: Sequence[str]) -> int:
    """Put what holds all the words into the temporary table; returns how many those are."""
    db.conn.execute("create temp table if not exists hits (n integer primary key)")
    db.conn.execute("delete from temp.hits")
    query = " AND ".join('"{}"'.format(word.replace('"', '""')) for word in words)
    sql = "insert into temp.hits select rowid from search where search match ?"
    return db.conn.execute(sql, [query]).rowcount


def _bound(key: str, order: Order) -> object:
    return float(key) if order is Order.DOUBT else key


def _passed(size: int, theme: int, start: Place, *, backwards: bool) -> bool:
    """Tell whether a theme comes before (``backwards``: after) the one of the start."""
    if theme == start.theme:
        return False
    ours, theirs = (-size, theme), (-int(start.key or 0), start.theme)
    return ours > theirs if backwards else ours < theirs


def _equal(wanted: Wanted) -> Iterator[Condition]:
    """Yield what must simply be equal."""
    for column, value in (
        ("stage", None if wanted.progress is None else _STAGES[wanted.progress]),
        ("disposition", wanted.disposition),
        ("channel", wanted.channel),
        ("speaker", wanted.speaker),
        ("kind", wanted.kind),
        ("family", wanted.family or None),
        ("theme", wanted.theme or None),
        ("attached", wanted.attached),
        ("held", wanted.held),
        ("opened", wanted.opened),
    ):
        if value is not None:
            yield f"{column} = ?", [str(value) if isinstance(value, str) else int(value)]


def _placed(wanted: Wanted, *, everywhere: bool) -> Iterator[Condition]:
    if wanted.sections and not everywhere:
        marks = ",".join("?" * len(wanted.sections))
        yield f"section in ({marks})", list(wanted.sections)
    machine = "origin in ('cited', 'inferred')"
    if wanted.certainty is Certainty.UNSURE:
        yield f"{machine} and confidence < ?", [wanted.threshold]
    elif wanted.certainty is Certainty.SURE:
        yield f"{machine} and confidence >= ?", [wanted.threshold]
    elif wanted.certainty is Certainty.STAFF:
        yield "origin = 'staff'", []
    if wanted.copies is Copies.MANY:
        yield "family is not null", []
    elif wanted.copies is Copies.SINGLE:
        yield "family is null", []


def _sent(wanted: Wanted) -> Iterator[Condition]:
    if wanted.since is not None:
        yield "received >= ?", [codec.to_text(wanted.since)]
    if wanted.until is not None:
        yield "received < ?", [codec.to_text(wanted.until)]
