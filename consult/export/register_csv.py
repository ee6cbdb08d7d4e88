"""The register as csv: rows only, opens in Excel and WPS without garbled text."""

from __future__ import annotations

import csv
import io
from datetime import datetime, tzinfo

from consult.domain.digest import Register
from consult.export.balance import check_register
from consult.export.columns import Cell, chosen, local_time
from consult.export.phrases import head_title
from consult.export.sanitise import csv_safe


def register_csv(register: Register) -> bytes:
    """Return the register as csv in UTF-8 with BOM, CRLF line ends, one row per comment.

    Cells that a spreadsheet could run as a formula are prefixed with ``'`` (``csv_safe``: taking
    one ``'`` off gives the text back). Raises ``AccountingError`` when the sums do not add up, and
    ``InputRefused`` for a column there is not.
    """
    check_register(register)
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\r\n")
    columns = chosen(register.columns)
    titles = (column.title for column in columns)
    writer.writerow(["序号", *titles, head_title(register.masthead)])
    zone = register.masthead.as_of.tzinfo
    for position, row in enumerate(register.rows, 1):
        writer.writerow([position, *(_cell(column.value(row), zone) for column in columns), ""])
    return out.getvalue().encode("utf-8-sig")


def _cell(value: Cell, zone: tzinfo | None) -> str | int | float:
    if value is None:
        return ""
    if isinstance(value, datetime):
        return local_time(value, zone).isoformat(sep=" ")
    return csv_safe(value) if isinstance(value, str) else value
