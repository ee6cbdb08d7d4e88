"""The reader of tables that runs in the sandbox: any kind of table as batches of rows."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from consult.domain.attachment import FileKind
from consult.domain.errors import InputRefused
from consult.intake.file_kinds import ZIP, kind_of, refusal_of
from consult.intake.letter_package import package_kind
from consult.intake.table_csv import csv_rows
from consult.intake.table_docx import docx_rows
from consult.intake.table_xlsx import xlsx_rows

_BATCH: Final = 400  # rows; one that is said costs as much as ten rows


def batches(data: bytes) -> Iterator[dict[str, Any]]:
    """Yield ``{"sheet": name, "hidden": …}`` and, behind each, ``{"rows": [[number, cells], …]}``.

    Raises ``InputRefused`` (``attachment.*``, ``table.none``).
    """
    rows: list[tuple[int, list[Any]]] = []
    for found in _explained(data):
        if isinstance(found, tuple):
            rows.append(found)
        if rows and (len(rows) >= _BATCH or not isinstance(found, tuple)):
            yield {"rows": rows}
            rows = []
        if not isinstance(found, tuple):
            yield found
    if rows:
        yield {"rows": rows}


def _explained(data: bytes) -> Iterator[dict[str, Any] | tuple[int, list[Any]]]:
    try:
        yield from _rows(data)
    except (InputRefused, MemoryError, RecursionError):
        raise
    except Exception as error:  # readers fail in as many ways as files can be damaged
        raise InputRefused("attachment.broken") from error


def _rows(data: bytes) -> Iterator[dict[str, Any] | tuple[int, list[Any]]]:
    if not data.strip():
        raise InputRefused("attachment.empty")
    kind = kind_of(data)
    if refusal := refusal_of(kind):
        raise refusal
    if not kind:
        return csv_rows(data)
    if kind != ZIP:
        raise InputRefused("attachment.unknown")
    return xlsx_rows(data) if package_kind(data) is FileKind.XLSX else docx_rows(data)
