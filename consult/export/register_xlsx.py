"""The register (意见汇总表) as an Excel workbook: comments, statistics with a chart, accounting."""

from __future__ import annotations

import io
from collections.abc import Sequence
from datetime import UTC, datetime, tzinfo
from tempfile import TemporaryDirectory
from typing import Final

from xlsxwriter import Workbook
from xlsxwriter.worksheet import Worksheet

from consult.domain.digest import Register, RegisterRow
from consult.domain.masthead import Masthead
from consult.export.balance import check_register
from consult.export.columns import Cell, Column, chosen, local_time
from consult.export.phrases import (
    NO_COMMENTS,
    counts_line,
    facts,
    in_marks,
    named,
    page_note,
    warnings,
)
from consult.export.register_sheets import (
    Overflow,
    add_accounting,
    add_continuations,
    add_statistics,
)
from consult.export.register_theme_sheet import add_themes
from consult.export.sanitise import printable
from consult.export.xlsx_cells import (
    CELL_LIMIT,
    Formats,
    Table,
    add_sheet,
    excel_text,
    first_piece,
    formats,
)
from consult.export.xlsx_rows import Rows

SHEET: Final = "意见汇总表"
HEAD_ROW: Final = 3  # title, facts, counts, then the head of the table
SHEET_ROWS: Final = 1_000_000  # Excel ends at 1,048,576, the head included

_OPTIONS: Final = {
    "constant_memory": True,  # a row is on disk as soon as the next one begins
    "strings_to_formulas": False,  # =1+1 in a comment is text
    "strings_to_urls": False,  # and so is an address
    "strings_to_numbers": False,
}


def register_xlsx(register: Register) -> bytes:
    """Return the register as an .xlsx file; the same register gives the same bytes.

    Raises ``AccountingError`` when the sums do not add up. While it runs, the rows lie in a private
    temporary folder that is removed again.
    """
    check_register(register)
    columns = chosen(register.columns)
    out = io.BytesIO()
    with (
        TemporaryDirectory(prefix="consult-") as folder,
        Workbook(out, {**_OPTIONS, "tmpdir": folder}) as book,
    ):
        _write(book, register, columns)
    return out.getvalue()


def _write(book: Workbook, register: Register, columns: Sequence[Column]) -> None:
    masthead = register.masthead
    header = page_note(masthead)
    looks = formats(book)
    book.set_size(28_000, 15_000)  # twentieths of a point: wide enough for the first ten columns
    book.set_properties(_properties(masthead))
    shown = [(column.title, column.width, column.style) for column in columns]
    table = Table((("序号", 6, "centre"), *shown))
    over = Overflow()
    for start in range(0, max(len(register.rows), 1), SHEET_ROWS):
        name = f"{SHEET}{start // SHEET_ROWS + 1}" if start else SHEET
        sheet = add_sheet(book, name, table, header, HEAD_ROW)
        _masthead(sheet, register, looks, len(columns))
        table.write_head(sheet, HEAD_ROW, looks)
        rows = register.rows[start : start + SHEET_ROWS]
        more = _rows(Rows(sheet, table, looks), rows, start, columns, masthead.as_of.tzinfo)
        if not rows:
            sheet.merge_range(
                HEAD_ROW + 1, 0, HEAD_ROW + 1, len(columns), NO_COMMENTS, looks["centre"]
            )
        sheet.autofilter(HEAD_ROW, 0, HEAD_ROW + max(len(rows), 1), len(columns))
        over = _plus(over, more)
    over = _plus(over, add_themes(book, register, looks, header))
    add_statistics(book, register, looks, header)
    add_accounting(book, register, over, looks, header)
    if over.pieces:
        add_continuations(book, over, looks, header)


def _plus(one: Overflow, other: Overflow) -> Overflow:
    return Overflow(one.pieces + other.pieces, one.tall + other.tall)


def _masthead(sheet: Worksheet, register: Register, looks: Formats, last: int) -> None:
    masthead = register.masthead
    told = "　　".join(f"{label}：{value}" for label, value in facts(masthead))
    counts = "　　".join((counts_line(register.counts), *warnings(masthead)))
    tone = "warning" if warnings(masthead) else "note"
    lines = ((_title(masthead), "title", 30), (told, "note", 30), (counts, tone, 18))
    for row, (text, look, height) in enumerate(lines):
        sheet.set_row(row, height)  # in points; merged cells do not grow
        sheet.merge_range(row, 0, row, last, excel_text(text), looks[look])


def _rows(
    table: Rows,
    rows: Sequence[RegisterRow],
    before: int,
    columns: Sequence[Column],
    zone: tzinfo | None,
) -> Overflow:
    """Write a row per comment; return what could not be shown whole."""
    over: list[tuple[int | str, str, int, str]] = []
    tall: list[int] = []
    for line, row in enumerate(rows, 1):
        values: list[Cell] = [before + line]
        for column in columns:
            value = column.value(row)
            if isinstance(value, datetime):
                value = local_time(value, zone)
            elif isinstance(value, str) and 2 * len(value) > CELL_LIMIT:
                value, rest = first_piece(value, f"意见编号{row.number}")
                over += [(row.number, column.title, part, t) for part, t in enumerate(rest, 2)]
            values.append(value)
        if not table.write(HEAD_ROW + line, values):
            tall.append(row.number)
    return Overflow(tuple(over), tuple(tall))


def _properties(masthead: Masthead) -> dict[str, object]:
    created = masthead.as_of.astimezone(UTC).replace(tzinfo=None)
    names = {"title": _title(masthead), "author": masthead.office}
    return {**{key: printable(name) for key, name in names.items()}, "created": created}


def _title(masthead: Masthead) -> str:
    return named(f"{in_marks(masthead.plan_title)}公众意见汇总表", masthead)
