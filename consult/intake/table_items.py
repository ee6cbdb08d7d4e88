"""A table becomes submissions: each row one, or the whole of a form one."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import chain
from typing import Final

from consult.domain.comment import NewSubmission, Refusal, Speaker
from consult.domain.entry import Entry, compose
from consult.domain.errors import InputRefused
from consult.domain.ledger import Empty
from consult.domain.table import Role, Row, Sheet
from consult.intake.table_head import Head, head_of, head_of_cells
from consult.intake.table_headers import LOOKED_AT, Header, find_header
from consult.intake.table_rows import (
    Reading,
    entry_of,
    file_key,
    is_empty,
    item_of,
    line_of,
    says_something,
)
from consult.intake.table_words import moment_of, speaker_of

Item = NewSubmission | Refusal | Empty
_WHO: Final = frozenset({Role.UNIT, Role.NAME, Role.CONTACT})
_SHOWN: Final = 20  # cells of a sheet without a header that its refusal repeats


@dataclass(frozen=True, slots=True)
class Layout:
    """A sheet, its header, and whether the whole of it is one submission: a form (反馈表)."""

    sheet: Sheet
    header: Header
    head: Head
    form: bool


def read_items(found: Iterable[Sheet | Row], reading: Reading) -> Iterator[Item]:
    """Yield what becomes of every row of every sheet."""
    for read in read_rows(found, reading):
        if not isinstance(read, Layout):
            yield from (read[1],) if read[1] is not None else ()


def read_rows(
    found: Iterable[Sheet | Row], reading: Reading
) -> Iterator[Layout | tuple[Row | None, Item | None]]:
    """Yield the layout of each sheet, then its rows with what becomes of them.

    Rows of a form become nothing of their own: the form comes last, without a row.
    """
    for sheet, rows in _sheets(found):
        first = [row for _, row in zip(range(LOOKED_AT), rows, strict=False)]
        if not first:
            continue
        header = find_header(first, reading.columns)
        place = f"{reading.name}:{sheet.name}" if sheet.name else reading.name
        if sheet.hidden or not header.usable:
            yield Layout(sheet, header, Head(), False)
            for _ in rows:
                continue
            yield first[0], _unread(sheet, first, place)
            continue
        above = [row for row in first if row.number < header.row]
        body = chain((row for row in first if row.number > header.row), rows)
        head = head_of_cells(row.cells for row in above).filled(head_of(sheet.lines))
        form = not _WHO & set(header.roles) and (head.said or bool(sheet.lines))
        yield Layout(sheet, header, head, form)
        read = _form(body, header, head, reading, place) if form else None
        yield from read or _each(body, header, reading, place)


def _sheets(found: Iterable[Sheet | Row]) -> Iterator[tuple[Sheet, Iterator[Row]]]:
    """Group rows by sheet without holding them."""
    stream = iter(found)
    following: list[Sheet] = []

    def rows() -> Iterator[Row]:
        for item in stream:
            if isinstance(item, Sheet):
                following.append(item)
                return
            yield item

    for item in stream:
        if isinstance(item, Sheet):
            following.append(item)
        while following:
            yield following.pop(0), rows()


def _unread(sheet: Sheet, first: list[Row], place: str) -> Refusal:
    error = InputRefused("table.hidden" if sheet.hidden else "table.no-header", sheet=sheet.name)
    words = [cell.text for row in first for cell in row.cells if cell.text]
    shown = tuple((str(at), text) for at, text in enumerate(words[:_SHOWN], 1))
    return Refusal(place, "file", error.code, error.values, row=shown)


def _each(
    rows: Iterable[Row], header: Header, reading: Reading, place: str
) -> Iterator[tuple[Row | None, Item | None]]:
    last = header.row
    mark = "!" if place != reading.name else ":"
    for row in rows:
        if row.number > last + 1:
            yield None, Empty(f"{place}{mark}{last + 1}", row.number - last - 1)
        last = row.number
        yield row, item_of(row, header, reading, f"{place}{mark}{row.number}")


def _form(
    rows: Iterable[Row], header: Header, head: Head, reading: Reading, place: str
) -> Iterator[tuple[Row | None, Item | None]]:
    """Yield the rows of a form, then the form."""
    entries: list[Entry] = []
    told: list[tuple[str, str]] = []
    wrong: InputRefused | None = None
    for row in rows:
        try:
            line = line_of(row, header)
        except InputRefused as error:
            wrong = wrong or error
            told += [(str(row.number), cell.text) for cell in row.cells if cell.text]
            yield row, None
            continue
        told += list(line.row)
        if says_something(line) and not is_empty(line):
            entry, codes = entry_of(line, reading.sections)
            section = codes[0] if codes else ""
            entries.append(
                Entry(entry.text, section, entry.original, entry.replacement, entry.reason)
            )
        else:
            head = head.filled(head_of_cells([row.cells]))
        yield row, None
    yield None, _whole(entries, head, reading, place, told, wrong)


def _whole(
    entries: list[Entry], head: Head, reading: Reading, place: str,
    told: list[tuple[str, str]], wrong: InputRefused | None,
) -> Item:  # fmt: skip
    composed = compose(entries)
    received = moment_of(head.received, reading.zone) if head.received else None
    name = " ".join(part for part in (head.unit, head.name) if part)
    key = file_key(reading, place)
    if not entries:
        wrong = wrong or InputRefused("table.blank-form", field="text")
    if wrong is not None:
        fields = {"text": composed.text, "name": name, "contact": head.contact,
                  "channel": reading.channel.value}  # fmt: skip
        return Refusal(
            place, wrong.field, wrong.code, wrong.values, row=tuple(told), key=key,
            fields={name: words for name, words in fields.items() if words},
        )  # fmt: skip
    return NewSubmission(
        text=composed.text,
        spans=composed.spans,
        choices=composed.choices,
        channel=reading.channel,
        speaker=speaker_of(head.unit) or Speaker.UNKNOWN,
        name=name,
        contact=head.contact,
        received=received,
        key=key,
        source=place,
    )
