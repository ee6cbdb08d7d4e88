"""The register (意见汇总表) as an Excel workbook: comments, statistics with a chart, accounting."""

from __future__ import annotations

import io
from collections.abc import Sequence
from datetime import UTC, datetime
from tempfile import TemporaryDirectory
from typing import Final

from xlsxwriter import Workbook
from xlsxwriter.worksheet import Worksheet

from consult.domain.digest import Register, RegisterRow
from consult.domain.masthead import Masthead
from consult.export.balance import check_register
from consult.export.columns import COLUMNS, Cell, local_time
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
from consult.export.sanitise import printable
from consult.export.xlsx_cells import (
    CELL_LIMIT,
    Formats,
    Table,
    add_sheet,
    excel_text,
    formats,
    pieces,
)

SHEET: Final = "意见汇总表"
HEAD_ROW: Final = 3  # title, facts, counts, then the head of the table
SHEET_ROWS: Final = 1_000_000  # Excel ends at 1,048,576, the head included

_TABLE: Final = Table(
    (("序号", 6, "centre"), *((column.title, column.width, column.style) for column in COLUMNS))
)
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
    out = io.BytesIO()
    with (
        TemporaryDirectory(prefix="consult-") as folder,
        Workbook(out, {**_OPTIONS, "tmpdir": folder}) as book,
    ):
        _write(book, register)
    return out.getvalue()


def _write(book: Workbook, register: Register) -> None:
    masthead = register.masthead
    header = page_note(masthead)
    looks = formats(book)
    book.set_size(28_000, 15_000)  # twentieths of a point: wide enough for the first ten columns
    book.set_properties(_properties(masthead))
    over = Overflow()
    for start in range(0, max(len(register.rows), 1), SHEET_ROWS):
        name = f"{SHEET}{start // SHEET_ROWS + 1}" if start else SHEET
        sheet = add_sheet(book, name, _TABLE, header, HEAD_ROW)
        _masthead(sheet, register, looks)
        more = _rows(sheet, register.rows[start : start + SHEET_ROWS], start, masthead, looks)
        over = Overflow(over.pieces + more.pieces, over.tall + more.tall)
    add_statistics(book, register, looks, header)
    add_accounting(book, register, over, looks, header)
    if over.pieces:
        add_continuations(book, over, looks, header)


def _masthead(sheet: Worksheet, register: Register, looks: Formats) -> None:
    masthead = register.masthead
    last = len(_TABLE.columns) - 1
    told = "　　".join(f"{label}：{value}" for label, value in facts(masthead))
    counts = "　　".join((counts_line(register.counts), *warnings(masthead)))
    tone = "warning" if warnings(masthead) else "note"
    lines = ((_title(masthead), "title", 30), (told, "note", 30), (counts, tone, 18))
    for row, (text, look, height) in enumerate(lines):
        sheet.set_row(row, height)  # in points; merged cells do not grow
        sheet.merge_range(row, 0, row, last, excel_text(text), looks[look])


def _rows(
    sheet: Worksheet, rows: Sequence[RegisterRow], before: int, masthead: Masthead, looks: Formats
) -> Overflow:
    """Write the head and a row per comment; return what could not be shown whole."""
    zone = masthead.as_of.tzinfo
    over: list[tuple[int, str, int, str]] = []
    tall: list[int] = []
    _TABLE.write_head(sheet, HEAD_ROW, looks)
    for line, row in enumerate(rows, 1):
        values: list[Cell] = [before + line]
        for column in COLUMNS:
            value = column.value(row)
            if isinstance(value, datetime):
                value = local_time(value, zone)
            elif isinstance(value, str) and 2 * len(value) > CELL_LIMIT:
                value, rest = _first(value, row.number)
                over += [(row.number, column.title, part, t) for part, t in enumerate(rest, 2)]
            values.append(value)
        if not _TABLE.write_row(sheet, HEAD_ROW + line, values, looks):
            tall.append(row.number)
    if not rows:
        last = len(_TABLE.columns) - 1
        sheet.merge_range(HEAD_ROW + 1, 0, HEAD_ROW + 1, last, NO_COMMENTS, looks["centre"])
    sheet.autofilter(HEAD_ROW, 0, HEAD_ROW + max(len(rows), 1), len(COLUMNS))
    return Overflow(tuple(over), tuple(tall))


def _first(text: str, number: int) -> tuple[str, list[str]]:
    """Return what fits the cell, and the further pieces of a text that is too long for one."""
    first, *rest = pieces(text)
    return (f"{first}\n（未完，见“续页”，意见编号{number}）" if rest else first), rest


def _properties(masthead: Masthead) -> dict[str, object]:
    created = masthead.as_of.astimezone(UTC).replace(tzinfo=None)
    names = {"title": _title(masthead), "author": masthead.office}
    return {**{key: printable(name) for key, name in names.items()}, "created": created}


def _title(masthead: Masthead) -> str:
    return named(f"{in_marks(masthead.plan_title)}公众意见汇总表", masthead)
