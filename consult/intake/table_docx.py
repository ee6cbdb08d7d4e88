"""Reads the tables of a docx with the lines above each; runs in the sandbox."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from consult.domain.errors import InputRefused
from consult.domain.table import Flaw
from consult.intake.draft_docx import docx_blocks
from consult.intake.draft_lines import ABOVE, Line, TableBlock
from consult.intake.table_cells import Written, words

_LINES = 30  # above a table: a title, the office, a contact


def docx_rows(data: bytes) -> Iterator[dict[str, Any] | tuple[int, list[Written]]]:
    """Yield each table, then its rows; raises ``InputRefused("table.none")`` without any."""
    blocks = docx_blocks(data, form=True)
    last = max((at for at, block in enumerate(blocks) if isinstance(block, TableBlock)), default=-1)
    if last < 0:
        raise InputRefused("table.none")
    below = [block.text for block in blocks[last + 1 :] if isinstance(block, Line)][:_LINES]
    above: list[str] = []
    tables = 0
    for at, block in enumerate(blocks[: last + 1]):
        if isinstance(block, Line):
            above = [*above, block.text][-_LINES:]
            continue
        tables += 1
        lines = above + (below if at == last else [])
        yield {"sheet": f"表{tables}", "hidden": False, "lines": lines}
        above = []
        yield from _rows(block)


def _rows(block: TableBlock) -> Iterator[tuple[int, list[Written]]]:
    before: dict[int, Written] = {}
    for number, row in enumerate(block.rows, 1):
        cells = [_cell(cell, place, before) for place, cell in enumerate(row)]
        before = dict(enumerate(cells))
        while cells and not cells[-1]:
            cells.pop()
        if cells:
            yield number, cells


def _cell(cell: str, place: int, before: dict[int, Written]) -> Written:
    if cell != ABOVE:
        return words(cell)
    above = before.get(place, "")
    text = above if isinstance(above, str) else above[0]
    return (text, Flaw.MERGED.value) if text else ""
