"""The sheet of the register with a row per theme, and the subtotal of each section."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from typing import Final

from xlsxwriter import Workbook

from consult.domain.digest import Register
from consult.export.phrases import NO_COMMENTS, four, full_heading
from consult.export.register_sheets import Overflow
from consult.export.register_themes import COLUMNS, place
from consult.export.xlsx_cells import CELL_LIMIT, Formats, Table, add_sheet, first_piece
from consult.export.xlsx_rows import Rows

THEMES: Final = "同类意见"
_LIMIT: Final = 1_000_000  # Excel ends at 1,048,576, the head included


def add_themes(book: Workbook, register: Register, looks: Formats, header: str) -> Overflow:
    """Add the rows, after those of each section its subtotal; return what is too long for a cell.

    The subtotals are those of the statistics: a person or a letter in two themes counts once.
    """
    shown = [(column.title, column.width, column.style) for column in COLUMNS]
    table = Table((("序号", 6, "centre"), *shown))
    sheet = add_sheet(book, THEMES, table, header)
    table.write_head(sheet, 0, looks)
    rows = Rows(sheet, table, looks)
    over: list[tuple[int | str, str, int, str]] = []
    number = 0
    for number, values in enumerate(_lines(register), 1):
        if number > _LIMIT:
            raise ValueError("more themes than a sheet has rows")
        for at, value in enumerate(values):
            if isinstance(value, str) and 2 * len(value) > CELL_LIMIT:
                own, title = f"同类意见{values[0]}", table.columns[at][0]
                values[at], rest = first_piece(value, own)
                over += [(own, title, part, text) for part, text in enumerate(rest, 2)]
        rows.write(number, values)
    if not number:
        sheet.merge_range(1, 0, 1, len(COLUMNS), NO_COMMENTS, looks["centre"])
    return Overflow(tuple(over))


def _lines(register: Register) -> Iterator[list[object]]:
    totals = {total.code: total for total in register.sections}
    position = 0
    for code, members in groupby(register.themes, key=lambda line: line.section):
        total = totals[code]
        for line in members:
            position += 1
            yield [position, *(column.value(line) for column in COLUMNS)]
        name = full_heading(total.code, total.label, total.title)
        yield [None, place(line), "小计", f"{name}小计", "", "", *four(total.counts), "", "", ""]
