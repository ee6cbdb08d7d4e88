"""Reads an xlsx row by row; runs in the sandbox.

openpyxl's read-only mode streams, where calamine takes room for the whole rectangle: a file of
4.8 kB with one far cell ends its process (trust.md, finding 5). The dimension a sheet states is not
believed: one that said A1 hid 999,998 rows (finding 6).
"""

from __future__ import annotations

import warnings
import zipfile
from collections.abc import Iterator
from io import BytesIO
from typing import Any, Final

from openpyxl import load_workbook

from consult.domain.errors import InputRefused
from consult.domain.table import Flaw
from consult.intake.table_cells import Written, written
from consult.intake.table_hints import Hints, hints_of

COLUMNS: Final = 256  # what stands further right is layout; 16,384 fit a sheet
_PARTS: Final = 5_000
_UNPACKED: Final = 1_500_000_000  # bytes; 100,000 rows of eight columns have 60 million

Batch = dict[str, Any]


def xlsx_rows(data: bytes) -> Iterator[Batch | tuple[int, list[Written]]]:
    """Yield each sheet's name, then its rows that are not blank.

    Raises ``InputRefused("attachment.complex")``.
    """
    with zipfile.ZipFile(BytesIO(data)) as package:
        parts = package.infolist()
        if len(parts) > _PARTS or sum(part.file_size for part in parts) > _UNPACKED:
            raise InputRefused("attachment.complex")
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # extensions that openpyxl does not know
            book = load_workbook(BytesIO(data), read_only=True, data_only=True, keep_links=False)
        for sheet in book.worksheets:
            yield {"sheet": sheet.title, "hidden": sheet.sheet_state != "visible"}
            sheet.reset_dimensions()
            yield from _rows(sheet, hints_of(package, sheet._worksheet_path.lstrip("/")))


def _rows(sheet: Any, hints: Hints) -> Iterator[tuple[int, list[Written]]]:
    firsts = set(hints.covered.values())
    held: dict[tuple[int, int], Written] = {}
    plain = not (hints.covered or hints.unsaved)
    for number, values in enumerate(sheet.iter_rows(max_col=COLUMNS, values_only=True), 1):
        cells = [written(value) for value in values]
        if not plain:
            _mend(cells, number, hints, firsts, held)
        while cells and not cells[-1]:
            cells.pop()
        if cells:
            yield number, cells


def _mend(
    cells: list[Written],
    number: int,
    hints: Hints,
    firsts: set[tuple[int, int]],
    held: dict[tuple[int, int], Written],
) -> None:
    """Repeat the words of merged cells, and mark formulas that have no value."""
    for place, cell in enumerate(cells):
        spot = (number, place)
        if spot in firsts:
            held[spot] = cell
        elif spot in hints.covered and not cell:
            first = held.get(hints.covered[spot], "")
            words = first if isinstance(first, str) else first[0]
            cells[place] = (words, Flaw.MERGED.value) if words else ""
        if spot in hints.unsaved and not cell:
            cells[place] = ("", Flaw.FORMULA.value)
