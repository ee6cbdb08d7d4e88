"""Cells of a workbook: text that is only text, whole values, and the looks they come in."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import cycle
from typing import Any, Final

from xlsxwriter import Workbook
from xlsxwriter.worksheet import Worksheet

from consult.export.sanitise import printable

# Excel's limit is 32,767 UTF-16 units a cell; the rest is room for the note about what follows.
CELL_LIMIT: Final = 32_700
LINE: Final = 14.0  # points a line of 10-point text takes
HIGHEST_ROW: Final = 409.0  # points, Excel's limit

# _x0041_ in the file may be read as the character A. Excel's escape for it (_x005F_) is not undone
# by every reader in inline strings, which XlsxWriter's constant-memory mode writes: so a word
# joiner, which has no width, keeps the pattern from standing there at all.
_ESCAPE: Final = re.compile("_(?=x[0-9A-Fa-f]{4}_)")
_WORD_JOINER: Final = "\u2060"
_TOP: Final = {"valign": "top", "text_wrap": True, "font_name": "宋体", "font_size": 10}
_GRID: Final = {**_TOP, "border": 1, "border_color": "#A6A6A6"}
_LOOKS: Final[Mapping[str, Mapping[str, object]]] = {
    "title": {"font_name": "黑体", "font_size": 16, "align": "center", "valign": "vcenter"},
    "warning": {
        "font_name": "黑体",
        "font_size": 10,
        "font_color": "#C00000",
        "text_wrap": True,
        "valign": "vcenter",
    },
    "note": {**_TOP, "valign": "vcenter"},
    "head": {
        **_GRID,
        "font_name": "黑体",
        "align": "center",
        "valign": "vcenter",
        "bg_color": "#EDEDED",
    },
    "text": _GRID,
    "left": {**_GRID, "align": "left"},
    "centre": {**_GRID, "align": "center"},
    "percent": {**_GRID, "align": "center", "num_format": "0%"},
    "share": {**_GRID, "align": "center", "num_format": "0.0%"},
    "time": {**_GRID, "align": "center", "num_format": "yyyy-mm-dd hh:mm"},
}

Formats = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Table:
    """The columns of a sheet: (title, width in characters, look)."""

    columns: tuple[tuple[str, float, str], ...]

    def write_head(self, sheet: Worksheet, row: int, looks: Formats) -> None:
        """Write the titles."""
        self._write(sheet, row, [title for title, _, _ in self.columns], [looks["head"]])

    def write_row(
        self, sheet: Worksheet, row: int, values: Sequence[object], looks: Formats
    ) -> bool:
        """Write a row, high enough for its texts; False when Excel has no row that high."""
        return self._write(sheet, row, values, [looks[style] for _, _, style in self.columns])

    def _write(
        self, sheet: Worksheet, row: int, values: Sequence[object], looks: Sequence[Any]
    ) -> bool:
        lines = 1
        for value, (_, width, _) in zip(values, self.columns, strict=True):
            if isinstance(value, str) and 2 * len(value) >= width:
                lines = max(lines, lines_of(value, width))
        height = LINE * lines
        sheet.set_row(row, min(height + 2, HIGHEST_ROW))  # before its cells: they are flushed
        for column, (value, look) in enumerate(zip(values, cycle(looks), strict=False)):
            put(sheet, row, column, value, look)
        return height + 2 <= HIGHEST_ROW


def formats(book: Workbook) -> Formats:
    """Return the looks of cells by name, made for this workbook."""
    return {name: book.add_format(dict(look)) for name, look in _LOOKS.items()}


def put(sheet: Worksheet, row: int, column: int, value: object, look: Any) -> None:
    """Write a value into a cell; raises ``ValueError`` when it does not fit as a whole."""
    if value is None or value == "":
        code = sheet.write_blank(row, column, None, look)
    elif isinstance(value, str):
        code = sheet.write_string(row, column, excel_text(value), look)
    elif isinstance(value, datetime):
        code = sheet.write_datetime(row, column, value, look)
    else:
        code = sheet.write_number(row, column, value, look)
    if code:
        raise ValueError(f"the cell at row {row}, column {column} was not written whole: {code}")


def lines_of(text: str, width: float) -> int:
    """Estimate the lines a text takes in a column of ``width`` characters.

    A Han character is two columns wide and three bytes long in UTF-8, a Latin letter one and one,
    so half of characters plus bytes is the width.
    """
    room = max(width - 1, 2)
    return sum(
        max(1, math.ceil((len(line) + len(line.encode("utf-8", "replace"))) / 2 / room))
        for line in text.split("\n")
    )


def excel_text(text: str) -> str:
    """Return the text as it must stand in the file for every reader to show it unchanged."""
    shown = printable(text)
    return _ESCAPE.sub(f"_{_WORD_JOINER}", shown) if "_x" in shown else shown


def pieces(text: str, limit: int = CELL_LIMIT) -> list[str]:
    """Cut a text into parts that fit a cell, whatever it holds; joined they give it back."""
    if 2 * len(text) <= limit:
        return [text]
    units = len(excel_text(text).encode("utf-16-le", "replace")) // 2
    if units <= limit:
        return [text]
    # Outside the basic plane a character takes two units, and an escape is longer by one.
    size = limit if units == len(text) else limit // 2
    return [text[start : start + size] for start in range(0, len(text), size)]


def first_piece(text: str, cited: str) -> tuple[str, list[str]]:
    """Return what fits the cell, and the further pieces of a text that is too long for one.

    ``cited`` says under what the rest is found on the sheet of continuations.
    """
    first, *rest = pieces(text)
    return (f"{first}\n（未完，见“续页”，{cited}）" if rest else first), rest


_READABLE: Final = 200  # characters of width that A4 across still shows legibly
_HEADER: Final = 240  # characters of a header; Excel takes 255, codes included


def add_sheet(
    book: Workbook, name: str, table: Table, header: str, head_row: int = 0
) -> GrowingRows:
    """Add a sheet set up for paper: across, one page wide, page numbers, the head on each.

    What is too wide for A4 to be read goes on A3.
    """
    sheet: GrowingRows = book.add_worksheet(name, GrowingRows)
    for column, (_title, width, _style) in enumerate(table.columns):
        sheet.set_column(column, column, width)
    sheet.freeze_panes(head_row + 1, 0)
    sheet.repeat_rows(head_row)
    sheet.set_landscape()
    wide = sum(width for _title, width, _style in table.columns) > _READABLE
    sheet.set_paper(8 if wide else 9)  # A3, A4
    sheet.fit_to_pages(1, 0)
    sheet.set_margins(left=0.4, right=0.4, top=0.6, bottom=0.6)  # inches
    sheet.set_header(f"&C{_plain(header)}" if header else "")
    sheet.set_footer("&C第 &P 页，共 &N 页")
    return sheet


def _plain(header: str) -> str:
    """Return a header in which nothing is a code: Excel puts the date where R&D stands."""
    text = " ".join(printable(header).split()).replace("&", "&&")
    return text if len(text) <= _HEADER else text[: _HEADER - 2].rstrip("&") + "…"


class GrowingRows(Worksheet):  # type: ignore[misc]  # XlsxWriter ships no types
    """A sheet whose rows have a height and still grow when somebody types a long answer.

    XlsxWriter marks every height as set by hand (``customHeight``), which stops Excel from
    adjusting the row later; without any height LibreOffice shows one line of a wrapped text.
    """

    def put_row(self, row: int, last: int, markup: str) -> None:
        """Write a finished row below all rows written so far; ``last`` is its last column."""
        if self._check_dimensions(row, last):
            raise ValueError(f"no sheet has a row {row} or a column {last}")
        self._write_single_row(row)  # what was begun before, and from here on
        self.row_data_fh.write(markup)

    def _xml_start_tag_unencoded(
        self, tag: str, attributes: Sequence[tuple[str, object]] = ()
    ) -> None:
        kept = [(key, value) for key, value in attributes if key != "customHeight"]
        super()._xml_start_tag_unencoded(tag, kept)
