"""Reads a sheet that another office has filled in; runs in the sandbox, trusts nothing.

The columns are found by their heads, in any order and on any sheet; what else an office added stays
unread. openpyxl's stated dimensions are not believed (trust.md, finding 6).
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from itertools import islice
from typing import Any, Final

from consult.domain.errors import InputRefused
from consult.domain.text import normalise
from consult.domain.together import SheetRow
from consult.intake.sandbox import Limits, in_sandbox

MAX_BYTES: Final = 5_000_000
_ROWS: Final = 20_000
_WIDEST: Final = 60  # columns looked at
_DEEPEST: Final = 20  # rows in which the heads are looked for
_HEADS: Final = {"编号": "subject", "采纳情况": "disposition", "理由": "reason", "答复": "answer"}
_NAMES: Final = ("subject", "disposition", "reason", "answer")
_FAILURES: Final = {"sandbox.time": "sheet.complex", "sandbox.failed": "sheet.broken"}


def read_replies(data: bytes, *, limits: Limits | None = None) -> tuple[SheetRow, ...]:
    """Return the rows below the heads that hold anything.

    Raises ``InputRefused``: ``sheet.large``, ``sheet.broken``, ``sheet.complex``, ``sheet.heads``,
    ``sheet.long``, ``sandbox.busy``.
    """
    if len(data) > MAX_BYTES:
        raise InputRefused("sheet.large", field="sheet", limit=MAX_BYTES // 1_000_000)
    try:
        found = in_sandbox("consult.intake.reply_sheet:read", data, limits=limits)
    except InputRefused as error:
        raise InputRefused(
            _FAILURES.get(error.code, error.code), field="sheet", **error.values
        ) from error
    return tuple(SheetRow(int(row[0]), *map(str, row[1:])) for row in found)


def read(data: bytes) -> list[list[Any]]:
    """Read a workbook; runs in the sandbox."""
    import openpyxl

    try:
        book = openpyxl.load_workbook(io.BytesIO(data), read_only=True, data_only=True)
    except (zipfile.BadZipFile, KeyError, ValueError, OSError, SyntaxError) as error:
        raise InputRefused("sheet.broken") from error
    for sheet in book.worksheets:
        sheet.reset_dimensions()
        rows = enumerate(sheet.iter_rows(max_col=_WIDEST, values_only=True), 1)
        places = _heads(rows)
        if places is not None:
            return list(_rows(rows, places))
    raise InputRefused("sheet.heads", heads="、".join(_HEADS))


def _heads(rows: Iterator[tuple[int, tuple[Any, ...]]]) -> dict[str, int] | None:
    """Return the columns by name, once a row has all the heads."""
    for _number, values in islice(rows, _DEEPEST):
        texts = [_text(value) for value in values]
        places: dict[str, int] = {}
        for head, name in _HEADS.items():
            found = [column for column, text in enumerate(texts) if text.startswith(head)]
            if found:
                places[name] = found[0]
        if len(places) == len(_HEADS):
            return places
    return None


def _rows(
    rows: Iterator[tuple[int, tuple[Any, ...]]], places: dict[str, int]
) -> Iterator[list[Any]]:
    for number, values in rows:
        if number > _ROWS:
            raise InputRefused("sheet.long", limit=_ROWS)
        cells = [_text(values[places[n]]) if places[n] < len(values) else "" for n in _NAMES]
        if any(cells):
            yield [number, *cells]


def _text(value: object) -> str:
    return "" if value is None else normalise(str(value), strict=False).strip()
