"""Import a table: look at it first, then take it in, here and now or in the background."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final

from consult.domain.comment import NewSubmission, Refusal
from consult.domain.consultation import Plan
from consult.domain.errors import InputRefused
from consult.domain.ledger import Empty, ImportReport, Source
from consult.domain.table import Columns, Row
from consult.intake.table import read_table
from consult.intake.table_items import Layout, read_items, read_rows
from consult.services.admit import Rules, check
from consult.services.import_items import Item, import_items
from consult.services.office import Office
from consult.services.table_columns import dump_columns, reading_of
from consult.store import consultations

ROWS: Final = 50  # of each sheet that are looked at beforehand
_SHEETS: Final = 20


@dataclass(frozen=True, slots=True)
class Tried:
    """A row as it would be read: what it would become, or why it would be refused.

    ``row`` is None for what is no row of its own: the whole of a form, a gap.
    """

    row: Row | None
    item: Item | None
    error: InputRefused | None = None


@dataclass(frozen=True, slots=True)
class Preview:
    """The first rows of a sheet, before anything happens; ``more`` tells that there are others."""

    layout: Layout
    rows: tuple[Tried, ...]
    more: bool = False


def preview_table(
    office: Office, *, slug: str, data: bytes, source: Source, columns: Columns,
    rules: Rules | None = None,
) -> tuple[Preview, ...]:  # fmt: skip
    """Read the first rows of each sheet and say what would become of them; stores nothing.

    Raises ``InputRefused`` for what is no table that can be read, ``NotFound``.
    """
    reading = reading_of(office, slug=slug, source=source, columns=columns)
    consultation, _ = consultations.find(office.store.db, slug)
    plan = consultations.plan(office.store.db, consultation)
    found: list[Preview] = []
    layout: Layout | None = None
    rows: list[Tried] = []
    more = False
    for read in read_rows(read_table(data), reading):
        if isinstance(read, Layout):
            if layout is not None:
                found.append(Preview(layout, tuple(rows), more))
            if len(found) >= _SHEETS:
                return tuple(found)
            layout, rows, more = read, [], False
        elif len(rows) < ROWS or read[0] is None:
            rows.append(_tried(*read, plan, rules or Rules()))
        else:
            more = True
            if not (layout and layout.form):
                break
    if layout is not None:
        found.append(Preview(layout, tuple(rows[: ROWS + 1]), more))
    return tuple(found)


def _tried(row: Row | None, item: Item | None, plan: Plan, rules: Rules) -> Tried:
    if isinstance(item, Refusal):
        return Tried(row, item, InputRefused(item.code, field=item.field, **item.values))
    if isinstance(item, NewSubmission):
        try:
            check(item, plan, rules=rules, strict=False)
        except InputRefused as error:
            return Tried(row, item, error)
    return Tried(row, item)


def import_table(
    office: Office,
    *,
    slug: str,
    data: bytes,
    source: Source,
    columns: Columns,
    now: datetime,
    actor: str,
    rules: Rules | None = None,
    number: int | None = None,
) -> ImportReport:
    """Take a table in; what is no table at all becomes one refused item with the file kept.

    Raises as ``import_items``.
    """
    reading = reading_of(office, slug=slug, source=source, columns=columns)
    items = _whole(read_items(read_table(data), reading), data, source)
    return import_items(
        office, slug=slug, items=items, now=now, actor=actor, rules=rules, source=source,
        options=dump_columns(columns), number=number,
    )  # fmt: skip


def _whole(items: Iterator[Item], data: bytes, source: Source) -> Iterator[Item]:
    """Refuse a file that cannot be read at all; one that breaks off later raises.

    The first sheet that is refused as a whole keeps the file, so that staff can look at it again.
    """
    begun = kept = False
    try:
        for item in items:
            begun = True
            if isinstance(item, Refusal) and item.field == "file" and not kept:
                kept = True
                yield replace(item, original=data, file=source.name)
                continue
            yield item
        if not begun:
            yield Empty(source.name)
    except InputRefused as error:
        if begun or error.code == "sandbox.busy":
            raise
        values = {**error.values, "name": source.name}
        yield Refusal(source.name, "file", error.code, values, original=data, file=source.name)
