"""Reads an xlsx row by row; runs in the sandbox.

openpyxl reads the workbook, its styles and each cell; its own loops are not used: they fill every
gap up to the widest column and the last row (a far cell took 26 s), and keep what rows look like.
calamine takes room for the whole rectangle: a file of 4.8 kB with one far cell ends its process
(trust.md, finding 5). The dimension a sheet states is not believed: one that said A1 hid 999,998
rows (finding 6). Measured: 100,000 rows of eight columns in 6 s of CPU, 12 s with openpyxl's loops.
"""

from __future__ import annotations

import re
import warnings
import zipfile
from collections.abc import Iterator
from io import BytesIO
from typing import IO, Any, Final

from lxml import etree
from openpyxl.reader.excel import ExcelReader
from openpyxl.worksheet._reader import WorkSheetParser
from openpyxl.xml.constants import SHARED_STRINGS, SHEET_MAIN_NS

from consult.domain.errors import InputRefused
from consult.domain.table import Flaw
from consult.intake.table_cells import Written, written
from consult.intake.table_hints import Hints, hints_of

COLUMNS: Final = 256  # what stands further right is layout; 16,384 fit a sheet
_PARTS: Final = 5_000
_UNPACKED: Final = 1_500_000_000  # bytes; 100,000 rows of eight columns have 60 million
# The words of all cells, which are held at once: 100,000 long comments have 30 million bytes.
_STRINGS: Final = 250_000_000
_ROW: Final = f"{{{SHEET_MAIN_NS}}}row"
_ITEM: Final = f"{{{SHEET_MAIN_NS}}}si"
_WORDS: Final = f"{{{SHEET_MAIN_NS}}}t"
_SPOKEN: Final = f"{{{SHEET_MAIN_NS}}}rPh"  # how a word is pronounced: beside the text, not in it
# What no XML may hold is written by its number (ECMA-376 part 1, 22.9.2.19, ST_Xstring).
_ESCAPED: Final = re.compile(r"_x([0-9A-Fa-f]{4})_")

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
            reader = _Reader(BytesIO(data), read_only=True, data_only=True, keep_links=False)
            reader.read()
            for sheet in reader.wb.worksheets:
                yield {"sheet": sheet.title, "hidden": sheet.sheet_state != "visible"}
                part = sheet._worksheet_path.lstrip("/")
                yield from _rows(reader, package, part, hints_of(package, part))


class _Reader(ExcelReader):  # type: ignore[misc]  # openpyxl has no types
    """openpyxl's reader, with the shared strings streamed and within bounds."""

    def read_strings(self) -> None:
        """Take the words of all cells; raises ``InputRefused("attachment.complex")``."""
        known = self.package.find(SHARED_STRINGS)
        if known is None:
            return
        part = self.archive.getinfo(known.PartName[1:])
        if part.file_size > _STRINGS:
            raise InputRefused("attachment.complex")
        with self.archive.open(part) as source:
            self.shared_strings = [_text_of(item) for item in _elements(source, _ITEM)]


def _text_of(item: Any) -> str:
    return "".join(
        words.text or "" for words in item.iter(_WORDS) if words.getparent().tag != _SPOKEN
    )


def _elements(source: IO[bytes], tag: str) -> Iterator[Any]:
    """Yield the elements of a name, each forgotten when the next one is asked for.

    No entity is followed, nothing is loaded, and a text of ten million characters is an error.
    """
    found = etree.iterparse(
        source, tag=tag, resolve_entities=False, load_dtd=False, no_network=True,
        remove_comments=True, remove_pis=True,
    )  # fmt: skip
    for _, element in found:
        yield element
        element.clear()
        while element.getprevious() is not None:
            del element.getparent()[0]


def _rows(
    reader: _Reader, package: zipfile.ZipFile, part: str, hints: Hints
) -> Iterator[tuple[int, list[Written]]]:
    firsts = set(hints.covered.values())
    held: dict[tuple[int, int], Written] = {}
    plain = not (hints.covered or hints.unsaved)
    book = reader.wb
    with package.open(part) as source:
        parser = WorkSheetParser(
            source, reader.shared_strings, data_only=True, epoch=book.epoch,
            date_formats=book._date_formats, timedelta_formats=book._timedelta_formats,
        )  # fmt: skip
        for element in _elements(source, _ROW):
            number, found = parser.parse_row(element)
            parser.row_dimensions.clear()
            cells = _placed(found)
            if not plain:
                _mend(cells, number, hints, firsts, held)
            while cells and not cells[-1]:
                cells.pop()
            if cells:
                yield number, cells


def _placed(found: list[dict[str, Any]]) -> list[Written]:
    """Return the cells of a row in their columns, gaps empty."""
    cells: list[Written] = []
    for cell in found:
        place, value = cell["column"] - 1, cell["value"]
        if value is None or not 0 <= place < COLUMNS:
            continue
        if place >= len(cells):
            cells.extend([""] * (place + 1 - len(cells)))
        if isinstance(value, str) and "_x" in value:
            value = _ESCAPED.sub(lambda code: chr(int(code[1], 16)), value)
        cells[place] = written(value)
    return cells


def _mend(
    cells: list[Written],
    number: int,
    hints: Hints,
    firsts: set[tuple[int, int]],
    held: dict[tuple[int, int], Written],
) -> None:
    """Repeat the words of merged cells, and mark formulas that have no value."""
    cells.extend([""] * (hints.width(number) - len(cells)))
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
