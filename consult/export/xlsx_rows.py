"""Rows of a large table written as SpreadsheetML: XlsxWriter's own way takes 200 µs a row.

The workbook, its looks, charts and print set-up are XlsxWriter's; only the rows of a table of
comments are put together here and handed to the file in which it keeps them (constant memory).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import datetime
from functools import lru_cache
from typing import Any, Final
from xml.sax.saxutils import escape

from xlsxwriter.utility import xl_col_to_name

from consult.export.xlsx_cells import (
    HIGHEST_ROW,
    LINE,
    Formats,
    GrowingRows,
    Table,
    excel_text,
    lines_of,
)

_LONGEST: Final = 32_767  # UTF-16 units a cell, Excel's limit
_EDGES: Final = re.compile(r"\s|.*\s\Z", re.DOTALL)  # white space that XML readers would drop
_EPOCH: Final = datetime(1899, 12, 30)  # noqa: DTZ001 - Excel's day 0; it knows no time zones
_DAY: Final = 86_400
_SHORT: Final = 40  # characters; names of sections, channels and the like come again and again


class Rows:
    """Writes the rows of one sheet, from top to bottom."""

    def __init__(self, sheet: GrowingRows, table: Table, looks: Formats) -> None:
        self._sheet = sheet
        self._widths = [width for _, width, _ in table.columns]
        # Like XlsxWriter, by the order of first use: the same workbook gives the same numbers.
        self._styles = [looks[style]._get_xf_index() for _, _, style in table.columns]
        self._names = [xl_col_to_name(column) for column in range(len(table.columns))]

    def write(self, row: int, values: Sequence[object]) -> bool:
        """Write a row (from 0), high enough for its texts; False when Excel has no row that high.

        Raises ``ValueError`` for a text that does not fit a cell as a whole.
        """
        lines = 1
        place = str(row + 1)
        cells = []
        for value, width, style, name in zip(
            values, self._widths, self._styles, self._names, strict=True
        ):
            if isinstance(value, str) and value:
                if 2 * len(value) >= width:
                    lines = max(lines, lines_of(value, width))
                text = _short(value) if len(value) <= _SHORT else _text(value)
                cells.append(f'<c r="{name}{place}" s="{style}" t="inlineStr">{text}</c>')
            elif value is None or value == "":
                cells.append(f'<c r="{name}{place}" s="{style}"/>')
            else:
                cells.append(f'<c r="{name}{place}" s="{style}"><v>{_number(value)}</v></c>')
        height = LINE * lines + 2
        high = f"{round(min(height, HIGHEST_ROW) / 0.75) * 0.75:.16g}"  # whole pixels
        markup = f'<row r="{place}" ht="{high}">{"".join(cells)}</row>'
        self._sheet.put_row(row, len(cells) - 1, markup)
        return height <= HIGHEST_ROW


def _text(value: str) -> str:
    text = excel_text(value)
    if len(text) > _LONGEST or len(text.encode("utf-16-le", "replace")) // 2 > _LONGEST:
        raise ValueError(f"a text of {len(text)} characters does not fit a cell")
    kept = ' xml:space="preserve"' if _EDGES.match(text) else ""
    return f"<is><t{kept}>{escape(text)}</t></is>"


_short = lru_cache(maxsize=1 << 12)(_text)


def _number(value: Any) -> str:
    if isinstance(value, datetime):
        value = (value - _EPOCH).total_seconds() / _DAY
    return f"{value:.16g}"
