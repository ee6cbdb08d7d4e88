"""Reads a table that came as a letter: row by row, as its author would read it out."""

from __future__ import annotations

from typing import Final

from consult.domain.attachment import FileKind, Letter, Reading
from consult.domain.errors import InputRefused
from consult.domain.table import Flaw
from consult.domain.text import is_blank
from consult.intake.table_cells import Written
from consult.intake.table_xlsx import xlsx_rows

# A little more than is taken (letter.MAX_CHARACTERS): what is longer is refused by its length.
_ENOUGH: Final = 100_100


def read_xlsx(data: bytes) -> Letter:
    """Return the words of all sheets that can be seen, cells of a row with tabs between them.

    A sheet's name stands above its rows where several have any. What openpyxl cannot read, Excel
    may: such a file waits for staff, and so does one with formulas that were never computed.
    Raises ``InputRefused("attachment.complex")``.
    """
    sheets: list[tuple[str, list[str]]] = []
    unsure, seen, read = False, True, 0
    try:
        for found in xlsx_rows(data):
            if isinstance(found, dict):
                seen = not found["hidden"]
                sheets.append((str(found["sheet"]), []))
            elif seen and sheets:
                unsure |= any(_flaw(cell) == Flaw.FORMULA.value for cell in found[1])
                line = "\t".join(_words(cell) for cell in found[1]).rstrip()
                sheets[-1][1].append(line)
                read += len(line) + 1
            if read > _ENOUGH:
                break
    except (InputRefused, MemoryError, RecursionError):
        raise
    except Exception:  # readers fail in as many ways as files can be damaged
        return Letter(FileKind.XLSX, state=Reading.AWAITING)
    text = _joined([(name, lines) for name, lines in sheets if not is_blank("".join(lines))])
    return Letter(FileKind.XLSX, text, Reading.AWAITING if unsure else Reading.READ)


def _joined(sheets: list[tuple[str, list[str]]]) -> str:
    if len(sheets) == 1:
        return "\n".join(sheets[0][1])
    return "\n\n".join("\n".join((name, *lines)) for name, lines in sheets)


def _words(cell: Written) -> str:
    """Return what a cell says; the words of merged cells stand in the first of them alone."""
    if isinstance(cell, str):
        return cell
    return "" if cell[1] == Flaw.MERGED.value else cell[0]


def _flaw(cell: Written) -> str:
    return "" if isinstance(cell, str) else cell[1]
