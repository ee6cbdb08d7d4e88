"""A table as the rest of the program sees it: sheets and rows, streamed out of the sandbox."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from consult.domain.table import Cell, Flaw, Row, Sheet
from consult.intake.sandbox import Limits, rows_in_sandbox

_READER: Final = "consult.intake.table_read:batches"
# A table of 100,000 rows takes 25 s of CPU and 200 MB; it is read for as long as somebody takes
# its rows. The clock is that of one batch.
_LIMITS: Final = Limits(memory=1_200_000_000, output=2_000_000_000, cpu=300, clock=60.0, queue=10.0)


def read_table(data: bytes, *, limits: Limits | None = None) -> Iterator[Sheet | Row]:
    """Yield each sheet, then its rows that are not blank; memory does not grow with the rows.

    Raises ``InputRefused``: ``attachment.*`` and ``table.none`` for what is no table that can be
    read, ``sandbox.*`` for one that took too much; possibly after some rows.
    """
    for found in rows_in_sandbox(_READER, data, limits=limits or _LIMITS):
        if "rows" in found:
            for number, cells in found["rows"]:
                yield Row(int(number), tuple(_cell(cell) for cell in cells))
        else:
            yield Sheet(
                str(found["sheet"]), bool(found["hidden"]), tuple(map(str, found.get("lines", ())))
            )


_BLANK: Final = Cell()


def _cell(found: str | list[str]) -> Cell:
    if isinstance(found, str):
        return Cell(found) if found else _BLANK
    return Cell(str(found[0]), Flaw(found[1]))
